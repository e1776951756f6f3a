//! Taking back: everything that is done to a person's applications, with the state before and after, for thirty days.
//!
//! What is done in one [`Change`](crate::events::Change) is one bundle, and is taken back as one. Each kind of thing knows how to
//! take its own acts back; what was changed again since is left alone, and said.

use crate::{error::Result, ids::BundleId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod store;

/// What something was done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "TEXT", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Entity {
    Application,
    Step,
    Interview,
    Contact,
    /// That a contact has to do with an application.
    ContactLink,
    Document,
    /// A job that came with an import of applications.
    Job,
    Task,
    Offer,
    SalaryTalk,
    Search,
}

/// What was done, for the offer to take it back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Done {
    /// Absent when nothing was changed.
    pub bundle: Option<BundleId>,
    /// How many things were changed.
    pub count: u32,
}

/// What came of taking something back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TakenBack {
    pub count: u32,
    /// What was changed again since and stays as it is, in words; at most 20 are named.
    pub kept: Vec<String>,
}

/// Takes back everything that was done as one.
#[server]
pub async fn take_back(id: BundleId) -> Result<TakenBack> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::take_back(&app, &who, id).await
        }
        .await,
    )
}
