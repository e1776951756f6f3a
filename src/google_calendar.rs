//! The person's calendar at Google: interviews, what is to be decided, and tasks with a time are kept in a calendar of their own there,
//! by Google's API. It goes one way, and nothing else there can be seen from here.

use crate::error::Result;
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
mod api;
pub mod card;
#[cfg(feature = "ssr")]
mod entry;
#[cfg(feature = "ssr")]
mod plan;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod trouble;
#[cfg(feature = "ssr")]
mod visit;
#[cfg(feature = "ssr")]
pub mod worker;

/// What the card shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoogleCalendar {
    /// Whether one can be connected here.
    pub offered: bool,
    pub connection: Option<Connection>,
}

/// A calendar that is connected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// The account there, once it is known.
    pub address: Option<String>,
    /// Entries that are there, and those Google would not have.
    pub entries: i64,
    pub refused: i64,
    /// When all was there the last time.
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub synced_at: Option<DateTime<Utc>>,
    /// Why it did not work the last time, in words.
    pub problem: Option<String>,
    /// When it is tried again; none when its person has to connect it anew.
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub next_at: Option<DateTime<Utc>>,
    /// It is being brought up to date, or is about to be.
    pub working: bool,
}

/// What came of coming back from Google, for the page: the word in its address, and a sentence.
pub fn outcome(word: &str) -> Option<&'static str> {
    Some(match word {
        "connected" => "Your Google account is connected. The calendar is being filled.",
        "denied" => "You did not agree at Google, so nothing was connected.",
        "expired" => "This took too long, or was done already. Please start again.",
        "failed" => "Google did not answer as it should. Please try again.",
        "scope" => {
            "You did not allow the calendar at Google, so nothing was connected. Please leave its box ticked when Google asks."
        }
        _ => return None,
    })
}

/// The person's calendar at Google, and whether one can be connected.
#[server]
pub async fn load_google_calendar() -> Result<GoogleCalendar> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::load(&app, &who).await
        }
        .await,
    )
}

/// Has it brought up to date soon, entry by entry.
#[server]
pub async fn sync_google_calendar() -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::sync_now(&app, &who).await
        }
        .await,
    )
}

/// Lets go of it; with `remove` the calendar there is removed, too. Answers with what is left to be done there, if anything.
#[server]
pub async fn disconnect_google_calendar(#[server(default)] remove: bool) -> Result<Option<String>> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::disconnect(&app, &who, remove).await
        }
        .await,
    )
}
