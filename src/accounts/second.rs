//! The second factor: one-time codes by an app (RFC 6238), passkeys, and recovery codes for when both are lost.

use crate::{accounts::passkeys::OwnPasskey, error::Result};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod code;
#[cfg(feature = "ssr")]
pub mod half;
pub mod page;
#[cfg(feature = "ssr")]
pub mod qr;
pub mod step;
#[cfg(feature = "ssr")]
pub mod store;

/// How the second factor of an account stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SecondFactor {
    /// Since when a code is asked for; None while none is.
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub since: Option<DateTime<Utc>>,
    /// What the app has to be told, while it is being set up.
    pub setup: Option<Setup>,
    /// Recovery codes that were not used yet.
    pub codes_left: usize,
    /// New recovery codes, until the person says that they are kept.
    pub fresh_codes: Vec<String>,
    pub passkeys: Vec<OwnPasskey>,
    /// Whether this site can have any.
    pub passkeys_offered: bool,
}

/// What the app has to be told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setup {
    /// The secret in base32, in groups of four.
    pub secret: String,
    /// `otpauth://totp/…`
    pub address: String,
    pub qr: Qr,
}

/// A QR code as a drawing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Qr {
    /// Modules on one side, the quiet zone included.
    pub size: u32,
    /// The dark modules as one SVG path.
    pub path: String,
}

/// How the person's second factor stands.
#[server]
pub async fn load_second_factor() -> Result<SecondFactor> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::view(&app, &who).await
        }
        .await,
    )
}

/// Makes a secret for the person's app; it counts once a code was typed.
#[server]
pub async fn start_second_factor(#[server(default)] current_password: String) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::start(&app, &who, current_password).await
        }
        .await,
    )
}

/// Turns the second factor on with the app's first code, and makes recovery codes.
#[server]
pub async fn confirm_second_factor(#[server(default)] code: String) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::confirm(&app, &who, &code).await
        }
        .await,
    )
}

/// Turns the second factor off, or ends setting it up.
#[server]
pub async fn stop_second_factor(#[server(default)] current_password: String) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::stop(&app, &who, current_password).await
        }
        .await,
    )
}

/// Makes ten new recovery codes; the old ones open nothing any more.
#[server]
pub async fn new_recovery_codes(#[server(default)] current_password: String) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::renew_codes(&app, &who, current_password).await
        }
        .await,
    )
}

/// The recovery codes are kept elsewhere: they are not shown again.
#[server]
pub async fn keep_recovery_codes() -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::codes_are_kept(&app, &who).await
        }
        .await,
    )
}

/// The second step of signing in; answers with the page to go to.
#[server]
pub async fn second_step(#[server(default)] code: String) -> Result<String> {
    crate::error::answer(super::form::second_step(code).await)
}
