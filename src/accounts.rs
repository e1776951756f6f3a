//! Accounts: sign up, sign in, sign out, and who is signed in.

use crate::{error::Result, ids::UserId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
pub mod confirm;
pub mod email;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
pub mod hashing;
pub mod page;
pub mod passkeys;
#[cfg(feature = "ssr")]
pub mod password;
pub mod providers;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod second;
pub mod security;
#[cfg(feature = "ssr")]
pub mod store;
pub mod strength;
pub mod tokens;

/// The signed-in person as every page needs them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Me {
    pub id: UserId,
    pub email: String,
    pub name: String,
    /// Where their picture is, if there is one.
    pub picture: Option<String>,
    pub admin: bool,
    pub demo: bool,
    /// Number of the newest event the page already shows.
    pub seq: i64,
    pub unread_alerts: i64,
    /// False until the three-step guide was finished or put aside.
    pub guided: bool,
}

/// The signed-in person.
#[server]
pub async fn who_am_i() -> Result<Me> {
    crate::error::answer(match crate::session::require() {
        Ok((app, who)) => actions::me(&app, &who).await,
        Err(error) => Err(error),
    })
}

/// What the landing page can offer.
#[server]
pub async fn demo_offered() -> Result<bool> {
    Ok(expect_context::<crate::state::App>().config.demo)
}

/// Opens an account and signs in. The browser names its time zone.
#[server]
pub async fn sign_up(
    name: String,
    email: String,
    password: String,
    #[server(default)] time_zone: String,
) -> Result<String> {
    crate::error::answer(form::sign_up(name, email, password, time_zone).await)
}

/// Signs in; answers with the page to go to.
#[server]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<String> {
    crate::error::answer(form::sign_in(email, password, next).await)
}

/// Signs in as the invented person of `--demo`.
#[server]
pub async fn enter_demo() -> Result<String> {
    crate::error::answer(form::enter_demo().await)
}

/// Ends this browser's session.
#[server]
pub async fn sign_out() -> Result<String> {
    crate::error::answer(form::sign_out().await)
}
