//! Taking in what a source has: what is new, what changed, what is gone, and which opening each belongs to.
//!
//! Everything may be done again: a reading that was cut off is taken in once more from its beginning, and ends the same.

use super::{
    Found, Numbers,
    judging::{self, Judged},
    store, written,
};
use crate::{
    background, db,
    error::{Error, Result},
    ids::{PostingId, SourceId},
    jobs::{
        draft::JobDraft,
        scoring::{self, Asks},
    },
    state::App,
    work::{self, Order, Priority, Task},
};
use boards::duplicate;
use chrono::{NaiveDate, TimeDelta};
use duplicates::{Facts, Traits};
use openings::Why;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

/// Postings that are written in one transaction: nobody else waits long for it.
const AT_ONCE: usize = 100;
/// Of a source with at least so many open postings not more than half may be gone at once: then it is rather the source that is
/// wrong, and one more reading has to agree.
const MANY: usize = 20;

/// A posting ready to be written.
pub struct Ready {
    pub id: PostingId,
    pub key: String,
    pub draft: JobDraft,
    pub asks: Asks,
    /// Ways to find it among others.
    pub link_key: Option<String>,
    pub role_key: String,
    pub company_key: String,
    pub text_keys: Vec<i64>,
    /// The source it is of, in words.
    source: String,
    today: NaiveDate,
    pub digest: [u8; 32],
    /// Why it is closed already, where its text or its last day says so.
    pub closed: Option<(Why, String)>,
}

impl Ready {
    /// The keys of its text, with its id.
    pub fn keys(&self) -> impl Iterator<Item = (i64, PostingId)> + '_ {
        self.text_keys.iter().map(|key| (*key, self.id))
    }

    /// What comparing needs of it.
    pub fn traits(&self) -> Traits<'_> {
        traits(&self.draft, &self.source, self.today)
    }
}

/// A row that is new or says something else than before.
struct Fresh {
    id: PostingId,
    row: Found,
    digest: [u8; 32],
}

/// Takes in what a source answered. `whole` says that it was read to its end, so that what is missing is gone.
///
/// # Errors
/// Only when the database fails: what is wrong with a row keeps that row out.
pub async fn take_in(app: &App, source: SourceId, rows: Vec<Found>, whole: bool) -> Result<Numbers> {
    let known = store::of_source(&app.db, source).await?;
    let mut numbers = Numbers { found: count(rows.len()), ..Numbers::default() };
    let by_key: HashMap<&str, &store::Known> = known.iter().map(|known| (known.source_key.as_str(), known)).collect();
    let (mut new, mut changed, mut again, mut seen) = (Vec::new(), Vec::new(), Vec::new(), HashSet::new());
    for (row, digest) in background::done(move || digested(rows)).await?? {
        let before = by_key.get(row.key.as_str());
        if !seen.insert(row.key.clone()) {
            continue;
        }
        match before {
            None => new.push(Fresh { id: PostingId::fresh(), row, digest }),
            Some(before) if before.digest != digest => {
                changed.push((Fresh { id: before.id, row, digest }, before.closed_at.is_some()));
            }
            Some(before) if before.missed > 0 => {
                again.push(before.id);
            }
            Some(_) => {}
        }
    }
    back(app, &again).await?;
    rewrite(app, source, changed).await?;
    numbers.gone = gone(app, &known, &seen, whole).await?;
    drop(known);
    let mut waiting = new.into_iter();
    loop {
        let batch: Vec<Fresh> = waiting.by_ref().take(AT_ONCE).collect();
        if batch.is_empty() {
            break;
        }
        let (fresh, duplicate) = add(app, source, batch).await?;
        numbers.new += fresh;
        numbers.duplicate += duplicate;
    }
    Ok(numbers)
}

/// How many of something, as a number of a row.
fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// Each row with what it says, in 32 bytes.
fn digested(rows: Vec<Found>) -> Result<Vec<(Found, [u8; 32])>> {
    let digest = |row: &Found| serde_json::to_vec(&row.posting).map(|text| Sha256::digest(&text).into());
    rows.into_iter().map(|row| digest(&row).map(|digest| (row, digest)).map_err(Error::internal)).collect()
}

/// Makes rows ready, off the server's threads; one that cannot be kept is left out.
async fn ready(app: &App, source: SourceId, fresh: Vec<Fresh>) -> Result<Vec<Ready>> {
    let app = app.clone();
    let today = db::now().date_naive();
    background::done(move || fresh.into_iter().filter_map(|fresh| one(&app, source, fresh, today)).collect()).await
}

fn one(app: &App, source: SourceId, fresh: Fresh, today: NaiveDate) -> Option<Ready> {
    let Fresh { id, row: Found { key, posting }, digest } = fresh;
    let asks = scoring::asks(&app.taxonomy(), &posting);
    let mut draft = match JobDraft::from(posting).checked() {
        Ok(draft) => draft,
        Err(error) => {
            tracing::debug!(%error, key, "a posting of a source is left out");
            return None;
        }
    };
    if draft.tech_stack.is_empty() {
        draft.tech_stack = asks.names();
    }
    let source = source.to_string();
    let traits = traits(&draft, &source, today);
    let (link_key, role_key) = (traits.link_key().map(str::to_owned), traits.role_key().to_owned());
    let text_keys = traits.text_keys();
    let company_key = duplicate::company_key(&draft.company);
    let closed = closed(&draft);
    Some(Ready { id, key, draft, asks, link_key, role_key, company_key, text_keys, source, today, digest, closed })
}

