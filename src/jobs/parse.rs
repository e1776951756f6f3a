//! Adding a job in one step: a link or a copied text is read into the fields of a job, each with where it is from. Nothing is saved
//! until the person says so.

use super::Fit;
use crate::{error::Result, ids::JobId};
use leptos::prelude::*;
use posting::Posting;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
mod input;
pub mod page;
#[cfg(feature = "ssr")]
mod reading;
mod review;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod whence;

/// How sure a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sure {
    /// It stood in words for machines.
    Certain,
    /// It stood in words for people.
    Likely,
    /// Worth a look.
    Guess,
}

/// Where a field is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Whence {
    /// `json-ld`, `board:greenhouse`, `title of the page`, `text line 12`, `guessed from the text`, …
    pub origin: String,
    pub sure: Sure,
}

/// A job of the person that this one repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Twin {
    pub job_id: JobId,
    pub title: String,
    pub company: String,
    pub reason: String,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parsed {
    pub job: Posting,
    /// By field; none for what was not found.
    pub from: BTreeMap<String, Whence>,
    /// The fields that were not found.
    pub missing: Vec<String>,
    pub twins: Vec<Twin>,
    /// Absent while the profile says nothing to compare.
    pub fit: Option<Fit>,
    /// What went otherwise than asked, in a sentence; empty where all went well.
    pub note: String,
}

/// Reads a link or a text; `title` and `text` are what another app sent along with a link. Nothing is saved. Errors are for the field `what`.
#[server]
pub async fn parse_job(
    #[server(default)] what: String,
    #[server(default)] title: String,
    #[server(default)] text: String,
) -> Result<Parsed> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::for_page(&app, &who, &what, &title, &text).await
        }
        .await,
    )
}

/// The code of the bookmarklet, which opens this server's page with the address of the page one looks at.
#[server]
pub async fn bookmarklet() -> Result<String> {
    crate::error::answer(
        async {
            let (app, _) = crate::session::require()?;
            Ok(actions::bookmarklet(&app.config.public_url))
        }
        .await,
    )
}
