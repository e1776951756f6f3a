//! Tasks: what a person wants to do, perhaps for an application, perhaps by a moment, once or again and again.

use crate::{
    acts::Done,
    error::Result,
    ids::{ApplicationId, TaskId},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod clock;
#[cfg(feature = "ssr")]
pub mod copy;
#[cfg(feature = "ssr")]
mod fields;
mod form;
#[cfg(feature = "ssr")]
mod gather;
pub mod page;
pub mod quick;
#[cfg(feature = "ssr")]
pub mod repeat;
#[cfg(feature = "ssr")]
pub mod routes;
mod row;
pub mod section;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod undo;

/// How often a task comes again. The wall clock's time stays the same; the end of a short month stands for its missing days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type, utoipa::ToSchema), sqlx(type_name = "TEXT", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Repeat {
    #[default]
    None,
    Daily,
    /// Monday to Friday.
    Weekdays,
    Weekly,
    Monthly,
    Yearly,
}

impl Repeat {
    pub const ALL: [Repeat; 6] =
        [Repeat::None, Repeat::Daily, Repeat::Weekdays, Repeat::Weekly, Repeat::Monthly, Repeat::Yearly];

    /// The stored and transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            Repeat::None => "none",
            Repeat::Daily => "daily",
            Repeat::Weekdays => "weekdays",
            Repeat::Weekly => "weekly",
            Repeat::Monthly => "monthly",
            Repeat::Yearly => "yearly",
        }
    }

    /// How it reads on a page.
    pub fn label(self) -> &'static str {
        match self {
            Repeat::None => "Once",
            Repeat::Daily => "Every day",
            Repeat::Weekdays => "Monday to Friday",
            Repeat::Weekly => "Every week",
            Repeat::Monthly => "Every month",
            Repeat::Yearly => "Every year",
        }
    }
}

impl FromStr for Repeat {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Repeat::ALL.into_iter().find(|repeat| repeat.as_str() == text).ok_or(())
    }
}

/// How long before it is due a person is reminded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type, utoipa::ToSchema), sqlx(type_name = "TEXT", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Remind {
    #[default]
    None,
    AtTime,
    TenMinutes,
    Hour,
    Day,
}

impl Remind {
    pub const ALL: [Remind; 5] = [Remind::None, Remind::AtTime, Remind::TenMinutes, Remind::Hour, Remind::Day];

    /// The stored and transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            Remind::None => "none",
            Remind::AtTime => "at_time",
            Remind::TenMinutes => "ten_minutes",
            Remind::Hour => "hour",
            Remind::Day => "day",
        }
    }

    /// How it reads on a page.
    pub fn label(self) -> &'static str {
        match self {
            Remind::None => "No reminder",
            Remind::AtTime => "When it is due",
            Remind::TenMinutes => "10 minutes before",
            Remind::Hour => "1 hour before",
            Remind::Day => "1 day before",
        }
    }

    /// Minutes before it is due; None for no reminder.
    pub fn minutes(self) -> Option<i64> {
        match self {
            Remind::None => None,
            Remind::AtTime => Some(0),
            Remind::TenMinutes => Some(10),
            Remind::Hour => Some(60),
            Remind::Day => Some(24 * 60),
        }
    }
}

impl FromStr for Remind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Remind::ALL.into_iter().find(|remind| remind.as_str() == text).ok_or(())
    }
}

/// A task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Task {
    pub id: TaskId,
    pub application_id: Option<ApplicationId>,
    pub title: String,
    pub notes: String,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub due_at: Option<DateTime<Utc>>,
    pub repeat: Repeat,
    pub remind: Remind,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub done_at: Option<DateTime<Utc>>,
    /// Raised by every change.
    pub version: i64,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub updated_at: DateTime<Utc>,
}

