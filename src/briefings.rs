//! Briefings: what the day holds, told in the morning; what it brought, in the evening; and a report of the week.
//!
//! One is made for each day and person, in one transaction with the message that carries it: never twice, never by half. In the app
//! everybody has theirs; by mail those who asked for it.

use crate::{error::Result, ids::BriefingId};
use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

#[cfg(feature = "ssr")]
pub mod actions;
mod card;
#[cfg(feature = "ssr")]
pub mod content;
#[cfg(feature = "ssr")]
mod days;
#[cfg(feature = "ssr")]
pub mod gather;
pub mod leave;
#[cfg(feature = "ssr")]
pub mod letter;
#[cfg(feature = "ssr")]
pub mod making;
pub mod one;
pub mod page;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod sheet;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod unsubscribe;
#[cfg(feature = "ssr")]
pub mod words;

use sheet::Sheet;

/// Where a message leads those who want no more like it.
pub const UNSUBSCRIBE: &str = "/unsubscribe";

/// What kinds there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type, utoipa::ToSchema), sqlx(type_name = "TEXT", rename_all = "snake_case"))]
#[cfg_attr(feature = "ssr", schema(as = BriefingKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// At eight: what the day holds.
    Morning,
    /// At eight in the evening: what it brought, and what the next one holds.
    Evening,
    /// On Monday morning: the week before it.
    Weekly,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Morning, Kind::Evening, Kind::Weekly];

    /// The stored and transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Morning => "morning",
            Kind::Evening => "evening",
            Kind::Weekly => "weekly",
        }
    }

    /// How it reads on a page.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Morning => "Morning briefing",
            Kind::Evening => "Evening summary",
            Kind::Weekly => "Weekly report",
        }
    }

    /// When it comes.
    pub fn comes(self) -> &'static str {
        match self {
            Kind::Morning => "Every day at 08:00",
            Kind::Evening => "Every day at 20:00",
            Kind::Weekly => "On Monday at 07:00",
        }
    }
}

impl FromStr for Kind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

/// Which of them a person wants by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow, utoipa::ToSchema))]
#[cfg_attr(feature = "ssr", schema(as = BriefingSettings))]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub morning: bool,
    pub evening: bool,
    pub weekly: bool,
    /// Nothing is mailed of a day on which nothing is due and nothing is new.
    pub only_news: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { morning: false, evening: false, weekly: false, only_news: true }
    }
}

impl Settings {
    /// Whether this kind is wanted by mail.
    pub fn wants(self, kind: Kind) -> bool {
        match kind {
            Kind::Morning => self.morning,
            Kind::Evening => self.evening,
            Kind::Weekly => self.weekly,
        }
    }

    /// The same with this kind switched on or off.
    pub fn with(self, kind: Kind, on: bool) -> Self {
        match kind {
            Kind::Morning => Settings { morning: on, ..self },
            Kind::Evening => Settings { evening: on, ..self },
            Kind::Weekly => Settings { weekly: on, ..self },
        }
    }
}

/// A briefing in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow, utoipa::ToSchema))]
pub struct BriefingLine {
    pub id: BriefingId,
    pub kind: Kind,
    /// The day it is for, where the person was.
    #[serde(deserialize_with = "crate::wire::known_day")]
    pub day: NaiveDate,
    pub subject: String,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub read_at: Option<DateTime<Utc>>,
}

/// What the list's page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Briefings {
    pub lines: Vec<BriefingLine>,
    /// From 1.
    pub page: u32,
    pub per_page: u32,
    pub total: i64,
    /// Whether there is any, of whatever kind.
    pub any: bool,
    pub settings: Settings,
    /// Mail is sent to a confirmed address only.
    pub confirmed: bool,
    /// Whether this site sends mail at all.
    pub mails: bool,
    /// Where the person is: an IANA name.
    pub zone: String,
}

/// A briefing as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BriefingView {
    pub line: BriefingLine,
    pub sheet: Sheet,
}

/// One page of the person's briefings, newest first; of one kind, or, with an empty word, of all.
#[server]
pub async fn load_briefings(#[server(default)] kind: String, #[server(default)] page: u32) -> Result<Briefings> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::list(&app, &who, &kind, page).await
        }
        .await,
    )
}

/// One briefing.
#[server]
pub async fn load_briefing(id: BriefingId) -> Result<BriefingView> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::view(&app, &who, id).await
        }
        .await,
    )
}

/// Makes the newest briefing of a kind whose time has come, if there is none yet; answers with its page.
#[server]
pub async fn make_briefing(kind: Kind) -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            Ok(crate::session::forward(format!("/briefings/{}", actions::make(&app, &who, kind).await?)))
        }
        .await,
    )
}

/// Marks a briefing read, or unread again.
#[server]
pub async fn mark_briefing(id: BriefingId, read: bool) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::mark(&app, &who, id, read).await
        }
        .await,
    )
}

/// Says which kinds are wanted by mail. A box that is off is absent.
#[server]
pub async fn save_briefing_settings(
    #[server(default)] morning: bool,
    #[server(default)] evening: bool,
    #[server(default)] weekly: bool,
    #[server(default)] only_news: bool,
) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::save(&app, &who, Settings { morning, evening, weekly, only_news }).await
        }
        .await,
    )
}
