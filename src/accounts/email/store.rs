//! SQL of the links in mail.

use crate::{
    db::{self, Db, Tx, push_list},
    error::Result,
    ids::UserId,
    on, on_tx,
    retention::LINK_DAYS,
    write_tx,
};
use chrono::{DateTime, Duration, Utc};

/// What a link does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Kind {
    /// Confirms the account's address.
    Verify,
    /// Sets a new password.
    Reset,
    /// Gives the account the address the link was sent to.
    Change,
}

/// A link that works.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Link {
    pub user_id: UserId,
    pub kind: Kind,
    /// The address it was sent to.
    pub address: String,
}

/// Adds a link.
pub async fn insert(
    tx: &mut Tx,
    who: UserId,
    kind: Kind,
    address: &str,
    token_hash: String,
    at: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<()> {
    write_tx!(tx, |query| query
        .push("INSERT INTO mail_links (token_hash, user_id, kind, address, created_at, expires_at) ")
        .push_values([token_hash], |mut row, hash| {
            row.push_bind(hash).push_bind(who).push_bind(kind).push_bind(address).push_bind(at).push_bind(until);
        }));
    Ok(())
}

/// The link with this hash, if it was not used and has not run out.
pub async fn find(db: &Db, token_hash: &str) -> Result<Option<Link>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT user_id, kind, address FROM mail_links WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2"
    )
    .bind(token_hash)
    .bind(db::now())
    .fetch_optional(c)
    .await)?)
}

/// Uses a link up; false when somebody else did, or it ran out.
pub async fn take(tx: &mut Tx, who: UserId, token_hash: &str, at: DateTime<Utc>) -> Result<bool> {
    let taken = on_tx!(tx, |c| sqlx::query(
        "UPDATE mail_links SET used_at = $3 \
         WHERE user_id = $1 AND token_hash = $2 AND used_at IS NULL AND expires_at > $3"
    )
    .bind(who)
    .bind(token_hash)
    .bind(at)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(taken > 0)
}

/// Removes the person's links of these kinds that were not used yet; how many there were.
pub async fn drop_open(tx: &mut Tx, who: UserId, kinds: &[Kind]) -> Result<u64> {
    Ok(on_tx!(tx, |c| {
        let mut query = sqlx::QueryBuilder::new("DELETE FROM mail_links WHERE used_at IS NULL AND user_id = ");
        query.push_bind(who).push(" AND kind IN ");
        push_list(&mut query, kinds);
        query.build().execute(c).await.map(|done| done.rows_affected())
    })?)
}

/// The address the person asked for and has not confirmed yet.
pub async fn wanted_address(db: &Db, who: UserId) -> Result<Option<String>> {
    Ok(on!(db.read, |c| sqlx::query_scalar(
        "SELECT address FROM mail_links WHERE user_id = $1 AND kind = 'change' AND used_at IS NULL AND expires_at > $2 \
         ORDER BY created_at DESC LIMIT 1"
    )
    .bind(who)
    .bind(db::now())
    .fetch_optional(c)
    .await)?)
}

/// Removes links that have been of no use for a week.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM mail_links WHERE expires_at < $1")
        .bind(db::now() - Duration::days(LINK_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
