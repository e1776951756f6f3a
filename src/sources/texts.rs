//! What was fetched apart for single rows, so that it is fetched once and not at every visit.

use crate::{
    db::{Db, push_list},
    error::Result,
    ids::SourceId,
    on, on_tx,
};
use chrono::{DateTime, Utc};
use posting::Posting;
use sqlx::{QueryBuilder, types::Json};
use std::collections::{HashMap, HashSet};

/// The postings of one row, each with its key.
pub type Rows = Vec<(String, Posting)>;

/// All that is kept of a source, by the row's key.
pub async fn of(db: &Db, source: SourceId) -> Result<HashMap<String, Rows>> {
    let rows: Vec<(String, Json<Rows>)> =
        on!(db.read, |c| sqlx::query_as("SELECT source_key, rows FROM source_texts WHERE source_id = $1")
            .bind(source)
            .fetch_all(c)
            .await)?;
    Ok(rows.into_iter().map(|(key, rows)| (key, rows.0)).collect())
}

/// Keeps what was fetched for some rows; what is kept for rows that are `gone` goes.
pub async fn keep(
    db: &Db,
    source: SourceId,
    new: &[(String, Rows)],
    gone: &HashSet<&str>,
    at: DateTime<Utc>,
) -> Result<()> {
    if new.is_empty() && gone.is_empty() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    for (key, rows) in new {
        on_tx!(&mut tx, |c| sqlx::query(
            "INSERT INTO source_texts (source_id, source_key, rows, read_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (source_id, source_key) DO UPDATE SET rows = excluded.rows, read_at = excluded.read_at"
        )
        .bind(source)
        .bind(key)
        .bind(Json(rows))
        .bind(at)
        .execute(c)
        .await
        .map(|_| ()))?;
    }
    let gone: Vec<&str> = gone.iter().copied().collect();
    for some in gone.chunks(500) {
        on_tx!(&mut tx, |c| {
            let mut query = QueryBuilder::new("DELETE FROM source_texts WHERE source_id = ");
            query.push_bind(source).push(" AND source_key IN ");
            push_list(&mut query, some);
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    tx.commit().await
}
