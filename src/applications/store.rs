//! SQL of applications and their steps.

use super::{Application, ApplicationLine, ApplicationStatus, Step};
use crate::{
    db::{Db, Tx, unique},
    error::{Error, Result},
    ids::{ApplicationId, JobId, UserId},
    on, on_tx,
    seal::{self, PersonKey},
    state::App,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub(super) const COLUMNS: &str =
    "a.id, a.job_id, a.status, a.notes, a.applied_at, a.created_at, a.updated_at, a.notes_sealed";
/// Where sealed notes stand.
const NOTES: &str = "applications.notes";
/// Applications of deleted jobs rest with them.
const FROM: &str = " FROM applications a JOIN jobs j ON j.user_id = a.user_id AND j.id = a.job_id AND j.deleted_at IS NULL \
    WHERE a.user_id = ";

/// Something with notes as it is stored: they are sealed, but for those from before they were.
#[derive(sqlx::FromRow)]
pub(super) struct Stored<T> {
    #[sqlx(flatten)]
    row: T,
    notes_sealed: Option<String>,
}

/// What has notes.
pub(super) trait Noted {
    fn notes(&mut self) -> &mut String;
}

impl Noted for Application {
    fn notes(&mut self) -> &mut String {
        &mut self.notes
    }
}

impl Noted for ApplicationLine {
    fn notes(&mut self) -> &mut String {
        &mut self.notes
    }
}

impl<T: Noted> Stored<T> {
    fn open(mut self, key: Option<&PersonKey>) -> Result<T> {
        if let Some((sealed, key)) = self.notes_sealed.zip(key) {
            *self.row.notes() = key.open_text(NOTES, &sealed)?;
        }
        Ok(self.row)
    }
}

/// Opens the notes of these rows.
pub(super) async fn opened<T: Noted>(app: &App, who: UserId, rows: Vec<Stored<T>>) -> Result<Vec<T>> {
    let sealed = rows.iter().any(|row| row.notes_sealed.is_some());
    let key = if sealed { Some(seal::key(app, who).await?) } else { None };
    rows.into_iter().map(|row| row.open(key.as_ref())).collect()
}

/// The same for one row inside a change.
async fn opened_in(
    app: &App,
    tx: &mut Tx,
    who: UserId,
    row: Option<Stored<Application>>,
) -> Result<Option<Application>> {
    let Some(row) = row else { return Ok(None) };
    let key = if row.notes_sealed.is_some() { Some(seal::key_in(app, tx, who).await?) } else { None };
    row.open(key.as_ref()).map(Some)
}

/// Notes as they are written; None when there are none.
async fn sealed(app: &App, tx: &mut Tx, who: UserId, notes: &str) -> Result<Option<String>> {
    if notes.is_empty() { Ok(None) } else { seal::close(app, tx, who, NOTES, notes).await.map(Some) }
}

/// Seals the notes from before they were sealed.
pub async fn seal_old(app: &App) -> Result<()> {
    loop {
        let rows: Vec<(UserId, ApplicationId)> =
            on!(app.db.read, |c| sqlx::query_as("SELECT user_id, id FROM applications WHERE notes <> '' LIMIT 200")
                .fetch_all(c)
                .await)?;
        if rows.is_empty() {
            return Ok(());
        }
        for (who, id) in rows {
            let mut tx = app.db.begin().await?;
            let notes: Option<String> = on_tx!(&mut tx, |c| sqlx::query_scalar(
                "SELECT notes FROM applications WHERE user_id = $1 AND id = $2 AND notes <> ''"
            )
            .bind(who)
            .bind(id)
            .fetch_optional(c)
            .await)?;
            if let Some(notes) = notes {
                let sealed = sealed(app, &mut tx, who, &notes).await?;
                on_tx!(&mut tx, |c| sqlx::query(
                    "UPDATE applications SET notes = '', notes_sealed = $3 WHERE user_id = $1 AND id = $2"
                )
                .bind(who)
                .bind(id)
                .bind(sealed)
                .execute(c)
                .await
                .map(|_| ()))?;
            }
            tx.commit().await?;
        }
    }
}

/// One application.
pub async fn get(app: &App, who: UserId, id: ApplicationId) -> Result<Application> {
    let row: Option<Stored<Application>> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(FROM).push_bind(who).push(" AND a.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?;
    opened(app, who, row.into_iter().collect()).await?.pop().ok_or(Error::NotFound)
}

/// One application inside a change.
pub async fn get_in(app: &App, tx: &mut Tx, who: UserId, id: ApplicationId) -> Result<Application> {
    let row = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(FROM).push_bind(who).push(" AND a.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?;
    opened_in(app, tx, who, row).await?.ok_or(Error::NotFound)
}

/// The application to a job, if there is one.
pub async fn of_job(app: &App, who: UserId, job: JobId) -> Result<Option<Application>> {
    let row: Option<Stored<Application>> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(FROM).push_bind(who).push(" AND a.job_id = ").push_bind(job);
        query.build_query_as().fetch_optional(c).await
    })?;
    Ok(opened(app, who, row.into_iter().collect()).await?.pop())
}

/// The same inside a change.
pub async fn of_job_in(app: &App, tx: &mut Tx, who: UserId, job: JobId) -> Result<Option<Application>> {
    let row = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(FROM).push_bind(who).push(" AND a.job_id = ").push_bind(job);
        query.build_query_as().fetch_optional(c).await
    })?;
    opened_in(app, tx, who, row).await
}

