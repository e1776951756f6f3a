//! SQL of reminders and of how people want to be reminded.

use super::{Kind, Settings};
use crate::{
    db::{self, Db, Tx},
    error::Result,
    ids::{ApplicationId, ReminderId, UserId},
    on, on_tx,
    retention::BIN_DAYS,
    write_tx,
};
use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

/// A reminder.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Reminder {
    pub id: ReminderId,
    pub kind: Kind,
    pub entity_id: Uuid,
    pub application_id: Option<ApplicationId>,
    pub at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
}

/// Plans a reminder. One that was told of the same thing for the same moment is not told again.
pub async fn plan(tx: &mut Tx, who: UserId, new: &Reminder, now: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO reminders (id, user_id, kind, entity_id, application_id, at, due_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING"
    )
    .bind(new.id)
    .bind(who)
    .bind(new.kind)
    .bind(new.entity_id)
    .bind(new.application_id)
    .bind(new.at)
    .bind(new.due_at)
    .bind(now)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Forgets what was not told yet.
pub async fn forget(tx: &mut Tx, who: UserId, kind: Kind, entity: Uuid) -> Result<()> {
    write_tx!(tx, |query| query
        .push("DELETE FROM reminders WHERE told_at IS NULL AND user_id = ")
        .push_bind(who)
        .push(" AND kind = ")
        .push_bind(kind)
        .push(" AND entity_id = ")
        .push_bind(entity));
    Ok(())
}

/// When there is something to tell next; None while nothing waits.
pub async fn next_due(db: &Db) -> Result<Option<DateTime<Utc>>> {
    Ok(on!(db.read, |c| sqlx::query_scalar("SELECT min(at) FROM reminders WHERE told_at IS NULL").fetch_one(c).await)?)
}

/// The people who are to be told something by now, at most `limit`, those first who have waited longest.
pub async fn waiting(db: &Db, now: DateTime<Utc>, limit: i64) -> Result<Vec<UserId>> {
    Ok(on!(db.read, |c| sqlx::query_scalar(
        "SELECT user_id FROM reminders WHERE told_at IS NULL AND at <= $1 GROUP BY user_id ORDER BY min(at) LIMIT $2"
    )
    .bind(now)
    .bind(limit)
    .fetch_all(c)
    .await)?)
}

/// Takes up what a person is to be told by now, at most `limit`: from this transaction's commit on it was told.
pub async fn claim(tx: &mut Tx, who: UserId, now: DateTime<Utc>, limit: i64) -> Result<Vec<Reminder>> {
    let mut taken: Vec<Reminder> = on_tx!(tx, |c| sqlx::query_as(
        "UPDATE reminders SET told_at = $2 WHERE user_id = $1 AND told_at IS NULL AND id IN \
         (SELECT id FROM reminders WHERE user_id = $1 AND told_at IS NULL AND at <= $2 ORDER BY at, id LIMIT $3) \
         RETURNING id, kind, entity_id, application_id, at, due_at"
    )
    .bind(who)
    .bind(now)
    .bind(limit)
    .fetch_all(c)
    .await)?;
    taken.sort_by_key(|reminder| (reminder.at, reminder.id));
    Ok(taken)
}

/// What the person is still to be told from the first moment on and before the second.
pub async fn between(db: &Db, who: UserId, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Reminder>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT id, kind, entity_id, application_id, at, due_at FROM reminders \
         WHERE told_at IS NULL AND user_id = $1 AND at >= $2 AND at < $3 ORDER BY at, id LIMIT 1000"
    )
    .bind(who)
    .bind(from)
    .bind(to)
    .fetch_all(c)
    .await)?)
}

/// How the person wants to be reminded.
pub async fn settings(db: &Db, who: UserId) -> Result<Settings> {
    let found: Option<Settings> = on!(db.read, |c| sqlx::query_as(SETTINGS).bind(who).fetch_optional(c).await)?;
    Ok(found.unwrap_or_default())
}

/// The same inside a change.
pub async fn settings_in(tx: &mut Tx, who: UserId) -> Result<Settings> {
    let found: Option<Settings> = on_tx!(tx, |c| sqlx::query_as(SETTINGS).bind(who).fetch_optional(c).await)?;
    Ok(found.unwrap_or_default())
}

const SETTINGS: &str = "SELECT live, mail, push_tasks, push_interviews, push_matches, quiet_from, quiet_until \
    FROM reminder_settings WHERE user_id = $1";

/// Keeps how the person wants to be reminded.
pub async fn set(tx: &mut Tx, who: UserId, settings: &Settings) -> Result<()> {
    on_tx!(tx, |c| {
        sqlx::query(
        "INSERT INTO reminder_settings (user_id, live, mail, push_tasks, push_interviews, push_matches, quiet_from, quiet_until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (user_id) DO UPDATE SET live = excluded.live, mail = excluded.mail, \
         push_tasks = excluded.push_tasks, push_interviews = excluded.push_interviews, push_matches = excluded.push_matches, \
         quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until"
    )
    .bind(who)
    .bind(settings.live)
    .bind(settings.mail)
    .bind(settings.push_tasks)
    .bind(settings.push_interviews)
    .bind(settings.push_matches)
    .bind(settings.quiet_from)
    .bind(settings.quiet_until)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// The person's address, if it is confirmed.
pub async fn confirmed_address(tx: &mut Tx, who: UserId) -> Result<Option<String>> {
    Ok(on_tx!(tx, |c| sqlx::query_scalar("SELECT email FROM users WHERE id = $1 AND email_verified_at IS NOT NULL")
        .bind(who)
        .fetch_optional(c)
        .await)?)
}

/// Forgets what was told long ago, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM reminders WHERE told_at < $1")
        .bind(db::now() - Duration::days(BIN_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
