//! A mailbox that is looked into by itself: by IMAP over TLS, with an app password, read-only. What is found goes the way of mail that
//! was given as a file.

use crate::error::Result;
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
pub mod card;
#[cfg(feature = "ssr")]
pub mod imap;
#[cfg(feature = "ssr")]
mod services;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod worker;

/// What the card shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    /// Who it is at the server.
    pub user: String,
    pub host: String,
    pub folder: String,
    /// When it was looked into last, with success.
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub read_at: Option<DateTime<Utc>>,
    /// Messages that were looked at so far, and what came of them.
    pub seen: i64,
    pub done: i64,
    pub asked: i64,
    /// Why it could not be read the last time, in words.
    pub problem: Option<String>,
    /// It is not tried again by itself.
    pub stopped: bool,
    /// It is being read, or is about to be.
    pub reading: bool,
}

/// The person's mailbox, if there is one.
#[server]
pub async fn load_mailbox() -> Result<Option<Mailbox>> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::load(&app, &who).await
        }
        .await,
    )
}

/// Looks into a mailbox from now on, in the place of the one before. It is tried at once: what does not work is said here.
#[server]
pub async fn connect_mailbox(
    #[server(default)] user: String,
    #[server(default)] password: String,
    #[server(default)] host: String,
    #[server(default)] folder: String,
) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::connect(&app, &who, actions::Wish { user, password, host, folder }).await
        }
        .await,
    )
}

/// Looks into it soon instead of at its time.
#[server]
pub async fn read_mailbox() -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::read_now(&app, &who).await
        }
        .await,
    )
}

/// Forgets the mailbox with its password; what was found stays.
#[server]
pub async fn disconnect_mailbox() -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::disconnect(&app, &who).await
        }
        .await,
    )
}
