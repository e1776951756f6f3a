//! SQL that gathers what the ranker reads of jobs.

use crate::{
    db::{Db, Tx},
    error::Result,
    ids::{JobId, UserId},
    jobs::scoring::Asks,
    on, on_tx,
};
use sqlx::types::Json;

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

/// The statement that reads jobs of a person as the ranker does; what follows is added to its conditions.
macro_rules! rankable {
    ($rest:literal) => {
        concat!(
            "SELECT id, company, title, location, remote, experience_level, asks, status FROM jobs \
             WHERE user_id = $1 AND deleted_at IS NULL",
            $rest
        )
    };
}

/// Every job of the person, archived ones included, as the ranker reads it.
pub async fn rankable(tx: &mut Tx, who: UserId) -> Result<Vec<Rankable>> {
    Ok(on_tx!(tx, |c| sqlx::query_as(rankable!(" ORDER BY id")).bind(who).fetch_all(c).await)?)
}

/// The same outside of a change.
pub async fn everything(db: &Db, who: UserId) -> Result<Vec<Rankable>> {
    Ok(on!(db.read, |c| sqlx::query_as(rankable!("")).bind(who).fetch_all(c).await)?)
}

/// The same; archived jobs left out.
pub async fn market(db: &Db, who: UserId) -> Result<Vec<Rankable>> {
    let statement = rankable!(" AND status <> 'archived' ORDER BY created_at DESC, id DESC");
    Ok(on!(db.read, |c| sqlx::query_as(statement).bind(who).fetch_all(c).await)?)
}
