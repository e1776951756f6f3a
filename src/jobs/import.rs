//! Bringing in postings: a file, a paste or a public board, read first, shown, and taken in on the person's word.

use crate::{
    error::Result,
    ids::{ImportId, JobId},
};
use leptos::prelude::*;
use posting::{Level, Remote};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
pub mod page;
#[cfg(feature = "ssr")]
pub mod plan;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
mod source;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod upload;

/// How many rows a preview shows.
pub const PREVIEW_ROWS: usize = 200;

/// What would happen to one row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Verdict {
    New,
    /// Repeats a job of the person, or (without id) an earlier row.
    Duplicate {
        job_id: Option<JobId>,
        reason: String,
    },
    Rejected {
        reason: String,
    },
}

/// One row of a preview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PreviewRow {
    /// From 1.
    pub row: u32,
    pub company: String,
    pub title: String,
    pub location: String,
    pub remote: Option<Remote>,
    pub level: Option<Level>,
    /// In words; empty when the posting names none.
    pub salary: String,
    pub skills: Vec<String>,
    /// 0 to 100; absent while the profile says nothing to compare.
    pub score: Option<u8>,
    pub verdict: Verdict,
}

/// An import as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportView {
    pub id: ImportId,
    pub label: String,
    /// As asked for, to fill the form again.
    pub format: String,
    pub company: String,
    pub address: String,
    /// Field and sentence, when nothing could be read.
    pub problem: Option<(String, String)>,
    pub new: u32,
    pub duplicates: u32,
    pub rejected: u32,
    /// The first [`PREVIEW_ROWS`] rows, what needs a look first.
    pub rows: Vec<PreviewRow>,
    /// Number of jobs created, once carried out.
    pub done: Option<u32>,
}

/// An import of the signed-in person.
#[server]
pub async fn load_import(id: ImportId) -> Result<ImportView> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::view(&app, &who, id).await
        }
        .await,
    )
}

/// Takes in the new rows of an import that was read; answers with the import's page.
#[server]
pub async fn run_import(id: ImportId) -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::run(&app, &who, id).await
        }
        .await,
    )
}
