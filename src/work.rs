//! Slow work: what is put into a queue in the database and carried out in the background, by whichever server has room; and the page
//! on which administrators look at it.
//!
//! Something that is put in is carried out at least once, however many servers die over it, and ends once: see `store.rs`.

use crate::{error::Result, ids::WorkId};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
mod handlers;
#[cfg(feature = "ssr")]
pub mod looking;
#[cfg(feature = "ssr")]
mod numbers;
pub mod page;
#[cfg(feature = "ssr")]
pub mod routes;
mod sections;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod task;
#[cfg(feature = "ssr")]
mod trouble;
#[cfg(feature = "ssr")]
pub mod worker;
#[cfg(feature = "ssr")]
mod working;
#[cfg(feature = "ssr")]
pub use {
    numbers::{Numbers, Went},
    store::put,
    task::{Kind, Order, Priority, Task},
    trouble::Trouble,
    working::Working,
};

/// One kind of work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "ssr", schema(as = WorkQueue))]
pub struct Queue {
    /// One word: `fetch_source`, `deliver`, …
    pub kind: String,
    /// As many as one server carries out at the same time; 0 where this one does none.
    pub at_once: i64,
    pub waiting: i64,
    pub running: i64,
    /// Ended well within the last 24 hours.
    pub done: i64,
    /// Given up.
    pub dead: i64,
    /// Since when the one has been due that waits longest.
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub oldest: Option<DateTime<Utc>>,
}

/// One thing of the queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "ssr", schema(as = WorkItem))]
pub struct Item {
    pub id: WorkId,
    pub kind: String,
    /// What it is about, in ids.
    pub about: String,
    /// What the source among those is called; empty where there is none.
    pub subject: String,
    /// `waiting`, `running`, `done`, `dead` or `cancelled`.
    pub state: String,
    /// Attempts that came to nothing, and why the last one did.
    pub failures: i64,
    pub last_error: String,
    /// It was asked to end.
    pub cancelling: bool,
    /// How far it is; a total of 0 while nobody knows.
    pub done: i64,
    pub total: i64,
    /// When it is due, or was begun, or ended.
    #[serde(deserialize_with = "crate::wire::moment")]
    pub at: DateTime<Utc>,
}

/// One time that something of the schedule was due.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "ssr", schema(as = ScheduleRun))]
pub struct Run {
    /// `ingest`, `openings`, `morning`, `evening` or `weekly`.
    pub schedule: String,
    pub zone: String,
    /// The day it was there, `2026-11-29`.
    pub day: String,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub planned_at: DateTime<Utc>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub started_at: DateTime<Utc>,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub ended_at: Option<DateTime<Utc>>,
    /// `running`, `done` or `failed`.
    pub result: String,
    /// Why it failed; empty when it did not.
    pub trouble: String,
    /// Pages of people that were gone through.
    pub pages: i64,
}

/// How the queue and the schedule are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "ssr", schema(as = WorkStanding))]
pub struct Standing {
    pub queues: Vec<Queue>,
    /// Under way, and what comes next.
    pub running: Vec<Item>,
    pub waiting: Vec<Item>,
    /// What was given up, newest first, at most so many as are shown.
    pub dead: Vec<Item>,
    /// The newest runs of the schedule.
    pub runs: Vec<Run>,
    /// Whether this server puts in what is due.
    pub scheduler: bool,
}

/// How the queue and the schedule are.
#[server]
pub async fn load_work() -> Result<Standing> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::standing(&app, &who).await
        }
        .await,
    )
}

/// Brings today's run of something of the schedule forward to now, in every time zone in which it has not begun today; answers in how
/// many.
#[server]
pub async fn begin_schedule(schedule: String) -> Result<u64> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::begin(&app, &who, &schedule).await
        }
        .await,
    )
}

/// Tries something once more that was given up.
#[server]
pub async fn retry_work(id: WorkId) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::retry(&app, &who, id).await
        }
        .await,
    )
}

/// Tries everything once more that was given up; answers how many that is.
#[server]
pub async fn retry_all_work() -> Result<u64> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::retry_all(&app, &who).await
        }
        .await,
    )
}

/// Lets something not be done, or end that is under way.
#[server]
pub async fn cancel_work(id: WorkId) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::cancel(&app, &who, id).await
        }
        .await,
    )
}
