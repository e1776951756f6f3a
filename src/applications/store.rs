//! SQL of applications. Those in the bin, and those of deleted jobs, are invisible except where it says so.

use super::{Application, ApplicationStatus, SavedPosting};
use crate::{
    db::{self, Db, Tx, unique},
    error::{Error, Result},
    events::Change,
    ids::{ApplicationId, JobId, UserId},
    on, on_tx,
    retention::BIN_DAYS,
    seal::{self, PersonKey},
    state::App,
    write_tx,
};
use chrono::{DateTime, Duration, Utc};
use sqlx::types::Json;
use std::collections::HashMap;

pub(super) const COLUMNS: &str = "a.id, a.job_id, a.status, a.stage, COALESCE(a.stage_since, a.created_at) AS stage_since, a.notes, \
    a.applied_at, a.version, a.created_at, a.updated_at, a.notes_sealed";
/// Where sealed notes stand.
pub(super) const NOTES: &str = "applications.notes";
pub(crate) const FROM: &str = " FROM applications a \
    JOIN jobs j ON j.user_id = a.user_id AND j.id = a.job_id AND j.deleted_at IS NULL \
    WHERE a.deleted_at IS NULL AND a.user_id = ";

/// An application as it is stored: the notes are sealed, but for those from before they were.
#[derive(sqlx::FromRow)]
pub(super) struct Stored {
    #[sqlx(flatten)]
    row: Application,
    notes_sealed: Option<String>,
}

impl Stored {
    fn open(mut self, key: Option<&PersonKey>) -> Result<Application> {
        if let Some((sealed, key)) = self.notes_sealed.zip(key) {
            self.row.notes = key.open_text(NOTES, &sealed)?;
        }
        Ok(self.row)
    }
}

/// Opens the notes of these rows.
pub(super) async fn opened(app: &App, who: UserId, rows: Vec<Stored>) -> Result<Vec<Application>> {
    let sealed = rows.iter().any(|row| row.notes_sealed.is_some());
    let key = if sealed { Some(seal::key(app, who).await?) } else { None };
    rows.into_iter().map(|row| row.open(key.as_ref())).collect()
}

