//! SQL of those who look after the queue: how it is, what was given up, trying again, clearing away.

use super::{Item, Queue};
use crate::{
    db::{self, Db},
    error::{Error, Result},
    ids::{SourceId, WorkId},
    on, on_tx,
    retention::{DEAD_WORK_DAYS, WORK_DAYS},
    sources,
};
use chrono::{DateTime, Duration, Utc};
use sqlx::types::Json;
use std::collections::BTreeMap;

/// How much there is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    pub waiting: i64,
    pub running: i64,
    pub dead: i64,
    /// Since when the one has been due that waits longest.
    pub oldest: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: WorkId,
    kind: String,
    payload: Json<serde_json::Value>,
    state: String,
    failures: i64,
    last_error: String,
    cancelling: bool,
    done: i64,
    total: i64,
    at: DateTime<Utc>,
}

/// How much there is of each kind; kinds that there is nothing of are left out.
pub async fn queues(db: &Db, now: DateTime<Utc>) -> Result<BTreeMap<String, Queue>> {
    let rows: Vec<(String, String, i64, Option<DateTime<Utc>>)> = on!(db.read, |c| sqlx::query_as(
        "SELECT kind, state, count(*) AS number, min(run_at) AS first FROM work \
         WHERE state IN ('waiting', 'running', 'dead') OR (state = 'done' AND ended_at > $1) GROUP BY kind, state"
    )
    .bind(now - Duration::days(1))
    .fetch_all(c)
    .await)?;
    let mut queues = BTreeMap::new();
    for (kind, state, number, first) in rows {
        let queue = queues.entry(kind.clone()).or_insert_with(|| empty(kind));
        match state.as_str() {
            "waiting" => (queue.waiting, queue.oldest) = (number, first.filter(|first| *first <= now)),
            "running" => queue.running = number,
            "dead" => queue.dead = number,
            _ => queue.done = number,
        }
    }
    Ok(queues)
}

/// A kind that there is nothing of.
pub fn empty(kind: String) -> Queue {
    Queue { kind, at_once: 0, waiting: 0, running: 0, done: 0, dead: 0, oldest: None }
}

/// How much there is in all; of the kinds this server does, since when one waits.
pub async fn summary(db: &Db, now: DateTime<Utc>, kinds: impl Iterator<Item = super::Kind>) -> Result<Summary> {
    let counts: Vec<(String, i64)> = on!(db.read, |c| sqlx::query_as(
        "SELECT state, count(*) AS number FROM work WHERE state IN ('waiting', 'running', 'dead') GROUP BY state"
    )
    .fetch_all(c)
    .await)?;
    let of = |state: &str| counts.iter().find(|(own, _)| own == state).map_or(0, |(_, number)| *number);
    let kinds: Vec<super::Kind> = kinds.collect();
    let due = super::store::due(db, &kinds).await?;
    let oldest = due.into_iter().filter(|(kind, at)| kind.is_some() && *at <= now).map(|(_, at)| at).min();
    Ok(Summary { waiting: of("waiting"), running: of("running"), dead: of("dead"), oldest })
}

