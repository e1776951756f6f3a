//! Postings that people keep apart from their openings.

use crate::{
    db::{Db, Tx},
    error::Result,
    ids::{PostingId, UserId},
    on, on_tx,
};
use chrono::{DateTime, Utc};

/// A person's word that a posting is another opening.
pub struct Apart {
    pub who: UserId,
    pub posting: PostingId,
    pub at: DateTime<Utc>,
}

/// Writes it down; said again, nothing changes.
pub async fn keep_apart(tx: &mut Tx, word: &Apart) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO postings_apart (user_id, posting_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
    )
    .bind(word.who)
    .bind(word.posting)
    .bind(word.at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Takes it back; false when it was not said.
pub async fn put_together(tx: &mut Tx, who: UserId, posting: PostingId) -> Result<bool> {
    let removed = on_tx!(tx, |c| sqlx::query("DELETE FROM postings_apart WHERE user_id = $1 AND posting_id = $2")
        .bind(who)
        .bind(posting)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(removed > 0)
}

/// A posting that a person keeps apart, for them to take along.
#[derive(serde::Serialize, sqlx::FromRow)]
pub struct KeptApart {
    pub company: String,
    pub title: String,
    pub url: Option<String>,
    pub at: DateTime<Utc>,
}

/// Everything a person keeps apart.
pub async fn all_apart(db: &Db, who: UserId) -> Result<Vec<KeptApart>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT p.company, p.title, p.url, a.at FROM postings_apart a JOIN postings p ON p.id = a.posting_id \
         WHERE a.user_id = $1 ORDER BY a.at, a.posting_id"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}
