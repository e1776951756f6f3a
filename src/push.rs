//! Push: what a person is told while no page is open, by the push service of their browser (RFC 8030).
//!
//! A browser that agreed is a row, and goes with the session it was made in. What is to be shown is a row of a queue, written in the
//! transaction of the change it tells about; a worker encrypts it for the browser (RFC 8291) and hands it to the push service, which
//! knows us by a key (RFC 8292) and can read nothing.

use crate::{error::Result, ids::DeviceId};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg_attr(not(feature = "hydrate"), path = "push/no_browser.rs")]
mod browser;
pub mod card;
#[cfg(feature = "ssr")]
mod cipher;
#[cfg(feature = "ssr")]
pub mod content;
#[cfg(feature = "ssr")]
pub mod key;
#[cfg(feature = "ssr")]
mod service;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod subscription;
#[cfg(feature = "ssr")]
pub mod worker;

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "TEXT", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Task,
    Interview,
    Match,
    /// Only to see that it works.
    Test,
}

/// How a browser stands to being told something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not looked at yet; always so on the server.
    Unknown,
    /// It cannot.
    Unable,
    /// Its person said no; only they can change that, in the browser.
    Blocked,
    Off,
    On,
}

/// A browser that shows messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub id: DeviceId,
    /// "Firefox on Linux"
    pub label: String,
    /// It is the one that asks.
    pub here: bool,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub since: DateTime<Utc>,
    /// When a message was last taken for it.
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub reached_at: Option<DateTime<Utc>>,
}

/// What the card about devices shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pushing {
    /// By what push services know this installation: a point of P-256, uncompressed, as base64url.
    pub public_key: String,
    pub devices: Vec<Device>,
}

/// The person's devices, and the key a browser needs to become one.
#[server]
pub async fn load_pushing() -> Result<Pushing> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::load(&app, &who).await
        }
        .await,
    )
}

/// Shows messages on this device from now on. `subscription` is a browser's `PushSubscription` as JSON.
#[server]
pub async fn keep_push_device(#[server(default)] subscription: String) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::keep(&app, &who, &subscription).await
        }
        .await,
    )
}

/// Shows nothing on this device any more.
#[server]
pub async fn leave_push() -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::leave(&app, &who).await
        }
        .await,
    )
}

/// Shows nothing on one of the person's devices any more.
#[server]
pub async fn remove_push_device(id: DeviceId) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::remove(&app, &who, id).await
        }
        .await,
    )
}

/// Sends something to each of the person's devices, to see that it works.
#[server]
pub async fn send_test_push() -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::test(&app, &who).await
        }
        .await,
    )
}
