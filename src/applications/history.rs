//! An application's history: every stage it was in, since when, who moved it and why. Where it stands is what its newest step says.

use super::ApplicationStatus;
use crate::{
    acts::Done,
    error::Result,
    ids::{ApplicationId, BundleId, StepId},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
pub mod section;
#[cfg(feature = "ssr")]
pub mod store;

/// Who moved an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type, utoipa::ToSchema), sqlx(type_name = "TEXT", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The person, on a page.
    Person,
    /// A program of theirs, over REST.
    Program,
    Import,
    Mail,
}

impl Actor {
    /// How it reads on a page.
    pub fn label(self) -> &'static str {
        match self {
            Actor::Person => "by you",
            Actor::Program => "by a program",
            Actor::Import => "by an import",
            Actor::Mail => "from a message",
        }
    }
}

/// One step of the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Step {
    pub id: StepId,
    /// Key of the stage.
    pub stage: String,
    /// Its name now.
    pub name: String,
    pub status: ApplicationStatus,
    /// Since when it was there; can be before it was written down.
    #[serde(deserialize_with = "crate::wire::moment")]
    pub at: DateTime<Utc>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub recorded_at: DateTime<Utc>,
    pub actor: Actor,
    pub note: String,
    /// The act that made it, while it can be taken back.
    pub bundle: Option<BundleId>,
}

/// An application's steps that count, oldest first; none when it is not this person's.
#[server]
pub async fn application_steps(id: ApplicationId) -> Result<Vec<Step>> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::steps(&app, &who, id).await
        }
        .await,
    )
}

/// Changes the moment and the note of a step. `at` is a local time of the person's zone, as a form has it.
#[server]
pub async fn change_step(id: StepId, #[server(default)] at: String, #[server(default)] note: String) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::change(&app, &who, id, &at, note).await
        }
        .await,
    )
}
