//! SQL of applications and their steps.

use super::{Application, ApplicationLine, ApplicationStatus, Step};
use crate::{
    db::{Db, Tx, unique},
    error::{Error, Result},
    ids::{ApplicationId, JobId, UserId},
    on, on_tx,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

const COLUMNS: &str = "a.id, a.job_id, a.status, a.notes, a.applied_at, a.created_at, a.updated_at";
/// Applications of deleted jobs rest with them.
const FROM: &str = " FROM applications a JOIN jobs j ON j.user_id = a.user_id AND j.id = a.job_id AND j.deleted_at IS NULL \
    WHERE a.user_id = ";

/// One application.
pub async fn get(db: &Db, who: UserId, id: ApplicationId) -> Result<Application> {
    on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(FROM).push_bind(who).push(" AND a.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?
    .ok_or(Error::NotFound)
}

/// One application inside a change.
pub async fn get_in(tx: &mut Tx, who: UserId, id: ApplicationId) -> Result<Application> {
    on_tx!(tx, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(FROM).push_bind(who).push(" AND a.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?
    .ok_or(Error::NotFound)
}

/// The application to a job, if there is one.
pub async fn of_job(db: &Db, who: UserId, job: JobId) -> Result<Option<Application>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(FROM).push_bind(who).push(" AND a.job_id = ").push_bind(job);
        query.build_query_as().fetch_optional(c).await
    })?)
}

/// The same inside a change.
pub async fn of_job_in(tx: &mut Tx, who: UserId, job: JobId) -> Result<Option<Application>> {
    Ok(on_tx!(tx, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(FROM).push_bind(who).push(" AND a.job_id = ").push_bind(job);
        query.build_query_as().fetch_optional(c).await
    })?)
}

/// Adds an application with its first step. A second one to the same job is a conflict.
pub async fn insert(tx: &mut Tx, who: UserId, new: &Application) -> Result<()> {
    on_tx!(&mut *tx, |c| sqlx::query(
        "INSERT INTO applications (id, user_id, job_id, status, notes, applied_at, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    )
    .bind(new.id)
    .bind(who)
    .bind(new.job_id)
    .bind(new.status)
    .bind(&new.notes)
    .bind(new.applied_at)
    .bind(new.created_at)
    .bind(new.updated_at)
    .execute(c)
    .await
    .map(|_| ()))
    .map_err(|error| unique(error, || Error::Conflict("There is already an application to this job.".into())))?;
    step(tx, who, new.id, new.status, new.created_at).await
}

/// Writes an application's changed fields, and a step when its status changed.
pub async fn update(tx: &mut Tx, who: UserId, before: &Application, after: &Application) -> Result<()> {
    on_tx!(&mut *tx, |c| {
        sqlx::query(
        "UPDATE applications SET status = $3, notes = $4, applied_at = $5, updated_at = $6 WHERE user_id = $1 AND id = $2"
    )
    .bind(who)
    .bind(after.id)
    .bind(after.status)
    .bind(&after.notes)
    .bind(after.applied_at)
    .bind(after.updated_at)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    if before.status != after.status {
        step(tx, who, after.id, after.status, after.updated_at).await?;
    }
    Ok(())
}

/// Adds one step to an application's history.
pub async fn step(
    tx: &mut Tx,
    who: UserId,
    id: ApplicationId,
    status: ApplicationStatus,
    at: DateTime<Utc>,
) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO application_steps (id, user_id, application_id, status, at) VALUES ($1, $2, $3, $4, $5)"
    )
    .bind(Uuid::now_v7())
    .bind(who)
    .bind(id)
    .bind(status)
    .bind(at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Removes an application with its history.
pub async fn delete(tx: &mut Tx, who: UserId, id: ApplicationId) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("DELETE FROM applications WHERE user_id = $1 AND id = $2")
        .bind(who)
        .bind(id)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// An application's statuses, oldest first; none when it is not this person's.
pub async fn steps(db: &Db, who: UserId, id: ApplicationId) -> Result<Vec<Step>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT status, at FROM application_steps WHERE user_id = $1 AND application_id = $2 ORDER BY at, id"
    )
    .bind(who)
    .bind(id)
    .fetch_all(c)
    .await)?)
}

/// Number of applications with each status.
pub async fn counts(db: &Db, who: UserId) -> Result<Vec<(ApplicationStatus, i64)>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT a.status, count(*)");
        query.push(FROM).push_bind(who).push(" GROUP BY a.status");
        query.build_query_as().fetch_all(c).await
    })?)
}

/// A page of applications with their jobs' names, the latest moved first.
pub async fn lines(
    db: &Db,
    who: UserId,
    status: Option<ApplicationStatus>,
    limit: i64,
    offset: i64,
) -> Result<Vec<ApplicationLine>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(
            "SELECT a.id, a.job_id, j.company, j.title, j.location, j.match_score, a.status, a.notes, a.applied_at, \
             COALESCE((SELECT max(s.at) FROM application_steps s WHERE s.user_id = a.user_id AND s.application_id = a.id), \
             a.created_at) AS since",
        );
        query.push(FROM).push_bind(who);
        if let Some(status) = status {
            query.push(" AND a.status = ").push_bind(status);
        }
        query.push(" ORDER BY a.updated_at DESC, a.id DESC LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
        query.build_query_as().fetch_all(c).await
    })?)
}

/// A page of plain applications, newest first.
pub async fn list(
    db: &Db,
    who: UserId,
    status: Option<ApplicationStatus>,
    limit: i64,
    offset: i64,
) -> Result<Vec<Application>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(FROM).push_bind(who);
        if let Some(status) = status {
            query.push(" AND a.status = ").push_bind(status);
        }
        query.push(" ORDER BY a.created_at DESC, a.id DESC LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
        query.build_query_as().fetch_all(c).await
    })?)
}
