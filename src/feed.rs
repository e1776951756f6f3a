//! The person's calendar for other programs: interviews, what is to be decided, and tasks with a time, at a private address.

use crate::error::Result;
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
pub mod card;
#[cfg(feature = "ssr")]
pub mod entries;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
mod store;

/// What the card shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feed {
    /// The whole address; absent while there is none.
    pub address: Option<String>,
    /// When a program last asked for it.
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub read_at: Option<DateTime<Utc>>,
}

/// The person's calendar address, if there is one.
#[server]
pub async fn load_feed() -> Result<Feed> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::load(&app, &who).await
        }
        .await,
    )
}

/// Makes an address; one that there was stops working.
#[server]
pub async fn open_feed() -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::open(&app, &who).await
        }
        .await,
    )
}

/// Ends the address: whoever has it gets nothing any more.
#[server]
pub async fn close_feed() -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::close(&app, &who).await
        }
        .await,
    )
}
