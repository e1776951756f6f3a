//! SQL of jobs as a whole: everything there is, for an export, and taking it back in.

use super::{
    Job,
    draft::JobDraft,
    names,
    store::{COLUMNS, Row},
};
use crate::{
    db::{Db, Tx},
    error::Result,
    ids::{JobId, UserId},
    on, on_tx,
    privacy::export::format::ExportedJob,
    write_tx,
};
use chrono::{DateTime, Utc};

#[derive(sqlx::FromRow)]
struct Whole {
    #[sqlx(flatten)]
    row: Row,
    deleted_at: Option<DateTime<Utc>>,
}

impl From<Whole> for ExportedJob {
    fn from(whole: Whole) -> Self {
        let job = Job::from(whole.row);
        ExportedJob {
            id: job.id,
            created_at: job.created_at,
            updated_at: job.updated_at,
            deleted_at: whole.deleted_at,
            match_score: job.match_score,
            job: JobDraft::from(job),
        }
    }
}

/// The person's jobs after this one, deleted ones included.
pub async fn after(db: &Db, who: UserId, after: Option<JobId>, limit: i64) -> Result<Vec<ExportedJob>> {
    let rows: Vec<Whole> = on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(", deleted_at FROM jobs WHERE user_id = ").push_bind(who);
        if let Some(after) = after {
            query.push(" AND id > ").push_bind(after);
        }
        query.push(" ORDER BY id LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(c).await
    })?;
    Ok(rows.into_iter().map(ExportedJob::from).collect())
}

/// How many there are, deleted ones included.
pub async fn count(db: &Db, who: UserId) -> Result<i64> {
    Ok(on!(db.read, |c| sqlx::query_scalar("SELECT count(*) FROM jobs WHERE user_id = $1")
        .bind(who)
        .fetch_one(c)
        .await)?)
}

/// Link and content keys of the person's jobs, deleted ones included: what was deleted does not come back by itself.
pub async fn keys(db: &Db, who: UserId) -> Result<Vec<(JobId, Option<String>, String)>> {
    Ok(on!(db.read, |c| sqlx::query_as("SELECT id, link_key, same_key FROM jobs WHERE user_id = $1 ORDER BY id")
        .bind(who)
        .fetch_all(c)
        .await)?)
}

/// Whether a job of the person is there, and not in the bin.
pub async fn is_here(tx: &mut Tx, who: UserId, id: JobId) -> Result<bool> {
    let found: Option<i64> = on_tx!(tx, |c| sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM jobs WHERE user_id = $1 AND id = $2 AND deleted_at IS NULL"
    )
    .bind(who)
    .bind(id)
    .fetch_optional(c)
    .await)?;
    Ok(found.is_some())
}

/// Gives a job that was taken in its own times.
pub async fn set_times(tx: &mut Tx, who: UserId, id: JobId, from: &ExportedJob) -> Result<()> {
    write_tx!(&mut *tx, |query| query
        .push("UPDATE jobs SET created_at = ")
        .push_bind(from.created_at)
        .push(", updated_at = ")
        .push_bind(from.updated_at)
        .push(", deleted_at = ")
        .push_bind(from.deleted_at)
        .push(" WHERE user_id = ")
        .push_bind(who)
        .push(" AND id = ")
        .push_bind(id));
    // It was named when it was written.
    if from.deleted_at.is_some() { names::remove(tx, who, id).await } else { Ok(()) }
}
