//! SQL of calendar addresses.

use crate::{
    db::{Db, Tx},
    error::Result,
    ids::UserId,
    on, on_tx,
    session::SEEN_EVERY,
};
use chrono::{DateTime, Utc};

/// The person's sealed address and when it was last asked for.
pub async fn get(db: &Db, who: UserId) -> Result<Option<(String, Option<DateTime<Utc>>)>> {
    Ok(on!(db.read, |c| sqlx::query_as("SELECT token_sealed, read_at FROM calendar_feeds WHERE user_id = $1")
        .bind(who)
        .fetch_optional(c)
        .await)?)
}

/// Keeps an address in the place of the one before.
pub async fn put(tx: &mut Tx, who: UserId, hash: &str, sealed: &str, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO calendar_feeds (user_id, token_hash, token_sealed, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, token_sealed = excluded.token_sealed, \
         created_at = excluded.created_at, read_at = NULL"
    )
    .bind(who)
    .bind(hash)
    .bind(sealed)
    .bind(at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Forgets the person's address; false when there was none.
pub async fn remove(tx: &mut Tx, who: UserId) -> Result<bool> {
    let gone = on_tx!(tx, |c| sqlx::query("DELETE FROM calendar_feeds WHERE user_id = $1")
        .bind(who)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(gone > 0)
}

/// Whose address this is: not of accounts that are closed or kept out.
pub async fn owner(db: &Db, hash: &str) -> Result<Option<UserId>> {
    Ok(on!(db.read, |c| sqlx::query_scalar(
        "SELECT f.user_id FROM calendar_feeds f JOIN users u ON u.id = f.user_id \
         WHERE f.token_hash = $1 AND u.disabled_at IS NULL AND u.closing_at IS NULL"
    )
    .bind(hash)
    .fetch_optional(c)
    .await)?)
}

/// Notes that it was asked for.
pub async fn seen(db: &Db, who: UserId, now: DateTime<Utc>) -> Result<()> {
    on!(db.write, |c| sqlx::query(
        "UPDATE calendar_feeds SET read_at = $2 WHERE user_id = $1 AND (read_at IS NULL OR read_at < $3)"
    )
    .bind(who)
    .bind(now)
    .bind(now - SEEN_EVERY)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
