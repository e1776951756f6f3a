//! SQL of what people want of the sources.

use super::store::Row;
use crate::{
    db::{Db, Tx},
    error::Result,
    ids::{SourceId, UserId},
    on, on_tx,
};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// A source with what a person said about it, or what holds where they said nothing.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Chosen {
    #[sqlx(flatten)]
    pub row: Row,
    pub wanted: bool,
}

/// The person's sources in their order: what they chose, and what is everybody's.
pub async fn of(db: &Db, who: UserId) -> Result<Vec<Chosen>> {
    Ok(on!(db.read, |c| {
        sqlx::query_as(
        "SELECT s.id, s.kind, s.address, s.company, s.label, s.shared, s.next_at, s.visited_at, s.succeeded_at, s.note, s.failures, \
         s.last_error, s.failed_at, s.paused_until, s.paused_why, s.held, s.etag, s.last_modified, COALESCE(c.wanted, TRUE) AS wanted \
         FROM sources s LEFT JOIN source_choices c ON c.source_id = s.id AND c.user_id = $1 \
         WHERE s.shared OR c.user_id IS NOT NULL \
         ORDER BY COALESCE(c.wanted, TRUE) DESC, COALESCE(c.rank, 1000000), s.created_at, s.id"
    )
    .bind(who)
    .fetch_all(c)
    .await
    })?)
}

/// How many the person chose.
pub async fn count(tx: &mut Tx, who: UserId) -> Result<i64> {
    Ok(on_tx!(tx, |c| sqlx::query_scalar("SELECT COUNT(*) FROM source_choices WHERE user_id = $1")
        .bind(who)
        .fetch_one(c)
        .await)?)
}

/// Whether it is among the person's: theirs by choice, or everybody's.
pub async fn has(tx: &mut Tx, who: UserId, id: SourceId) -> Result<bool> {
    let found: i64 = on_tx!(tx, |c| sqlx::query_scalar(
        "SELECT COUNT(*) FROM sources s LEFT JOIN source_choices c ON c.source_id = s.id AND c.user_id = $1 \
         WHERE s.id = $2 AND (s.shared OR c.user_id IS NOT NULL)"
    )
    .bind(who)
    .bind(id)
    .fetch_one(c)
    .await)?;
    Ok(found == 1)
}

/// Notes whether a person wants a source; a new choice comes last.
pub async fn want(tx: &mut Tx, who: UserId, id: SourceId, wanted: bool, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO source_choices (user_id, source_id, wanted, rank, chosen_at) \
         SELECT $1, $2, $3, COALESCE(MAX(rank), -1) + 1, $4 FROM source_choices WHERE user_id = $1 \
         ON CONFLICT (user_id, source_id) DO UPDATE SET wanted = excluded.wanted"
    )
    .bind(who)
    .bind(id)
    .bind(wanted)
    .bind(at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Writes the person's order, of all that is theirs.
pub async fn order(tx: &mut Tx, who: UserId, ids: &[(SourceId, bool)], at: DateTime<Utc>) -> Result<()> {
    for (rank, (id, wanted)) in (0_i64..).zip(ids) {
        on_tx!(&mut *tx, |c| sqlx::query(
            "INSERT INTO source_choices (user_id, source_id, wanted, rank, chosen_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (user_id, source_id) DO UPDATE SET rank = excluded.rank"
        )
        .bind(who)
        .bind(id)
        .bind(wanted)
        .bind(rank)
        .bind(at)
        .execute(c)
        .await
        .map(|_| ()))?;
    }
    Ok(())
}

/// Forgets a choice; false when there was none.
pub async fn forget(tx: &mut Tx, who: UserId, id: SourceId) -> Result<bool> {
    let rows = on_tx!(tx, |c| sqlx::query("DELETE FROM source_choices WHERE user_id = $1 AND source_id = $2")
        .bind(who)
        .bind(id)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// A choice as its person can take it along.
#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub struct Noted {
    pub label: String,
    pub address: String,
    pub kind: String,
    pub wanted: bool,
    pub rank: i64,
    pub chosen_at: DateTime<Utc>,
}

/// The person's choices for an export.
pub async fn noted(db: &Db, who: UserId) -> Result<Vec<Noted>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT s.label, s.address, s.kind, c.wanted, c.rank, c.chosen_at FROM source_choices c \
         JOIN sources s ON s.id = c.source_id WHERE c.user_id = $1 ORDER BY c.rank, s.id"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}
