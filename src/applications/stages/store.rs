//! SQL of stages.

use super::{FIRST, Stage};
use crate::{
    db::{Db, Tx, unique},
    error::{Error, Result},
    ids::UserId,
    on, on_tx, write_tx,
};
use chrono::{DateTime, Utc};
use std::collections::HashMap;

/// Gives a new person the stages everybody begins with.
pub async fn insert_first(tx: &mut Tx, who: UserId) -> Result<()> {
    write_tx!(tx, |query| query
        .push("INSERT INTO stages (user_id, key, name, status, colour, position) ")
        .push_values(FIRST.iter().zip(1i64..), |mut row, ((key, name, status, colour), position)| {
            row.push_bind(who)
                .push_bind(*key)
                .push_bind(*name)
                .push_bind(*status)
                .push_bind(*colour)
                .push_bind(position);
        }));
    Ok(())
}

/// The person's stages from left to right.
pub async fn list(db: &Db, who: UserId) -> Result<Vec<Stage>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT key, name, status, colour, position FROM stages ");
        query.push("WHERE removed_at IS NULL AND user_id = ").push_bind(who).push(" ORDER BY position, key");
        query.build_query_as().fetch_all(c).await
    })?)
}

/// The same inside a change.
pub async fn list_in(tx: &mut Tx, who: UserId) -> Result<Vec<Stage>> {
    Ok(on_tx!(tx, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT key, name, status, colour, position FROM stages ");
        query.push("WHERE removed_at IS NULL AND user_id = ").push_bind(who).push(" ORDER BY position, key");
        query.build_query_as().fetch_all(c).await
    })?)
}

/// Names of all stages there ever were, by key.
pub async fn names(db: &Db, who: UserId) -> Result<HashMap<String, String>> {
    let rows: Vec<(String, String)> =
        on!(db.read, |c| sqlx::query_as("SELECT key, name FROM stages WHERE user_id = $1")
            .bind(who)
            .fetch_all(c)
            .await)?;
    Ok(rows.into_iter().collect())
}

/// One stage, also a removed one.
pub async fn any_in(tx: &mut Tx, who: UserId, key: &str) -> Result<Option<Stage>> {
    Ok(on_tx!(tx, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT key, name, status, colour, position FROM stages ");
        query.push("WHERE user_id = ").push_bind(who).push(" AND key = ").push_bind(key);
        query.build_query_as().fetch_optional(c).await
    })?)
}

/// Adds a stage, or takes one over that was removed.
pub async fn insert(tx: &mut Tx, who: UserId, stage: &Stage) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO stages (user_id, key, name, status, colour, position) VALUES ($1, $2, $3, $4, $5, $6)"
    )
    .bind(who)
    .bind(&stage.key)
    .bind(&stage.name)
    .bind(stage.status)
    .bind(stage.colour)
    .bind(stage.position)
    .execute(c)
    .await
    .map(|_| ()))
    .map_err(|error| unique(error, || Error::Conflict("There is such a stage already.".into())))
}

/// Writes a stage's name, status, colour and position.
pub async fn update(tx: &mut Tx, who: UserId, stage: &Stage) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "UPDATE stages SET name = $3, status = $4, colour = $5, position = $6 WHERE user_id = $1 AND key = $2"
    )
    .bind(who)
    .bind(&stage.key)
    .bind(&stage.name)
    .bind(stage.status)
    .bind(stage.colour)
    .bind(stage.position)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Takes a stage out of the pipeline; histories go on naming it.
pub async fn remove(tx: &mut Tx, who: UserId, key: &str, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("UPDATE stages SET removed_at = $3 WHERE user_id = $1 AND key = $2")
        .bind(who)
        .bind(key)
        .bind(at)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
