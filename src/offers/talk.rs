//! What was said about pay for an application: by whom, when, how much.

use super::Pay;
use crate::{
    acts::Done,
    error::Result,
    ids::{ApplicationId, TalkId},
};
use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
mod fields;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod section;
#[cfg(feature = "ssr")]
pub mod store;

/// Who said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    They,
    You,
}

impl Speaker {
    /// The transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            Speaker::They => "they",
            Speaker::You => "you",
        }
    }

    /// How it reads on a page.
    pub fn label(self) -> &'static str {
        match self {
            Speaker::They => "They said",
            Speaker::You => "You said",
        }
    }
}

impl FromStr for Speaker {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Speaker::They, Speaker::You].into_iter().find(|by| by.as_str() == text).ok_or(())
    }
}

/// One thing said about pay: an amount, a note, or both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Said {
    pub id: TalkId,
    pub application_id: ApplicationId,
    #[serde(deserialize_with = "crate::wire::known_day")]
    pub said_on: NaiveDate,
    pub by: Speaker,
    pub pay: Option<Pay>,
    pub note: String,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
}

/// Adds what was said about pay for an application. `said_on` is today when it is empty.
#[server]
pub async fn add_talk(
    id: ApplicationId,
    #[server(default)] said_on: String,
    #[server(default)] by: String,
    #[server(default)] amount: String,
    #[server(default)] currency: String,
    #[server(default)] period: String,
    #[server(default)] note: String,
) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            let form = fields::TalkFields { said_on, by, amount, currency, period, note };
            form.add(&app, &who, id).await
        }
        .await,
    )
}

/// Puts something that was said into the bin.
#[server]
pub async fn remove_talk(id: TalkId) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::remove(&app, &who, id).await
        }
        .await,
    )
}