/// The same for one row inside a change.
async fn opened_in(app: &App, tx: &mut Tx, who: UserId, row: Option<Stored>) -> Result<Option<Application>> {
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
    let row: Option<Stored> = on!(app.db.read, |c| {
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
    let row: Option<Stored> = on!(app.db.read, |c| {
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

/// The application to a job, and whether it rests in the bin. Also of a deleted job.
pub async fn any_of_job_in(app: &App, tx: &mut Tx, who: UserId, job: JobId) -> Result<Option<(Application, bool)>> {
    let row = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM applications a WHERE a.user_id = ").push_bind(who);
        query.push(" AND a.job_id = ").push_bind(job);
        query.build_query_as().fetch_optional(c).await
    })?;
    let Some(application) = opened_in(app, tx, who, row).await? else { return Ok(None) };
    let binned: i64 = on_tx!(tx, |c| {
        sqlx::query_scalar(
        "SELECT CAST(count(*) AS BIGINT) FROM applications WHERE user_id = $1 AND id = $2 AND deleted_at IS NOT NULL"
    )
    .bind(who)
    .bind(application.id)
    .fetch_one(c)
    .await
    })?;
    Ok(Some((application, binned > 0)))
}

/// An application in the bin.
pub async fn binned_in(app: &App, tx: &mut Tx, who: UserId, id: ApplicationId) -> Result<Application> {
    let row = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(
            " FROM applications a JOIN jobs j ON j.user_id = a.user_id AND j.id = a.job_id AND j.deleted_at IS NULL \
              WHERE a.deleted_at IS NOT NULL AND a.user_id = ",
        );
        query.push_bind(who).push(" AND a.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?;
    opened_in(app, tx, who, row).await?.ok_or(Error::NotFound)
}

/// Adds an application, without a step. A second one to the same job is a conflict.
pub async fn insert(
    app: &App,
    tx: &mut Tx,
    who: UserId,
    new: &Application,
    posting: Option<&SavedPosting>,
) -> Result<()> {
    let notes = sealed(app, tx, who, &new.notes).await?;
    on_tx!(&mut *tx, |c| sqlx::query(
        "INSERT INTO applications (id, user_id, job_id, status, stage, stage_since, notes, notes_sealed, applied_at, version, \
         posting, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, '', $7, $8, $9, $10, $11, $12)"
    )
    .bind(new.id)
    .bind(who)
    .bind(new.job_id)
    .bind(new.status)
    .bind(&new.stage)
    .bind(new.stage_since)
    .bind(notes)
    .bind(new.applied_at)
    .bind(new.version)
    .bind(posting.map(Json))
    .bind(new.created_at)
    .bind(new.updated_at)
    .execute(c)
    .await
    .map(|_| ()))
    .map_err(|error| unique(error, || Error::Conflict("There is already an application to this job.".into())))
}

/// Applications per INSERT; thirteen values each, under both engines' limits.
const ROWS_AT_ONCE: usize = 500;

/// Adds applications to jobs that have none, without steps.
pub async fn insert_all(tx: &mut Tx, key: &PersonKey, who: UserId, all: &[(Application, SavedPosting)]) -> Result<()> {
    for chunk in all.chunks(ROWS_AT_ONCE) {
        let mut sealed = Vec::with_capacity(chunk.len());
        for (new, _) in chunk {
            sealed.push(if new.notes.is_empty() { None } else { Some(key.close_text(NOTES, &new.notes)?) });
        }
        write_tx!(&mut *tx, |query| {
            query
            .push(
                "INSERT INTO applications (id, user_id, job_id, status, stage, stage_since, notes, notes_sealed, applied_at, \
                 version, posting, created_at, updated_at) "
            )
            .push_values(chunk.iter().zip(sealed), |mut row, ((new, posting), notes)| {
                row.push_bind(new.id)
                    .push_bind(who)
                    .push_bind(new.job_id)
                    .push_bind(new.status)
                    .push_bind(new.stage.as_str())
                    .push_bind(new.stage_since)
                    .push_bind("")
                    .push_bind(notes)
                    .push_bind(new.applied_at)
                    .push_bind(new.version)
                    .push_bind(Json(posting))
                    .push_bind(new.created_at)
                    .push_bind(new.updated_at);
            })
        });
    }
    Ok(())
}

/// The application to each job that has one.
pub async fn by_job(db: &Db, who: UserId) -> Result<HashMap<JobId, ApplicationId>> {
    let rows: Vec<(JobId, ApplicationId)> = on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT a.job_id, a.id");
        query.push(FROM).push_bind(who);
        query.build_query_as().fetch_all(c).await
    })?;
    Ok(rows.into_iter().collect())
}

/// Writes everything of an application that can change, under the version it has.
pub async fn update(app: &App, tx: &mut Tx, who: UserId, after: &Application) -> Result<()> {
    let notes = sealed(app, tx, who, &after.notes).await?;
    on_tx!(&mut *tx, |c| {
        sqlx::query(
        "UPDATE applications SET status = $3, stage = $4, stage_since = $5, notes = '', notes_sealed = $6, applied_at = $7, \
         version = $8, updated_at = $9 WHERE user_id = $1 AND id = $2"
    )
    .bind(who)
    .bind(after.id)
    .bind(after.status)
    .bind(&after.stage)
    .bind(after.stage_since)
    .bind(notes)
    .bind(after.applied_at)
    .bind(after.version)
    .bind(after.updated_at)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// Puts an application into the bin, or (with None) takes it out.
pub async fn set_deleted(tx: &mut Tx, who: UserId, id: ApplicationId, at: Option<DateTime<Utc>>) -> Result<()> {
    write_tx!(tx, |query| query
        .push("UPDATE applications SET deleted_at = ")
        .push_bind(at)
        .push(", version = version + 1 WHERE user_id = ")
        .push_bind(who)
        .push(" AND id = ")
        .push_bind(id));
    Ok(())
}

/// Removes what has rested in the bin long enough, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM applications WHERE deleted_at < $1")
        .bind(db::now() - Duration::days(BIN_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// The posting as it was when the application was made; None for those from before it was kept.
pub async fn posting(db: &Db, who: UserId, id: ApplicationId) -> Result<Option<SavedPosting>> {
    let found: Option<Option<Json<SavedPosting>>> =
        on!(db.read, |c| sqlx::query_scalar("SELECT posting FROM applications WHERE user_id = $1 AND id = $2")
            .bind(who)
            .bind(id)
            .fetch_optional(c)
            .await)?;
    Ok(found.flatten().map(|posting| posting.0))
}

/// Since when it rests in the bin, if it does.
pub async fn deleted_at(db: &Db, who: UserId, id: ApplicationId) -> Result<Option<DateTime<Utc>>> {
    let found: Option<Option<DateTime<Utc>>> =
        on!(db.read, |c| sqlx::query_scalar("SELECT deleted_at FROM applications WHERE user_id = $1 AND id = $2")
            .bind(who)
            .bind(id)
            .fetch_optional(c)
            .await)?;
    Ok(found.flatten())
}

/// The applications in a stage, also those of deleted jobs.
pub async fn in_stage(change: &mut Change, key: &str) -> Result<Vec<Application>> {
    let (app, who) = (change.app(), change.who);
    let rows: Vec<Stored> = on_tx!(&mut change.tx, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM applications a WHERE a.user_id = ").push_bind(who);
        query.push(" AND a.stage = ").push_bind(key).push(" ORDER BY a.id");
        query.build_query_as().fetch_all(c).await
    })?;
    if rows.iter().all(|row| row.notes_sealed.is_none()) {
        return rows.into_iter().map(|row| row.open(None)).collect();
    }
    let key = seal::key_in(&app, &mut change.tx, who).await?;
    rows.into_iter().map(|row| row.open(Some(&key))).collect()
}

/// Number of applications with each status.
pub async fn counts(db: &Db, who: UserId) -> Result<Vec<(ApplicationStatus, i64)>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT a.status, count(*)");
        query.push(FROM).push_bind(who).push(" GROUP BY a.status");
        query.build_query_as().fetch_all(c).await
    })?)
}

/// Number of applications in each stage, by its key.
pub async fn counts_by_stage(db: &Db, who: UserId) -> Result<Vec<(String, i64)>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT a.stage, count(*)");
        query.push(FROM).push_bind(who).push(" GROUP BY a.stage");
        query.build_query_as().fetch_all(c).await
    })?)
}

/// A page of plain applications, newest first.
pub async fn list(
    app: &App,
    who: UserId,
    status: Option<ApplicationStatus>,
    limit: i64,
    offset: i64,
) -> Result<Vec<Application>> {
    let rows: Vec<Stored> = on!(app.db.read, |c| {
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
