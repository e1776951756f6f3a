//! SQL of matches: written for many people at once, read and delivered for one.

use super::Matched;
use crate::{
    db::{self, Db, Tx, push_list},
    error::Result,
    ids::{JobId, PostingId, SearchId, UserId},
    on, on_tx,
    retention::{MATCH_DAY_DAYS, MATCH_DAYS},
    write_tx,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use std::collections::HashMap;

/// Rows of one statement; seven values each at most.
const ROWS_AT_ONCE: usize = 1_000;
/// People of one statement.
const PEOPLE_AT_ONCE: usize = 500;

/// A match to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct New {
    pub user: UserId,
    pub posting: PostingId,
    pub search: SearchId,
    pub score: Option<u8>,
    pub why: String,
}

/// Writes matches in the order given; those that are here already stay as they are. Answers with how many of each person are new.
/// Searches that went meanwhile find nothing.
pub async fn insert(tx: &mut Tx, new: &[New], at: DateTime<Utc>) -> Result<HashMap<UserId, u32>> {
    let mut written: HashMap<UserId, u32> = HashMap::new();
    for chunk in new.chunks(ROWS_AT_ONCE) {
        let users: Vec<UserId> = on_tx!(&mut *tx, |c| {
            let mut query = sqlx::QueryBuilder::new(
                "INSERT INTO matches (user_id, posting_id, search_id, score, why, found_at) \
                 SELECT v.column1, v.column2, v.column3, v.column4, v.column5, v.column6 FROM (",
            );
            query.push_values(chunk, |mut row, new| {
                row.push_bind(new.user)
                    .push_bind(new.posting)
                    .push_bind(new.search)
                    .push_bind(new.score.map(i64::from))
                    .push_bind(&new.why)
                    .push_bind(at);
            });
            query.push(
                ") AS v JOIN searches s ON s.user_id = v.column1 AND s.id = v.column3 WHERE s.deleted_at IS NULL \
                 ON CONFLICT DO NOTHING RETURNING user_id",
            );
            query.build_query_scalar().fetch_all(c).await
        })?;
        for user in users {
            *written.entry(user).or_default() += 1;
        }
    }
    Ok(written)
}

/// How many matches these people got on a day.
pub async fn found_on(db: &Db, users: &[UserId], day: NaiveDate) -> Result<HashMap<UserId, i64>> {
    let mut all = HashMap::with_capacity(users.len());
    for chunk in users.chunks(PEOPLE_AT_ONCE) {
        let rows: Vec<(UserId, i64)> = on!(db.read, |c| {
            let mut query = sqlx::QueryBuilder::new("SELECT user_id, found FROM match_days WHERE day = ");
            query.push_bind(day).push(" AND user_id IN ");
            push_list(&mut query, chunk);
            query.build_query_as().fetch_all(c).await
        })?;
        all.extend(rows);
    }
    Ok(all)
}

/// Counts what people got on a day, and what was left out.
pub async fn count_days(tx: &mut Tx, day: NaiveDate, counts: &[(UserId, u32, u32)]) -> Result<()> {
    for chunk in counts.chunks(ROWS_AT_ONCE) {
        write_tx!(&mut *tx, |query| {
            query.push(
                "INSERT INTO match_days (user_id, day, found, left_out) \
                 SELECT v.column1, v.column2, v.column3, v.column4 FROM (",
            );
            query.push_values(chunk, |mut row, (user, found, left_out)| {
                row.push_bind(*user).push_bind(day).push_bind(i64::from(*found)).push_bind(i64::from(*left_out));
            });
            query.push(
                ") AS v JOIN users u ON u.id = v.column1 WHERE TRUE ON CONFLICT (user_id, day) DO UPDATE SET \
                 found = match_days.found + excluded.found, left_out = match_days.left_out + excluded.left_out",
            )
        });
    }
    Ok(())
}

/// How many were left out on a day.
pub async fn left_out(db: &Db, who: UserId, day: NaiveDate) -> Result<i64> {
    let found: Option<i64> =
        on!(db.read, |c| sqlx::query_scalar("SELECT left_out FROM match_days WHERE user_id = $1 AND day = $2")
            .bind(who)
            .bind(day)
            .fetch_optional(c)
            .await)?;
    Ok(found.unwrap_or_default())
}

