//! SQL of exports and the parts of their files.

use super::actions::PLACE;
use crate::{
    db::{self, Db, Tx},
    error::{Error, Result},
    ids::{ExportId, UserId},
    on, on_tx,
    privacy::{Export, State},
    retention::EXPORT_DAYS,
    seal::PersonKey,
};
use chrono::{DateTime, Duration, Utc};

/// A process has an export for itself this long without a word.
const LEASE: Duration = Duration::seconds(60);
/// After so many attempts that ended without a word, it is given up.
const MOST_ATTEMPTS: i64 = 3;

#[derive(sqlx::FromRow)]
struct Row {
    id: ExportId,
    state: State,
    done: i64,
    total: i64,
    bytes: i64,
    created_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
}

impl From<Row> for Export {
    fn from(row: Row) -> Self {
        let ready = row.ended_at.filter(|_| row.state == State::Ready);
        Export {
            id: row.id,
            state: row.state,
            done: row.done,
            total: row.total,
            bytes: row.bytes,
            created_at: row.created_at,
            expires_at: ready.map(|at| at + Duration::days(EXPORT_DAYS)),
        }
    }
}

/// The person's exports, newest first.
pub async fn list(db: &Db, who: UserId) -> Result<Vec<Export>> {
    let rows: Vec<Row> = on!(db.read, |c| {
        sqlx::query_as(
        "SELECT id, state, done, total, bytes, created_at, ended_at FROM exports WHERE user_id = $1 ORDER BY created_at DESC"
    )
    .bind(who)
    .fetch_all(c)
    .await
    })?;
    Ok(rows.into_iter().map(Export::from).collect())
}

/// One of them.
pub async fn get(db: &Db, who: UserId, id: ExportId) -> Result<Export> {
    list(db, who).await?.into_iter().find(|export| export.id == id).ok_or(Error::NotFound)
}

