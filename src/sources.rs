//! Where postings are found: boards of companies, feeds, questions to partners. Sources are everybody's; what a person wants of them is
//! theirs.

pub use healths::Healths;

use crate::{error::Result, ids::SourceId, jobs::Page};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
mod add;
pub mod admin;
#[cfg(feature = "ssr")]
mod asking;
#[cfg(feature = "ssr")]
mod breaker;
mod catalogue;
#[cfg(feature = "ssr")]
pub mod checking;
#[cfg(feature = "ssr")]
pub mod choices;
#[cfg(feature = "ssr")]
mod details;
#[cfg(feature = "ssr")]
pub mod facts;
#[cfg(feature = "ssr")]
mod finding;
mod healths;
#[cfg(feature = "ssr")]
pub mod hosts;
#[cfg(feature = "ssr")]
mod keys;
mod long;
mod mine;
#[cfg(feature = "ssr")]
mod numbers;
pub mod page;
#[cfg(feature = "ssr")]
mod reading;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod texts;
#[cfg(feature = "ssr")]
mod thread;
#[cfg(feature = "ssr")]
pub mod visits;

/// How a source does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema), schema(as = SourceHealth))]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// It was not visited yet.
    New,
    Well,
    /// It failed, and is tried again soon.
    Failing,
    /// It failed too often, refused, or asked for it: it is left alone until then.
    Paused,
    /// The pause is over: the next visit decides.
    Trial,
    /// An administrator left it alone.
    Held,
    /// It needs a key that is not set here.
    Closed,
}

impl Health {
    /// All of them, those that ask for somebody's care first.
    pub const ALL: [Health; 7] =
        [Health::Failing, Health::Paused, Health::Trial, Health::Held, Health::Closed, Health::New, Health::Well];

    /// Its word in addresses and statements.
    pub fn as_str(self) -> &'static str {
        match self {
            Health::New => "new",
            Health::Well => "well",
            Health::Failing => "failing",
            Health::Paused => "paused",
            Health::Trial => "trial",
            Health::Held => "held",
            Health::Closed => "closed",
        }
    }

    /// The one of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Health::ALL.into_iter().find(|health| health.as_str() == word)
    }

    /// What it is called in a badge.
    pub fn label(self) -> &'static str {
        match self {
            Health::New => "Not visited yet",
            Health::Well => "Works",
            Health::Failing => "In trouble",
            Health::Paused => "Paused",
            Health::Trial => "To be tried again",
            Health::Held => "Held",
            Health::Closed => "Needs a key",
        }
    }

    /// The class of its badge.
    pub fn tone(self) -> &'static str {
        match self {
            Health::Well => "badge good",
            Health::New | Health::Held | Health::Closed => "badge muted",
            Health::Failing | Health::Trial => "badge warn",
            Health::Paused => "badge bad",
        }
    }
}

/// A source as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Source {
    pub id: SourceId,
    /// The word of the board or feed: `greenhouse`, `feed`, …
    pub kind: String,
    pub label: String,
    pub address: String,
    /// Whose postings they are; empty where they are of many.
    pub company: String,
    /// Everybody's who has not turned it off.
    pub shared: bool,
    pub health: Health,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub succeeded_at: Option<DateTime<Utc>>,
    /// What the last visit that went well has to say; empty for nothing.
    pub note: String,
    /// Visits in a row that came to nothing.
    pub failures: i64,
    /// Why the last visit that came to nothing did, and when.
    pub last_error: String,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub failed_at: Option<DateTime<Utc>>,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub paused_until: Option<DateTime<Utc>>,
    /// Not visited before.
    #[serde(deserialize_with = "crate::wire::moment")]
    pub next_at: DateTime<Utc>,
}

/// What came of a source. The first three count the last 30 days for everybody, the others all of the person's jobs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Tally {
    /// Postings that were not seen there before.
    pub found: i64,
    /// Of these, openings that nobody else had.
    pub new: i64,
    /// Of these, openings that were known from elsewhere.
    pub duplicate: i64,
    /// The person's jobs that it has.
    pub matched: i64,
    /// Of these, applied to.
    pub applied: i64,
    /// Of these, answered: an interview, an offer, a refusal.
    pub answered: i64,
}

/// A source and what a person wants of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Mine {
    pub source: Source,
    pub wanted: bool,
    /// From 0: the ones that count most come first.
    pub rank: i64,
    pub numbers: Tally,
}

