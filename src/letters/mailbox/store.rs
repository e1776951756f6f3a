//! SQL of mailboxes. User name and password are sealed.

use super::imap::{Login, Mark, Place, Trouble};
use crate::{
    db::{self, Db, Tx},
    error::Result,
    ids::UserId,
    on, on_tx,
};
use chrono::{DateTime, Duration, Utc};

/// How long one visit has the mailbox for itself.
const LEASE: Duration = Duration::minutes(5);

/// A mailbox as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    pub user_id: UserId,
    pub host: String,
    pub port: i32,
    pub folder: String,
    pub login_sealed: String,
    uid_validity: Option<i64>,
    last_uid: i64,
    pub seen: i64,
    pub done: i64,
    pub asked: i64,
    pub trouble: Option<Trouble>,
    pub failures: i32,
    pub read_at: Option<DateTime<Utc>>,
    /// None: not before its person says so.
    pub next_at: Option<DateTime<Utc>>,
    leased_until: Option<DateTime<Utc>>,
    /// Tells one connection from the next.
    pub created_at: DateTime<Utc>,
}

const COLUMNS: &str = "user_id, host, port, folder, login_sealed, uid_validity, last_uid, seen, done, asked, trouble, \
    failures, read_at, next_at, leased_until, created_at";

impl Row {
    pub fn place(&self) -> Place {
        // It was checked when it was stored.
        let port = u16::try_from(self.port).unwrap_or_default();
        Place { host: self.host.clone(), port, folder: self.folder.clone() }
    }

    pub fn mark(&self) -> Option<Mark> {
        let validity = u32::try_from(self.uid_validity?).ok()?;
        Some(Mark { validity, last: u32::try_from(self.last_uid).ok()? })
    }

    pub fn is_leased(&self) -> bool {
        self.leased_until.is_some_and(|until| until > db::now())
    }
}

/// The person's mailbox.
pub async fn get(db: &Db, who: UserId) -> Result<Option<Row>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM mailboxes WHERE user_id = ").push_bind(who);
        query.build_query_as().fetch_optional(c).await
    })?)
}

/// Keeps a mailbox in the place of the one before, to be read at once.
pub async fn put(tx: &mut Tx, who: UserId, place: &Place, sealed: &str, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| {
        sqlx::query(
        "INSERT INTO mailboxes (user_id, host, port, folder, login_sealed, created_at, next_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (user_id) DO UPDATE SET host = excluded.host, port = excluded.port, \
         folder = excluded.folder, login_sealed = excluded.login_sealed, created_at = excluded.created_at, \
         next_at = excluded.next_at, uid_validity = NULL, last_uid = 0, seen = 0, done = 0, asked = 0, trouble = NULL, \
         failures = 0, read_at = NULL, leased_until = NULL"
    )
    .bind(who)
    .bind(&place.host)
    .bind(i32::from(place.port))
    .bind(&place.folder)
    .bind(sealed)
    .bind(at)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// Has it read at `at`; false where there is none.
pub async fn wake(tx: &mut Tx, who: UserId, at: DateTime<Utc>) -> Result<bool> {
    let rows = on_tx!(tx, |c| sqlx::query("UPDATE mailboxes SET next_at = $2, failures = 0 WHERE user_id = $1")
        .bind(who)
        .bind(at)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Forgets the mailbox; false where there was none.
pub async fn remove(tx: &mut Tx, who: UserId) -> Result<bool> {
    let rows = on_tx!(tx, |c| sqlx::query("DELETE FROM mailboxes WHERE user_id = $1")
        .bind(who)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// When the next mailbox is to be read; None where there is none to read.
pub async fn next_due(db: &Db) -> Result<Option<DateTime<Utc>>> {
    Ok(on!(db.read, |c| {
        sqlx::query_scalar(
        "SELECT min(CASE WHEN m.leased_until > m.next_at THEN m.leased_until ELSE m.next_at END) FROM mailboxes m \
         JOIN users u ON u.id = m.user_id WHERE m.next_at IS NOT NULL AND u.disabled_at IS NULL AND u.closing_at IS NULL"
    )
    .fetch_one(c)
    .await
    })?)
}

/// Takes the mailbox that has waited longest, for a while: no other server has it then.
pub async fn claim(db: &Db) -> Result<Option<Row>> {
    let now = db::now();
    Ok(on!(db.write, |c| {
        let mut query = sqlx::QueryBuilder::new("UPDATE mailboxes SET leased_until = ");
        query.push_bind(now + LEASE);
        query.push(
            " WHERE user_id = (SELECT m.user_id FROM mailboxes m JOIN users u ON u.id = m.user_id \
             WHERE u.disabled_at IS NULL AND u.closing_at IS NULL AND m.next_at <= ",
        );
        query.push_bind(now).push(" AND (m.leased_until IS NULL OR m.leased_until <= ").push_bind(now);
        query.push(") ORDER BY m.next_at LIMIT 1) AND (leased_until IS NULL OR leased_until <= ").push_bind(now);
        query.push(") RETURNING ").push(COLUMNS);
        query.build_query_as().fetch_optional(c).await
    })?)
}

/// What came of a visit.
pub struct Outcome {
    /// How far it was read; None leaves it as it was.
    pub mark: Option<Mark>,
    pub trouble: Option<Trouble>,
    pub next_at: Option<DateTime<Utc>>,
    pub seen: usize,
    pub done: usize,
    pub asked: usize,
}

/// Notes what came of a visit and gives the mailbox free; false when it was changed or taken away meanwhile.
pub async fn finish(tx: &mut Tx, row: &Row, outcome: &Outcome, at: DateTime<Utc>) -> Result<bool> {
    let failed = outcome.trouble.is_some();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let rows = on_tx!(tx, |c| {
        let mut query = sqlx::QueryBuilder::new("UPDATE mailboxes SET leased_until = NULL, trouble = ");
        query.push_bind(outcome.trouble).push(", next_at = ").push_bind(outcome.next_at);
        query.push(", failures = ").push(if failed { "failures + 1" } else { "0" });
        query.push(", seen = seen + ").push_bind(count(outcome.seen));
        query.push(", done = done + ").push_bind(count(outcome.done));
        query.push(", asked = asked + ").push_bind(count(outcome.asked));
        if !failed {
            query.push(", read_at = ").push_bind(at);
        }
        if let Some(mark) = outcome.mark {
            query.push(", uid_validity = ").push_bind(i64::from(mark.validity));
            query.push(", last_uid = ").push_bind(i64::from(mark.last));
        }
        query.push(" WHERE user_id = ").push_bind(row.user_id).push(" AND created_at = ").push_bind(row.created_at);
        query.build().execute(c).await.map(|done| done.rows_affected())
    })?;
    Ok(rows == 1)
}

/// The login, as it was sealed.
pub fn written(login: &Login) -> Result<String> {
    Ok(serde_json::to_string(login)?)
}
