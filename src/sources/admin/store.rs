//! SQL of what administrators see of sources and set.

use crate::{
    db::{Db, Tx, like_anywhere, push_list},
    error::{Error, Result},
    ids::SourceId,
    on, on_tx,
    sources::{Health, Healths, store},
};
use chrono::{DateTime, Utc};
use sqlx::{Database, Encode, QueryBuilder, Type};
use std::iter::once;

/// Which sources are asked for.
pub struct Asked<'a> {
    /// What name or address contain, in any case.
    pub q: &'a str,
    pub health: Option<Health>,
    /// The kinds that need a key which is not set here.
    pub closed: &'a [&'a str],
    pub now: DateTime<Utc>,
}

/// How many sources are asked for.
pub async fn count(db: &Db, asked: &Asked<'_>) -> Result<i64> {
    Ok(on!(db.read, |c| {
        let mut query = QueryBuilder::new("SELECT COUNT(*)");
        push_asked(&mut query, asked);
        query.build_query_scalar().fetch_one(c).await
    })?)
}

/// A page of them, from 1; those in trouble first.
pub async fn list(db: &Db, asked: &Asked<'_>, page: u32, per_page: u32) -> Result<Vec<store::Row>> {
    Ok(on!(db.read, |c| {
        let mut query = QueryBuilder::new("SELECT ");
        query.push(store::COLUMNS);
        push_asked(&mut query, asked);
        query.push(" ORDER BY failures DESC, label, id LIMIT ").push_bind(i64::from(per_page));
        query.push(" OFFSET ").push_bind(i64::from(page.saturating_sub(1)) * i64::from(per_page));
        query.build_query_as().fetch_all(c).await
    })?)
}

/// How many sources do how.
pub async fn healths(db: &Db, closed: &[&str], now: DateTime<Utc>) -> Result<Healths> {
    let rows: Vec<(String, i64)> = on!(db.read, |c| {
        let mut query = QueryBuilder::new("SELECT health, COUNT(*) FROM (SELECT ");
        push_health(&mut query, closed, now);
        query.push(" AS health FROM sources) s GROUP BY health");
        query.build_query_as().fetch_all(c).await
    })?;
    let mut healths = Healths::default();
    for (word, many) in rows {
        let health = Health::parse(&word).ok_or_else(|| Error::internal("sources that do as nobody knows"))?;
        healths.add(health, many);
    }
    Ok(healths)
}

fn push_asked<'a, DB>(query: &mut QueryBuilder<DB>, asked: &Asked<'a>)
where
    DB: Database,
    &'a str: Encode<'a, DB> + Type<DB>,
    String: Encode<'a, DB> + Type<DB>,
    DateTime<Utc>: Encode<'a, DB> + Type<DB>,
{
    query.push(" FROM sources WHERE TRUE");
    if !asked.q.is_empty() {
        let pattern = like_anywhere(asked.q);
        query.push(" AND (lower(label) LIKE ").push_bind(pattern.clone()).push(r" ESCAPE '\'");
        query.push(" OR lower(address) LIKE ").push_bind(pattern).push(r" ESCAPE '\')");
    }
    if let Some(health) = asked.health {
        query.push(" AND ");
        push_health(query, asked.closed, asked.now);
        query.push(" = ").push_bind(health.as_str());
    }
}

/// How a source does, as [`crate::sources::actions::shown`] says it of one.
fn push_health<'a, DB>(query: &mut QueryBuilder<DB>, closed: &[&'a str], now: DateTime<Utc>)
where
    DB: Database,
    &'a str: Encode<'a, DB> + Type<DB>,
    DateTime<Utc>: Encode<'a, DB> + Type<DB>,
{
    query.push("CASE WHEN held THEN 'held' WHEN kind IN ");
    // No kind is called "": there is always one at least.
    push_list(query, closed.iter().copied().chain(once("")));
    query.push(" THEN 'closed' WHEN paused_until > ").push_bind(now);
    query.push(
        " THEN 'paused' WHEN paused_until IS NOT NULL THEN 'trial' WHEN failures > 0 THEN 'failing' \
         WHEN succeeded_at IS NULL THEN 'new' ELSE 'well' END",
    );
}

/// Makes a source due now, whatever its pause; false when there is none. What an administrator holds stays held.
pub async fn retry(tx: &mut Tx, id: SourceId, now: DateTime<Utc>) -> Result<bool> {
    let rows = on_tx!(tx, |c| sqlx::query(
        "UPDATE sources SET next_at = $2, paused_until = NULL, paused_why = '' WHERE id = $1"
    )
    .bind(id)
    .bind(now)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Holds a source, or lets it go; false when there is none.
pub async fn hold(tx: &mut Tx, id: SourceId, held: bool) -> Result<bool> {
    let rows = on_tx!(tx, |c| sqlx::query("UPDATE sources SET held = $2 WHERE id = $1")
        .bind(id)
        .bind(held)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}
