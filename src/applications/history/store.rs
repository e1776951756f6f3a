//! SQL of steps. What was taken back stays in the table and counts no more.

use super::Actor;
use crate::{
    applications::ApplicationStatus,
    db::{Db, Tx},
    error::{Error, Result},
    ids::{ApplicationId, StepId, UserId},
    on, on_tx, write_tx,
};
use chrono::{DateTime, Utc};

/// A step as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    pub id: StepId,
    pub application_id: ApplicationId,
    pub stage: String,
    pub status: ApplicationStatus,
    pub at: DateTime<Utc>,
    pub recorded_at: Option<DateTime<Utc>>,
    pub actor: Actor,
    pub note_sealed: Option<String>,
    pub undone_at: Option<DateTime<Utc>>,
}

const COLUMNS: &str = "SELECT s.id, s.application_id, s.stage, s.status, s.at, s.recorded_at, s.actor, s.note_sealed, s.undone_at \
    FROM application_steps s ";

/// Adds a step.
pub async fn insert(tx: &mut Tx, who: UserId, row: &Row) -> Result<()> {
    on_tx!(tx, |c| {
        sqlx::query(
        "INSERT INTO application_steps (id, user_id, application_id, stage, status, at, recorded_at, actor, note_sealed) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    )
    .bind(row.id)
    .bind(who)
    .bind(row.application_id)
    .bind(&row.stage)
    .bind(row.status)
    .bind(row.at)
    .bind(row.recorded_at)
    .bind(row.actor)
    .bind(&row.note_sealed)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// Steps per INSERT; nine values each, under both engines' limits.
const ROWS_AT_ONCE: usize = 1_000;

/// Adds many steps.
pub async fn insert_all(tx: &mut Tx, who: UserId, rows: &[Row]) -> Result<()> {
    for chunk in rows.chunks(ROWS_AT_ONCE) {
        write_tx!(&mut *tx, |query| {
            query
            .push(
                "INSERT INTO application_steps (id, user_id, application_id, stage, status, at, recorded_at, actor, note_sealed) "
            )
            .push_values(chunk, |mut one, row| {
                one.push_bind(row.id)
                    .push_bind(who)
                    .push_bind(row.application_id)
                    .push_bind(row.stage.as_str())
                    .push_bind(row.status)
                    .push_bind(row.at)
                    .push_bind(row.recorded_at)
                    .push_bind(row.actor)
                    .push_bind(row.note_sealed.as_deref());
            })
        });
    }
    Ok(())
}

/// The steps that count of all the person's applications, oldest first.
pub async fn of_all(db: &Db, who: UserId) -> Result<Vec<Row>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push("WHERE s.undone_at IS NULL AND s.user_id = ").push_bind(who).push(" ORDER BY s.at, s.id");
        query.build_query_as().fetch_all(c).await
    })?)
}

/// A step with the name of its job.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Told {
    pub application_id: ApplicationId,
    pub stage: String,
    pub status: ApplicationStatus,
    pub at: DateTime<Utc>,
    pub title: String,
    pub company: String,
}

/// The steps that count of all the person's applications outside the bin, those of an application together, oldest first.
pub async fn told(db: &Db, who: UserId) -> Result<Vec<Told>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT s.application_id, s.stage, s.status, s.at, j.title, j.company FROM application_steps s \
         JOIN applications a ON a.user_id = s.user_id AND a.id = s.application_id AND a.deleted_at IS NULL \
         JOIN jobs j ON j.user_id = a.user_id AND j.id = a.job_id AND j.deleted_at IS NULL \
         WHERE s.undone_at IS NULL AND s.user_id = $1 ORDER BY s.application_id, s.at, s.id"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}

/// The steps that count, oldest first; none of an application in the bin or of somebody else.
pub async fn list(db: &Db, who: UserId, application: ApplicationId) -> Result<Vec<Row>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query
            .push("JOIN applications a ON a.user_id = s.user_id AND a.id = s.application_id AND a.deleted_at IS NULL ")
            .push("WHERE s.undone_at IS NULL AND s.user_id = ")
            .push_bind(who)
            .push(" AND s.application_id = ")
            .push_bind(application)
            .push(" ORDER BY s.at, s.id");
        query.build_query_as().fetch_all(c).await
    })?)
}

/// The same of an application in the bin, too.
pub async fn all(db: &Db, who: UserId, application: ApplicationId) -> Result<Vec<Row>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query
            .push("WHERE s.undone_at IS NULL AND s.user_id = ")
            .push_bind(who)
            .push(" AND s.application_id = ")
            .push_bind(application)
            .push(" ORDER BY s.at, s.id");
        query.build_query_as().fetch_all(c).await
    })?)
}

/// The same inside a change, also of one in the bin.
pub async fn list_in(tx: &mut Tx, who: UserId, application: ApplicationId) -> Result<Vec<Row>> {
    Ok(on_tx!(tx, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query
            .push("WHERE s.undone_at IS NULL AND s.user_id = ")
            .push_bind(who)
            .push(" AND s.application_id = ")
            .push_bind(application)
            .push(" ORDER BY s.at, s.id");
        query.build_query_as().fetch_all(c).await
    })?)
}

/// One step that counts.
pub async fn get_in(tx: &mut Tx, who: UserId, id: StepId) -> Result<Row> {
    on_tx!(tx, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push("WHERE s.undone_at IS NULL AND s.user_id = ").push_bind(who).push(" AND s.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?
    .ok_or(Error::NotFound)
}

/// Takes a step out of the history.
pub async fn undo(tx: &mut Tx, who: UserId, id: StepId, at: DateTime<Utc>) -> Result<()> {
    write_tx!(tx, |query| query
        .push("UPDATE application_steps SET undone_at = ")
        .push_bind(at)
        .push(" WHERE user_id = ")
        .push_bind(who)
        .push(" AND id = ")
        .push_bind(id));
    Ok(())
}

/// Writes a step's moment and note.
pub async fn update(tx: &mut Tx, who: UserId, row: &Row) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "UPDATE application_steps SET at = $3, note_sealed = $4, status = $5 WHERE user_id = $1 AND id = $2"
    )
    .bind(who)
    .bind(row.id)
    .bind(row.at)
    .bind(&row.note_sealed)
    .bind(row.status)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
