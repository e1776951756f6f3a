//! Reminders: a note on every open page, mail and a message on the person's devices where they want it, once, when something is due.
//!
//! A reminder is a row with the moment it is to be told. A worker tells it in one transaction with the row, the event that shows
//! it and the message: on any number of servers it is told once, and one that was missed while none ran is told late.

use crate::{error::Result, push::Pushing};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
pub mod card;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod ways;
#[cfg(feature = "ssr")]
mod words;
#[cfg(feature = "ssr")]
pub mod worker;

/// What a person is reminded of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "TEXT", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Task,
    Interview,
}

/// How a person wants to be reminded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct Settings {
    /// By a note on every open page.
    pub live: bool,
    pub mail: bool,
    /// What is shown on the person's devices, where they have any: what is due, and, though it is no reminder, jobs that match.
    pub push_tasks: bool,
    pub push_interviews: bool,
    pub push_matches: bool,
    /// Minutes of the person's day between which no mail is sent and nothing is shown on devices; over midnight where the second is the smaller one.
    pub quiet_from: Option<i64>,
    pub quiet_until: Option<i64>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            live: true,
            mail: false,
            push_tasks: true,
            push_interviews: true,
            push_matches: true,
            quiet_from: None,
            quiet_until: None,
        }
    }
}

/// What the card about reminders shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reminding {
    pub settings: Settings,
    /// Mail is sent to a confirmed address only.
    pub confirmed: bool,
    /// Where the person is, for the times on the card: an IANA name.
    pub zone: String,
    pub pushing: Pushing,
}

/// Says how to remind. Times are `HH:MM`; both or none. A box that is off is absent.
#[server]
pub async fn save_reminding(
    #[server(default)] live: bool,
    #[server(default)] mail: bool,
    #[server(default)] push_tasks: bool,
    #[server(default)] push_interviews: bool,
    #[server(default)] push_matches: bool,
    #[server(default)] quiet_from: String,
    #[server(default)] quiet_until: String,
) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            let settings = Settings { live, mail, push_tasks, push_interviews, push_matches, ..Settings::default() };
            actions::save(&app, &who, settings, &quiet_from, &quiet_until).await
        }
        .await,
    )
}
