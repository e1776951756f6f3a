//! Searches: what people look for, held against every posting that arrives. What one finds becomes jobs of the person's.

use crate::{
    acts::Done,
    error::Result,
    ids::{JobId, PostingId, SearchId},
    jobs::Page,
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use posting::Remote;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod backfill;
#[cfg(feature = "ssr")]
pub mod copy;
mod criteria;
#[cfg(feature = "ssr")]
pub mod delivery;
#[cfg(feature = "ssr")]
mod fields;
mod form;
#[cfg(feature = "ssr")]
pub mod gather;
#[cfg(feature = "ssr")]
pub mod index;
pub mod list;
#[cfg(feature = "ssr")]
pub mod matches;
#[cfg(feature = "ssr")]
pub mod matching;
pub mod page;
#[cfg(feature = "ssr")]
mod preview;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod undo;

pub use criteria::{Criteria, LANGUAGES};

/// Searches a person can have.
pub const MOST: usize = 20;

/// A search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Search {
    pub id: SearchId,
    pub name: String,
    /// Whether postings that arrive are held against it.
    pub active: bool,
    pub criteria: Criteria,
    /// Raised by every change.
    pub version: i64,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub updated_at: DateTime<Utc>,
}

/// A search with what it found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SearchLine {
    pub search: Search,
    /// What it looks for, in a sentence.
    pub words: String,
    /// Found since the person last looked, and in all.
    pub new: i64,
    pub found: i64,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub last_found: Option<DateTime<Utc>>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub looked_at: DateTime<Utc>,
}

/// Everything `/jobs/searches` shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchList {
    pub lines: Vec<SearchLine>,
    /// Matches of today that were left out because there were too many.
    pub left_out: i64,
}

/// A posting that a search found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow, utoipa::ToSchema))]
pub struct Matched {
    pub posting_id: PostingId,
    /// The job it became; none for the moment until it does.
    pub job_id: Option<JobId>,
    pub company: String,
    pub title: String,
    pub location: String,
    /// The way there.
    pub url: Option<String>,
    /// 0 to 100 when it was found; absent while the profile says nothing to compare.
    pub score: Option<i64>,
    /// What of the search fits: "Title “Baker”; place: Lyon, France".
    pub why: String,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub found_at: DateTime<Utc>,
}

/// Everything `/jobs/searches/:id` shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchView {
    pub line: SearchLine,
    pub matches: Page<Matched>,
    pub form: Filled,
}

/// What the form starts with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Filled {
    pub name: String,
    pub criteria: Criteria,
    /// Names of the sources one can choose from, and of those that are chosen.
    pub sources: Vec<String>,
    pub chosen: Vec<String>,
    /// Whether the profile filled it in.
    pub from_profile: bool,
}

/// What a search would find among the postings that are here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    pub found: u64,
    /// How many postings were looked at.
    pub of: u64,
    /// The best of them.
    pub first: Vec<Previewed>,
}

/// A posting of a preview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Previewed {
    pub company: String,
    pub title: String,
    pub location: String,
    pub remote: Option<Remote>,
    pub score: Option<u8>,
    pub why: String,
}

/// The person's searches.
#[server]
pub async fn load_searches() -> Result<SearchList> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            gather::list(&app, &who).await
        }
        .await,
    )
}

/// A search and one page of what it found, newest first.
#[server]
pub async fn load_search(id: SearchId, #[server(default)] page: Option<u32>) -> Result<SearchView> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            gather::view(&app, &who, id, page.unwrap_or(1)).await
        }
        .await,
    )
}

/// What the form of a new search starts with: a copy of another one (an id), or the profile where there is none yet.
#[server]
pub async fn load_new_search(#[server(default)] copy: String) -> Result<Filled> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            gather::new_form(&app, &who, &copy).await
        }
        .await,
    )
}

/// Makes a search, or changes the one with `id`; answers with its page. Lists hold one entry a line.
#[server]
pub async fn save_search(
    #[server(default)] id: String,
    #[server(default)] name: String,
    #[server(default)] titles: String,
    #[server(default)] skills: String,
    #[server(default)] least_skills: String,
    #[server(default)] places: String,
    #[server(default)] way_remote: String,
    #[server(default)] way_hybrid: String,
    #[server(default)] way_onsite: String,
    #[server(default)] pay_amount: String,
    #[server(default)] pay_currency: String,
    #[server(default)] pay_period: String,
    #[server(default)] level_entry: String,
    #[server(default)] level_mid: String,
    #[server(default)] level_senior: String,
    #[server(default)] level_lead: String,
    #[server(default)] level_executive: String,
    #[server(default)] languages: String,
    #[server(default)] without_words: String,
    #[server(default)] without_companies: String,
    #[server(default)] sources: String,
    #[server(default)] version: Option<i64>,
) -> Result<String> {
    let form = fields::SearchFields {
        titles,
        skills,
        least_skills,
        places,
        ways: [way_remote, way_hybrid, way_onsite],
        pay_amount,
        pay_currency,
        pay_period,
        levels: [level_entry, level_mid, level_senior, level_lead, level_executive],
        languages,
        without_words,
        without_companies,
        sources,
    };
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            form.save(&app, &who, &id, name, version).await
        }
        .await,
    )
}

/// What a search with these fields would find among the postings of the last thirty days. Nothing is kept.
#[server]
pub async fn preview_search(
    #[server(default)] titles: String,
    #[server(default)] skills: String,
    #[server(default)] least_skills: String,
    #[server(default)] places: String,
    #[server(default)] way_remote: String,
    #[server(default)] way_hybrid: String,
    #[server(default)] way_onsite: String,
    #[server(default)] pay_amount: String,
    #[server(default)] pay_currency: String,
    #[server(default)] pay_period: String,
    #[server(default)] level_entry: String,
    #[server(default)] level_mid: String,
    #[server(default)] level_senior: String,
    #[server(default)] level_lead: String,
    #[server(default)] level_executive: String,
    #[server(default)] languages: String,
    #[server(default)] without_words: String,
    #[server(default)] without_companies: String,
    #[server(default)] sources: String,
) -> Result<Preview> {
    let form = fields::SearchFields {
        titles,
        skills,
        least_skills,
        places,
        ways: [way_remote, way_hybrid, way_onsite],
        pay_amount,
        pay_currency,
        pay_period,
        levels: [level_entry, level_mid, level_senior, level_lead, level_executive],
        languages,
        without_words,
        without_companies,
        sources,
    };
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            form.preview(&app, &who).await
        }
        .await,
    )
}

/// Turns a search on or off.
#[server]
pub async fn set_search_active(id: SearchId, #[server(default)] active: bool) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::set_active(&app, &who, id, active).await
        }
        .await,
    )
}

/// Puts a search into the bin. What it found stays.
#[server]
pub async fn remove_search(id: SearchId) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::remove(&app, &who, id).await
        }
        .await,
    )
}

/// Notes that the person has seen what a search found until now.
#[server]
pub async fn look_at_search(id: SearchId) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::looked(&app, &who, id).await
        }
        .await,
    )
}
