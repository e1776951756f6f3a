//! SQL of briefings and of who wants them by mail. What a briefing says is sealed.

use super::{BriefingLine, Kind, Settings, content::Content};
use crate::{
    db::{self, Db, Tx},
    error::{Error, Result},
    ids::{BriefingId, UserId},
    on, on_tx,
    retention::BRIEFING_DAYS,
    seal,
    state::App,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::Serialize;

/// Where the content is sealed.
const TOLD: &str = "briefings.told";

const LINE: &str = "SELECT id, kind, day, subject, created_at, read_at FROM briefings WHERE user_id = ";

/// A briefing to be kept.
pub struct New<'a> {
    pub id: BriefingId,
    pub kind: Kind,
    pub day: NaiveDate,
    pub subject: &'a str,
    pub content: &'a Content,
}

/// A briefing with what it says.
#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    line: BriefingLine,
    told_sealed: String,
}

/// A briefing as it is handed out.
#[derive(Serialize)]
pub struct Whole {
    #[serde(flatten)]
    pub line: BriefingLine,
    pub content: Content,
}

impl Row {
    fn open(self, key: &seal::PersonKey) -> Result<Whole> {
        let text = key.open_text(TOLD, &self.told_sealed)?;
        Ok(Whole { line: self.line, content: serde_json::from_str(&text).map_err(Error::internal)? })
    }
}

/// Keeps a briefing; false when there is one of this kind for this day.
pub async fn insert(app: &App, tx: &mut Tx, who: UserId, new: &New<'_>, at: DateTime<Utc>) -> Result<bool> {
    let told = serde_json::to_string(new.content).map_err(Error::internal)?;
    let sealed = seal::close(app, tx, who, TOLD, &told).await?;
    let added = on_tx!(tx, |c| {
        sqlx::query(
        "INSERT INTO briefings (id, user_id, kind, day, subject, told_sealed, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT DO NOTHING"
    )
    .bind(new.id)
    .bind(who)
    .bind(new.kind)
    .bind(new.day)
    .bind(new.subject)
    .bind(&sealed)
    .bind(at)
    .execute(c)
    .await
    .map(|done| done.rows_affected())
    })?;
    Ok(added > 0)
}

/// The one of this kind for this day.
pub async fn of_day(db: &Db, who: UserId, kind: Kind, day: NaiveDate) -> Result<Option<BriefingId>> {
    Ok(on!(db.read, |c| sqlx::query_scalar("SELECT id FROM briefings WHERE user_id = $1 AND kind = $2 AND day = $3")
        .bind(who)
        .bind(kind)
        .bind(day)
        .fetch_optional(c)
        .await)?)
}

/// When the newest one of this kind for an earlier day was made.
pub async fn made_before(db: &Db, who: UserId, kind: Kind, day: NaiveDate) -> Result<Option<DateTime<Utc>>> {
    Ok(on!(db.read, |c| sqlx::query_scalar(
        "SELECT max(created_at) FROM briefings WHERE user_id = $1 AND kind = $2 AND day < $3"
    )
    .bind(who)
    .bind(kind)
    .bind(day)
    .fetch_one(c)
    .await)?)
}

/// One page of the person's briefings, newest first, and how many there are; of one kind, or of all.
pub async fn list(
    db: &Db,
    who: UserId,
    kind: Option<Kind>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<BriefingLine>, i64)> {
    let lines: Vec<BriefingLine> = on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(LINE);
        query.push_bind(who);
        if let Some(kind) = kind {
            query.push(" AND kind = ").push_bind(kind);
        }
        query.push(" ORDER BY day DESC, created_at DESC, id DESC LIMIT ").push_bind(limit);
        query.push(" OFFSET ").push_bind(offset);
        query.build_query_as().fetch_all(c).await
    })?;
    let total: i64 = on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT count(*) FROM briefings WHERE user_id = ");
        query.push_bind(who);
        if let Some(kind) = kind {
            query.push(" AND kind = ").push_bind(kind);
        }
        query.build_query_scalar().fetch_one(c).await
    })?;
    Ok((lines, total))
}

/// The newest one for this day that was not read.
pub async fn unread_of(db: &Db, who: UserId, day: NaiveDate) -> Result<Option<BriefingLine>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(LINE);
        query.push_bind(who).push(" AND read_at IS NULL AND day = ").push_bind(day);
        query.push(" ORDER BY created_at DESC, id DESC LIMIT 1");
        query.build_query_as().fetch_optional(c).await
    })?)
}

