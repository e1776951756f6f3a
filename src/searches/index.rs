//! Everybody's searches in memory, and how they are kept up to date.
//!
//! Every change of a search has a turn, and turns follow the order of the commits. Before it looks, a server asks for the newest turn
//! and takes up what was changed since the one it knows: other servers' changes, too. Searches that go with their account have no
//! turn; then the numbers differ, and everything is read anew.

use super::{Criteria, store};
use crate::{
    error::Result,
    ids::{SearchId, UserId},
    state::App,
};
use searching::{Index, Language, LeastPay, Opening, Search};
use std::sync::Arc;
use tokio::sync::{OwnedRwLockReadGuard, RwLock};
use uuid::Uuid;

/// Searches read at once.
const AT_ONCE: i64 = 2_000;

/// Whose search, and which.
pub type Name = (UserId, SearchId);

/// Everybody's searches as of a turn.
#[derive(Debug, Default)]
pub struct Known {
    turn: i64,
    pub index: Index<Name>,
}

/// What the app keeps of them.
#[derive(Debug, Default)]
pub struct Shared(Arc<RwLock<Known>>);

/// Everybody's searches as they are now.
pub async fn fresh(app: &App) -> Result<OwnedRwLockReadGuard<Known>> {
    let (turn, count) = store::newest(&app.db).await?;
    let same = |known: &Known| known.turn >= turn && i64::try_from(known.index.len()) == Ok(count);
    let known = app.searches.0.clone().read_owned().await;
    if same(&known) {
        return Ok(known);
    }
    drop(known);
    let mut known = app.searches.0.clone().write_owned().await;
    // Somebody else may have done it meanwhile.
    if !same(&known) {
        if known.turn > 0 {
            take_up(app, &mut known).await?;
        }
        if !same(&known) {
            *known = everything(app).await?;
            known.turn = known.turn.max(turn);
        }
    }
    Ok(known.downgrade())
}

/// Takes up what was changed since.
async fn take_up(app: &App, known: &mut Known) -> Result<()> {
    // No search has a later id than this.
    let mut after = (known.turn, SearchId(Uuid::max()));
    loop {
        let changed = store::changed_after(app, after, AT_ONCE).await?;
        let Some(last) = changed.last() else { return Ok(()) };
        after = (last.turn, last.id);
        for one in changed {
            let name = (one.user, one.id);
            match one.criteria {
                Some(criteria) => known.index.put(name, &wanted(&criteria)),
                None => {
                    known.index.remove(name);
                }
            }
        }
        known.turn = after.0;
    }
}

/// Reads everything.
async fn everything(app: &App) -> Result<Known> {
    let (mut after, mut all) = ((0, SearchId(Uuid::nil())), Vec::new());
    loop {
        let changed = store::changed_after(app, after, AT_ONCE).await?;
        let Some(last) = changed.last() else { break };
        after = (last.turn, last.id);
        let on = changed.into_iter().filter_map(|one| Some(((one.user, one.id), wanted(&one.criteria?))));
        all.extend(on);
    }
    let index = tokio::task::spawn_blocking(move || Index::of(all.iter().map(|(name, search)| (*name, search))))
        .await
        .map_err(crate::error::Error::internal)?;
    Ok(Known { turn: after.0, index })
}

/// A search as the index reads it.
pub fn wanted(criteria: &Criteria) -> Search {
    Search {
        titles: criteria.titles.clone(),
        skills: criteria.skills.clone(),
        least_skills: criteria.least_skills,
        places: criteria.places.clone(),
        ways: criteria.ways.clone(),
        pay: criteria.least_pay.as_ref().map(|pay| LeastPay {
            amount: pay.amount,
            currency: pay.currency.clone(),
            period: pay.period,
        }),
        levels: criteria.levels.clone(),
        languages: criteria.languages.iter().filter_map(|code| Language::parse(code)).collect(),
        without_words: criteria.without_words.clone(),
        without_companies: criteria.without_companies.clone(),
        sources: criteria.sources.iter().map(|source| source.0.as_u128()).collect(),
    }
}

/// What the index does not borrow from a posting.
pub struct Parts {
    skills: Vec<String>,
    sources: Vec<u128>,
}

impl Parts {
    pub fn of(posting: &crate::postings::Stored) -> Self {
        Parts {
            skills: posting.asks.names(),
            sources: posting.sources.iter().map(|source| source.0.as_u128()).collect(),
        }
    }

    /// The posting as the index reads it.
    pub fn opening<'a>(&'a self, posting: &'a crate::postings::Stored) -> Opening<'a> {
        Opening {
            title: &posting.title,
            company: &posting.company,
            location: &posting.location,
            remote: posting.remote,
            level: posting.level,
            salary: posting.salary.as_ref(),
            skills: &self.skills,
            text: &posting.description,
            sources: &self.sources,
        }
    }
}
