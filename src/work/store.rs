//! SQL of the queue: put in, taken up, kept, ended.
//!
//! Whoever takes a row up gets a token and has it for a while; saying "still at it" prolongs that. When the time runs out the row is
//! taken away and the token with it, so that of two who believe they have a row only one can say how it ended. What a clock says is
//! given to every function: servers' clocks differ, and jump.

use super::{Kind, Order};
use crate::{
    db::{self, Db, Tx},
    error::Result,
    ids::{UserId, WorkId},
    on, on_tx, write_tx,
};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{QueryBuilder, types::Json};

/// Failures after which something is put aside: with the pauses between them, about a day.
pub const PATIENCE: i64 = 12;
/// Rows whose time has run out that are taken away at once.
const AT_ONCE: i64 = 50;
/// Longest reason that is written down, in characters.
const LONGEST_WHY: usize = 500;
/// What is said of work whose server went away.
pub const GONE: &str = "The server that was at it went away.";

/// Something taken up.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Taken {
    pub id: WorkId,
    pub payload: Json<serde_json::Value>,
    pub user_id: Option<UserId>,
    pub token: i64,
    /// Attempts before this one that came to nothing.
    pub failures: i64,
}

impl Taken {
    /// Whether another failure is one too many.
    pub fn is_last(&self) -> bool {
        self.failures + 1 >= PATIENCE
    }
}

/// What was taken away.
#[derive(Debug)]
pub struct Reaped {
    pub count: usize,
    /// What was put aside of it.
    pub dead: Vec<Taken>,
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// It failed and is tried again then.
    Later(DateTime<Utc>, String),
    /// It failed for good.
    Dead(String),
    /// It was not ended and waits again: the server stops.
    Back,
    /// It was asked to end, and did.
    Cancelled,
}

/// What one who is at something is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    GoOn,
    /// It is to end.
    Stop,
    /// Somebody else has it, or it is gone.
    Lost,
}

/// Puts something into the queue, durable with the transaction; `app.working.notify_one()` after the commit saves a wait.
///
/// Where the same waits already (by `once`) that one takes over what is more pressing. Where it is under way, it is done once more
/// afterwards if its kind has to look again.
pub async fn put(tx: &mut Tx, order: &Order) -> Result<()> {
    let kind = order.task.kind();
    let payload = Json(serde_json::to_value(&order.task)?);
    let behind = order.priority.behind();
    let turn_at = order.run_at.checked_add_signed(behind).unwrap_or(order.run_at);
    write_tx!(tx, |query| query
        .push(
            "INSERT INTO work (id, kind, payload, user_id, once, priority, run_at, turn_at, created_at, \
             state, token, failures, last_error, again, cancelling, done, total) VALUES ("
        )
        .push_bind(WorkId::fresh())
        .push(", ")
        .push_bind(kind)
        .push(", ")
        .push_bind(payload)
        .push(", ")
        .push_bind(order.user)
        .push(", ")
        .push_bind(order.once.clone())
        .push(", ")
        .push_bind(behind.num_seconds())
        .push(", ")
        .push_bind(order.run_at)
        .push(", ")
        .push_bind(turn_at)
        .push(", ")
        .push_bind(db::now())
        .push(
            ", 'waiting', 0, 0, '', FALSE, FALSE, 0, 0) \
             ON CONFLICT (once) WHERE state IN ('waiting', 'running') DO UPDATE SET \
             again = work.again OR (work.state = 'running' AND (work.cancelling OR "
        )
        .push_bind(kind.looks_again())
        .push(
            ")), priority = CASE WHEN excluded.priority < work.priority THEN excluded.priority ELSE work.priority END, \
             run_at = CASE WHEN work.state = 'waiting' AND work.failures = 0 AND excluded.run_at < work.run_at \
             THEN excluded.run_at ELSE work.run_at END, \
             turn_at = CASE WHEN work.state = 'waiting' AND work.failures = 0 AND excluded.turn_at < work.turn_at \
             THEN excluded.turn_at ELSE work.turn_at END"
        ));
    Ok(())
}

/// When the first of each of these kinds is due, and when the first time runs out of what is under way (without a kind). Only what there
/// is something of.
pub async fn due(db: &Db, kinds: &[Kind]) -> Result<Vec<(Option<Kind>, DateTime<Utc>)>> {
    let all: Vec<(i64, Option<DateTime<Utc>>)> = on!(db.read, |c| {
        let mut query = QueryBuilder::new(
            "SELECT CAST(-1 AS BIGINT) AS n, \
             (SELECT lease_until FROM work WHERE state = 'running' ORDER BY lease_until LIMIT 1) AS due_at",
        );
        for (n, kind) in (0_i64..).zip(kinds) {
            query.push(" UNION ALL SELECT ").push_bind(n);
            query.push(", (SELECT run_at FROM work WHERE state = 'waiting' AND kind = ").push_bind(*kind);
            query.push(" ORDER BY run_at LIMIT 1)");
        }
        query.build_query_as().fetch_all(c).await
    })?;
    let kind = |n: i64| usize::try_from(n).ok().and_then(|n| kinds.get(n).copied());
    Ok(all.into_iter().filter_map(|(n, at)| Some((kind(n), at?))).collect())
}