/// What `/jobs/sources` shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sources {
    /// In the person's order; those that are off at the end.
    pub mine: Vec<Mine>,
    /// Boards that answer questions here: the word, and the name.
    pub asked: Vec<(String, String)>,
    /// Whether sources are visited at all.
    pub visiting: bool,
}

/// Sources on one page of `/admin/sources`.
pub const PER_PAGE: u32 = 25;

/// What `/admin/sources` shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AllSources {
    /// How all of them do, whatever is asked for.
    pub healths: Healths,
    pub page: Page<Source>,
}

/// A company of the directory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    pub name: String,
    pub field: String,
    pub country: String,
    /// The board's name: `Greenhouse`.
    pub board: String,
    pub address: String,
    /// It is among the person's already.
    pub mine: bool,
}

/// What of the directory fits, and what can be asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Directory {
    pub companies: Vec<Listed>,
    /// How many fit, of which the first are shown.
    pub total: usize,
    pub fields: Vec<String>,
    pub countries: Vec<String>,
}

/// Shares of fewer are not told: they say too little.
pub const FEW: i64 = 5;

/// `3 of 21, 14 %`, or that there are too few to say.
pub fn share(part: i64, whole: i64) -> String {
    if whole < FEW {
        return "too few to say".into();
    }
    let percent = (part.saturating_mul(100) + whole / 2) / whole;
    [&part.to_string(), " of ", &whole.to_string(), ", ", &percent.to_string(), " %"].concat()
}

/// The person's sources with their health and numbers.
#[server]
pub async fn load_sources() -> Result<Sources> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::load(&app, &who).await
        }
        .await,
    )
}

/// Companies of the directory: those whose name has `q` in it, of this field and country.
#[server]
pub async fn search_directory(
    #[server(default)] q: String,
    #[server(default)] field: String,
    #[server(default)] country: String,
) -> Result<Directory> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::directory(&app, &who, &q, &field, &country).await
        }
        .await,
    )
}

/// Adds a source by the name of a company or an address; answers its label.
#[server]
pub async fn add_source(#[server(default)] what: String) -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            Ok(actions::add(&app, &who, &what).await?.source.label)
        }
        .await,
    )
}

/// Adds a question to a board that answers questions; answers its label.
#[server]
pub async fn ask_source(
    #[server(default)] kind: String,
    #[server(default)] words: String,
    #[server(default)] place: String,
    #[server(default)] country: String,
) -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            Ok(actions::ask(&app, &who, &kind, &words, &place, &country).await?.source.label)
        }
        .await,
    )
}

/// Turns a source on or off for the person.
#[server]
pub async fn want_source(id: SourceId, wanted: bool) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::want(&app, &who, id, wanted).await
        }
        .await,
    )
}

/// Moves a source up in the person's order, or down.
#[server]
pub async fn move_source(id: SourceId, up: bool) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::shift(&app, &who, id, up).await
        }
        .await,
    )
}

/// Takes a source off the person's list; one that is everybody's is as if never chosen.
#[server]
pub async fn forget_source(id: SourceId) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::forget(&app, &who, id).await
        }
        .await,
    )
}

/// Every source with its health, for administrators, those in trouble first; those whose name or address contains `q`, and that do so.
#[server]
pub async fn list_sources(
    #[server(default)] q: String,
    #[server(default)] health: Option<Health>,
    #[server(default)] page: Option<u32>,
) -> Result<AllSources> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            admin::actions::all(&app, &who, &q, health, page.unwrap_or(1)).await
        }
        .await,
    )
}

/// Visits a source now, whatever its pause; for administrators.
#[server]
pub async fn retry_source(id: SourceId) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            admin::actions::retry(&app, &who, id).await
        }
        .await,
    )
}

/// Leaves a source alone, or lets it go; for administrators.
#[server]
pub async fn hold_source(id: SourceId, held: bool) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            admin::actions::hold(&app, &who, id, held).await
        }
        .await,
    )
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shares_are_told_where_they_say_something() {
        assert_eq!(share(3, 21), "3 of 21, 14 %");
        assert_eq!(share(0, 5), "0 of 5, 0 %");
        assert_eq!(share(7, 7), "7 of 7, 100 %");
        assert_eq!(share(4, 4), "too few to say");
        assert_eq!(share(0, 0), "too few to say");
    }
}
