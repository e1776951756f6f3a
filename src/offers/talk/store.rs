//! SQL of what was said about pay. What is in the bin, and what belongs to applications that are not here, is invisible except where
//! it says so.

use super::{Said, Speaker};
use crate::{
    db::{self, Db, Tx},
    error::{Error, Result},
    ids::{ApplicationId, TalkId, UserId},
    offers::Pay,
    on, on_tx,
    retention::BIN_DAYS,
    seal::{self, PersonKey},
    state::App,
    write_tx,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Where it is sealed.
const SAID: &str = "salary_talk.said";

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Sealed {
    by: Speaker,
    pay: Option<Pay>,
    note: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: TalkId,
    application_id: ApplicationId,
    said_on: NaiveDate,
    said_sealed: String,
    created_at: DateTime<Utc>,
    deleted_at: Option<DateTime<Utc>>,
}

impl Row {
    fn open(self, key: &PersonKey) -> Result<(Said, Option<DateTime<Utc>>)> {
        let Sealed { by, pay, note } = serde_json::from_str(&key.open_text(SAID, &self.said_sealed)?)?;
        let said = Said {
            id: self.id,
            application_id: self.application_id,
            said_on: self.said_on,
            by,
            pay,
            note,
            created_at: self.created_at,
        };
        Ok((said, self.deleted_at))
    }
}

const SELECT: &str = "SELECT s.id, s.application_id, s.said_on, s.said_sealed, s.created_at, s.deleted_at FROM salary_talk s \
    JOIN applications a ON a.user_id = s.user_id AND a.id = s.application_id \
    JOIN jobs j ON j.user_id = a.user_id AND j.id = a.job_id WHERE s.user_id = ";
const HERE: &str = " AND s.deleted_at IS NULL AND a.deleted_at IS NULL AND j.deleted_at IS NULL";

async fn opened(app: &App, who: UserId, rows: Vec<Row>) -> Result<Vec<(Said, Option<DateTime<Utc>>)>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = seal::key(app, who).await?;
    rows.into_iter().map(|row| row.open(&key)).collect()
}

/// What was said for an application, oldest first, at most 500.
pub async fn list(app: &App, who: UserId, application: ApplicationId) -> Result<Vec<Said>> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push_bind(who).push(HERE).push(" AND s.application_id = ").push_bind(application);
        query.push(" ORDER BY s.said_on, s.created_at, s.id LIMIT 500");
        query.build_query_as().fetch_all(c).await
    })?;
    Ok(opened(app, who, rows).await?.into_iter().map(|(said, _)| said).collect())
}

/// Everything the person noted, with when it was put into the bin, oldest first.
pub async fn all(app: &App, who: UserId) -> Result<Vec<(Said, Option<DateTime<Utc>>)>> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push_bind(who).push(" ORDER BY s.id");
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// One thing that was said, with when it was put into the bin.
pub async fn any_in(app: &App, tx: &mut Tx, who: UserId, id: TalkId) -> Result<(Said, Option<DateTime<Utc>>)> {
    let row: Option<Row> = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push_bind(who).push(" AND s.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?;
    row.ok_or(Error::NotFound)?.open(&seal::key_in(app, tx, who).await?)
}

/// Adds what was said.
pub async fn insert(
    tx: &mut Tx,
    key: &PersonKey,
    who: UserId,
    said: &Said,
    deleted_at: Option<DateTime<Utc>>,
) -> Result<()> {
    let sealed = Sealed { by: said.by, pay: said.pay.clone(), note: said.note.clone() };
    let sealed = key.close_text(SAID, &serde_json::to_string(&sealed)?)?;
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO salary_talk (id, user_id, application_id, said_on, said_sealed, created_at, deleted_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    )
    .bind(said.id)
    .bind(who)
    .bind(said.application_id)
    .bind(said.said_on)
    .bind(sealed)
    .bind(said.created_at)
    .bind(deleted_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Puts it into the bin, or (with None) takes it out.
pub async fn set_deleted(tx: &mut Tx, who: UserId, id: TalkId, at: Option<DateTime<Utc>>) -> Result<()> {
    write_tx!(tx, |query| query
        .push("UPDATE salary_talk SET deleted_at = ")
        .push_bind(at)
        .push(" WHERE user_id = ")
        .push_bind(who)
        .push(" AND id = ")
        .push_bind(id));
    Ok(())
}

/// Removes what has rested in the bin long enough, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM salary_talk WHERE deleted_at < $1")
        .bind(db::now() - Duration::days(BIN_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
