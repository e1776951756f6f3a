//! SQL of jobs. Every function takes the person first; deleted jobs are invisible except to `restore` and `purge`.

use super::{Job, JobStatus, draft::JobDraft, scoring::Asks};
use crate::{
    db::{Db, Tx},
    error::{Error, Result},
    ids::{JobId, PostingId, UserId},
    on, on_tx,
};
use chrono::{DateTime, NaiveDate, Utc};
use posting::{Level, Period, Remote, Salary};
use sqlx::types::Json;

mod listed;
mod ranking;
mod written;

pub use listed::{Ranked, best, brought, count_by_status, list, ranked, some, sources};
pub use ranking::{Rankable, everything, market, rankable};
pub use written::{insert, purge, set_deleted, set_scores, set_status, update};

/// A stored job: its fields, and what was worked out from them when it was saved.
#[derive(sqlx::FromRow)]
pub struct Row {
    pub id: JobId,
    company: String,
    title: String,
    location: String,
    remote: Option<String>,
    description: String,
    tech_stack: Json<Vec<String>>,
    responsibilities: Json<Vec<String>>,
    requirements: Json<Vec<String>>,
    experience_level: Option<String>,
    salary_min: Option<i64>,
    salary_max: Option<i64>,
    salary_currency: Option<String>,
    salary_period: Option<String>,
    source: String,
    url: Option<String>,
    status: String,
    date_posted: Option<NaiveDate>,
    closes_on: Option<NaiveDate>,
    date_applied: Option<NaiveDate>,
    pub asks: Json<Asks>,
    match_score: Option<i64>,
    /// The opening it was made from.
    pub posting_id: Option<PostingId>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<Row> for Job {
    fn from(row: Row) -> Self {
        let salary = row
            .salary_currency
            .zip(row.salary_period.as_deref().and_then(Period::parse))
            .map(|(currency, period)| Salary { min: row.salary_min, max: row.salary_max, currency, period });
        Job {
            id: row.id,
            company: row.company,
            title: row.title,
            location: row.location,
            remote: row.remote.as_deref().and_then(Remote::parse),
            description: row.description,
            tech_stack: row.tech_stack.0,
            responsibilities: row.responsibilities.0,
            requirements: row.requirements.0,
            experience_level: row.experience_level.as_deref().and_then(Level::parse),
            salary,
            source: row.source,
            url: row.url,
            status: JobStatus::parse(&row.status).unwrap_or_default(),
            date_posted: row.date_posted,
            closes_on: row.closes_on,
            date_applied: row.date_applied,
            match_score: row.match_score.and_then(|score| u8::try_from(score).ok()),
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// A job ready to be written: the checked draft and what was worked out from it.
#[derive(Clone, Debug)]
pub struct NewJob {
    pub id: JobId,
    pub draft: JobDraft,
    pub asks: Asks,
    pub match_score: Option<u8>,
    pub link_key: Option<String>,
    pub same_key: String,
    /// The opening it was made from.
    pub posting: Option<PostingId>,
}

impl NewJob {
    fn search(&self) -> String {
        let draft = &self.draft;
        [&draft.company, &draft.title, &draft.location, &draft.tech_stack.join(" ")]
            .map(|text| text.to_lowercase())
            .join(" ")
    }

    /// The job as it reads back after it was inserted at `at`.
    pub fn written(self, at: DateTime<Utc>) -> Job {
        let draft = self.draft;
        Job {
            id: self.id,
            company: draft.company,
            title: draft.title,
            location: draft.location,
            remote: draft.remote,
            description: draft.description,
            tech_stack: draft.tech_stack,
            responsibilities: draft.responsibilities,
            requirements: draft.requirements,
            experience_level: draft.experience_level,
            salary: draft.salary,
            source: draft.source,
            url: draft.url,
            status: draft.status,
            date_posted: draft.date_posted,
            closes_on: draft.closes_on,
            date_applied: draft.date_applied,
            match_score: self.match_score,
            created_at: at,
            updated_at: at,
        }
    }
}

pub(super) const COLUMNS: &str = "id, company, title, location, remote, description, tech_stack, responsibilities, requirements, \
    experience_level, salary_min, salary_max, salary_currency, salary_period, source, url, status, date_posted, closes_on, \
    date_applied, asks, match_score, posting_id, created_at, updated_at";

/// One job.
pub async fn get(db: &Db, who: UserId, id: JobId) -> Result<Row> {
    on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM jobs WHERE deleted_at IS NULL AND user_id = ").push_bind(who);
        query.push(" AND id = ").push_bind(id);
        query.build_query_as::<Row>().fetch_optional(c).await
    })?
    .ok_or(Error::NotFound)
}

/// The same inside a change.
pub async fn get_in(tx: &mut Tx, who: UserId, id: JobId) -> Result<Row> {
    on_tx!(tx, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM jobs WHERE deleted_at IS NULL AND user_id = ").push_bind(who);
        query.push(" AND id = ").push_bind(id);
        query.build_query_as::<Row>().fetch_optional(c).await
    })?
    .ok_or(Error::NotFound)
}

/// The person's job that was made from an opening.
pub async fn made_from(tx: &mut Tx, who: UserId, opening: PostingId) -> Result<Option<JobId>> {
    Ok(on_tx!(tx, |c| sqlx::query_scalar(
        "SELECT id FROM jobs WHERE user_id = $1 AND posting_id = $2 AND deleted_at IS NULL ORDER BY id LIMIT 1"
    )
    .bind(who)
    .bind(opening)
    .fetch_optional(c)
    .await)?)
}

/// One job inside a change: what its application needs to know.
pub async fn brief(tx: &mut Tx, who: UserId, id: JobId) -> Result<Brief> {
    on_tx!(tx, |c| sqlx::query_as::<_, Brief>(
        "SELECT id, company, title, status, date_applied FROM jobs WHERE user_id = $1 AND id = $2 AND deleted_at IS NULL"
    )
    .bind(who)
    .bind(id)
    .fetch_optional(c)
    .await)?
    .ok_or(Error::NotFound)
}

/// A job's name and standing.
#[derive(sqlx::FromRow)]
pub struct Brief {
    pub id: JobId,
    pub company: String,
    pub title: String,
    pub status: String,
    pub date_applied: Option<NaiveDate>,
}

/// Link and content keys of the person's jobs, for finding duplicates.
pub async fn keys(db: &Db, who: UserId) -> Result<Vec<(JobId, Option<String>, String)>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT id, link_key, same_key FROM jobs WHERE user_id = $1 AND deleted_at IS NULL ORDER BY id"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}

/// Jobs of the person with one of these keys, newest first, and whether it is the link: id, company, title.
pub async fn like(
    db: &Db,
    who: UserId,
    link: Option<&str>,
    same: Option<&str>,
) -> Result<Vec<(JobId, String, String, bool)>> {
    Ok(on!(db.read, |c| {
        sqlx::query_as(
        "SELECT id, company, title, COALESCE(link_key = $2, FALSE) FROM jobs \
         WHERE user_id = $1 AND deleted_at IS NULL AND (link_key = $2 OR same_key = $3) ORDER BY created_at DESC, id DESC LIMIT 5"
    )
    .bind(who)
    .bind(link)
    .bind(same)
    .fetch_all(c)
    .await
    })?)
}
