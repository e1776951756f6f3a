//! `Idempotency-Key`: a POST that is sent again makes nothing twice. The key is kept in the transaction that creates the row.

use crate::{
    db::{self, Db, Tx},
    error::{Error, Result},
    ids::UserId,
    on, on_tx,
    retention::IDEMPOTENCY_DAYS,
    session,
};
use axum::http::HeaderMap;
use chrono::Duration;
use serde::Serialize;
use uuid::Uuid;

/// Forgets old keys, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM idempotency_keys WHERE created_at < $1")
        .bind(db::now() - Duration::days(IDEMPOTENCY_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// The request's key and the fingerprint of route and body, when it has a key.
pub fn key(headers: &HeaderMap, route: &str, body: &impl Serialize) -> Result<Option<(String, String)>> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().unwrap_or_default().trim().to_owned();
    if key.is_empty() || key.len() > 200 {
        return Err(Error::invalid("Idempotency-Key", "Please use 1 to 200 ASCII characters."));
    }
    let fingerprint = session::sha256(&format!("{route} {}", serde_json::to_string(body)?));
    Ok(Some((key, fingerprint)))
}

/// The row an earlier request with this key made; `None` when this is the first. The same key with another body is an error.
pub async fn claim(tx: &mut Tx, who: UserId, key: Option<&(String, String)>) -> Result<Option<Uuid>> {
    let Some((key, fingerprint)) = key else { return Ok(None) };
    let found: Option<(String, Uuid)> = on_tx!(tx, |c| sqlx::query_as(
        "SELECT request, entity_id FROM idempotency_keys WHERE user_id = $1 AND key = $2"
    )
    .bind(who)
    .bind(key)
    .fetch_optional(c)
    .await)?;
    match found {
        Some((request, id)) if request == *fingerprint => Ok(Some(id)),
        Some(_) => Err(Error::Conflict("This Idempotency-Key was used for another request.".into())),
        None => Ok(None),
    }
}

/// Remembers what this request made.
pub async fn keep(tx: &mut Tx, who: UserId, key: Option<(String, String)>, id: Uuid) -> Result<()> {
    let Some((key, fingerprint)) = key else { return Ok(()) };
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO idempotency_keys (user_id, key, request, entity_id, created_at) VALUES ($1, $2, $3, $4, $5)"
    )
    .bind(who)
    .bind(key)
    .bind(fingerprint)
    .bind(id)
    .bind(db::now())
    .execute(c)
    .await
    .map(|_| ()))
    .map_err(|error| db::unique(error, || Error::Conflict("This Idempotency-Key is being used right now.".into())))
}