/// Takes up to `most` of a kind that are due, those first whose turn it is, until then. Nobody else gets them meanwhile.
pub async fn claim(db: &Db, kind: Kind, now: DateTime<Utc>, until: DateTime<Utc>, most: usize) -> Result<Vec<Taken>> {
    let mut tx = db.begin().await?;
    let take = tx.take();
    let taken = on_tx!(&mut tx, |c| {
        let mut query =
            QueryBuilder::new("WITH next AS MATERIALIZED (SELECT id FROM work WHERE state = 'waiting' AND kind = ");
        query.push_bind(kind).push(" AND run_at <= ").push_bind(now).push(" ORDER BY turn_at, id LIMIT ");
        query.push_bind(i64::try_from(most).unwrap_or(i64::MAX)).push(take);
        query.push(") UPDATE work SET state = 'running', token = token + 1, lease_until = ").push_bind(until);
        query.push(", started_at = ").push_bind(now);
        query.push(
            " WHERE state = 'waiting' AND id IN (SELECT id FROM next) RETURNING id, payload, user_id, token, failures",
        );
        query.build_query_as().fetch_all(c).await
    })?;
    tx.commit().await?;
    Ok(taken)
}

/// Says that somebody is still at it, until then, and how far it is where that is known.
pub async fn keep(
    db: &Db,
    (id, token): (WorkId, i64),
    until: DateTime<Utc>,
    progress: Option<(i64, i64)>,
) -> Result<Word> {
    let told: Option<bool> = on!(db.write, |c| sqlx::query_scalar(
        "UPDATE work SET lease_until = $3, done = COALESCE($4, done), total = COALESCE($5, total) \
         WHERE id = $1 AND token = $2 AND state = 'running' RETURNING cancelling"
    )
    .bind(id)
    .bind(token)
    .bind(until)
    .bind(progress.map(|(done, _)| done))
    .bind(progress.map(|(_, total)| total))
    .fetch_optional(c)
    .await)?;
    Ok(match told {
        None => Word::Lost,
        Some(true) => Word::Stop,
        Some(false) => Word::GoOn,
    })
}

/// Writes down how an attempt ended; false when somebody else has it since, and nothing was written.
pub async fn settle(db: &Db, held: (WorkId, i64), outcome: &Outcome, now: DateTime<Utc>) -> Result<bool> {
    let mut tx = db.begin().await?;
    let ended = end(&mut tx, held, outcome, now).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Takes away what nobody has said for too long that they are at; it waits again, or is put aside when that has happened too often.
pub async fn reap(db: &Db, now: DateTime<Utc>) -> Result<Reaped> {
    let mut tx = db.begin().await?;
    let take = tx.take();
    let late: Vec<Taken> = on_tx!(&mut tx, |c| {
        let mut query = QueryBuilder::new(
            "SELECT id, payload, user_id, token, failures FROM work WHERE state = 'running' AND lease_until <= ",
        );
        query.push_bind(now).push(" ORDER BY lease_until LIMIT ").push_bind(AT_ONCE).push(take);
        query.build_query_as().fetch_all(c).await
    })?;
    for taken in &late {
        let outcome = match taken.is_last() {
            true => Outcome::Dead(GONE.into()),
            false => Outcome::Later(now, GONE.into()),
        };
        end(&mut tx, (taken.id, taken.token), &outcome, now).await?;
    }
    tx.commit().await?;
    let count = late.len();
    Ok(Reaped { count, dead: late.into_iter().filter(Taken::is_last).collect() })
}

/// A row that is about to end.
#[derive(sqlx::FromRow)]
struct Ending {
    failures: i64,
    priority: i64,
    again: bool,
    cancelling: bool,
    last_error: String,
    once: Option<String>,
}

/// Ends an attempt in a transaction: with what it did, or not at all. False when somebody else has it since.
pub async fn end(tx: &mut Tx, (id, token): (WorkId, i64), outcome: &Outcome, now: DateTime<Utc>) -> Result<bool> {
    let lock = tx.lock();
    let row: Option<Ending> = on_tx!(&mut *tx, |c| {
        let mut query =
            QueryBuilder::new("SELECT failures, priority, again, cancelling, last_error, once FROM work WHERE id = ");
        query.push_bind(id).push(" AND token = ").push_bind(token).push(" AND state = 'running'").push(lock);
        query.build_query_as().fetch_optional(c).await
    })?;
    let Some(row) = row else { return Ok(false) };
    let (mut failures, mut why) = (row.failures, row.last_error);
    let (mut state, mut run_at) = match outcome {
        Outcome::Done => ("done", now),
        Outcome::Cancelled => ("cancelled", now),
        Outcome::Back => ("waiting", now),
        Outcome::Later(at, _) => ("waiting", *at),
        Outcome::Dead(_) => ("dead", now),
    };
    if let Outcome::Later(_, reason) | Outcome::Dead(reason) = outcome {
        failures += 1;
        why = reason.chars().filter(|c| !c.is_control()).take(LONGEST_WHY).collect();
    }
    if row.cancelling && state == "waiting" {
        state = "cancelled";
    }
    if row.again && state != "waiting" {
        // Whoever asked once more asked for a new beginning.
        (state, run_at, failures) = ("waiting", now, 0);
    }
    if let Some(once) = row.once.filter(|_| state == "dead") {
        // The newest reason is enough.
        write_tx!(&mut *tx, |query| query.push("DELETE FROM work WHERE state = 'dead' AND once = ").push_bind(once));
    }
    let turn_at = TimeDelta::try_seconds(row.priority).and_then(|behind| run_at.checked_add_signed(behind));
    on_tx!(tx, |c| sqlx::query(
        "UPDATE work SET state = $2, token = token + 1, lease_until = NULL, run_at = $3, turn_at = $4, failures = $5, \
         last_error = $6, again = FALSE, cancelling = FALSE, ended_at = $7 WHERE id = $1"
    )
    .bind(id)
    .bind(state)
    .bind(run_at)
    .bind(turn_at.unwrap_or(run_at))
    .bind(failures)
    .bind(why)
    .bind((state != "waiting").then_some(now))
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(true)
}
