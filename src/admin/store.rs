//! SQL of what administrators see and set: accounts, never what is in them.

use super::Account;
use crate::{
    db::{self, Db, Tx},
    error::Result,
    ids::UserId,
    jobs::Page,
    on, on_tx,
};
use chrono::{DateTime, Utc};

#[derive(sqlx::FromRow)]
struct Row {
    id: UserId,
    email: String,
    roles: Option<String>,
    created_at: DateTime<Utc>,
    seen_at: Option<DateTime<Utc>>,
    places: i64,
    disabled_at: Option<DateTime<Utc>>,
    email_verified_at: Option<DateTime<Utc>>,
}

/// A page of the accounts whose address contains `q`, newest first.
pub async fn list(db: &Db, oneself: UserId, q: &str, page: u32, per_page: u32) -> Result<Page<Account>> {
    let pattern = db::like_anywhere(q);
    let total: i64 =
        on!(db.read, |c| sqlx::query_scalar(r"SELECT count(*) FROM users WHERE lower(email) LIKE $1 ESCAPE '\'")
            .bind(&pattern)
            .fetch_one(c)
            .await)?;
    let rows: Vec<Row> = on!(db.read, |c| sqlx::query_as(
        r"SELECT u.id, u.email, u.created_at, u.disabled_at, u.email_verified_at,
          (SELECT string_agg(r.role, ',') FROM user_roles r WHERE r.user_id = u.id) AS roles,
          (SELECT max(s.seen_at) FROM sessions s WHERE s.user_id = u.id) AS seen_at,
          (SELECT count(*) FROM sessions s WHERE s.user_id = u.id AND s.expires_at > $4) AS places
          FROM users u WHERE lower(u.email) LIKE $1 ESCAPE '\' ORDER BY u.created_at DESC, u.id DESC LIMIT $2 OFFSET $3"
    )
    .bind(&pattern)
    .bind(i64::from(per_page))
    .bind(i64::from(page - 1) * i64::from(per_page))
    .bind(db::now())
    .fetch_all(c)
    .await)?;
    let items = rows.into_iter().map(|row| Account {
        oneself: row.id == oneself,
        id: row.id,
        email: row.email,
        roles: row
            .roles
            .unwrap_or_default()
            .split(',')
            .filter(|role| ["mentor", "admin"].contains(role))
            .map(str::to_owned)
            .collect(),
        since: row.created_at,
        seen_at: row.seen_at,
        places: row.places,
        confirmed: row.email_verified_at.is_some(),
        disabled_at: row.disabled_at,
    });
    Ok(Page { items: items.collect(), total, page, per_page })
}

/// What waits, for everybody.
#[derive(sqlx::FromRow)]
pub struct Counts {
    pub mail_waiting: i64,
    pub mail_failed: i64,
    pub exports: i64,
    pub closing: i64,
}

/// How much waits.
pub async fn counts(db: &Db) -> Result<Counts> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')) AS mail_waiting, \
         (SELECT count(*) FROM outbox WHERE state = 'failed') AS mail_failed, \
         (SELECT count(*) FROM exports WHERE state IN ('queued', 'running')) AS exports, \
         (SELECT count(*) FROM users WHERE closing_at IS NOT NULL) AS closing"
    )
    .fetch_one(c)
    .await)?)
}

/// Keeps the person out since then, or not any more.
pub async fn set_disabled(tx: &mut Tx, who: UserId, at: Option<DateTime<Utc>>) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("UPDATE users SET disabled_at = $2 WHERE id = $1")
        .bind(who)
        .bind(at)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// Gives a role or takes it; nothing happens when that is so already.
pub async fn set_role(tx: &mut Tx, who: UserId, role: &str, given: bool) -> Result<()> {
    let statement = if given {
        "INSERT INTO user_roles (user_id, role) VALUES ($1, $2) ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM user_roles WHERE user_id = $1 AND role = $2"
    };
    on_tx!(tx, |c| sqlx::query(statement).bind(who).bind(role).execute(c).await.map(|_| ()))?;
    Ok(())
}
