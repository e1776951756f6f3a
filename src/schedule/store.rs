//! SQL of the schedule. Its rows are the app's, nobody's data.

use super::Schedule;
use crate::{
    db::{self, Db, Tx, push_list},
    error::Result,
    on, on_tx,
    retention::RUN_DAYS,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use sqlx::QueryBuilder;

/// One time that something was due in one time zone.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Run {
    pub schedule: Schedule,
    pub zone: String,
    pub day: NaiveDate,
    pub planned_at: DateTime<Utc>,
    pub started_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    pub pages: i64,
    pub trouble: String,
}

/// The time zones people are in, with when somebody first was. One that nobody is in any more is forgotten.
pub async fn zones(db: &Db, now: DateTime<Utc>) -> Result<Vec<(String, DateTime<Utc>)>> {
    let used: Vec<String> =
        on!(db.read, |c| sqlx::query_scalar("SELECT DISTINCT time_zone FROM profiles").fetch_all(c).await)?;
    let mut known = known(db).await?;
    let fresh: Vec<&String> = used.iter().filter(|zone| !known.iter().any(|(known, _)| known == *zone)).collect();
    let left: Vec<&String> = known.iter().map(|(zone, _)| zone).filter(|zone| !used.contains(zone)).collect();
    if fresh.is_empty() && left.is_empty() {
        return Ok(known);
    }
    let mut tx = db.begin().await?;
    if !fresh.is_empty() {
        on_tx!(&mut tx, |c| {
            let mut query = QueryBuilder::new("INSERT INTO schedule_zones (zone, seen_at) ");
            query.push_values(&fresh, |mut row, zone| {
                row.push_bind(*zone).push_bind(now);
            });
            query.push(" ON CONFLICT DO NOTHING").build().execute(c).await.map(|_| ())
        })?;
    }
    if !left.is_empty() {
        on_tx!(&mut tx, |c| {
            let mut query = QueryBuilder::new("DELETE FROM schedule_zones WHERE zone IN ");
            push_list(&mut query, &left)
                .push(" AND zone NOT IN (SELECT time_zone FROM profiles)")
                .build()
                .execute(c)
                .await
                .map(|_| ())
        })?;
    }
    tx.commit().await?;
    known = self::known(db).await?;
    Ok(known)
}

async fn known(db: &Db) -> Result<Vec<(String, DateTime<Utc>)>> {
    Ok(on!(db.read, |c| sqlx::query_as("SELECT zone, seen_at FROM schedule_zones ORDER BY zone").fetch_all(c).await)?)
}

/// The newest day that each thing was begun for in each zone.
pub async fn begun(db: &Db) -> Result<Vec<(Schedule, String, NaiveDate)>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT schedule, zone, max(day) AS day FROM schedule_runs GROUP BY schedule, zone"
    )
    .fetch_all(c)
    .await)?)
}

/// Notes that something is begun; false when it was begun already for this day or a later one, by whichever server.
pub async fn begin(
    tx: &mut Tx,
    schedule: Schedule,
    zone: &str,
    (day, planned_at): (NaiveDate, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<bool> {
    let written = on_tx!(tx, |c| sqlx::query(
        "INSERT INTO schedule_runs (schedule, zone, day, planned_at, started_at, pages, trouble) \
         SELECT $1, $2, $3, $4, $5, 0, '' \
         WHERE NOT EXISTS (SELECT 1 FROM schedule_runs WHERE schedule = $1 AND zone = $2 AND day >= $3) \
         ON CONFLICT DO NOTHING"
    )
    .bind(schedule)
    .bind(zone)
    .bind(day)
    .bind(planned_at)
    .bind(now)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(written == 1)
}

/// Notes that another page of people was gone through, and that it was the last.
pub async fn passed(
    tx: &mut Tx,
    schedule: Schedule,
    zone: &str,
    planned: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "UPDATE schedule_runs SET pages = pages + 1, ended_at = $4, trouble = '' \
         WHERE schedule = $1 AND zone = $2 AND planned_at = $3"
    )
    .bind(schedule)
    .bind(zone)
    .bind(planned)
    .bind(ended_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Notes that something was given up.
pub async fn given_up(
    db: &Db,
    schedule: Schedule,
    zone: &str,
    planned: DateTime<Utc>,
    why: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    on!(db.write, |c| sqlx::query(
        "UPDATE schedule_runs SET ended_at = $4, trouble = $5 WHERE schedule = $1 AND zone = $2 AND planned_at = $3"
    )
    .bind(schedule)
    .bind(zone)
    .bind(planned)
    .bind(now)
    .bind(why)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// The newest runs, newest first, and how many there are.
pub async fn list(db: &Db, limit: i64, offset: i64) -> Result<(Vec<Run>, i64)> {
    let runs = on!(db.read, |c| sqlx::query_as(
        "SELECT schedule, zone, day, planned_at, started_at, ended_at, pages, trouble FROM schedule_runs \
         ORDER BY planned_at DESC, schedule, zone LIMIT $1 OFFSET $2"
    )
    .bind(limit)
    .bind(offset)
    .fetch_all(c)
    .await)?;
    let total = on!(db.read, |c| sqlx::query_scalar("SELECT count(*) FROM schedule_runs").fetch_one(c).await)?;
    Ok((runs, total))
}

/// Removes runs past their time.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM schedule_runs WHERE started_at < $1")
        .bind(db::now() - Duration::days(RUN_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