/// A page of what is in a state, and how many there are: what waits in the order of its times, the rest newest first.
pub async fn list(db: &Db, state: &str, limit: i64, offset: i64) -> Result<(Vec<Item>, i64)> {
    // By a word of ours, never by one from outside.
    let (at, order) = match state {
        "waiting" => ("run_at", "run_at, id"),
        "running" => ("COALESCE(started_at, run_at)", "started_at DESC, id"),
        _ => ("COALESCE(ended_at, run_at)", "ended_at DESC, id"),
    };
    let rows: Vec<Row> = on!(db.read, |c| {
        let mut query =
            sqlx::QueryBuilder::new("SELECT id, kind, payload, state, failures, last_error, cancelling, done, total, ");
        query.push(at).push(" AS at FROM work WHERE state = ").push_bind(state).push(" ORDER BY ").push(order);
        query.push(" LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
        query.build_query_as().fetch_all(c).await
    })?;
    let total = on!(db.read, |c| sqlx::query_scalar("SELECT count(*) FROM work WHERE state = $1")
        .bind(state)
        .fetch_one(c)
        .await)?;
    let ids: Vec<SourceId> = rows.iter().filter_map(Row::source).collect();
    let labels = sources::store::labels(db, &ids).await?;
    let item = |row: Row| {
        let subject = row.source().and_then(|id| labels.get(&id).cloned()).unwrap_or_default();
        row.item(subject)
    };
    Ok((rows.into_iter().map(item).collect(), total))
}

impl Row {
    /// The source that it is about.
    fn source(&self) -> Option<SourceId> {
        serde_json::from_value(self.payload.0.get("source")?.clone()).ok()
    }

    fn item(self, subject: String) -> Item {
        Item {
            about: about(&self.payload.0),
            subject,
            id: self.id,
            kind: self.kind,
            state: self.state,
            failures: self.failures,
            last_error: self.last_error,
            cancelling: self.cancelling,
            done: self.done,
            total: self.total,
            at: self.at,
        }
    }
}

/// What the payload names: `source 0193…`, `zone Europe/Berlin`.
fn about(payload: &serde_json::Value) -> String {
    let fields = payload.as_object().into_iter().flatten().filter(|(name, _)| *name != "task");
    let words = fields.filter_map(|(name, value)| Some(format!("{name} {}", value.as_str()?)));
    words.collect::<Vec<_>>().join(", ")
}

/// Lets something wait again that was given up; false when it was not.
pub async fn retry(db: &Db, id: WorkId, now: DateTime<Utc>) -> Result<bool> {
    let changed = on!(db.write, |c| sqlx::query(
        "UPDATE work SET state = 'waiting', failures = 0, run_at = $2, turn_at = $2, ended_at = NULL \
         WHERE id = $1 AND state = 'dead'"
    )
    .bind(id)
    .bind(now)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))
    .map_err(|error| db::unique(error, || Error::Conflict("The same waits already.".into())))?;
    Ok(changed > 0)
}

/// The same for everything that was given up, unless the same waits already; answers how many.
pub async fn retry_all(db: &Db, now: DateTime<Utc>) -> Result<u64> {
    let changed = on!(db.write, |c| sqlx::query(
        "UPDATE work SET state = 'waiting', failures = 0, run_at = $1, turn_at = $1, ended_at = NULL \
         WHERE state = 'dead' AND NOT EXISTS (SELECT 1 FROM work same WHERE same.once = work.once \
         AND same.state IN ('waiting', 'running'))"
    )
    .bind(now)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))
    .map_err(|error| db::unique(error, || Error::Conflict("Some of it waits already. Please try again.".into())))?;
    Ok(changed)
}

/// Lets something not be done: what waits or was given up ends here, what is under way is asked to. False when it is over.
pub async fn cancel(db: &Db, id: WorkId, now: DateTime<Utc>) -> Result<bool> {
    let mut tx = db.begin().await?;
    let ended = on_tx!(&mut tx, |c| {
        sqlx::query(
        "UPDATE work SET state = 'cancelled', token = token + 1, ended_at = $2 WHERE id = $1 AND state IN ('waiting', 'dead')"
    )
    .bind(id)
    .bind(now)
    .execute(c)
    .await
    .map(|done| done.rows_affected())
    })?;
    let asked =
        on_tx!(&mut tx, |c| sqlx::query("UPDATE work SET cancelling = TRUE WHERE id = $1 AND state = 'running'")
            .bind(id)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
    tx.commit().await?;
    Ok(ended + asked > 0)
}

/// Removes what is past its time.
pub async fn purge(db: &Db) -> Result<()> {
    let now = db::now();
    on!(db.write, |c| {
        sqlx::query(
        "DELETE FROM work WHERE (state IN ('done', 'cancelled') AND ended_at < $1) OR (state = 'dead' AND ended_at < $2)"
    )
    .bind(now - Duration::days(WORK_DAYS))
    .bind(now - Duration::days(DEAD_WORK_DAYS))
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}