/// One page of what a search found, newest first, and how much that is. What became a job shows as the job is now, and goes with it.
pub async fn page(db: &Db, who: UserId, search: SearchId, limit: i64, offset: i64) -> Result<(Vec<Matched>, i64)> {
    const FROM: &str = " FROM matches m LEFT JOIN jobs j ON j.user_id = m.user_id AND j.id = m.job_id AND j.deleted_at IS NULL \
        LEFT JOIN postings p ON p.id = m.posting_id \
        WHERE (j.id IS NOT NULL OR (m.job_id IS NULL AND p.id IS NOT NULL)) AND m.user_id = ";
    on!(db.read, |c| {
        let mut count = sqlx::QueryBuilder::new("SELECT count(*)");
        count.push(FROM).push_bind(who).push(" AND m.search_id = ").push_bind(search);
        let total: i64 = count.build_query_scalar().fetch_one(c).await?;
        let mut rows = sqlx::QueryBuilder::new(
            "SELECT m.posting_id, m.job_id, COALESCE(j.company, p.company) AS company, COALESCE(j.title, p.title) AS title, \
             COALESCE(j.location, p.location) AS location, COALESCE(j.url, p.url) AS url, m.score, m.why, m.found_at",
        );
        rows.push(FROM).push_bind(who).push(" AND m.search_id = ").push_bind(search);
        rows.push(" ORDER BY m.found_at DESC, m.score DESC NULLS LAST, m.posting_id LIMIT ").push_bind(limit);
        rows.push(" OFFSET ").push_bind(offset);
        Ok((rows.build_query_as().fetch_all(c).await?, total))
    })
}

/// A match that is to become a job.
#[derive(sqlx::FromRow)]
pub struct Waiting {
    pub posting_id: PostingId,
    pub search_id: SearchId,
}

/// What was found for the person and not delivered, best first.
pub async fn waiting(tx: &mut Tx, who: UserId, limit: i64) -> Result<Vec<Waiting>> {
    Ok(on_tx!(tx, |c| sqlx::query_as(
        "SELECT posting_id, search_id FROM matches WHERE user_id = $1 AND delivered_at IS NULL \
         ORDER BY score DESC NULLS LAST, found_at, posting_id LIMIT $2"
    )
    .bind(who)
    .bind(limit)
    .fetch_all(c)
    .await)?)
}

/// Notes that matches were delivered, and as which jobs; none where the posting is gone.
pub async fn delivered(tx: &mut Tx, who: UserId, jobs: &[(PostingId, Option<JobId>)], at: DateTime<Utc>) -> Result<()> {
    for chunk in jobs.chunks(ROWS_AT_ONCE) {
        on_tx!(&mut *tx, |c| {
            let mut query = sqlx::QueryBuilder::new("UPDATE matches SET delivered_at = ");
            query.push_bind(at).push(", job_id = v.column2 FROM (");
            query.push_values(chunk, |mut row, (posting, job)| {
                row.push_bind(*posting).push_bind(*job);
            });
            query.push(") AS v WHERE matches.posting_id = v.column1 AND matches.user_id = ").push_bind(who);
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// People for whom something was found that nobody has delivered since then.
pub async fn forgotten(db: &Db, before: DateTime<Utc>) -> Result<Vec<UserId>> {
    Ok(on!(db.read, |c| sqlx::query_scalar(
        "SELECT DISTINCT user_id FROM matches WHERE delivered_at IS NULL AND found_at < $1 LIMIT 1000"
    )
    .bind(before)
    .fetch_all(c)
    .await)?)
}

/// A match in an exported file.
#[derive(Debug, serde::Serialize, sqlx::FromRow)]
pub struct Exported {
    search: Option<String>,
    posting_id: PostingId,
    job_id: Option<JobId>,
    score: Option<i64>,
    why: String,
    found_at: DateTime<Utc>,
    delivered_at: Option<DateTime<Utc>>,
}

/// The person's matches after this one, by posting.
pub async fn after(db: &Db, who: UserId, last: Option<PostingId>, limit: i64) -> Result<Vec<Exported>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT s.name AS search, m.posting_id, m.job_id, m.score, m.why, m.found_at, m.delivered_at FROM matches m \
         LEFT JOIN searches s ON s.user_id = m.user_id AND s.id = m.search_id \
         WHERE m.user_id = $1 AND m.posting_id > $2 ORDER BY m.posting_id LIMIT $3"
    )
    .bind(who)
    .bind(last.unwrap_or(PostingId(uuid::Uuid::nil())))
    .bind(limit)
    .fetch_all(c)
    .await)?)
}

impl Exported {
    /// Where the next page begins.
    pub fn posting(&self) -> PostingId {
        self.posting_id
    }
}

/// How many matches of how many days a person got.
#[derive(Debug, serde::Serialize, sqlx::FromRow)]
pub struct Day {
    day: NaiveDate,
    found: i64,
    left_out: i64,
}

/// The person's days.
pub async fn days(db: &Db, who: UserId) -> Result<Vec<Day>> {
    Ok(on!(db.read, |c| sqlx::query_as("SELECT day, found, left_out FROM match_days WHERE user_id = $1 ORDER BY day")
        .bind(who)
        .fetch_all(c)
        .await)?)
}

/// Removes what is past its time, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    let now = db::now();
    on!(db.write, |c| {
        sqlx::query("DELETE FROM matches WHERE found_at < $1")
            .bind(now - Duration::days(MATCH_DAYS))
            .execute(c)
            .await?;
        sqlx::query("DELETE FROM match_days WHERE day < $1")
            .bind((now - Duration::days(MATCH_DAY_DAYS)).date_naive())
            .execute(c)
            .await
            .map(|_| ())
    })?;
    Ok(())
}
