//! Interviews of an application: when and where, with whom, how to prepare, how it went.

use crate::{
    acts::Done,
    error::Result,
    ids::{ApplicationId, InterviewId},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
pub mod agenda;
#[cfg(feature = "ssr")]
pub mod copy;
#[cfg(feature = "ssr")]
pub mod draft;
#[cfg(feature = "ssr")]
mod fields;
mod form;
mod kind;
pub mod page;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod section;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod undo;
#[cfg(feature = "ssr")]
mod words;

pub use kind::{InterviewKind, InterviewResult};

/// An interview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Interview {
    pub id: InterviewId,
    pub application_id: ApplicationId,
    /// From 1.
    pub round: i64,
    #[serde(rename = "type")]
    pub kind: InterviewKind,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub starts_at: DateTime<Utc>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub ends_at: DateTime<Utc>,
    /// The IANA name of the zone its times are meant in.
    pub time_zone: String,
    pub place: String,
    pub link: Option<String>,
    pub people: Vec<String>,
    /// Markdown.
    pub preparation: String,
    pub result: InterviewResult,
    /// How it went: Markdown.
    pub notes: String,
    /// When thanks were sent.
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub thanked_at: Option<DateTime<Utc>>,
    /// Raised by every change.
    pub version: i64,
    /// Raised by every change that calendars have to take over.
    pub sequence: i64,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub updated_at: DateTime<Utc>,
}

impl Interview {
    /// "Round 2, video call".
    pub fn title(&self) -> String {
        ["Round ", &self.round.to_string(), ", ", &self.kind.label().to_lowercase()].concat()
    }
}

/// An interview as pages show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InterviewView {
    pub interview: Interview,
    pub company: String,
    pub job: String,
    /// Whether it has not ended.
    pub ahead: bool,
    /// Day and times where it is: "Fri, 27 Nov 2026, 14:30–15:30".
    pub when: String,
    /// Start, end and thanks as a form has them, in the interview's zone.
    pub starts: String,
    pub ends: String,
    pub thanked: String,
    /// As HTML, safe to show.
    pub preparation_html: String,
    pub notes_html: String,
}

/// All interviews by day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agenda {
    /// Where the person is.
    pub time_zone: String,
    /// What has not ended, the next first.
    pub upcoming: Vec<Day>,
    /// What has ended, the newest first.
    pub past: Vec<Day>,
}

/// The interviews of a day where the person is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Day {
    /// "Friday, 27 November 2026".
    pub name: String,
    pub entries: Vec<Entry>,
}

/// One interview of a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub interview: Interview,
    pub company: String,
    pub job: String,
    /// "14:30–15:30" where the person is.
    pub times: String,
    /// The same where the interview is, with its zone; empty when that is no other time.
    pub there: String,
}

/// One interview.
#[server]
pub async fn load_interview(id: InterviewId) -> Result<InterviewView> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::view(&app, &who, id).await
        }
        .await,
    )
}

/// All interviews by day where the person is.
#[server]
pub async fn load_interviews() -> Result<Agenda> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::agenda(&app, &who).await
        }
        .await,
    )
}

/// Adds an interview to the application `id`. Times are local to the zone; with `move_along` the application goes to the first
/// interview stage where it stands before one.
#[server]
pub async fn add_interview(
    id: ApplicationId,
    #[server(default)] round: String,
    #[server(default)] kind: String,
    #[server(default)] starts_at: String,
    #[server(default)] ends_at: String,
    #[server(default)] time_zone: String,
    #[server(default)] place: String,
    #[server(default)] link: String,
    #[server(default)] people: String,
    #[server(default)] preparation: String,
    #[server(default)] result: String,
    #[server(default)] notes: String,
    #[server(default)] thanked_at: String,
    #[server(default)] move_along: bool,
) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            let fields = fields::InterviewFields {
                round,
                kind,
                starts_at,
                ends_at,
                time_zone,
                place,
                link,
                people,
                preparation,
                result,
                notes,
                thanked_at,
            };
            fields.add(&app, &who, id, move_along).await
        }
        .await,
    )
}

/// Changes an interview; `version` is the one the person saw.
#[server]
pub async fn change_interview(
    id: InterviewId,
    #[server(default)] version: Option<i64>,
    #[server(default)] round: String,
    #[server(default)] kind: String,
    #[server(default)] starts_at: String,
    #[server(default)] ends_at: String,
    #[server(default)] time_zone: String,
    #[server(default)] place: String,
    #[server(default)] link: String,
    #[server(default)] people: String,
    #[server(default)] preparation: String,
    #[server(default)] result: String,
    #[server(default)] notes: String,
    #[server(default)] thanked_at: String,
) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            let fields = fields::InterviewFields {
                round,
                kind,
                starts_at,
                ends_at,
                time_zone,
                place,
                link,
                people,
                preparation,
                result,
                notes,
                thanked_at,
            };
            fields.change(&app, &who, id, version).await
        }
        .await,
    )
}

/// Puts an interview into the bin.
#[server]
pub async fn remove_interview(id: InterviewId) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::remove(&app, &who, id).await
        }
        .await,
    )
}