fn traits<'a>(draft: &'a JobDraft, source: &'a str, today: NaiveDate) -> Traits<'a> {
    Traits::of(&Facts {
        company: &draft.company,
        title: &draft.title,
        place: &draft.location,
        remote: draft.remote,
        text: &draft.description,
        link: draft.url.as_deref(),
        salary: draft.salary.as_ref(),
        source,
        posted: draft.date_posted,
        first_seen: today,
        gone_since: None,
    })
}

/// Whether what it says already shows that it is over.
fn closed(draft: &JobDraft) -> Option<(Why, String)> {
    // A day is over where the last clock of the world says so.
    let today = (db::now() - TimeDelta::hours(12)).date_naive();
    let standing = openings::standing(&openings::Facts {
        today,
        posted: None,
        first_seen: today,
        last_seen: today,
        missing_for: 0,
        status: None,
        closes_on: draft.closes_on,
        text: &draft.description,
    });
    match standing {
        openings::Standing::Closed { why, reason } => Some((why, reason)),
        openings::Standing::Open | openings::Standing::Stale { .. } => None,
    }
}

/// Adds new postings, each to its opening; how many openings are new, and how many postings are of known ones.
async fn add(app: &App, source: SourceId, fresh: Vec<Fresh>) -> Result<(u32, u32)> {
    let ready = ready(app, source, fresh).await?;
    let turn = background::turn().await?;
    let mut tx = app.db.begin().await?;
    let at = db::now();
    store::take_turn(&mut tx, at).await?;
    let Judged { placed, copies } = judging::place(&mut tx, ready, &turn).await?;
    written::insert(&mut tx, source, &placed, at).await?;
    for (id, verdict) in &copies {
        written::is_copy(&mut tx, *id, verdict).await?;
    }
    work::put(&mut tx, &looking()).await?;
    tx.commit().await?;
    app.working.notify_one();
    let new = placed.iter().filter(|placed| placed.opening == placed.ready.id).count();
    Ok((count(new), count(placed.len() - new)))
}

/// What holds new openings against everybody's searches.
fn looking() -> Order {
    let once = Some("look".to_owned());
    Order { task: Task::Look, priority: Priority::Now, run_at: db::now(), once, user: None }
}

/// Writes what is said differently now.
async fn rewrite(app: &App, source: SourceId, changed: Vec<(Fresh, bool)>) -> Result<()> {
    let closed: HashSet<PostingId> = changed.iter().filter(|(_, closed)| *closed).map(|(fresh, _)| fresh.id).collect();
    let mut waiting = changed.into_iter().map(|(fresh, _)| fresh);
    loop {
        let batch: Vec<Fresh> = waiting.by_ref().take(AT_ONCE).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let ready = ready(app, source, batch).await?;
        let _turn = background::turn().await?;
        let mut tx = app.db.begin().await?;
        let at = db::now();
        for new in &ready {
            written::rewrite(&mut tx, new, closed.contains(&new.id), at).await?;
        }
        if ready.iter().any(|new| closed.contains(&new.id)) {
            work::put(&mut tx, &looking()).await?;
        }
        tx.commit().await?;
    }
}

/// Notes that postings were there again that had been missed.
async fn back(app: &App, again: &[PostingId]) -> Result<()> {
    if again.is_empty() {
        return Ok(());
    }
    let mut tx = app.db.begin().await?;
    written::seen(&mut tx, again).await?;
    work::put(&mut tx, &looking()).await?;
    tx.commit().await
}

/// Notes what a whole reading did not have, and closes what was missing before already; how many it closed.
async fn gone(app: &App, known: &[store::Known], seen: &HashSet<String>, whole: bool) -> Result<u32> {
    // A source that has nothing at all is rather out of order than empty.
    if !whole || seen.is_empty() {
        return Ok(0);
    }
    let open = known.iter().filter(|known| known.closed_at.is_none());
    let (total, missing) = open.fold((0, Vec::new()), |(total, mut missing), known| {
        if !seen.contains(&known.source_key) {
            missing.push(known);
        }
        (total + 1, missing)
    });
    if missing.is_empty() {
        return Ok(0);
    }
    let doubtful = total >= MANY && missing.len() * 2 > total;
    let enough = i64::from(openings::GONE_READINGS) + i64::from(doubtful);
    let closing: Vec<PostingId> =
        missing.iter().filter(|known| known.missed + 1 >= enough).map(|known| known.id).collect();
    let all: Vec<PostingId> = missing.iter().map(|known| known.id).collect();
    let at = db::now();
    let mut tx = app.db.begin().await?;
    written::missed(&mut tx, &all, at).await?;
    let reason = "It is no longer among the postings of its board, which was read twice without it.";
    written::close(&mut tx, &closing, Why::Gone, reason, at).await?;
    tx.commit().await?;
    Ok(count(closing.len()))
}
