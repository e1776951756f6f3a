//! Applications: one per job, in a stage of the person's pipeline, with a history, notes and the posting as it was.

use crate::{
    acts::Done,
    error::Result,
    ids::{ApplicationId, JobId},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod copy;
pub mod detail;
pub mod history;
#[cfg(feature = "ssr")]
pub mod moves;
mod posting;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod stages;
mod status;
#[cfg(feature = "ssr")]
pub mod store;
pub mod tracker;
pub mod transfer;
#[cfg(feature = "ssr")]
pub mod undo;
pub mod views;

pub use posting::SavedPosting;
pub use status::ApplicationStatus;

/// An application to a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema, sqlx::FromRow))]
pub struct Application {
    pub id: ApplicationId,
    pub job_id: JobId,
    /// What its stage stands for.
    pub status: ApplicationStatus,
    /// Key of the stage it is in.
    pub stage: String,
    /// Since when it is there.
    #[serde(deserialize_with = "crate::wire::moment")]
    pub stage_since: DateTime<Utc>,
    pub notes: String,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub applied_at: Option<DateTime<Utc>>,
    /// Raised by every change.
    pub version: i64,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub updated_at: DateTime<Utc>,
}

/// Everything its own page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApplicationView {
    pub application: Application,
    pub job: crate::jobs::Job,
    /// The notes as HTML, safe to show.
    pub notes_html: String,
    /// The posting as it was; absent for applications from before it was kept.
    pub posting: Option<SavedPosting>,
    pub steps: Vec<history::Step>,
    pub stages: Vec<stages::Stage>,
    pub interviews: Vec<crate::interviews::InterviewView>,
    pub contacts: Vec<crate::contacts::ContactView>,
    pub documents: Vec<crate::sent::Document>,
    /// The IANA name of the zone where the person is.
    pub time_zone: String,
}

/// An application with its history, its posting and the stages it can go to.
#[server]
pub async fn load_application(id: ApplicationId) -> Result<ApplicationView> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::view(&app, &who, id).await
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

/// Moves an application to a stage; its job follows. `at` is an earlier moment of the person's zone, `version` the one they saw.
#[server]
pub async fn move_application(
    id: ApplicationId,
    #[server(default)] stage: String,
    #[server(default)] at: String,
    #[server(default)] note: String,
    #[server(default)] version: Option<i64>,
) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            let going = actions::Going { stage: &stage, at: &at, note: &note, version };
            actions::move_all(&app, &who, &[id], going).await
        }
        .await,
    )
}

/// Saves an application's notes; `version` is the one the person saw.
#[server]
pub async fn save_notes(
    id: ApplicationId,
    #[server(default)] notes: String,
    #[server(default)] version: Option<i64>,
) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::note(&app, &who, id, notes, version).await
        }
        .await,
    )
}

/// Puts an application into the bin; its job goes back to not applied.
#[server]
pub async fn remove_application(id: ApplicationId) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::remove(&app, &who, &[id]).await
        }
        .await,
    )
}
