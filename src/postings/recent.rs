//! Openings from a moment on, the newest first: what a search is held against when somebody writes it.

use super::{
    Stored,
    store::{COLUMNS, Row},
};
use crate::{db::Db, error::Result, ids::PostingId, on};
use chrono::{DateTime, Utc};

/// Where a page begins: after this one.
pub type After = (DateTime<Utc>, PostingId);

/// Openings that are open and came since then, the newest first. Without `texts` descriptions stay empty, and far less is read.
pub async fn page(db: &Db, since: DateTime<Utc>, after: Option<After>, texts: bool, limit: i64) -> Result<Vec<Stored>> {
    let columns = if texts { COLUMNS.to_owned() } else { COLUMNS.replace("description", "'' AS description") };
    let rows: Vec<Row> = on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(&columns).push(" FROM postings WHERE id = opening_id AND closed_at IS NULL AND first_seen >= ");
        query.push_bind(since);
        if let Some((at, id)) = after {
            query.push(" AND (first_seen < ").push_bind(at).push(" OR (first_seen = ").push_bind(at);
            query.push(" AND id < ").push_bind(id).push("))");
        }
        query.push(" ORDER BY first_seen DESC, id DESC LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(c).await
    })?;
    Ok(rows.into_iter().map(Stored::from).collect())
}

/// How many there are.
pub async fn count(db: &Db, since: DateTime<Utc>) -> Result<i64> {
    Ok(on!(db.read, |c| sqlx::query_scalar(
        "SELECT count(*) FROM postings WHERE id = opening_id AND closed_at IS NULL AND first_seen >= $1"
    )
    .bind(since)
    .fetch_one(c)
    .await)?)
}
