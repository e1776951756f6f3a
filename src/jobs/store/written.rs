//! SQL that writes jobs.

use super::NewJob;
use crate::{
    db::{self, Db, Tx},
    error::{Error, Result},
    ids::{JobId, UserId},
    jobs::{JobStatus, names},
    on, on_tx,
    retention::BIN_DAYS,
    write_tx,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use posting::{Level, Remote};
use sqlx::types::Json;

/// Rows per INSERT of an import; 29 values each, under both engines' limits.
const ROWS_AT_ONCE: usize = 200;

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
