//! SQL of alerts. Alerts of deleted jobs rest with them.

use super::Alert;
use crate::{
    db::{Db, Tx},
    error::Result,
    ids::{AlertId, JobId, UserId},
    on, on_tx,
    privacy::export::format::ExportedAlert,
    write_tx,
};
use chrono::{DateTime, Utc};

const FROM: &str = " FROM alerts a JOIN jobs j ON j.user_id = a.user_id AND j.id = a.job_id AND j.deleted_at IS NULL \
    WHERE a.user_id = ";

/// Adds alerts, created at `at`; a job has one at most.
pub async fn insert(tx: &mut Tx, who: UserId, jobs: &[(JobId, u8)], at: DateTime<Utc>) -> Result<()> {
    for chunk in jobs.chunks(500) {
        write_tx!(&mut *tx, |query| {
            query.push("INSERT INTO alerts (id, user_id, job_id, score, created_at) ");
            query.push_values(chunk, |mut row, (job, score)| {
                row.push_bind(AlertId::fresh())
                    .push_bind(who)
                    .push_bind(*job)
                    .push_bind(i64::from(*score))
                    .push_bind(at);
            });
            query.push(" ON CONFLICT DO NOTHING")
        });
    }
    Ok(())
}

/// The newest alerts.
pub async fn list(db: &Db, who: UserId, limit: i64) -> Result<Vec<Alert>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(
            "SELECT a.id, a.job_id, j.company, j.title, j.location, a.score, a.created_at, a.read_at, f.verdict, (SELECT s.name FROM matches m \
             JOIN searches s ON s.user_id = m.user_id AND s.id = m.search_id WHERE m.user_id = a.user_id AND m.job_id = a.job_id \
             ORDER BY m.found_at, m.posting_id LIMIT 1) AS search",
        );
        query.push(
            " FROM alerts a JOIN jobs j ON j.user_id = a.user_id AND j.id = a.job_id AND j.deleted_at IS NULL \
            LEFT JOIN feedback f ON f.user_id = a.user_id AND f.job_id = a.job_id WHERE a.user_id = ",
        );
        query.push_bind(who).push(" ORDER BY a.created_at DESC, a.score DESC, a.id LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(c).await
    })?)
}

#[derive(sqlx::FromRow)]
struct Row {
    job_id: JobId,
    score: i64,
    created_at: DateTime<Utc>,
    read_at: Option<DateTime<Utc>>,
}

/// All of the person's alerts, those of deleted jobs included, oldest first.
pub async fn all(db: &Db, who: UserId) -> Result<Vec<ExportedAlert>> {
    let rows: Vec<Row> = on!(db.read, |c| sqlx::query_as(
        "SELECT job_id, score, created_at, read_at FROM alerts WHERE user_id = $1 ORDER BY created_at, id"
    )
    .bind(who)
    .fetch_all(c)
    .await)?;
    let all = rows.into_iter().map(|row| ExportedAlert {
        job_id: row.job_id,
        score: u8::try_from(row.score).unwrap_or_default(),
        created_at: row.created_at,
        read_at: row.read_at,
    });
    Ok(all.collect())
}

/// Takes in one alert as it was; a job has one at most.
pub async fn take_in(tx: &mut Tx, who: UserId, job: JobId, alert: &ExportedAlert) -> Result<()> {
    write_tx!(tx, |query| query
        .push("INSERT INTO alerts (id, user_id, job_id, score, created_at, read_at) ")
        .push_values([alert], |mut row, alert| {
            row.push_bind(AlertId::fresh())
                .push_bind(who)
                .push_bind(job)
                .push_bind(i64::from(alert.score))
                .push_bind(alert.created_at)
                .push_bind(alert.read_at);
        })
        .push(" ON CONFLICT DO NOTHING"));
    Ok(())
}

/// How many alerts wait to be read.
pub async fn unread(db: &Db, who: UserId) -> Result<i64> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT count(*)");
        query.push(FROM).push_bind(who).push(" AND a.read_at IS NULL");
        query.build_query_scalar().fetch_one(c).await
    })?)
}

/// Job, title, company and score of what was raised from the first moment on and until the second, the best first.
pub async fn since(
    tx: &mut Tx,
    who: UserId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<(JobId, String, String, i64)>> {
    Ok(on_tx!(tx, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT a.job_id, j.title, j.company, a.score");
        query.push(FROM).push_bind(who).push(" AND a.created_at >= ").push_bind(from);
        query.push(" AND a.created_at < ").push_bind(until).push(" ORDER BY a.score DESC, a.created_at DESC, a.id");
        query.build_query_as().fetch_all(c).await
    })?)
}

/// Sets one alert's read state; false when it is not this person's.
pub async fn mark(tx: &mut Tx, who: UserId, id: AlertId, read_at: Option<DateTime<Utc>>) -> Result<bool> {
    let changed = on_tx!(tx, |c| sqlx::query("UPDATE alerts SET read_at = $3 WHERE user_id = $1 AND id = $2")
        .bind(who)
        .bind(id)
        .bind(read_at)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(changed > 0)
}

/// Marks everything read at `at`; how many were not.
pub async fn mark_all(tx: &mut Tx, who: UserId, at: DateTime<Utc>) -> Result<u64> {
    Ok(on_tx!(tx, |c| sqlx::query("UPDATE alerts SET read_at = $2 WHERE user_id = $1 AND read_at IS NULL")
        .bind(who)
        .bind(at)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?)
}
