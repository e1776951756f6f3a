//! Which postings' own pages are to be asked whether they are still open.

use crate::{
    db::Db,
    error::Result,
    ids::{PostingId, SourceId},
    on,
};
use chrono::{DateTime, Utc};

/// A posting whose page is to be asked whether it is still open.
#[derive(sqlx::FromRow)]
pub struct ToCheck {
    pub id: PostingId,
    pub url: String,
}

/// Open postings of a source that somebody has a job from and did not apply to yet, and whose page nobody asked since; those that were
/// never asked first.
pub async fn to_check(db: &Db, source: SourceId, since: DateTime<Utc>, limit: i64) -> Result<Vec<ToCheck>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT p.id, p.url FROM postings p WHERE p.source_id = $1 AND p.closed_at IS NULL AND p.url IS NOT NULL \
         AND p.first_seen < $2 AND (p.checked_at IS NULL OR p.checked_at < $2) AND EXISTS (SELECT 1 FROM jobs j \
         WHERE j.posting_id = p.opening_id AND j.status = 'not_applied' AND j.deleted_at IS NULL) \
         ORDER BY COALESCE(p.checked_at, p.first_seen), p.id LIMIT $3"
    )
    .bind(source)
    .bind(since)
    .bind(limit)
    .fetch_all(c)
    .await)?)
}

/// Sources that have such postings.
pub async fn sources_to_check(db: &Db, since: DateTime<Utc>) -> Result<Vec<SourceId>> {
    Ok(on!(db.read, |c| sqlx::query_scalar(
        "SELECT DISTINCT p.source_id FROM jobs j JOIN postings p ON p.opening_id = j.posting_id \
         WHERE j.status = 'not_applied' AND j.deleted_at IS NULL AND p.closed_at IS NULL AND p.url IS NOT NULL \
         AND p.first_seen < $1 AND (p.checked_at IS NULL OR p.checked_at < $1)"
    )
    .bind(since)
    .fetch_all(c)
    .await)?)
}