/// One briefing.
pub async fn get(app: &App, who: UserId, id: BriefingId) -> Result<Whole> {
    let row: Option<Row> = on!(app.db.read, |c| {
        sqlx::query_as(
        "SELECT id, kind, day, subject, created_at, read_at, told_sealed FROM briefings WHERE user_id = $1 AND id = $2"
    )
    .bind(who)
    .bind(id)
    .fetch_optional(c)
    .await
    })?;
    row.ok_or(Error::NotFound)?.open(&seal::key(app, who).await?)
}

/// All of the person's briefings after one, in the order they were made.
pub async fn after(app: &App, who: UserId, last: Option<BriefingId>, limit: i64) -> Result<Vec<Whole>> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(
            "SELECT id, kind, day, subject, created_at, read_at, told_sealed FROM briefings WHERE user_id = ",
        );
        query.push_bind(who);
        if let Some(last) = last {
            query.push(" AND id > ").push_bind(last);
        }
        query.push(" ORDER BY id LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(c).await
    })?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = seal::key(app, who).await?;
    rows.into_iter().map(|row| row.open(&key)).collect()
}

/// Sets when a briefing was read; false when it is not this person's.
pub async fn mark(tx: &mut Tx, who: UserId, id: BriefingId, read_at: Option<DateTime<Utc>>) -> Result<bool> {
    let changed = on_tx!(tx, |c| sqlx::query("UPDATE briefings SET read_at = $3 WHERE user_id = $1 AND id = $2")
        .bind(who)
        .bind(id)
        .bind(read_at)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(changed > 0)
}

const SETTINGS: &str = "SELECT morning, evening, weekly, only_news FROM briefing_settings WHERE user_id = $1";

/// Which ones the person wants by mail.
pub async fn settings(db: &Db, who: UserId) -> Result<Settings> {
    let found: Option<Settings> = on!(db.read, |c| sqlx::query_as(SETTINGS).bind(who).fetch_optional(c).await)?;
    Ok(found.unwrap_or_default())
}

/// The same inside a change.
pub async fn settings_in(tx: &mut Tx, who: UserId) -> Result<Settings> {
    let found: Option<Settings> = on_tx!(tx, |c| sqlx::query_as(SETTINGS).bind(who).fetch_optional(c).await)?;
    Ok(found.unwrap_or_default())
}

/// Keeps which ones the person wants by mail.
pub async fn set(tx: &mut Tx, who: UserId, settings: Settings) -> Result<()> {
    on_tx!(tx, |c| {
        sqlx::query(
        "INSERT INTO briefing_settings (user_id, morning, evening, weekly, only_news) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (user_id) DO UPDATE SET morning = excluded.morning, evening = excluded.evening, weekly = excluded.weekly, \
         only_news = excluded.only_news"
    )
    .bind(who)
    .bind(settings.morning)
    .bind(settings.evening)
    .bind(settings.weekly)
    .bind(settings.only_news)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// The next people of a zone after one who get a briefing: those who were here since then, and those who want it by mail.
pub async fn people(
    db: &Db,
    zone: &str,
    kind: Kind,
    since: DateTime<Utc>,
    after: Option<UserId>,
    limit: i64,
) -> Result<Vec<UserId>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(
            "SELECT u.id FROM profiles p JOIN users u ON u.id = p.user_id \
             WHERE u.disabled_at IS NULL AND u.closing_at IS NULL AND p.time_zone = ",
        );
        query.push_bind(zone);
        if let Some(after) = after {
            query.push(" AND u.id > ").push_bind(after);
        }
        query.push(" AND (EXISTS (SELECT 1 FROM sessions s WHERE s.user_id = u.id AND s.seen_at >= ").push_bind(since);
        query.push(") OR EXISTS (SELECT 1 FROM briefing_settings b WHERE b.user_id = u.id AND b.");
        query.push(kind.as_str()).push(")) ORDER BY u.id LIMIT ").push_bind(limit);
        query.build_query_scalar().fetch_all(c).await
    })?)
}

/// Forgets briefings past their time, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM briefings WHERE created_at < $1")
        .bind(db::now() - Duration::days(BRIEFING_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
