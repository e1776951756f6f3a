//! Job records: what a person collected, how each fits, and where it stands.

use crate::{
    error::Result,
    feedback::{Said, SaidOfJob},
    ids::JobId,
};
use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use posting::{Level, Remote, Salary};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
pub mod card;
#[cfg(feature = "ssr")]
pub mod copy;
pub mod detail;
#[cfg(feature = "ssr")]
pub mod draft;
pub mod employer;
#[cfg(feature = "ssr")]
mod fields;
pub mod fit;
pub mod form;
pub mod import;
pub mod list;
#[cfg(feature = "ssr")]
pub mod listing;
#[cfg(feature = "ssr")]
pub mod names;
pub mod opening;
pub mod parse;
#[cfg(feature = "ssr")]
pub mod postings;
#[cfg(feature = "ssr")]
pub mod recommend;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod scoring;
mod shared;
mod status;
#[cfg(feature = "ssr")]
pub mod store;
pub mod text;
#[cfg(feature = "ssr")]
pub mod undo;

pub use fit::Fit;
pub use status::JobStatus;

/// A job record as programs and pages see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Job {
    pub id: JobId,
    pub company: String,
    pub title: String,
    /// As written; empty when unknown.
    pub location: String,
    pub remote: Option<Remote>,
    /// Readable text: paragraphs, list items on lines that start with `- `.
    pub description: String,
    pub tech_stack: Vec<String>,
    pub responsibilities: Vec<String>,
    pub requirements: Vec<String>,
    pub experience_level: Option<Level>,
    pub salary: Option<Salary>,
    /// `manual`, `greenhouse`, `csv`, …
    pub source: String,
    pub url: Option<String>,
    pub status: JobStatus,
    #[serde(deserialize_with = "crate::wire::maybe_day")]
    pub date_posted: Option<NaiveDate>,
    /// The last day on which one can apply.
    #[serde(deserialize_with = "crate::wire::maybe_day")]
    pub closes_on: Option<NaiveDate>,
    #[serde(deserialize_with = "crate::wire::maybe_day")]
    pub date_applied: Option<NaiveDate>,
    /// 0 to 100; absent while the profile says nothing to compare.
    pub match_score: Option<u8>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub updated_at: DateTime<Utc>,
}

/// A job in a list: what a row shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JobLine {
    pub id: JobId,
    pub company: String,
    pub title: String,
    pub location: String,
    pub remote: Option<Remote>,
    pub salary: Option<Salary>,
    pub source: String,
    pub status: JobStatus,
    #[serde(deserialize_with = "crate::wire::maybe_day")]
    pub date_posted: Option<NaiveDate>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
    /// How it fits, with the parts; absent while the profile says nothing to compare.
    pub fit: Option<Fit>,
    /// What the person said about it, and where that and what they said about others puts it.
    pub said: Said,
}

/// What to list: filters, order, page. The same words in the page's address and over REST.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ssr", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct JobQuery {
    /// Words that must all appear in company, title, place or skills.
    pub q: String,
    /// A status, `all`, or empty for every one but `archived`.
    #[cfg_attr(
        feature = "ssr",
        param(pattern = "^(all|not_applied|applied|interview|offer|rejected|accepted|withdrawn|archived)?$")
    )]
    pub status: String,
    pub source: String,
    /// `remote`, `hybrid`, `onsite`, or empty.
    #[cfg_attr(feature = "ssr", param(pattern = "^(remote|hybrid|onsite)?$"))]
    pub remote: String,
    /// Only jobs that score at least this.
    #[cfg_attr(feature = "ssr", param(minimum = 0, maximum = 100))]
    pub min_score: Option<u8>,
    /// `show` lists jobs of hidden companies as well, which are left out otherwise.
    #[cfg_attr(feature = "ssr", param(pattern = "^(show)?$"))]
    pub hidden: String,
    /// `score` (default: the match score, moved by what was said about jobs), `newest`, `posted`, `company`, `title`.
    #[cfg_attr(feature = "ssr", param(pattern = "^(score|newest|posted|company|title)?$"))]
    pub sort: String,
    /// From 1.
    #[cfg_attr(feature = "ssr", param(minimum = 1, maximum = 100_000))]
    pub page: Option<u32>,
    /// 1 to 100; 25 by default.
    #[cfg_attr(feature = "ssr", param(minimum = 1, maximum = 100))]
    pub per_page: Option<u32>,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub total: i64,
    pub page: u32,
    pub per_page: u32,
}

/// The list page's data: the rows and what can be filtered by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    pub page: Page<JobLine>,
    /// Sources present among the person's jobs.
    pub sources: Vec<String>,
    /// False when the person has no jobs at all, whatever the filters.
    pub any: bool,
    /// False while the profile says nothing to compare: scores are missing for that reason.
    pub scored: bool,
    /// Jobs of hidden companies that would be listed, too.
    pub hidden: u32,
}

/// The detail page's data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JobView {
    pub job: Job,
    pub fit: Option<Fit>,
    /// The application to this job, if there is one.
    pub application: Option<crate::applications::Application>,
    /// What the person said about it.
    pub said: SaidOfJob,
    /// What is known of the opening it was made from.
    pub opening: Option<opening::Opening>,
    /// What a partner says about the employer.
    pub employer: Option<employer::Employer>,
}

/// One page of the person's jobs.
#[server]
pub async fn list_jobs(query: JobQuery) -> Result<Listing> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::listing(&app, &who, &query).await
        }
        .await,
    )
}

/// One job with its fit and application.
#[server]
pub async fn load_job(id: JobId) -> Result<JobView> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::view(&app, &who, id).await
        }
        .await,
    )
}

/// Creates a job from the form, or changes the one with `id`; answers with its page. Lists hold one entry a line. `source` is where a new
/// one was read.
#[server]
pub async fn save_job(
    #[server(default)] id: String,
    #[server(default)] company: String,
    #[server(default)] title: String,
    #[server(default)] location: String,
    #[server(default)] remote: String,
    #[server(default)] description: String,
    #[server(default)] tech_stack: String,
    #[server(default)] responsibilities: String,
    #[server(default)] requirements: String,
    #[server(default)] experience_level: String,
    #[server(default)] salary_min: String,
    #[server(default)] salary_max: String,
    #[server(default)] salary_currency: String,
    #[server(default)] salary_period: String,
    #[server(default)] url: String,
    #[server(default)] status: String,
    #[server(default)] date_posted: String,
    #[server(default)] closes_on: String,
    #[server(default)] date_applied: String,
    #[server(default)] source: String,
) -> Result<String> {
    let form = fields::JobFields {
        company,
        title,
        location,
        remote,
        description,
        tech_stack,
        responsibilities,
        requirements,
        experience_level,
        salary_min,
        salary_max,
        salary_currency,
        salary_period,
        url,
        status,
        date_posted,
        closes_on,
        date_applied,
        source,
    };
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            form.save(&app, &who, &id).await
        }
        .await,
    )
}

/// Puts a job, its application and its alerts into the bin.
#[server]
pub async fn delete_job(id: JobId) -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            fields::delete(&app, &who, id).await
        }
        .await,
    )
}

/// Takes a job out of the bin.
#[server]
pub async fn restore_job(id: JobId) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::restore(&app, &who, id).await
        }
        .await,
    )
}

/// Sets where a job stands; its application follows.
#[server]
pub async fn set_job_status(id: JobId, status: JobStatus) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::set_status(&app, &who, id, status).await
        }
        .await,
    )
}
