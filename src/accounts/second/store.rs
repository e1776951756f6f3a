//! SQL of the second factor.

use crate::{
    db::{Db, Tx},
    error::Result,
    ids::UserId,
    on, on_tx,
    session::sha256,
};
use chrono::{DateTime, Utc};

/// Where the sealed values stand.
pub const SECRET: &str = "one_time_codes.secret";
pub const FRESH: &str = "recovery_codes.fresh";

/// The person's app.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Device {
    /// Sealed.
    pub secret: String,
    pub created_at: DateTime<Utc>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub last_step: i64,
}

const DEVICE: &str = "SELECT secret, created_at, confirmed_at, last_step FROM one_time_codes WHERE user_id = $1";

/// The person's app, confirmed or not.
pub async fn device(db: &Db, who: UserId) -> Result<Option<Device>> {
    Ok(on!(db.read, |c| sqlx::query_as(DEVICE).bind(who).fetch_optional(c).await)?)
}

/// The same inside a change.
pub async fn device_in(tx: &mut Tx, who: UserId) -> Result<Option<Device>> {
    Ok(on_tx!(tx, |c| sqlx::query_as(DEVICE).bind(who).fetch_optional(c).await)?)
}

/// Puts a new app that is not confirmed in place of one that is not confirmed either.
pub async fn begin(tx: &mut Tx, who: UserId, secret: &str, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO one_time_codes (user_id, secret, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at \
         WHERE one_time_codes.confirmed_at IS NULL"
    )
    .bind(who)
    .bind(secret)
    .bind(at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// From now on the app's codes are asked for.
pub async fn confirm(tx: &mut Tx, who: UserId, step: i64, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("UPDATE one_time_codes SET confirmed_at = $2, last_step = $3 WHERE user_id = $1")
        .bind(who)
        .bind(at)
        .bind(step)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// Uses a step up; answers whether it was still to be had.
pub async fn take_step(tx: &mut Tx, who: UserId, step: i64) -> Result<bool> {
    let taken = on_tx!(tx, |c| {
        sqlx::query(
        "UPDATE one_time_codes SET last_step = $2 WHERE user_id = $1 AND last_step < $2 AND confirmed_at IS NOT NULL"
    )
    .bind(who)
    .bind(step)
    .execute(c)
    .await
    .map(|done| done.rows_affected())
    })?;
    Ok(taken == 1)
}

/// Forgets the app; recovery codes stay.
pub async fn remove_app(tx: &mut Tx, who: UserId) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("DELETE FROM one_time_codes WHERE user_id = $1")
        .bind(who)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// Forgets app and recovery codes.
pub async fn remove(tx: &mut Tx, who: UserId) -> Result<()> {
    for statement in ["DELETE FROM one_time_codes WHERE user_id = $1", "DELETE FROM recovery_codes WHERE user_id = $1"]
    {
        on_tx!(&mut *tx, |c| sqlx::query(statement).bind(who).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}

/// Puts these recovery codes in place of all there were: each as it is hashed, and sealed.
pub async fn set_codes(tx: &mut Tx, who: UserId, codes: &[(String, String)]) -> Result<()> {
    on_tx!(&mut *tx, |c| sqlx::query("DELETE FROM recovery_codes WHERE user_id = $1")
        .bind(who)
        .execute(c)
        .await
        .map(|_| ()))?;
    for (plain, sealed) in codes {
        on_tx!(&mut *tx, |c| sqlx::query("INSERT INTO recovery_codes (user_id, hash, fresh) VALUES ($1, $2, $3)")
            .bind(who)
            .bind(sha256(plain))
            .bind(sealed)
            .execute(c)
            .await
            .map(|_| ()))?;
    }
    Ok(())
}

/// How many codes are left, and those not yet kept elsewhere, sealed.
pub async fn codes(db: &Db, who: UserId) -> Result<(usize, Vec<String>)> {
    let rows: Vec<Option<String>> = on!(db.read, |c| sqlx::query_scalar(
        "SELECT fresh FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL ORDER BY hash"
    )
    .bind(who)
    .fetch_all(c)
    .await)?;
    Ok((rows.len(), rows.into_iter().flatten().collect()))
}

/// Forgets the codes themselves; their hashes stay.
pub async fn forget_fresh(tx: &mut Tx, who: UserId) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("UPDATE recovery_codes SET fresh = NULL WHERE user_id = $1")
        .bind(who)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// Uses a recovery code up; answers whether it was one that was still to be had.
pub async fn take_code(tx: &mut Tx, who: UserId, plain: &str, at: DateTime<Utc>) -> Result<bool> {
    let taken = on_tx!(tx, |c| sqlx::query(
        "UPDATE recovery_codes SET used_at = $3, fresh = NULL WHERE user_id = $1 AND hash = $2 AND used_at IS NULL"
    )
    .bind(who)
    .bind(sha256(plain))
    .bind(at)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(taken == 1)
}
