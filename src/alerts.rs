//! Alerts: a job that arrived and scores at or above the person's threshold.

use crate::{
    error::Result,
    feedback::Verdict,
    ids::{AlertId, JobId},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
pub mod page;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod store;

/// One alert with its job's name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow, utoipa::ToSchema))]
pub struct Alert {
    pub id: AlertId,
    pub job_id: JobId,
    pub company: String,
    pub title: String,
    pub location: String,
    /// The score when it arrived.
    pub score: i64,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub read_at: Option<DateTime<Utc>>,
    /// What the person said about the job.
    pub verdict: Option<Verdict>,
    /// The search that found it, by name; absent where it came otherwise.
    pub search: Option<String>,
}

/// What a toast says about an alert event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    pub text: String,
    pub href: String,
}

/// The newest alerts, at most 200.
#[server]
pub async fn alerts() -> Result<Vec<Alert>> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            store::list(&app.db, who.user, 200).await
        }
        .await,
    )
}

/// What to say about the event of an alert or a reminder with this number; nothing when it is none.
#[server]
pub async fn alert_notice(seq: i64) -> Result<Option<Notice>> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::notice(&app, &who, seq).await
        }
        .await,
    )
}

/// Marks one alert read or unread again.
#[server]
pub async fn mark_alert(id: AlertId, read: bool) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::mark(&app, &who, id, read).await
        }
        .await,
    )
}

/// Marks every alert read.
#[server]
pub async fn mark_all_alerts() -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::mark_all(&app, &who).await
        }
        .await,
    )
}
