//! SQL of jobs. Every function takes the person first; deleted jobs are invisible except to `restore` and `purge`.

use super::{Job, JobQuery, JobStatus, draft::JobDraft, names, scoring::Asks};
use crate::{
    briefings::content::Origin,
    db::{self, Db, Tx, like_anywhere},
    error::{Error, Result},
    ids::{JobId, PostingId, UserId},
    on, on_tx,
    retention::BIN_DAYS,
    write_tx,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use posting::{Level, Period, Remote, Salary};
use sqlx::types::Json;

/// Rows per INSERT of an import; 29 values each, under both engines' limits.
const ROWS_AT_ONCE: usize = 200;

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

/// Writes new jobs and their names, created at `at`.
pub async fn insert(tx: &mut Tx, who: UserId, jobs: &[NewJob], at: DateTime<Utc>) -> Result<()> {
    for chunk in jobs.chunks(ROWS_AT_ONCE) {
        write_tx!(&mut *tx, |query| {
            query.push(
                "INSERT INTO jobs (id, user_id, company, title, location, remote, description, tech_stack, responsibilities, \
                 requirements, experience_level, salary_min, salary_max, salary_currency, salary_period, source, url, status, \
                 date_posted, closes_on, date_applied, asks, match_score, link_key, same_key, posting_id, search, created_at, \
                 updated_at) ",
            );
            query.push_values(chunk, |mut row, job| {
                let draft = &job.draft;
                let salary = draft.salary.as_ref();
                row.push_bind(job.id)
                    .push_bind(who)
                    .push_bind(&draft.company)
                    .push_bind(&draft.title)
                    .push_bind(&draft.location)
                    .push_bind(draft.remote.map(Remote::as_str))
                    .push_bind(&draft.description)
                    .push_bind(Json(&draft.tech_stack))
                    .push_bind(Json(&draft.responsibilities))
                    .push_bind(Json(&draft.requirements))
                    .push_bind(draft.experience_level.map(Level::as_str))
                    .push_bind(salary.and_then(|s| s.min))
                    .push_bind(salary.and_then(|s| s.max))
                    .push_bind(salary.map(|s| s.currency.as_str()))
                    .push_bind(salary.map(|s| s.period.as_str()))
                    .push_bind(&draft.source)
                    .push_bind(draft.url.as_deref())
                    .push_bind(draft.status.as_str())
                    .push_bind(draft.date_posted)
                    .push_bind(draft.closes_on)
                    .push_bind(draft.date_applied)
                    .push_bind(Json(&job.asks))
                    .push_bind(job.match_score.map(i64::from))
                    .push_bind(job.link_key.as_deref())
                    .push_bind(&job.same_key)
                    .push_bind(job.posting)
                    .push_bind(job.search())
                    .push_bind(at)
                    .push_bind(at);
            })
        });
    }
    names::insert(tx, who, jobs).await
}

/// Replaces a job's fields; `NotFound` when it is not this person's.
pub async fn update(tx: &mut Tx, who: UserId, job: &NewJob) -> Result<()> {
    let draft = &job.draft;
    let salary = draft.salary.as_ref();
    let changed = on_tx!(&mut *tx, |c| {
        sqlx::query(
        "UPDATE jobs SET company = $3, title = $4, location = $5, remote = $6, description = $7, tech_stack = $8, \
         responsibilities = $9, requirements = $10, experience_level = $11, salary_min = $12, salary_max = $13, \
         salary_currency = $14, salary_period = $15, source = $16, url = $17, status = $18, date_posted = $19, \
         date_applied = $20, asks = $21, match_score = $22, link_key = $23, same_key = $24, search = $25, updated_at = $26, \
         closes_on = $27 \
         WHERE user_id = $1 AND id = $2 AND deleted_at IS NULL"
    )
    .bind(who)
    .bind(job.id)
    .bind(&draft.company)
    .bind(&draft.title)
    .bind(&draft.location)
    .bind(draft.remote.map(Remote::as_str))
    .bind(&draft.description)
    .bind(Json(&draft.tech_stack))
    .bind(Json(&draft.responsibilities))
    .bind(Json(&draft.requirements))
    .bind(draft.experience_level.map(Level::as_str))
    .bind(salary.and_then(|s| s.min))
    .bind(salary.and_then(|s| s.max))
    .bind(salary.map(|s| s.currency.as_str()))
    .bind(salary.map(|s| s.period.as_str()))
    .bind(&draft.source)
    .bind(draft.url.as_deref())
    .bind(draft.status.as_str())
    .bind(draft.date_posted)
    .bind(draft.date_applied)
    .bind(Json(&job.asks))
    .bind(job.match_score.map(i64::from))
    .bind(job.link_key.as_deref())
    .bind(&job.same_key)
    .bind(job.search())
    .bind(db::now())
    .bind(draft.closes_on)
    .execute(c)
    .await
    .map(|done| done.rows_affected())
    })?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    names::insert(tx, who, std::slice::from_ref(job)).await
}

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

/// Sets where a job stands since `at`, and when it was applied to.
pub async fn set_status(
    tx: &mut Tx,
    who: UserId,
    id: JobId,
    status: JobStatus,
    applied: Option<NaiveDate>,
    at: DateTime<Utc>,
) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "UPDATE jobs SET status = $3, date_applied = $4, updated_at = $5 WHERE user_id = $1 AND id = $2"
    )
    .bind(who)
    .bind(id)
    .bind(status.as_str())
    .bind(applied)
    .bind(at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Puts a job into the bin, or (`deleted` false) takes it out; false when there is no such job in that state.
pub async fn set_deleted(tx: &mut Tx, who: UserId, id: JobId, deleted: bool) -> Result<bool> {
    let now = db::now();
    let changed = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new("UPDATE jobs SET deleted_at = ");
        query
            .push_bind(deleted.then_some(now))
            .push(" WHERE user_id = ")
            .push_bind(who)
            .push(" AND id = ")
            .push_bind(id);
        query.push(if deleted { " AND deleted_at IS NULL" } else { " AND deleted_at IS NOT NULL" });
        query.build().execute(c).await.map(|done| done.rows_affected())
    })?;
    if changed == 0 {
        return Ok(false);
    }
    if deleted {
        names::remove(tx, who, id).await?
    } else {
        names::restore(tx, who, id).await?
    }
    Ok(true)
}