/// Asks for one; the oldest that are over make way, so that at most three are kept.
pub async fn insert(tx: &mut Tx, who: UserId, at: DateTime<Utc>) -> Result<ExportId> {
    let id = ExportId::fresh();
    on_tx!(&mut *tx, |c| {
        sqlx::query(
            "DELETE FROM exports WHERE user_id = $1 AND id NOT IN \
             (SELECT id FROM exports WHERE user_id = $1 ORDER BY created_at DESC LIMIT 2)",
        )
        .bind(who)
        .execute(c)
        .await
        .map(|_| ())
    })?;
    on_tx!(&mut *tx, |c| {
        sqlx::query(
        "INSERT INTO exports (id, user_id, state, done, total, bytes, attempts, created_at) VALUES ($1, $2, $3, 0, 0, 0, 0, $4)"
    )
    .bind(id)
    .bind(who)
    .bind(State::Queued)
    .bind(at)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(id)
}

/// Removes one; false when there is none.
pub async fn delete(tx: &mut Tx, who: UserId, id: ExportId) -> Result<bool> {
    let gone = on_tx!(tx, |c| sqlx::query("DELETE FROM exports WHERE user_id = $1 AND id = $2")
        .bind(who)
        .bind(id)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(gone == 1)
}

/// An export somebody is to make now.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Task {
    pub id: ExportId,
    pub user_id: UserId,
    /// Tells this attempt from one that took over when it had lasted too long.
    pub attempts: i64,
}

/// Takes up the export that has waited longest, or one whose process is gone; None when there is nothing to do.
pub async fn claim(db: &Db) -> Result<Option<Task>> {
    let now = db::now();
    let mut tx = db.begin().await?;
    on_tx!(&mut tx, |c| sqlx::query(
        "UPDATE exports SET state = 'failed', ended_at = $1, lease_until = NULL \
         WHERE state = 'running' AND lease_until < $1 AND attempts >= $2"
    )
    .bind(now)
    .bind(MOST_ATTEMPTS)
    .execute(c)
    .await
    .map(|_| ()))?;
    let task: Option<Task> = on_tx!(&mut tx, |c| {
        sqlx::query_as(
        "UPDATE exports SET state = 'running', attempts = attempts + 1, lease_until = $2, done = 0 \
         WHERE (state = 'queued' OR (state = 'running' AND lease_until < $1)) AND id = \
         (SELECT id FROM exports WHERE state = 'queued' OR (state = 'running' AND lease_until < $1) ORDER BY created_at, id LIMIT 1) \
         RETURNING id, user_id, attempts"
    )
    .bind(now)
    .bind(now + LEASE)
    .fetch_optional(c)
    .await
    })?;
    if let Some(task) = &task {
        on_tx!(&mut tx, |c| sqlx::query("DELETE FROM export_parts WHERE export_id = $1")
            .bind(task.id)
            .execute(c)
            .await
            .map(|_| ()))?;
    }
    tx.commit().await?;
    Ok(task)
}

/// Puts parts of the file away and says how far it is; false when the export was deleted or taken over.
pub async fn put(db: &Db, task: &Task, first: i64, parts: Vec<Vec<u8>>, done: i64, total: i64) -> Result<bool> {
    let mut tx = db.begin().await?;
    let mine = on_tx!(&mut tx, |c| {
        sqlx::query(
        "UPDATE exports SET done = $3, total = $4, lease_until = $5 WHERE id = $1 AND attempts = $2 AND state = 'running'"
    )
    .bind(task.id)
    .bind(task.attempts)
    .bind(done)
    .bind(total)
    .bind(db::now() + LEASE)
    .execute(c)
    .await
    .map(|done| done.rows_affected())
    })?;
    if mine == 0 {
        return Ok(false);
    }
    for (part, content) in (first..).zip(parts) {
        on_tx!(&mut tx, |c| sqlx::query(
            "INSERT INTO export_parts (user_id, export_id, part, content) VALUES ($1, $2, $3, $4)"
        )
        .bind(task.user_id)
        .bind(task.id)
        .bind(part)
        .bind(&content)
        .execute(c)
        .await
        .map(|_| ()))?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Ends it; false when it was deleted or taken over.
pub async fn finish(tx: &mut Tx, task: &Task, state: State, bytes: i64, at: DateTime<Utc>) -> Result<bool> {
    let mine = on_tx!(tx, |c| sqlx::query(
        "UPDATE exports SET state = $3, bytes = $4, ended_at = $5, lease_until = NULL \
         WHERE id = $1 AND attempts = $2 AND state = 'running'"
    )
    .bind(task.id)
    .bind(task.attempts)
    .bind(state)
    .bind(bytes)
    .bind(at)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(mine == 1)
}

/// One part of a ready file, sealed; None after the last.
pub async fn part(db: &Db, who: UserId, id: ExportId, part: i64) -> Result<Option<Vec<u8>>> {
    Ok(on!(db.read, |c| sqlx::query_scalar(
        "SELECT content FROM export_parts WHERE user_id = $1 AND export_id = $2 AND part = $3"
    )
    .bind(who)
    .bind(id)
    .bind(part)
    .fetch_optional(c)
    .await)?)
}

/// Seals by another key of the person what the first one sealed, a part at a time.
pub async fn seal_anew(tx: &mut Tx, who: UserId, (old, new): (&PersonKey, &PersonKey)) -> Result<()> {
    let parts: Vec<(ExportId, i64)> =
        on_tx!(&mut *tx, |c| sqlx::query_as("SELECT export_id, part FROM export_parts WHERE user_id = $1")
            .bind(who)
            .fetch_all(c)
            .await)?;
    for (id, part) in parts {
        let sealed: Vec<u8> = on_tx!(&mut *tx, |c| sqlx::query_scalar(
            "SELECT content FROM export_parts WHERE user_id = $1 AND export_id = $2 AND part = $3"
        )
        .bind(who)
        .bind(id)
        .bind(part)
        .fetch_one(c)
        .await)?;
        let sealed = new.close(PLACE, &old.open(PLACE, &sealed)?)?;
        on_tx!(&mut *tx, |c| sqlx::query(
            "UPDATE export_parts SET content = $4 WHERE user_id = $1 AND export_id = $2 AND part = $3"
        )
        .bind(who)
        .bind(id)
        .bind(part)
        .bind(sealed)
        .execute(c)
        .await
        .map(|_| ()))?;
    }
    Ok(())
}

/// Removes what is past its time, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM exports WHERE ended_at < $1")
        .bind(db::now() - Duration::days(EXPORT_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
