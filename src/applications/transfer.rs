//! Applications in and out: tables of other trackers are read, mapped, looked at and taken in; CSV, JSON, XLSX and a PDF go out.

use crate::{
    error::Result,
    ids::{ApplicationId, BundleId, JobId, TransferId},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
pub mod export;
mod mapping;
#[cfg(feature = "ssr")]
pub mod out;
pub mod page;
#[cfg(feature = "ssr")]
mod plan;
mod preview;
#[cfg(feature = "ssr")]
mod reading;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
mod row;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod upload;
#[cfg(feature = "ssr")]
mod write;

/// How many rows a preview shows.
pub const PREVIEW_ROWS: usize = 200;

/// A column of the table, and what it is taken for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    pub heading: String,
    /// A few of its values.
    pub samples: Vec<String>,
    /// A field's word; empty when it is left out.
    pub field: String,
}

/// A word of the stage column, and the stage it is taken for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Word {
    pub word: String,
    /// In how many rows it stands.
    pub count: u32,
    /// A stage's key; empty when its rows are left out.
    pub stage: String,
}

/// What would happen to one row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Verdict {
    New,
    /// Repeats a job of the person, or (without ids) an earlier row.
    Duplicate {
        job_id: Option<JobId>,
        application_id: Option<ApplicationId>,
        reason: String,
    },
    Rejected {
        reason: String,
    },
}

/// One row of a preview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PreviewRow {
    /// As the file counts.
    pub row: u32,
    pub company: String,
    pub title: String,
    /// Stages in order, as `2026-11-03 Applied`.
    pub steps: Vec<String>,
    pub verdict: Verdict,
}

/// What would be made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    pub new: u32,
    pub duplicates: u32,
    pub rejected: u32,
    /// The first [`PREVIEW_ROWS`] rows, what needs a look first.
    pub rows: Vec<PreviewRow>,
}

/// How an import ended.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub created: u32,
    pub duplicates: u32,
    pub rejected: u32,
}

/// A table that was read, as its pages show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransferView {
    pub id: TransferId,
    pub label: String,
    /// Why nothing could be read.
    pub problem: Option<String>,
    pub rows: u32,
    /// Key of the tracker whose columns these are; empty when none is known.
    pub preset: String,
    /// Trackers to choose from: key and name.
    pub presets: Vec<(String, String)>,
    pub columns: Vec<Column>,
    /// What is wrong with what they are taken for.
    pub columns_problem: Option<String>,
    /// Fields to choose from: word and name.
    pub fields: Vec<(String, String)>,
    /// Which number of a date is the day: `day_month`, `month_day` or `year_first`; empty when no column has dates.
    pub order: String,
    pub orders: Vec<(String, String)>,
    pub words: Vec<Word>,
    /// Stages to choose from: key and name.
    pub stages: Vec<(String, String)>,
    /// Where it was asked for.
    pub preview: Option<Preview>,
    /// Once carried out.
    pub report: Option<Report>,
    /// What was done, while it can be taken back.
    pub bundle: Option<BundleId>,
}

/// An import that was carried out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastTransfer {
    pub id: TransferId,
    pub label: String,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub at: DateTime<Utc>,
    pub created: u32,
    /// Absent when it was taken back.
    pub bundle: Option<BundleId>,
}

/// A table of the signed-in person; with `preview` what would be made of it.
#[server]
pub async fn load_transfer(id: TransferId, #[server(default)] preview: bool) -> Result<TransferView> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::view(&app, &who, id, preview).await
        }
        .await,
    )
}

/// The imports of the last thirty days, newest first.
#[server]
pub async fn load_transfers() -> Result<Vec<PastTransfer>> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            store::past(&app.db, who.user).await
        }
        .await,
    )
}

/// Says what each column is, in which order dates are written, and which stage each word means; answers with the next page.
#[server]
pub async fn map_transfer(
    id: TransferId,
    #[server(default)] preset: String,
    #[server(default)] order: String,
    #[server(default)] columns: Vec<String>,
    #[server(default)] words: Vec<String>,
    #[server(default)] stages: Vec<String>,
) -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::map(&app, &who, id, actions::Said { preset, order, columns, words, stages }).await
        }
        .await,
    )
}

/// Takes in the new rows; answers with the import's page.
#[server]
pub async fn run_transfer(id: TransferId) -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::run(&app, &who, id).await
        }
        .await,
    )
}