/// Whether a job has an application; also one in the bin.
pub async fn any_of_job_in(tx: &mut Tx, who: UserId, job: JobId) -> Result<bool> {
    let found: Option<i64> = on_tx!(tx, |c| sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM applications WHERE user_id = $1 AND job_id = $2"
    )
    .bind(who)
    .bind(job)
    .fetch_optional(c)
    .await)?;
    Ok(found.is_some())
}

/// Adds an application with its first step. A second one to the same job is a conflict.
pub async fn insert(app: &App, tx: &mut Tx, who: UserId, new: &Application) -> Result<()> {
    insert_row(app, tx, who, new).await?;
    step(tx, who, new.id, new.status, new.created_at).await
}

/// Adds an application without a step.
pub(super) async fn insert_row(app: &App, tx: &mut Tx, who: UserId, new: &Application) -> Result<()> {
    let notes = sealed(app, tx, who, &new.notes).await?;
    on_tx!(&mut *tx, |c| sqlx::query(
        "INSERT INTO applications (id, user_id, job_id, status, notes, notes_sealed, applied_at, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, '', $5, $6, $7, $8)"
    )
    .bind(new.id)
    .bind(who)
    .bind(new.job_id)
    .bind(new.status)
    .bind(notes)
    .bind(new.applied_at)
    .bind(new.created_at)
    .bind(new.updated_at)
    .execute(c)
    .await
    .map(|_| ()))
    .map_err(|error| unique(error, || Error::Conflict("There is already an application to this job.".into())))
}

/// Writes an application's changed fields, and a step when its status changed.
pub async fn update(app: &App, tx: &mut Tx, who: UserId, before: &Application, after: &Application) -> Result<()> {
    let notes = sealed(app, tx, who, &after.notes).await?;
    on_tx!(&mut *tx, |c| {
        sqlx::query(
        "UPDATE applications SET status = $3, notes = '', notes_sealed = $4, applied_at = $5, updated_at = $6 WHERE user_id = $1 AND id = $2"
    )
    .bind(who)
    .bind(after.id)
    .bind(after.status)
    .bind(notes)
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
    app: &App,
    who: UserId,
    status: Option<ApplicationStatus>,
    limit: i64,
    offset: i64,
) -> Result<Vec<ApplicationLine>> {
    let rows: Vec<Stored<ApplicationLine>> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(
            "SELECT a.id, a.job_id, j.company, j.title, j.location, j.match_score, a.status, a.notes, a.notes_sealed, a.applied_at, \
             COALESCE((SELECT max(s.at) FROM application_steps s WHERE s.user_id = a.user_id AND s.application_id = a.id), \
             a.created_at) AS since",
        );
        query.push(FROM).push_bind(who);
        if let Some(status) = status {
            query.push(" AND a.status = ").push_bind(status);
        }
        query.push(" ORDER BY a.updated_at DESC, a.id DESC LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// A page of plain applications, newest first.
pub async fn list(
    app: &App,
    who: UserId,
    status: Option<ApplicationStatus>,
    limit: i64,
    offset: i64,
) -> Result<Vec<Application>> {
    let rows: Vec<Stored<Application>> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(FROM).push_bind(who);
        if let Some(status) = status {
            query.push(" AND a.status = ").push_bind(status);
        }
        query.push(" ORDER BY a.created_at DESC, a.id DESC LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}
