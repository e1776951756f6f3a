//! SQL of the outbox. Its rows belong to the app, not to one person: they are read by the worker and the administrator.

use super::State;
use crate::{
    db::{self, Db},
    error::Result,
    ids::UserId,
    on, on_tx,
    retention::MAIL_DAYS,
};
use chrono::{DateTime, Duration, Utc};
use serde::Serialize;
use uuid::Uuid;

/// Longest reason of a failure that is written down, in characters.
const LONGEST_ERROR: usize = 500;

/// A message taken up for an attempt.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Taken {
    pub id: Uuid,
    pub to_address: String,
    pub kind: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub link_until: Option<DateTime<Utc>>,
    /// Where a mailbox ends messages like this one.
    pub unsubscribe: Option<String>,
    /// This one included. Also tells this attempt from one that took over when it had lasted too long.
    pub attempts: i64,
    pub created_at: DateTime<Utc>,
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    Kept,
    /// To be tried again then, and why.
    Later(DateTime<Utc>, String),
    /// Given up, and why.
    Failed(String),
}

/// A message in the administrator's list.
#[derive(Clone, Debug, Serialize, sqlx::FromRow, utoipa::ToSchema)]
pub struct OutboxLine {
    pub id: Uuid,
    pub to_address: String,
    /// One word: `verify`, `reset`, …
    pub kind: String,
    pub subject: String,
    pub state: State,
    /// Attempts so far.
    pub attempts: i64,
    /// Why the last attempt failed; empty when none did.
    pub last_error: String,
    pub created_at: DateTime<Utc>,
    /// When the mail server took it; of a kept message, when it was put here.
    pub sent_at: Option<DateTime<Utc>>,
    /// Only of kept messages: nobody else has those.
    pub text: Option<String>,
}

/// A message as its receiver can take it along.
#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub struct Received {
    pub to_address: String,
    pub subject: String,
    /// Absent where it holds a link.
    pub text: Option<String>,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
}

/// The messages to one person that are still remembered, oldest first.
pub async fn of(db: &Db, who: UserId) -> Result<Vec<Received>> {
    Ok(on!(db.read, |c| {
        sqlx::query_as(
        "SELECT to_address, subject, CASE WHEN link_until IS NULL AND unsubscribe IS NULL THEN text END AS text, created_at, sent_at \
         FROM outbox WHERE user_id = $1 ORDER BY created_at, id"
    )
    .bind(who)
    .fetch_all(c)
    .await
    })?)
}

/// When there is something to do next; None while nothing waits.
pub async fn next_due(db: &Db) -> Result<Option<DateTime<Utc>>> {
    Ok(on!(db.read, |c| sqlx::query_scalar("SELECT min(next_at) FROM outbox WHERE state IN ('queued', 'sending')")
        .fetch_one(c)
        .await)?)
}

/// Takes up the message that has waited longest, so that no other worker does before `until`. None when nothing is due, or
/// another worker was quicker.
pub async fn claim(db: &Db, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<Option<Taken>> {
    let mut tx = db.begin().await?;
    let taken: Option<Taken> = on_tx!(&mut tx, |c| sqlx::query_as(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1, next_at = $2 \
         WHERE state IN ('queued', 'sending') AND next_at <= $1 AND id = \
         (SELECT id FROM outbox WHERE state IN ('queued', 'sending') AND next_at <= $1 ORDER BY next_at, id LIMIT 1) \
         RETURNING id, to_address, kind, subject, text, html, link_until, unsubscribe, attempts, created_at"
    )
    .bind(now)
    .bind(until)
    .fetch_optional(c)
    .await)?;
    tx.commit().await?;
    Ok(taken)
}

/// Writes down how an attempt ended; false when another one has taken over since.
pub async fn settle(db: &Db, taken: &Taken, outcome: &Outcome) -> Result<bool> {
    let now = db::now();
    let (state, next_at, why, sent_at) = match outcome {
        Outcome::Sent => (State::Sent, now, "", Some(now)),
        Outcome::Kept => (State::Kept, now, "", Some(now)),
        Outcome::Later(at, why) => (State::Queued, *at, why.as_str(), None),
        Outcome::Failed(why) => (State::Failed, now, why.as_str(), None),
    };
    let why: String = why.chars().filter(|c| !c.is_control()).take(LONGEST_ERROR).collect();
    // What is over needs its link no longer; a kept message is there to be read, but for what its person reads in the app.
    let over = match outcome {
        Outcome::Sent | Outcome::Failed(_) => taken.link_until.is_some() || taken.unsubscribe.is_some(),
        Outcome::Kept => taken.unsubscribe.is_some(),
        Outcome::Later(..) => false,
    };
    let (text, html) = if over { ("", "") } else { (taken.text.as_str(), taken.html.as_str()) };
    let changed = on!(db.write, |c| sqlx::query(
        "UPDATE outbox SET state = $3, next_at = $4, last_error = $5, sent_at = $6, text = $7, html = $8 \
         WHERE id = $1 AND attempts = $2 AND state = 'sending'"
    )
    .bind(taken.id)
    .bind(taken.attempts)
    .bind(state)
    .bind(next_at)
    .bind(why)
    .bind(sent_at)
    .bind(text)
    .bind(html)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(changed > 0)
}

/// One page of all messages, newest first, and how many there are.
pub async fn list(db: &Db, limit: i64, offset: i64) -> Result<(Vec<OutboxLine>, i64)> {
    let lines: Vec<OutboxLine> = on!(db.read, |c| sqlx::query_as(
        "SELECT id, to_address, kind, subject, state, attempts, last_error, created_at, sent_at, \
         CASE WHEN state = 'kept' THEN text END AS text \
         FROM outbox ORDER BY created_at DESC, id DESC LIMIT $1 OFFSET $2"
    )
    .bind(limit)
    .bind(offset)
    .fetch_all(c)
    .await)?;
    let total: i64 = on!(db.read, |c| sqlx::query_scalar("SELECT count(*) FROM outbox").fetch_one(c).await)?;
    Ok((lines, total))
}

/// Removes messages past their time.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM outbox WHERE created_at < $1")
        .bind(db::now() - Duration::days(MAIL_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
