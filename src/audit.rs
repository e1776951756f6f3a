//! The log of accounts: what was done about each, by whom, from where. It is only added to, and each row carries the hash of the
//! one before it.

use crate::{error::Result, jobs::Page};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
mod act;
#[cfg(feature = "ssr")]
pub mod chain;
#[cfg(feature = "ssr")]
pub mod outside;
pub mod page;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub use act::{Act, Kind};

/// One line of a person's own log, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Line {
    #[serde(deserialize_with = "crate::wire::moment")]
    pub at: DateTime<Utc>,
    /// The stable word for programs: `sign_in.done`.
    pub kind: String,
    /// "You signed in."
    pub text: String,
    /// "Firefox on Linux"; empty when it is not known, or not any more.
    pub device: String,
    /// The network address; empty when it is not known, or not any more.
    pub address: String,
    /// True for what the person may want to look into: somebody was refused, a way in was changed.
    pub notable: bool,
}

/// A page of the person's own log, newest first.
#[server]
pub async fn load_log(#[server(default)] page: Option<u32>) -> Result<Page<Line>> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            store::list(&app.db, who.user, page.unwrap_or(1).clamp(1, 100_000), PER_PAGE).await
        }
        .await,
    )
}

/// Lines on one page.
pub const PER_PAGE: u32 = 25;
