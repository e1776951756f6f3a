//! SQL of calendars at Google. What opens them is sealed.

use super::trouble::Trouble;
use crate::{
    db::{self, Db, Tx, push_list},
    error::Result,
    ids::UserId,
    on, on_tx, write_tx,
};
use chrono::{DateTime, Duration, Utc};

/// How long one visit has the calendar for itself; no visit lasts so long.
const LEASE: Duration = Duration::minutes(4);
/// Rows per statement; five values each, under both engines' limits.
const ROWS_AT_ONCE: usize = 1_000;

/// A calendar as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    pub user_id: UserId,
    pub tokens_sealed: String,
    pub address: Option<String>,
    pub calendar_id: Option<String>,
    pub synced_at: Option<DateTime<Utc>>,
    pub compared_at: Option<DateTime<Utc>>,
    pub trouble: Option<Trouble>,
    pub failures: i32,
    /// None: not before its person connects it anew.
    pub next_at: Option<DateTime<Utc>>,
    leased_until: Option<DateTime<Utc>>,
    /// Tells one connection from the next.
    pub created_at: DateTime<Utc>,
}

const COLUMNS: &str = "user_id, tokens_sealed, address, calendar_id, synced_at, compared_at, trouble, failures, next_at, \
    leased_until, created_at";

impl Row {
    pub fn is_leased(&self) -> bool {
        self.leased_until.is_some_and(|until| until > db::now())
    }
}

/// An entry that is there, or may be.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Known {
    pub entry_id: String,
    /// Empty while it is not known what Google has.
    pub digest: String,
    pub ends_at: DateTime<Utc>,
}

/// An entry whose fate is known.
#[derive(Clone, Debug)]
pub struct Sent {
    pub entry_id: String,
    pub digest: String,
    pub ends_at: DateTime<Utc>,
    pub refused: bool,
}

/// The person's calendar.
pub async fn get(db: &Db, who: UserId) -> Result<Option<Row>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM google_calendars WHERE user_id = ").push_bind(who);
        query.build_query_as().fetch_optional(c).await
    })?)
}

/// How many entries are there, and how many Google would not have.
pub async fn count(db: &Db, who: UserId) -> Result<(i64, i64)> {
    Ok(on!(db.read, |c| {
        sqlx::query_as(
        "SELECT CAST(coalesce(sum(CASE WHEN refused OR digest = '' THEN 0 ELSE 1 END), 0) AS BIGINT), \
         CAST(coalesce(sum(CASE WHEN refused THEN 1 ELSE 0 END), 0) AS BIGINT) FROM google_calendar_entries WHERE user_id = $1"
    )
    .bind(who)
    .fetch_one(c)
    .await
    })?)
}

