//! SQL of passkeys and of what they were asked to sign.

use super::OwnPasskey;
use crate::{
    db::{self, Db, Tx, unique},
    error::{Error, Result},
    ids::{PasskeyId, UserId},
    on, on_tx,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;
use webauthn_rs::prelude::Passkey;

/// The person's passkeys, oldest first.
pub async fn list(db: &Db, who: UserId) -> Result<Vec<OwnPasskey>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT id, name, created_at, used_at FROM passkeys WHERE user_id = $1 ORDER BY created_at, id"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}

/// The same as they are checked.
pub async fn keys(db: &Db, who: UserId) -> Result<Vec<Passkey>> {
    let rows: Vec<String> = on!(db.read, |c| sqlx::query_scalar("SELECT credential FROM passkeys WHERE user_id = $1")
        .bind(who)
        .fetch_all(c)
        .await)?;
    rows.iter().map(|row| Ok(serde_json::from_str(row)?)).collect()
}

/// How many the person has.
pub async fn count(db: &Db, who: UserId) -> Result<i64> {
    Ok(on!(db.read, |c| sqlx::query_scalar("SELECT count(*) FROM passkeys WHERE user_id = $1")
        .bind(who)
        .fetch_one(c)
        .await)?)
}

/// What the key calls itself, as it is kept.
fn name_of(key: &Passkey) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(key.cred_id())
}

/// Keeps a new one.
pub async fn insert(tx: &mut Tx, who: UserId, name: &str, key: &Passkey, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO passkeys (id, user_id, credential_id, credential, name, created_at) VALUES ($1, $2, $3, $4, $5, $6)"
    )
    .bind(PasskeyId::fresh())
    .bind(who)
    .bind(name_of(key))
    .bind(serde_json::to_string(key)?)
    .bind(name)
    .bind(at)
    .execute(c)
    .await
    .map(|_| ()))
    .map_err(|error| unique(error, || Error::Conflict("This passkey is here already.".into())))
}

/// Notes a use, and what the key's counter says now.
pub async fn used(tx: &mut Tx, who: UserId, key: &Passkey, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "UPDATE passkeys SET credential = $3, used_at = $4 WHERE user_id = $1 AND credential_id = $2"
    )
    .bind(who)
    .bind(name_of(key))
    .bind(serde_json::to_string(key)?)
    .bind(at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Removes one of the person's; answers with its name.
pub async fn delete(tx: &mut Tx, who: UserId, id: PasskeyId) -> Result<Option<String>> {
    Ok(on_tx!(tx, |c| sqlx::query_scalar("DELETE FROM passkeys WHERE user_id = $1 AND id = $2 RETURNING name")
        .bind(who)
        .bind(id)
        .fetch_optional(c)
        .await)?)
}

/// Remembers what a passkey is asked to sign.
pub async fn begin(
    db: &Db,
    id: Uuid,
    who: Option<UserId>,
    kind: &str,
    state: String,
    until: DateTime<Utc>,
) -> Result<()> {
    on!(db.write, |c| sqlx::query(
        "INSERT INTO ceremonies (id, user_id, kind, state, expires_at) VALUES ($1, $2, $3, $4, $5)"
    )
    .bind(id)
    .bind(who)
    .bind(kind)
    .bind(state)
    .bind(until)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Takes that back for its answer: it is gone then, whatever comes of it.
pub async fn take(db: &Db, id: Uuid) -> Result<Option<(Option<UserId>, String, String)>> {
    Ok(on!(db.write, |c| sqlx::query_as(
        "DELETE FROM ceremonies WHERE id = $1 AND expires_at > $2 RETURNING user_id, kind, state"
    )
    .bind(id)
    .bind(db::now())
    .fetch_optional(c)
    .await)?)
}

/// Forgets what was never answered.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM ceremonies WHERE expires_at < $1")
        .bind(db::now())
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
