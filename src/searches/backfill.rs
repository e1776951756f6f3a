//! A search that is new or was changed, held against the postings that are here already.

use super::{
    index::{self, Name, Parts},
    matches::New,
    matching::{self, Choice, Room, Scored},
    store,
};
use crate::{
    background, db,
    error::{Error, Result},
    feedback,
    ids::{SearchId, UserId},
    jobs::scoring::{self, Fitter, Reader},
    postings::{Stored, recent},
    state::App,
    work::{Order, Priority, Task, Working},
};
use chrono::{DateTime, Duration, Utc};
use searching::Index;
use std::{collections::HashSet, sync::Arc};

/// How far back a search looks.
pub const DAYS: i64 = 30;
/// Postings read at a time.
const AT_ONCE: i64 = 500;

/// From when on a search looks.
pub fn since() -> DateTime<Utc> {
    db::now() - Duration::days(DAYS)
}

/// What the queue is asked for when a search is new or was changed.
pub fn order(user: UserId, search: SearchId) -> Order {
    Order {
        task: Task::Backfill { user, search },
        priority: Priority::Now,
        run_at: db::now(),
        once: Some(format!("backfill {search}")),
        user: Some(user),
    }
}

/// Holds a search against the open postings of the last thirty days, and has the best of what it finds delivered as one. Carried out
/// again it finds nothing new.
pub async fn backfill(app: &App, working: &Working, user: UserId, search: SearchId) -> Result<()> {
    let kept = match store::get(app, user, search).await {
        // It was removed meanwhile.
        Err(Error::NotFound) => return Ok(()),
        kept => kept?,
    };
    if !kept.state.active {
        return Ok(());
    }
    let since = since();
    let total = u64::try_from(recent::count(&app.db, since).await?).unwrap_or_default();
    let seeker = Arc::new(Seeker::of(app, (user, search), &kept.state.criteria).await?);
    let (mut after, mut done, mut found) = (None, 0, Vec::new());
    loop {
        let page = recent::page(&app.db, since, after, true, AT_ONCE).await?;
        let Some(last) = page.last() else { break };
        after = Some((last.first_seen, last.id));
        done += page.len() as u64;
        let seeker = seeker.clone();
        found.extend(background::done(move || seeker.seek(&page)).await?);
        working.progress(done, total.max(done)).await?;
        if working.cancelled() {
            return Ok(());
        }
    }
    let room = Room::of(app, &[user]).await?.of_user(user);
    let threshold = seeker.fitter.as_ref().map(|fitter| fitter.threshold);
    let mut choice = Choice::default();
    let scored = found.iter().enumerate().map(|(at, one)| (at, one.scored.1, one.scored.2.clone())).collect();
    let kept = choice.choose(user, scored, room, threshold);
    choice.new = kept.into_iter().filter_map(|(at, ..)| found.get(at).map(|one| one.new.clone())).collect();
    if matching::write(app, choice, &background::turn().await?).await? > 0 {
        app.working.notify_one();
    }
    Ok(())
}

/// One search, its person, and what the postings are read with.
pub struct Seeker {
    name: Name,
    index: Index<Name>,
    pub fitter: Option<Arc<Fitter>>,
    /// Reads postings.
    nobody: Fitter,
    /// Companies the person does not want to see, by their keys.
    hidden: HashSet<String>,
}

/// A posting that fits.
pub struct Sought {
    pub new: New,
    pub scored: Scored,
}

impl Seeker {
    pub async fn of(app: &App, name: Name, criteria: &super::Criteria) -> Result<Self> {
        let search = index::wanted(criteria);
        Ok(Seeker {
            index: Index::of([(name, &search)].into_iter()),
            fitter: scoring::fitter(app, name.0).await?,
            nobody: Fitter::nobody(app.taxonomy()),
            hidden: feedback::store::hidden_keys_of(&app.db, &[name.0]).await?.remove(&name.0).unwrap_or_default(),
            name,
        })
    }

    /// What of these postings fits.
    pub fn seek(&self, postings: &[Stored]) -> Vec<Sought> {
        let mut reader = Reader::new(&self.nobody);
        let of = |(at, posting): (usize, &Stored)| {
            if self.hidden.contains(&posting.company_key) {
                return None;
            }
            let parts = Parts::of(posting);
            let opening = parts.opening(posting);
            let hit = self.index.find(&opening).pop()?;
            let why = self.index.words(&hit, &opening);
            Some((at, hit, why))
        };
        let hits: Vec<_> = postings.iter().enumerate().filter_map(of).collect();
        hits.into_iter()
            .filter_map(|(at, hit, why)| {
                let posting = postings.get(at)?;
                let score = self.fitter.as_ref().map(|fitter| fitter.scorer.total(&reader.job(&posting.facts())));
                let (user, search) = self.name;
                let new = New { user, posting: posting.id, search, score, why };
                Some(Sought { new, scored: (at, score, hit) })
            })
            .collect()
    }
}
