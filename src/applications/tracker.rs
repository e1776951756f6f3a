//! The tracker: all applications as a board or a table, over the same filters, which are in the page's address.

use super::{
    ApplicationStatus,
    stages::{Stage, StageCount},
    views::SavedView,
};
use crate::{
    acts::Done,
    error::Result,
    ids::{ApplicationId, JobId},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use posting::Remote;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
mod board;
mod bulk;
mod card;
mod columns;
pub mod filters;
pub mod moving;
pub mod page;
#[cfg(feature = "ssr")]
pub mod store;
mod table;

/// What to show: filters, order, shape. The same words in the page's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TrackerQuery {
    /// `board` (default) or `table`.
    pub view: String,
    /// Words that must all appear in company, title, place or skills.
    pub q: String,
    /// Key of a stage; empty for all.
    pub stage: String,
    /// What stages stand for; empty for all.
    pub status: String,
    pub source: String,
    /// Only jobs that score at least this.
    pub min_score: Option<u8>,
    /// Only those that have stood where they stand for this many days.
    pub quiet: Option<u16>,
    /// A column of the table, with `-` in front for the other way round.
    pub sort: String,
    /// `stage`, `company`, `source`, or empty.
    pub group: String,
    /// Columns of the table, divided by commas; empty for the usual ones.
    pub columns: String,
    /// Of the table, from 1.
    pub page: Option<u32>,
    /// Cards in each column of the board.
    pub show: Option<u32>,
}

impl TrackerQuery {
    pub fn is_table(&self) -> bool {
        self.view == "table"
    }

    /// True when it leaves applications out.
    pub fn filters(&self) -> bool {
        let bare = TrackerQuery::default();
        (&self.q, &self.stage, &self.status, &self.source, self.min_score, self.quiet)
            != (&bare.q, &bare.stage, &bare.status, &bare.source, bare.min_score, bare.quiet)
    }
}

/// An application as a card or a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct Line {
    pub id: ApplicationId,
    pub job_id: JobId,
    pub company: String,
    pub title: String,
    pub location: String,
    #[cfg_attr(feature = "ssr", sqlx(try_from = "Option<String>"))]
    pub remote: Way,
    pub source: String,
    pub match_score: Option<i64>,
    /// Key of its stage.
    pub stage: String,
    pub status: ApplicationStatus,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub applied_at: Option<DateTime<Utc>>,
    /// Since when it is in its stage.
    #[serde(deserialize_with = "crate::wire::moment")]
    pub since: DateTime<Utc>,
    pub version: i64,
    /// Whether there are notes.
    pub noted: bool,
}

/// Where one works, where that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Way(pub Option<Remote>);

impl From<Option<String>> for Way {
    fn from(text: Option<String>) -> Self {
        Way(text.as_deref().and_then(Remote::parse))
    }
}

/// Everything the page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tracker {
    /// From left to right, with how many pass the filters.
    pub stages: Vec<StageCount>,
    /// The first of each stage (board), or one page (table).
    pub lines: Vec<Line>,
    /// How many pass the filters.
    pub total: i64,
    /// False when there is no application at all.
    pub any: bool,
    /// Sources of the jobs applied to.
    pub sources: Vec<String>,
    pub views: Vec<SavedView>,
    pub per_page: u32,
}

impl Tracker {
    pub fn stage(&self, key: &str) -> Option<&Stage> {
        self.stages.iter().map(|counted| &counted.stage).find(|stage| stage.key == key)
    }
}

/// The person's applications, as the page shows them.
#[server]
pub async fn load_tracker(query: TrackerQuery) -> Result<Tracker> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::load(&app, &who, &query).await
        }
        .await,
    )
}

/// Moves several applications to a stage, as one act. `chosen` are their ids, a line each.
#[server]
pub async fn move_chosen(#[server(default)] chosen: String, #[server(default)] stage: String) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::move_chosen(&app, &who, &chosen, &stage).await
        }
        .await,
    )
}

/// Puts several applications into the bin, as one act. `chosen` are their ids, a line each.
#[server]
pub async fn remove_chosen(#[server(default)] chosen: String) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::remove_chosen(&app, &who, &chosen).await
        }
        .await,
    )
}
