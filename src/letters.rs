//! Mail of others, read for what it means: receipts, rejections, invitations and offers find their application and move it. What is
//! sure is done and can be taken back, what is likely is asked, the rest is forgotten. What a message means is found by `crates/inbox`.

use crate::{
    acts::Done,
    error::Result,
    ids::{ApplicationId, BundleId, LetterId},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
mod card;
#[cfg(feature = "ssr")]
mod carrying;
#[cfg(feature = "ssr")]
pub mod copy;
#[cfg(feature = "ssr")]
mod known;
pub mod mailbox;
pub mod page;
#[cfg(feature = "ssr")]
mod reading;
pub mod section;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod upload;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "TEXT", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It was sure, and carried out.
    Done,
    /// It waits for the person's word.
    Asked,
    /// The person said yes, and it was carried out.
    Agreed,
    /// The person said no.
    Dismissed,
}

/// An application a message may belong to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    pub id: ApplicationId,
    /// "Baker at Acme Mills"
    pub name: String,
}

/// A message as the page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    pub id: LetterId,
    pub from: String,
    pub subject: String,
    /// How it begins.
    pub excerpt: String,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub sent_at: Option<DateTime<Utc>>,
    /// "a rejection"
    pub kind: String,
    /// 0 to 100.
    pub confidence: u8,
    /// Sentences, the most important first.
    pub reasons: Vec<String>,
    /// What it does, or did: "Moves it to Rejected."
    pub does: String,
    pub state: State,
    pub application: Choice,
    /// Others it may belong to as well.
    pub or: Vec<Choice>,
    /// What was done, while it can be taken back.
    pub bundle: Option<BundleId>,
}

/// Everything the page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Letters {
    /// Those that wait, newest first.
    pub asked: Vec<Letter>,
    /// The last ones that were carried out.
    pub done: Vec<Letter>,
    /// Whether there is any application for mail to belong to.
    pub applications: bool,
}

/// What the person's mail means.
#[server]
pub async fn load_letters() -> Result<Letters> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::list(&app, &who).await
        }
        .await,
    )
}

/// The mail of one application, newest first.
#[server]
pub async fn load_letters_of(id: ApplicationId) -> Result<Vec<Letter>> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::of_application(&app, &who, id).await
        }
        .await,
    )
}

/// Carries out what a message that waits means, for its application or another.
#[server]
pub async fn agree_to_letter(id: LetterId, #[server(default)] application: Option<ApplicationId>) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::agree(&app, &who, id, application).await
        }
        .await,
    )
}

/// Says that a message means nothing; answers with its id, for the offer to ask again.
#[server]
pub async fn dismiss_letter(id: LetterId) -> Result<LetterId> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::dismiss(&app, &who, id).await.map(|()| id)
        }
        .await,
    )
}

/// Has a message that was dismissed wait again.
#[server]
pub async fn ask_again(id: LetterId) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::ask_again(&app, &who, id).await
        }
        .await,
    )
}
