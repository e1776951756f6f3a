//! SQL of devices and of what waits to be shown on them.

use super::Kind;
use crate::{
    db::{self, Db, Tx},
    error::Result,
    ids::{DeviceId, PushId, SessionId, UserId},
    on, on_tx, write_tx,
};
use chrono::{DateTime, Duration, Utc};
use serde::Serialize;

/// Devices of one person; the oldest makes way.
pub const MOST: i64 = 20;
/// How long a server has a device for itself.
const LEASE: Duration = Duration::seconds(90);

/// The installation's private key, as it is sealed.
pub async fn key(db: &Db) -> Result<Option<String>> {
    Ok(on!(db.write, |c| sqlx::query_scalar("SELECT sealed FROM push_key WHERE id = 1").fetch_optional(c).await)?)
}

/// Keeps a key unless there is one.
pub async fn keep_key(db: &Db, sealed: &str, at: DateTime<Utc>) -> Result<()> {
    on!(db.write, |c| sqlx::query(
        "INSERT INTO push_key (id, sealed, created_at) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING"
    )
    .bind(sealed)
    .bind(at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Puts another key in the place of this one, or the same one sealed otherwise; nothing happens where somebody was quicker.
pub async fn replace_key(db: &Db, old: &str, new: &str) -> Result<()> {
    on!(db.write, |c| sqlx::query("UPDATE push_key SET sealed = $2 WHERE id = 1 AND sealed = $1")
        .bind(old)
        .bind(new)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// A device in its person's list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    pub id: DeviceId,
    pub session_id: SessionId,
    pub label: String,
    pub created_at: DateTime<Utc>,
    pub reached_at: Option<DateTime<Utc>>,
}

/// A device as its person can take it along: nothing that messages could be sent by.
#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub struct Noted {
    pub label: String,
    pub created_at: DateTime<Utc>,
    pub reached_at: Option<DateTime<Utc>>,
}

/// The person's devices, newest first.
pub async fn list(db: &Db, who: UserId) -> Result<Vec<Row>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT id, session_id, label, created_at, reached_at FROM push_devices WHERE user_id = $1 \
         ORDER BY created_at DESC, id DESC"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}

/// The same for an export.
pub async fn noted(db: &Db, who: UserId) -> Result<Vec<Noted>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT label, created_at, reached_at FROM push_devices WHERE user_id = $1 ORDER BY created_at, id"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}

/// A browser that agreed.
pub struct New<'a> {
    pub session: SessionId,
    pub endpoint_hash: &'a str,
    pub sealed: &'a str,
    pub label: &'a str,
}

/// Adds a device. Whoever's this browser was before, it is theirs no more, and the session has no other.
pub async fn add(tx: &mut Tx, who: UserId, new: &New<'_>, at: DateTime<Utc>) -> Result<()> {
    on_tx!(&mut *tx, |c| sqlx::query("DELETE FROM push_devices WHERE endpoint_hash = $1 OR session_id = $2")
        .bind(new.endpoint_hash)
        .bind(new.session)
        .execute(c)
        .await
        .map(|_| ()))?;
    on_tx!(&mut *tx, |c| {
        sqlx::query(
        "INSERT INTO push_devices (id, user_id, session_id, endpoint_hash, subscription_sealed, label, created_at, failures, \
         ready_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $7)"
    )
    .bind(DeviceId::fresh())
    .bind(who)
    .bind(new.session)
    .bind(new.endpoint_hash)
    .bind(new.sealed)
    .bind(new.label)
    .bind(at)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    on_tx!(&mut *tx, |c| {
        sqlx::query(
            "DELETE FROM push_devices WHERE user_id = $1 AND id NOT IN \
         (SELECT id FROM push_devices WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2)",
        )
        .bind(who)
        .bind(MOST)
        .execute(c)
        .await
        .map(|_| ())
    })?;
    Ok(())
}

/// Removes a device and what waits for it; false when there is none of this person.
pub async fn remove(tx: &mut Tx, who: UserId, id: DeviceId) -> Result<bool> {
    let rows = on_tx!(tx, |c| sqlx::query("DELETE FROM push_devices WHERE user_id = $1 AND id = $2")
        .bind(who)
        .bind(id)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Removes the device of a session; false when there is none.
pub async fn remove_of(tx: &mut Tx, who: UserId, session: SessionId) -> Result<bool> {
    let rows = on_tx!(tx, |c| sqlx::query("DELETE FROM push_devices WHERE user_id = $1 AND session_id = $2")
        .bind(who)
        .bind(session)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// The person's devices, inside a change.
pub async fn devices(tx: &mut Tx, who: UserId) -> Result<Vec<DeviceId>> {
    Ok(on_tx!(tx, |c| sqlx::query_scalar("SELECT id FROM push_devices WHERE user_id = $1")
        .bind(who)
        .fetch_all(c)
        .await)?)
}

/// A message that waits.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Waiting {
    pub id: PushId,
    pub device_id: DeviceId,
    pub kind: Kind,
    pub topic: String,
    pub message_sealed: String,
    pub at: DateTime<Utc>,
    pub until_at: DateTime<Utc>,
}

/// Takes what waits about a topic back out of the queue.
pub async fn take_out(tx: &mut Tx, who: UserId, topic: &str) -> Result<Vec<Waiting>> {
    Ok(on_tx!(tx, |c| {
        sqlx::query_as(
        "DELETE FROM push_outbox WHERE user_id = $1 AND topic = $2 RETURNING id, device_id, kind, topic, message_sealed, at, until_at"
    )
    .bind(who)
    .bind(topic)
    .fetch_all(c)
    .await
    })?)
}

/// Puts a message into the queue of its device.
pub async fn put(tx: &mut Tx, who: UserId, new: &Waiting) -> Result<()> {
    write_tx!(tx, |query| query
        .push("INSERT INTO push_outbox (id, user_id, device_id, kind, topic, message_sealed, at, until_at) ")
        .push_values([new], |mut row, new| {
            row.push_bind(new.id)
                .push_bind(who)
                .push_bind(new.device_id)
                .push_bind(new.kind)
                .push_bind(new.topic.clone())
                .push_bind(new.message_sealed.clone())
                .push_bind(new.at)
                .push_bind(new.until_at);
        }));
    Ok(())
}

/// Forgets what waits of a kind.
pub async fn forget(tx: &mut Tx, who: UserId, kind: Kind) -> Result<()> {
    write_tx!(tx, |query| query
        .push("DELETE FROM push_outbox WHERE user_id = ")
        .push_bind(who)
        .push(" AND kind = ")
        .push_bind(kind));
    Ok(())
}

/// What waits for a device that can be reached: of people who are here, in sessions that have not ended.
const REACHABLE: &str = " FROM push_outbox m JOIN push_devices d ON d.id = m.device_id \
    JOIN sessions s ON s.id = d.session_id JOIN users u ON u.id = d.user_id \
    WHERE u.disabled_at IS NULL AND u.closing_at IS NULL AND s.expires_at > ";

/// When there is something to send next; None while nothing waits.
pub async fn next_due(db: &Db) -> Result<Option<DateTime<Utc>>> {
    Ok(on!(db.read, |c| {
        let mut query =
            sqlx::QueryBuilder::new("SELECT min(CASE WHEN d.ready_at > m.at THEN d.ready_at ELSE m.at END)");
        query.push(REACHABLE).push_bind(db::now());
        query.build_query_scalar().fetch_one(c).await
    })?)
}

/// A device taken up, for a while.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Taken {
    pub id: DeviceId,
    pub user_id: UserId,
    pub subscription_sealed: String,
    pub failures: i64,
    /// The end of the lease; tells this one from another that took over.
    ready_at: DateTime<Utc>,
}

/// Takes up the device for which something has waited longest: no other server sends to it then.
pub async fn claim(db: &Db) -> Result<Option<Taken>> {
    let now = db::now();
    Ok(on!(db.write, |c| {
        let mut query = sqlx::QueryBuilder::new("UPDATE push_devices SET ready_at = ");
        query.push_bind(now + LEASE).push(" WHERE id = (SELECT d.id").push(REACHABLE).push_bind(now);
        query.push(" AND m.at <= ").push_bind(now).push(" AND d.ready_at <= ").push_bind(now);
        query.push(" ORDER BY m.at, m.id LIMIT 1) AND ready_at <= ").push_bind(now);
        query.push(" RETURNING id, user_id, subscription_sealed, failures, ready_at");
        query.build_query_as().fetch_optional(c).await
    })?)
}

/// What is to be sent to a device by now, oldest first.
pub async fn due(db: &Db, device: DeviceId, limit: i64) -> Result<Vec<Waiting>> {
    Ok(on!(db.read, |c| {
        sqlx::query_as(
        "SELECT id, device_id, kind, topic, message_sealed, at, until_at FROM push_outbox WHERE device_id = $1 AND at <= $2 \
         ORDER BY at, id LIMIT $3"
    )
    .bind(device)
    .bind(db::now())
    .bind(limit)
    .fetch_all(c)
    .await
    })?)
}

/// Forgets a message: it was sent, or is not to be.
pub async fn done(db: &Db, id: PushId) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM push_outbox WHERE id = $1").bind(id).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Notes that a device took a message.
pub async fn reached(db: &Db, device: &Taken) -> Result<()> {
    on!(db.write, |c| sqlx::query("UPDATE push_devices SET reached_at = $2, failures = 0 WHERE id = $1")
        .bind(device.id)
        .bind(db::now())
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// Gives a device free, to be sent to at `at` at the earliest; nothing happens where another one has taken over.
pub async fn free(db: &Db, device: &Taken, at: DateTime<Utc>, failed: bool) -> Result<()> {
    on!(db.write, |c| sqlx::query(
        "UPDATE push_devices SET ready_at = $3, failures = failures + $4 WHERE id = $1 AND ready_at = $2"
    )
    .bind(device.id)
    .bind(device.ready_at)
    .bind(at)
    .bind(i64::from(failed))
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Forgets messages that are of no use any more, whoever's.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM push_outbox WHERE until_at < $1")
        .bind(db::now())
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