/// Connects it, to be filled at once. One that was connected before keeps its calendar, where that is in the same account.
pub async fn put(tx: &mut Tx, who: UserId, sealed: &str, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| {
        sqlx::query(
        "INSERT INTO google_calendars (user_id, tokens_sealed, created_at, next_at) VALUES ($1, $2, $3, $3) \
         ON CONFLICT (user_id) DO UPDATE SET tokens_sealed = excluded.tokens_sealed, created_at = excluded.created_at, \
         next_at = excluded.next_at, address = NULL, trouble = NULL, failures = 0, compared_at = NULL, leased_until = NULL"
    )
    .bind(who)
    .bind(sealed)
    .bind(at)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// Has it looked after at `at`, entry by entry.
pub async fn wake(tx: &mut Tx, who: UserId, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("UPDATE google_calendars SET next_at = $2, compared_at = NULL WHERE user_id = $1")
        .bind(who)
        .bind(at)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// Forgets it with its entries; false where there was none.
pub async fn remove(tx: &mut Tx, who: UserId) -> Result<bool> {
    let rows = on_tx!(tx, |c| sqlx::query("DELETE FROM google_calendars WHERE user_id = $1")
        .bind(who)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// The query that finds what is to be looked after at `now`: what has its time, and, where all was well, what something happened to.
fn push_due<DB: sqlx::Database>(query: &mut sqlx::QueryBuilder<DB>, now: DateTime<Utc>)
where
    DateTime<Utc>: for<'q> sqlx::Encode<'q, DB> + sqlx::Type<DB>,
{
    query.push(
        "SELECT g.user_id FROM google_calendars g JOIN users u ON u.id = g.user_id \
         WHERE u.disabled_at IS NULL AND u.closing_at IS NULL AND g.next_at IS NOT NULL AND (g.next_at <= ",
    );
    query
        .push_bind(now)
        .push(" OR (g.trouble IS NULL AND u.seq > g.seen_seq)) AND (g.leased_until IS NULL OR g.leased_until <= ");
    query.push_bind(now).push(") ORDER BY g.next_at LIMIT 1");
}

/// Takes the calendar that has waited longest, for a while: no other server has it then.
pub async fn claim(db: &Db) -> Result<Option<Row>> {
    let now = db::now();
    // Looking costs no write: mostly there is none.
    let due: Option<UserId> = on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("");
        push_due(&mut query, now);
        query.build_query_scalar().fetch_optional(c).await
    })?;
    if due.is_none() {
        return Ok(None);
    }
    Ok(on!(db.write, |c| {
        let mut query = sqlx::QueryBuilder::new("UPDATE google_calendars SET leased_until = ");
        query.push_bind(now + LEASE).push(" WHERE user_id = (");
        push_due(&mut query, now);
        query.push(") AND (leased_until IS NULL OR leased_until <= ").push_bind(now);
        query.push(") RETURNING ").push(COLUMNS);
        query.build_query_as().fetch_optional(c).await
    })?)
}

/// The entries that are there, or may be.
pub async fn known(db: &Db, who: UserId) -> Result<Vec<Known>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT entry_id, digest, ends_at FROM google_calendar_entries WHERE user_id = $1"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}

/// Notes which calendar it is from now on, and that nothing is known to be in it; false when the connection ended meanwhile.
pub async fn made(db: &Db, row: &Row, calendar: Option<&str>) -> Result<bool> {
    let mut tx = db.begin().await?;
    let rows = on_tx!(&mut tx, |c| sqlx::query(
        "UPDATE google_calendars SET calendar_id = $3 WHERE user_id = $1 AND created_at = $2"
    )
    .bind(row.user_id)
    .bind(row.created_at)
    .bind(calendar)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    if rows == 0 {
        return Ok(false);
    }
    on_tx!(&mut tx, |c| sqlx::query("DELETE FROM google_calendar_entries WHERE user_id = $1")
        .bind(row.user_id)
        .execute(c)
        .await
        .map(|_| ()))?;
    tx.commit().await?;
    Ok(true)
}

/// Notes entries that are about to be sent: whatever becomes of this server, they are known to be there, perhaps.
pub async fn announce(db: &Db, who: UserId, entries: &[(String, DateTime<Utc>)]) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    for chunk in entries.chunks(ROWS_AT_ONCE) {
        write_tx!(&mut tx, |query| query
            .push("INSERT INTO google_calendar_entries (user_id, entry_id, digest, ends_at, refused) ")
            .push_values(chunk, |mut row, (id, ends_at)| {
                row.push_bind(who).push_bind(id).push_bind("").push_bind(*ends_at).push_bind(false);
            })
            .push(" ON CONFLICT (user_id, entry_id) DO NOTHING"));
    }
    tx.commit().await
}

/// What came of a visit.
pub struct Outcome {
    pub sent: Vec<Sent>,
    /// Ids of entries that are not there any more, or not looked after.
    pub gone: Vec<String>,
    pub trouble: Option<Trouble>,
    pub failures: i32,
    pub next_at: Option<DateTime<Utc>>,
    /// The newest event that was taken into account; None when not all was done.
    pub seen_seq: Option<i64>,
    /// Whether it was compared entry by entry.
    pub compared: bool,
    pub address: Option<String>,
    /// Other tokens than before, sealed.
    pub tokens: Option<String>,
}

/// Notes what came of a visit and gives the calendar free; false when it was connected anew or disconnected meanwhile.
pub async fn finish(tx: &mut Tx, row: &Row, outcome: &Outcome, at: DateTime<Utc>) -> Result<bool> {
    let who = row.user_id;
    let rows = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new("UPDATE google_calendars SET leased_until = NULL, trouble = ");
        query.push_bind(outcome.trouble).push(", failures = ").push_bind(outcome.failures);
        query.push(", next_at = ");
        // Somebody may have wanted it sooner meanwhile.
        query.push("CASE WHEN compared_at IS NULL AND ").push_bind(row.compared_at.is_some());
        query.push(" THEN next_at ELSE ").push_bind(outcome.next_at).push(" END");
        if let Some(seq) = outcome.seen_seq {
            query.push(", seen_seq = ").push_bind(seq).push(", synced_at = ").push_bind(at);
        }
        if outcome.compared {
            query.push(", compared_at = ").push_bind(at);
        }
        if let Some(address) = &outcome.address {
            query.push(", address = ").push_bind(address);
        }
        if let Some(tokens) = &outcome.tokens {
            query.push(", tokens_sealed = ").push_bind(tokens);
        }
        query.push(" WHERE user_id = ").push_bind(who).push(" AND created_at = ").push_bind(row.created_at);
        query.push(" AND leased_until = ").push_bind(row.leased_until);
        query.build().execute(c).await.map(|done| done.rows_affected())
    })?;
    if rows == 0 {
        return Ok(false);
    }
    for chunk in outcome.sent.chunks(ROWS_AT_ONCE) {
        write_tx!(&mut *tx, |query| query
            .push("INSERT INTO google_calendar_entries (user_id, entry_id, digest, ends_at, refused) ")
            .push_values(chunk, |mut row, sent| {
                row.push_bind(who)
                    .push_bind(&sent.entry_id)
                    .push_bind(&sent.digest)
                    .push_bind(sent.ends_at)
                    .push_bind(sent.refused);
            })
            .push(
                " ON CONFLICT (user_id, entry_id) DO UPDATE SET digest = excluded.digest, ends_at = excluded.ends_at, \
                 refused = excluded.refused"
            ));
    }
    for chunk in outcome.gone.chunks(ROWS_AT_ONCE) {
        on_tx!(&mut *tx, |c| {
            let mut query = sqlx::QueryBuilder::new("DELETE FROM google_calendar_entries WHERE user_id = ");
            query.push_bind(who).push(" AND entry_id IN ");
            push_list(&mut query, chunk);
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(true)
}
