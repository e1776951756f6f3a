//! SQL of access tokens.

use super::{AccessToken, NewToken, Scopes};
use crate::{
    db::{Db, Tx},
    error::Result,
    ids::{TokenId, UserId},
    on, on_tx,
    session::{self, person_columns},
};
use chrono::{DateTime, Utc};

#[derive(sqlx::FromRow)]
struct Row {
    id: TokenId,
    name: String,
    scopes: String,
    hint: String,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    used_at: Option<DateTime<Utc>>,
    used_from: String,
}

/// The person's tokens, newest first.
pub async fn list(db: &Db, who: UserId) -> Result<Vec<AccessToken>> {
    let rows: Vec<Row> = on!(db.read, |c| sqlx::query_as(
        "SELECT id, name, scopes, hint, created_at, expires_at, used_at, used_from FROM access_tokens \
         WHERE user_id = $1 ORDER BY created_at DESC, id DESC"
    )
    .bind(who)
    .fetch_all(c)
    .await)?;
    let now = crate::db::now();
    let shown = rows.into_iter().map(|row| AccessToken {
        id: row.id,
        name: row.name,
        scopes: Scopes::read(&row.scopes).list(),
        hint: row.hint,
        created_at: row.created_at,
        expires_at: row.expires_at,
        expired: row.expires_at.is_some_and(|end| end <= now),
        used_at: row.used_at,
        used_from: row.used_from,
    });
    Ok(shown.collect())
}

/// How many tokens the person has, ended ones included.
pub async fn count(tx: &mut Tx, who: UserId) -> Result<i64> {
    Ok(on_tx!(tx, |c| sqlx::query_scalar("SELECT count(*) FROM access_tokens WHERE user_id = $1")
        .bind(who)
        .fetch_one(c)
        .await)?)
}

/// Keeps a token's hash and what the person is shown of it.
pub async fn insert(tx: &mut Tx, who: UserId, new: &NewToken, hint: &str, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO access_tokens (id, user_id, name, scopes, token_hash, hint, created_at, expires_at, used_from) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')"
    )
    .bind(new.id)
    .bind(who)
    .bind(&new.name)
    .bind(Scopes::of(&new.scopes).words())
    .bind(session::sha256(&new.token))
    .bind(hint)
    .bind(at)
    .bind(new.expires_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Removes one of the person's tokens; answers with its name, or None when they have none with this id.
pub async fn delete(tx: &mut Tx, who: UserId, id: TokenId) -> Result<Option<String>> {
    Ok(on_tx!(tx, |c| sqlx::query_scalar("DELETE FROM access_tokens WHERE user_id = $1 AND id = $2 RETURNING name")
        .bind(who)
        .bind(id)
        .fetch_optional(c)
        .await)?)
}

/// Removes all of the person's tokens.
pub async fn delete_all(tx: &mut Tx, who: UserId) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("DELETE FROM access_tokens WHERE user_id = $1").bind(who).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A token somebody showed, with its person.
#[derive(sqlx::FromRow)]
pub struct Shown {
    pub token: TokenId,
    pub label: String,
    pub scopes: String,
    pub used_at: Option<DateTime<Utc>>,
    #[sqlx(flatten)]
    pub person: session::Row,
}

/// The token with this hash, unless it has ended by `now`.
pub async fn find(db: &Db, hash: &str, now: DateTime<Utc>) -> Result<Option<Shown>> {
    Ok(on!(db.read, |c| sqlx::query_as(concat!(
        "SELECT t.id AS token, t.name AS label, t.scopes, t.used_at, ",
        person_columns!(),
        " FROM access_tokens t JOIN users u ON u.id = t.user_id \
         WHERE t.token_hash = $1 AND (t.expires_at IS NULL OR t.expires_at > $2) AND u.disabled_at IS NULL"
    ))
    .bind(hash)
    .bind(now)
    .fetch_optional(c)
    .await)?)
}

/// Writes down the last use of a person's token.
pub async fn used(db: &Db, who: UserId, id: TokenId, at: DateTime<Utc>, address: &str) -> Result<()> {
    on!(db.write, |c| sqlx::query(
        "UPDATE access_tokens SET used_at = $3, used_from = $4 WHERE user_id = $1 AND id = $2"
    )
    .bind(who)
    .bind(id)
    .bind(at)
    .bind(address)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
