//! What people say about jobs, and what it changes: the order of later lists, and which companies are left out of them.
//!
//! The match score stays what it is. What is learned moves a job by some points up or down among others, and says why
//! (`feedback/taste.rs`).

use crate::{
    acts::Done,
    error::Result,
    ids::{FeedbackId, HiddenCompanyId, JobId, PostingId},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use posting::Level;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod copy;
#[cfg(feature = "ssr")]
pub mod order;
pub mod page;
mod reasons;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod section;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod taste;
pub mod thumbs;
#[cfg(feature = "ssr")]
mod words;

pub use reasons::Reason;

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema, sqlx::Type), sqlx(type_name = "TEXT", rename_all = "snake_case"))]
#[cfg_attr(feature = "ssr", schema(as = FeedbackVerdict))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Up,
    Down,
}

impl Verdict {
    /// The stored and transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Up => "up",
            Verdict::Down => "down",
        }
    }
}

impl FromStr for Verdict {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Verdict::Up, Verdict::Down].into_iter().find(|verdict| verdict.as_str() == text).ok_or(())
    }
}

/// Where a job was shown when something was said about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema), schema(as = FeedbackPlace))]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Today,
    Jobs,
    Job,
    Alerts,
    /// Over REST, or nobody said.
    #[default]
    Program,
}

impl Place {
    pub const ALL: [Place; 5] = [Place::Today, Place::Jobs, Place::Job, Place::Alerts, Place::Program];

    /// The transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            Place::Today => "today",
            Place::Jobs => "jobs",
            Place::Job => "job",
            Place::Alerts => "alerts",
            Place::Program => "program",
        }
    }
}

impl FromStr for Place {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Place::ALL.into_iter().find(|place| place.as_str() == text).ok_or(())
    }
}

/// What a job was when something was said about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema), schema(as = FeedbackAbout))]
pub struct About {
    pub company: String,
    pub title: String,
    /// As written; empty when unknown.
    pub location: String,
    #[serde(default)]
    pub level: Option<Level>,
    /// What it asks for.
    pub skills: Vec<String>,
    /// Those of them that the person did not have.
    #[serde(default)]
    pub missing: Vec<String>,
}

/// What was shown of a job when something was said about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema), schema(as = FeedbackShown))]
pub struct Shown {
    /// 0 to 100; absent while the profile said nothing to compare.
    #[serde(default)]
    pub match_score: Option<u8>,
    /// Its parts: skills, location, experience.
    #[serde(default)]
    pub parts: Option<[u8; 3]>,
    /// By how many points it was moved for what was said about others.
    #[serde(default)]
    pub moved: i8,
    #[serde(default)]
    pub list: Place,
    /// Its place in that list, from 1.
    #[serde(default)]
    pub position: Option<u32>,
    /// Which way of scoring and ordering it was: `fit-1 taste-1`.
    #[serde(default)]
    pub algorithm: String,
}

/// What a person said about one job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Feedback {
    pub id: FeedbackId,
    pub job_id: JobId,
    /// The opening the job was made from, if it was made from one.
    pub posting_id: Option<PostingId>,
    pub verdict: Verdict,
    pub reason: Option<Reason>,
    pub note: String,
    pub about: About,
    pub shown: Shown,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub given_at: DateTime<Utc>,
}

/// By how much a job stands higher or lower among others than its score alone would have it, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Moved {
    /// -15 to 15; never part of the match score.
    #[cfg_attr(feature = "ssr", schema(minimum = -15, maximum = 15))]
    pub points: i8,
    /// A sentence.
    pub words: String,
}

/// What a row of a list shows of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Said {
    pub verdict: Option<Verdict>,
    pub moved: Option<Moved>,
}

/// What a job's own page shows of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SaidOfJob {
    pub verdict: Option<Verdict>,
    pub reason: Option<Reason>,
    pub note: String,
    pub moved: Option<Moved>,
    /// The entry that hides its company.
    pub hidden: Option<HiddenCompanyId>,
}

/// What a list leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Jobs of hidden companies.
    pub hidden: u32,
    /// Jobs that were turned down.
    pub turned_down: u32,
}

/// A company whose jobs are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema, sqlx::FromRow))]
pub struct HiddenCompany {
    pub id: HiddenCompanyId,
    /// As it was written.
    pub company: String,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
}

/// The page about it: hidden companies, newest first, and the newest hundred of what was said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    pub hidden: Vec<HiddenCompany>,
    pub said: Vec<Feedback>,
}

/// Says whether a job is a good match, or says it anew; with `hide` its company is hidden as well.
#[server]
pub async fn give_feedback(
    id: JobId,
    verdict: String,
    #[server(default)] reason: String,
    #[server(default)] note: String,
    #[server(default)] hide: bool,
    #[server(default)] list: String,
    #[server(default)] position: Option<u32>,
) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            let typed = actions::Typed { verdict, reason, note, hide, list, position };
            actions::say(&app, &who, id, typed).await
        }
        .await,
    )
}

/// Takes back what was said about a job.
#[server]
pub async fn remove_feedback(id: JobId) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::take_back(&app, &who, id).await
        }
        .await,
    )
}

/// Hides a company: its jobs are left out of lists.
#[server]
pub async fn hide_company(#[server(default)] company: String) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::hide(&app, &who, &company).await.map(|(_, done)| done)
        }
        .await,
    )
}

/// Shows a company's jobs again.
#[server]
pub async fn show_company(id: HiddenCompanyId) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::show(&app, &who, id).await
        }
        .await,
    )
}

/// Hidden companies and what was said about jobs.
#[server]
pub async fn load_feedback() -> Result<Overview> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::overview(&app, &who).await
        }
        .await,
    )
}
