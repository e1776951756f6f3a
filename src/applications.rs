//! Applications in their first form: one per job, a status with its history, notes.

use crate::{
    error::Result,
    ids::{ApplicationId, JobId},
    jobs::Page,
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod copy;
pub mod page;
#[cfg(feature = "ssr")]
pub mod routes;
mod status;
#[cfg(feature = "ssr")]
pub mod store;

pub use status::ApplicationStatus;

/// An application to a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema, sqlx::FromRow))]
pub struct Application {
    pub id: ApplicationId,
    pub job_id: JobId,
    pub status: ApplicationStatus,
    pub notes: String,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub applied_at: Option<DateTime<Utc>>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub updated_at: DateTime<Utc>,
}

/// An application in a list, with its job's name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct ApplicationLine {
    pub id: ApplicationId,
    pub job_id: JobId,
    pub company: String,
    pub title: String,
    pub location: String,
    pub match_score: Option<i64>,
    pub status: ApplicationStatus,
    pub notes: String,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub applied_at: Option<DateTime<Utc>>,
    /// Since when it has this status.
    #[serde(deserialize_with = "crate::wire::moment")]
    pub since: DateTime<Utc>,
}

/// Number of applications with each status, and one page of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApplicationListing {
    pub page: Page<ApplicationLine>,
    pub counts: Vec<(ApplicationStatus, i64)>,
}

/// One step of an application's history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct Step {
    pub status: ApplicationStatus,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub at: DateTime<Utc>,
}

/// One page of the person's applications; an empty status means all.
#[server]
pub async fn list_applications(status: String, page: u32) -> Result<ApplicationListing> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::listing(&app, &who, &status, page).await
        }
        .await,
    )
}

/// Applies to a job: makes the application (or takes the one there is) and sets it to applied.
#[server]
pub async fn apply(job_id: JobId) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::apply(&app, &who, job_id).await
        }
        .await,
    )
}

/// Moves an application to another status; its job follows.
#[server]
pub async fn move_application(id: ApplicationId, status: ApplicationStatus) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::move_to(&app, &who, id, status).await
        }
        .await,
    )
}

/// Saves an application's notes.
#[server]
pub async fn save_notes(id: ApplicationId, #[server(default)] notes: String) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::note(&app, &who, id, notes).await
        }
        .await,
    )
}

/// Removes an application; its job goes back to not applied. The history goes with it.
#[server]
pub async fn remove_application(id: ApplicationId) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::remove(&app, &who, id).await
        }
        .await,
    )
}

/// An application's statuses, oldest first.
#[server]
pub async fn application_steps(id: ApplicationId) -> Result<Vec<Step>> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            store::steps(&app.db, who.user, id).await
        }
        .await,
    )
}
