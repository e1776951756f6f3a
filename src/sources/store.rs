//! SQL of sources and how they do.

use super::breaker::{Failure, Next};
use crate::{
    db::{self, Db, Tx, push_list},
    error::{Error, Result},
    ids::SourceId,
    on, on_tx,
    postings::Numbers,
    retention::SOURCE_DAYS,
};
use boards::{Format, address::Place};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use sqlx::QueryBuilder;
use std::collections::HashMap;

/// A source.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    pub id: SourceId,
    pub kind: String,
    pub address: String,
    pub company: String,
    pub label: String,
    pub shared: bool,
    pub next_at: DateTime<Utc>,
    pub visited_at: Option<DateTime<Utc>>,
    pub succeeded_at: Option<DateTime<Utc>>,
    pub note: String,
    pub failures: i64,
    pub last_error: String,
    pub failed_at: Option<DateTime<Utc>>,
    pub paused_until: Option<DateTime<Utc>>,
    pub paused_why: String,
    pub held: bool,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

impl Row {
    /// What it is read as.
    pub fn format(&self) -> Result<Format> {
        Format::parse(&self.kind).ok_or_else(|| Error::internal("a source of a kind that nobody knows"))
    }
}

/// The columns of [`Row`].
pub const COLUMNS: &str = "id, kind, address, company, label, shared, next_at, visited_at, succeeded_at, note, failures, \
     last_error, failed_at, paused_until, paused_why, held, etag, last_modified";

/// A source by its id.
pub async fn get(db: &Db, id: SourceId) -> Result<Option<Row>> {
    Ok(on!(db.read, |c| {
        let mut query = QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM sources WHERE id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?)
}

/// What these sources are called.
pub async fn labels(db: &Db, ids: &[SourceId]) -> Result<HashMap<SourceId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(SourceId, String)> = on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT id, label FROM sources WHERE id IN ");
        push_list(&mut query, ids);
        query.build_query_as().fetch_all(c).await
    })?;
    Ok(rows.into_iter().collect())
}

/// Makes a source unless there is one of this address; answers its id.
pub async fn add(tx: &mut Tx, place: &Place, label: &str, at: DateTime<Utc>) -> Result<SourceId> {
    on_tx!(&mut *tx, |c| {
        sqlx::query(
        "INSERT INTO sources (id, kind, address, company, label, shared, created_at, next_at, note, failures, last_error, paused_why, held) \
         VALUES ($1, $2, $3, $4, $5, FALSE, $6, $6, '', 0, '', '', FALSE) ON CONFLICT (address) DO NOTHING"
    )
    .bind(SourceId::fresh())
    .bind(place.format.as_str())
    .bind(&place.address)
    .bind(place.company.as_deref().unwrap_or_default())
    .bind(label)
    .bind(at)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(on_tx!(tx, |c| sqlx::query_scalar("SELECT id FROM sources WHERE address = $1")
        .bind(&place.address)
        .fetch_one(c)
        .await)?)
}

/// Makes a source everybody's, whether somebody added it before or not.
pub async fn share(tx: &mut Tx, place: &Place, label: &str, at: DateTime<Utc>) -> Result<()> {
    let id = add(tx, place, label, at).await?;
    on_tx!(tx, |c| sqlx::query("UPDATE sources SET shared = TRUE WHERE id = $1")
        .bind(id)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// How many are everybody's.
pub async fn shared(db: &Db) -> Result<i64> {
    Ok(on!(db.read, |c| sqlx::query_scalar("SELECT COUNT(*) FROM sources WHERE shared").fetch_one(c).await)?)
}

/// Those that people in this time zone want and that are due.
pub async fn due(db: &Db, zone: &str, now: DateTime<Utc>) -> Result<Vec<SourceId>> {
    Ok(on!(db.read, |c| {
        sqlx::query_scalar(
        "SELECT s.id FROM sources s WHERE s.next_at <= $2 AND NOT s.held AND (s.shared OR EXISTS (SELECT 1 FROM source_choices c \
         JOIN profiles p ON p.user_id = c.user_id WHERE c.source_id = s.id AND c.wanted AND p.time_zone = $1)) ORDER BY s.next_at, s.id"
    )
    .bind(zone)
    .bind(now)
    .fetch_all(c)
    .await
    })?)
}

/// What a visit that went well leaves behind.
pub struct Done<'a> {
    pub note: &'a str,
    pub next_at: DateTime<Utc>,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// Writes down that a visit went well: whatever was wrong before is over.
pub async fn succeeded(tx: &mut Tx, id: SourceId, done: &Done<'_>, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| {
        sqlx::query(
        "UPDATE sources SET visited_at = $2, succeeded_at = $2, note = $3, next_at = $4, etag = $5, last_modified = $6, failures = 0, \
         paused_until = NULL, paused_why = '' WHERE id = $1"
    )
    .bind(id)
    .bind(at)
    .bind(done.note)
    .bind(done.next_at)
    .bind(done.etag.as_deref())
    .bind(done.last_modified.as_deref())
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// Writes down that a visit came to nothing. What it answered before is not relied on any more.
pub async fn failed(tx: &mut Tx, id: SourceId, failure: &Failure, next: Next, at: DateTime<Utc>) -> Result<()> {
    let why: String = failure.why().chars().filter(|c| !c.is_control()).take(500).collect();
    on_tx!(tx, |c| {
        sqlx::query(
        "UPDATE sources SET visited_at = $2, failed_at = $2, last_error = $3, failures = failures + 1, next_at = $4, paused_until = $5, \
         paused_why = $6, etag = NULL, last_modified = NULL WHERE id = $1"
    )
    .bind(id)
    .bind(at)
    .bind(&why)
    .bind(next.at)
    .bind(next.paused.then_some(next.at))
    .bind(if next.paused { why.as_str() } else { "" })
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// Adds a visit to its day.
pub async fn count(tx: &mut Tx, id: SourceId, day: NaiveDate, failed: bool, numbers: Numbers) -> Result<()> {
    on_tx!(tx, |c| {
        sqlx::query(
        "INSERT INTO source_days (source_id, day, visits, errors, found, new, duplicate, gone) VALUES ($1, $2, 1, $3, $4, $5, $6, $7) \
         ON CONFLICT (source_id, day) DO UPDATE SET visits = source_days.visits + 1, errors = source_days.errors + excluded.errors, \
         found = source_days.found + excluded.found, new = source_days.new + excluded.new, \
         duplicate = source_days.duplicate + excluded.duplicate, gone = source_days.gone + excluded.gone"
    )
    .bind(id)
    .bind(day)
    .bind(i64::from(failed))
    .bind(i64::from(numbers.found))
    .bind(i64::from(numbers.new))
    .bind(i64::from(numbers.duplicate))
    .bind(i64::from(numbers.gone))
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// How long a source is kept that nobody wants any more.
const UNWANTED: TimeDelta = TimeDelta::days(1);

/// Forgets how days went that are long past, and sources that nobody wants any more: their address was somebody's word.
pub async fn purge(db: &Db) -> Result<()> {
    let Some(day) = db::now().date_naive().checked_sub_days(Days::new(SOURCE_DAYS.unsigned_abs())) else {
        return Ok(());
    };
    on!(db.write, |c| sqlx::query("DELETE FROM source_days WHERE day < $1").bind(day).execute(c).await.map(|_| ()))?;
    on!(db.write, |c| sqlx::query(
        "DELETE FROM sources WHERE NOT shared AND created_at < $1 AND NOT EXISTS \
         (SELECT 1 FROM source_choices c WHERE c.source_id = sources.id)"
    )
    .bind(db::now() - UNWANTED)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
