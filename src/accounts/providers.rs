//! Signing in with an account elsewhere: Google and LinkedIn by OpenID Connect, GitHub by OAuth and its own API.

use crate::error::Result;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
pub mod buttons;
#[cfg(feature = "ssr")]
pub mod consent;
#[cfg(feature = "ssr")]
pub(super) mod flow;
#[cfg(feature = "ssr")]
mod github;
#[cfg(feature = "ssr")]
pub(super) mod identity;
pub mod link;
#[cfg(feature = "ssr")]
mod oidc;
#[cfg(feature = "ssr")]
mod outside;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod section;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub use outside::{Departure, Outside, Trouble};

/// Whom one can sign in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    Google,
    GitHub,
    LinkedIn,
}

impl Provider {
    pub const ALL: [Provider; 3] = [Provider::Google, Provider::GitHub, Provider::LinkedIn];

    /// The stored and transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            Provider::Google => "google",
            Provider::GitHub => "github",
            Provider::LinkedIn => "linkedin",
        }
    }

    /// How it reads on a page.
    pub fn label(self) -> &'static str {
        match self {
            Provider::Google => "Google",
            Provider::GitHub => "GitHub",
            Provider::LinkedIn => "LinkedIn",
        }
    }

    /// The inverse of [`Provider::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Provider::ALL.into_iter().find(|provider| provider.as_str() == text)
    }
}

/// What went wrong at a provider, for the page people come back to: the word in its address, and a sentence.
pub fn problem(word: &str) -> Option<&'static str> {
    Some(match word {
        "denied" => "You did not agree there, so nothing happened. You can sign in another way, or try again.",
        "expired" => "This took too long, or was done already. Please start again.",
        "failed" => "The other service did not answer as it should. Please try again, or sign in another way.",
        "address" => {
            "That account has no confirmed e-mail address. Confirm one there, or create an account with a password here."
        }
        "taken" => "That account is connected to somebody else here.",
        "another" => "Another account of that service is connected here already. Disconnect it first.",
        "disabled" => "This account is disabled. The administrator of this service can say why.",
        _ => return None,
    })
}

/// How one of a person's accounts elsewhere stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Way {
    pub provider: Provider,
    /// The address it has there; None while it is not connected.
    pub connected: Option<String>,
    /// Whether it can be disconnected: another way in remains.
    pub removable: bool,
}

/// The providers this installation offers. The browser reads them in the page's head: a first page fetches nothing for it.
pub fn offered() -> Vec<Provider> {
    #[cfg(feature = "ssr")]
    let offered = use_context::<crate::state::App>().map(|app| app.outside.providers()).unwrap_or_default();
    #[cfg(feature = "hydrate")]
    let offered = crate::browser::meta("providers").split(' ').filter_map(Provider::parse).collect();
    offered
}

/// The person's accounts elsewhere: every one offered here, and every one connected.
#[server]
pub async fn load_ways() -> Result<Vec<Way>> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::ways(&app, &who).await
        }
        .await,
    )
}

/// Begins to connect an account elsewhere; answers with the page that leads there.
#[server]
pub async fn connect_provider(provider: String, #[server(default)] current_password: String) -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::begin_to_connect(&app, &who, &provider, current_password).await
        }
        .await,
    )
}

/// Disconnects an account elsewhere, unless it is the last way in.
#[server]
pub async fn disconnect_provider(provider: String, #[server(default)] current_password: String) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::disconnect(&app, &who, &provider, current_password).await
        }
        .await,
    )
}

/// Connects the account elsewhere that just signed in, whose address has an account here, by that account's password.
#[server]
pub async fn link_with_password(#[server(default)] password: String) -> Result<String> {
    crate::error::answer(super::form::link_with_password(password).await)
}