/// Removes what has rested in the bin long enough, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM jobs WHERE deleted_at < $1")
        .bind(db::now() - Duration::days(BIN_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// Writes the WHERE of a [`JobQuery`]; a macro because a query builder's type differs by engine.
macro_rules! filter {
    ($sql:ident, $who:ident, $query:ident) => {
        $sql.push(" WHERE deleted_at IS NULL AND user_id = ").push_bind($who);
        for word in $query.q.split_whitespace().take(10) {
            $sql.push(" AND search LIKE ").push_bind(like_anywhere(word)).push(" ESCAPE '\\'");
        }
        match $query.status.as_str() {
            "" => {
                $sql.push(" AND status <> 'archived'");
            }
            "all" => {}
            status => {
                $sql.push(" AND status = ").push_bind(status);
            }
        }
        if !$query.source.is_empty() {
            $sql.push(" AND source = ").push_bind($query.source.as_str());
        }
        if !$query.remote.is_empty() {
            $sql.push(" AND remote = ").push_bind($query.remote.as_str());
        }
        if let Some(least) = $query.min_score {
            $sql.push(" AND match_score >= ").push_bind(i64::from(least));
        }
    };
}

/// Postgres refuses NUL in text, and no stored text has one.
fn without_nul(query: &JobQuery) -> JobQuery {
    let [q, status, source, remote] =
        [&query.q, &query.status, &query.source, &query.remote].map(|text| text.replace('\0', ""));
    JobQuery { q, status, source, remote, ..query.clone() }
}

/// The end of a query for the order that was asked for.
fn order(query: &JobQuery) -> &'static str {
    match query.sort.as_str() {
        "newest" => " ORDER BY created_at DESC, id DESC",
        "posted" => " ORDER BY date_posted DESC NULLS LAST, id DESC",
        "company" => " ORDER BY lower(company), lower(title), id",
        "title" => " ORDER BY lower(title), lower(company), id",
        _ => " ORDER BY match_score DESC NULLS LAST, created_at DESC, id DESC",
    }
}

/// Rows and the number of all that pass the filters.
pub async fn list(db: &Db, who: UserId, query: &JobQuery, limit: i64, offset: i64) -> Result<(Vec<Row>, i64)> {
    let query = &without_nul(query);
    on!(db.read, |c| {
        let mut count = sqlx::QueryBuilder::new("SELECT count(*) FROM jobs");
        filter!(count, who, query);
        let total: i64 = count.build_query_scalar().fetch_one(c).await?;
        let mut rows = sqlx::QueryBuilder::new("SELECT ");
        rows.push(COLUMNS).push(" FROM jobs");
        filter!(rows, who, query);
        rows.push(order(query));
        rows.push(" LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
        let rows = rows.build_query_as::<Row>().fetch_all(c).await?;
        Ok((rows, total))
    })
}

/// What a job's place in a list depends on.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Ranked {
    pub id: JobId,
    pub match_score: Option<i64>,
    /// Whether nothing was done about it yet.
    pub open: bool,
}

/// All that pass the filters, in the order that was asked for.
pub async fn ranked(db: &Db, who: UserId, query: &JobQuery) -> Result<Vec<Ranked>> {
    let query = &without_nul(query);
    Ok(on!(db.read, |c| {
        let mut rows = sqlx::QueryBuilder::new("SELECT id, match_score, status = 'not_applied' AS open FROM jobs");
        filter!(rows, who, query);
        rows.push(order(query));
        rows.build_query_as().fetch_all(c).await
    })?)
}

/// These jobs, in their order; those that are gone meanwhile are left out.
pub async fn some(db: &Db, who: UserId, ids: &[JobId]) -> Result<Vec<Row>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows: Vec<Row> = on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM jobs WHERE deleted_at IS NULL AND user_id = ").push_bind(who);
        query.push(" AND id IN (");
        let mut wanted = query.separated(", ");
        for id in ids {
            wanted.push_bind(*id);
        }
        query.push(")");
        query.build_query_as().fetch_all(c).await
    })?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}

