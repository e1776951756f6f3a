//! Between leaving for a provider and coming back: cookies, signed by us, that only this browser has.

use super::Provider;
use crate::{ids::UserId, session::signed::Signed};
use serde::{Deserialize, Serialize};

/// On the way to a provider.
#[derive(Debug, Serialize, Deserialize)]
pub struct Flow {
    pub provider: Provider,
    /// What the provider has to send back.
    pub state: String,
    /// What the ID token has to contain.
    pub nonce: String,
    /// Proves that the code is exchanged by who asked for it (PKCE, RFC 7636).
    pub verifier: String,
    /// Where to go then.
    pub next: String,
    /// The browser's time zone, for a new account.
    pub zone: String,
    /// Whose account it is to be connected with; None for signing in.
    pub connect: Option<UserId>,
}

/// Somebody showed by their password that they want to connect an account elsewhere.
#[derive(Debug, Serialize, Deserialize)]
pub struct Wish {
    pub provider: Provider,
    pub user: UserId,
}

/// An account elsewhere whose address has an account here, and nobody has shown that both are the same person's.
#[derive(Debug, Serialize, Deserialize)]
pub struct Doubt {
    pub provider: Provider,
    pub issuer: String,
    pub subject: String,
    pub email: String,
    pub next: String,
}

impl Signed for Flow {
    const NAME: &'static str = "provider-flow";
}

impl Signed for Wish {
    const NAME: &'static str = "provider-wish";
}

impl Signed for Doubt {
    const NAME: &'static str = "provider-doubt";
}