/// A task as a row of a page, its times as a clock where the person is shows them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskLine {
    pub task: Task,
    /// `2026-12-01T14:00`, or empty.
    pub due_input: String,
    /// "Tue 1 Dec 2026, 14:00", or empty.
    pub due_text: String,
    /// Whether it should be done by now.
    pub late: bool,
    /// The job of its application, "Baker at Acme Mills"; empty without one.
    pub about: String,
}

/// Where a task stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Group {
    Overdue,
    Today,
    Tomorrow,
    Week,
    Later,
    Undated,
    Done,
}

impl Group {
    pub const ALL: [Group; 7] =
        [Group::Overdue, Group::Today, Group::Tomorrow, Group::Week, Group::Later, Group::Undated, Group::Done];

    /// The heading.
    pub fn label(self) -> &'static str {
        match self {
            Group::Overdue => "Overdue",
            Group::Today => "Today",
            Group::Tomorrow => "Tomorrow",
            Group::Week => "This week",
            Group::Later => "Later",
            Group::Undated => "Without a date",
            Group::Done => "Done in the last 30 days",
        }
    }
}

/// Everything `/applications/tasks` shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskPage {
    /// Only groups with something in them, in the order of [`Group::ALL`].
    pub groups: Vec<(Group, Vec<TaskLine>)>,
    /// What a task can be about: the person's applications, "Baker at Acme Mills".
    pub applications: Vec<(ApplicationId, String)>,
    pub reminding: crate::reminders::Reminding,
}

/// What came of a line that was typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Added {
    pub done: Done,
    /// How it was read: "Call Ms Weber, due Tue 1 Dec 2026, 14:00".
    pub said: String,
}

/// The person's tasks by when they are due.
#[server]
pub async fn load_tasks() -> Result<TaskPage> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            gather::page(&app, &who).await
        }
        .await,
    )
}

/// The tasks of an application: those to be done, then those of the last 30 days.
#[server]
pub async fn load_tasks_of(id: ApplicationId) -> Result<Vec<TaskLine>> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            gather::of_application(&app, &who, id).await
        }
        .await,
    )
}

/// Adds a task from one line of plain English, such as "Call Ms Weber tomorrow 14:00". `application` is an id or empty.
#[server]
pub async fn quick_task(#[server(default)] line: String, #[server(default)] application: String) -> Result<Added> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            fields::quick(&app, &who, &line, &application).await
        }
        .await,
    )
}

/// Changes a task. `due` is a local time of the person's zone, `version` the one they saw.
#[server]
pub async fn save_task(
    id: TaskId,
    #[server(default)] application: String,
    #[server(default)] title: String,
    #[server(default)] notes: String,
    #[server(default)] due: String,
    #[server(default)] repeat: String,
    #[server(default)] remind: String,
    #[server(default)] version: Option<i64>,
) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            let form = fields::TaskFields { application, title, notes, due, repeat, remind };
            form.save(&app, &who, id, version).await
        }
        .await,
    )
}

/// Marks a task done; a repeated one makes the next.
#[server]
pub async fn finish_task(id: TaskId, #[server(default)] version: Option<i64>) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::finish(&app, &who, id, version).await.map(|finished| finished.done)
        }
        .await,
    )
}

/// Marks a task not done again. One that was repeated is not any more: the next was made already.
#[server]
pub async fn reopen_task(id: TaskId, #[server(default)] version: Option<i64>) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::reopen(&app, &who, id, version).await
        }
        .await,
    )
}

/// Puts a task off: `to` is `tomorrow` (9:00), `monday` (the next, 9:00) or `at`, a local time of the person's zone.
#[server]
pub async fn put_off_task(
    id: TaskId,
    #[server(default)] to: String,
    #[server(default)] at: String,
    #[server(default)] version: Option<i64>,
) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::put_off(&app, &who, id, &to, &at, version).await
        }
        .await,
    )
}

/// Puts a task into the bin.
#[server]
pub async fn remove_task(id: TaskId) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::remove(&app, &who, id).await
        }
        .await,
    )
}