/// Sources among the person's jobs, and whether there is any job.
pub async fn sources(db: &Db, who: UserId) -> Result<Vec<String>> {
    Ok(on!(db.read, |c| sqlx::query_scalar(
        "SELECT DISTINCT source FROM jobs WHERE user_id = $1 AND deleted_at IS NULL ORDER BY source"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}

/// The best jobs not yet applied to.
pub async fn best(db: &Db, who: UserId, limit: i64) -> Result<Vec<Row>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query
            .push(COLUMNS)
            .push(" FROM jobs WHERE deleted_at IS NULL AND status = 'not_applied' AND user_id = ")
            .push_bind(who);
        query.push(" ORDER BY match_score DESC NULLS LAST, created_at DESC, id DESC LIMIT ").push_bind(limit);
        query.build_query_as::<Row>().fetch_all(c).await
    })?)
}

/// What was added from the first moment on and before the second, by where it came from: jobs, and those of them that raised an alert.
pub async fn brought(db: &Db, who: UserId, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<Origin>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT j.source, count(*) AS jobs, count(a.id) AS matches FROM jobs j \
         LEFT JOIN alerts a ON a.user_id = j.user_id AND a.job_id = j.id \
         WHERE j.deleted_at IS NULL AND j.user_id = $1 AND j.created_at >= $2 AND j.created_at < $3 \
         GROUP BY j.source ORDER BY 3 DESC, 2 DESC, 1"
    )
    .bind(who)
    .bind(from)
    .bind(until)
    .fetch_all(c)
    .await)?)
}

/// How many jobs stand where.
pub async fn count_by_status(db: &Db, who: UserId) -> Result<Vec<(String, i64)>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT status, count(*) FROM jobs WHERE user_id = $1 AND deleted_at IS NULL GROUP BY status"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}

/// What the ranker reads of a job.
#[derive(sqlx::FromRow)]
pub struct Rankable {
    pub id: JobId,
    pub company: String,
    pub title: String,
    pub location: String,
    pub remote: Option<String>,
    pub experience_level: Option<String>,
    pub asks: Json<Asks>,
    pub status: String,
}

/// Every job of the person, archived ones included, as the ranker reads it.
pub async fn rankable(tx: &mut Tx, who: UserId) -> Result<Vec<Rankable>> {
    Ok(on_tx!(tx, |c| sqlx::query_as(
        "SELECT id, company, title, location, remote, experience_level, asks, status FROM jobs \
         WHERE user_id = $1 AND deleted_at IS NULL ORDER BY id"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}

/// The same outside of a change.
pub async fn everything(db: &Db, who: UserId) -> Result<Vec<Rankable>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT id, company, title, location, remote, experience_level, asks, status FROM jobs \
         WHERE user_id = $1 AND deleted_at IS NULL"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}

/// The same; archived jobs left out.
pub async fn market(db: &Db, who: UserId) -> Result<Vec<Rankable>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT id, company, title, location, remote, experience_level, asks, status FROM jobs \
         WHERE user_id = $1 AND deleted_at IS NULL AND status <> 'archived' ORDER BY created_at DESC, id DESC"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}

/// Writes new scores of many jobs.
pub async fn set_scores(tx: &mut Tx, who: UserId, scores: &[(JobId, Option<u8>)]) -> Result<()> {
    for chunk in scores.chunks(1_000) {
        on_tx!(&mut *tx, |c| {
            let mut query = sqlx::QueryBuilder::new("UPDATE jobs SET match_score = v.column2 FROM (");
            query.push_values(chunk, |mut row, (id, score)| {
                row.push_bind(*id).push_bind(score.map(i64::from));
            });
            query.push(") AS v WHERE jobs.id = v.column1 AND jobs.user_id = ").push_bind(who);
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
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
