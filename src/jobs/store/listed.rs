//! SQL that lists a person's jobs, and counts them.

use super::{COLUMNS, Row};
use crate::{
    briefings::content::Origin,
    db::{Db, like_anywhere, push_list},
    error::Result,
    ids::{JobId, UserId},
    jobs::JobQuery,
    on,
};
use chrono::{DateTime, Utc};

/// Writes the WHERE of a [`JobQuery`]; a macro because a query builder's type differs by engine.
macro_rules! filter {
    ($sql:ident, $who:ident, $query:ident) => {
        $sql.push(" WHERE deleted_at IS NULL AND user_id = ").push_bind($who);
        for word in $query.q.split_whitespace().take(10) {
            $sql.push(" AND search LIKE ").push_bind(like_anywhere(word)).push(" ESCAPE '\\'");
        }
        match $query.status.as_str() {
            "" => {
                $sql.push(" AND status <> 'archived'");
            }
            "all" => {}
            status => {
                $sql.push(" AND status = ").push_bind(status);
            }
        }
        if !$query.source.is_empty() {
            $sql.push(" AND source = ").push_bind($query.source.as_str());
        }
        if !$query.remote.is_empty() {
            $sql.push(" AND remote = ").push_bind($query.remote.as_str());
        }
        if let Some(least) = $query.min_score {
            $sql.push(" AND match_score >= ").push_bind(i64::from(least));
        }
    };
}

/// Postgres refuses NUL in text, and no stored text has one.
fn without_nul(query: &JobQuery) -> JobQuery {
    let [q, status, source, remote] =
        [&query.q, &query.status, &query.source, &query.remote].map(|text| text.replace('\0', ""));
    JobQuery { q, status, source, remote, ..query.clone() }
}

/// The end of a query for the order that was asked for.
fn order(query: &JobQuery) -> &'static str {
    match query.sort.as_str() {
        "newest" => " ORDER BY created_at DESC, id DESC",
        "posted" => " ORDER BY date_posted DESC NULLS LAST, id DESC",
        "company" => " ORDER BY lower(company), lower(title), id",
        "title" => " ORDER BY lower(title), lower(company), id",
        _ => " ORDER BY match_score DESC NULLS LAST, created_at DESC, id DESC",
    }
}

/// Rows and the number of all that pass the filters.
pub async fn list(db: &Db, who: UserId, query: &JobQuery, limit: i64, offset: i64) -> Result<(Vec<Row>, i64)> {
    let query = &without_nul(query);
    on!(db.read, |c| {
        let mut count = sqlx::QueryBuilder::new("SELECT count(*) FROM jobs");
        filter!(count, who, query);
        let total: i64 = count.build_query_scalar().fetch_one(c).await?;
        let mut rows = sqlx::QueryBuilder::new("SELECT ");
        rows.push(COLUMNS).push(" FROM jobs");
        filter!(rows, who, query);
        rows.push(order(query));
        rows.push(" LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
        let rows = rows.build_query_as::<Row>().fetch_all(c).await?;
        Ok((rows, total))
    })
}

/// What a job's place in a list depends on.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Ranked {
    pub id: JobId,
    pub match_score: Option<i64>,
    /// Whether nothing was done about it yet.
    pub open: bool,
}

/// All that pass the filters, in the order that was asked for.
pub async fn ranked(db: &Db, who: UserId, query: &JobQuery) -> Result<Vec<Ranked>> {
    let query = &without_nul(query);
    Ok(on!(db.read, |c| {
        let mut rows = sqlx::QueryBuilder::new("SELECT id, match_score, status = 'not_applied' AS open FROM jobs");
        filter!(rows, who, query);
        rows.push(order(query));
        rows.build_query_as().fetch_all(c).await
    })?)
}

/// These jobs, in their order; those that are gone meanwhile are left out.
pub async fn some(db: &Db, who: UserId, ids: &[JobId]) -> Result<Vec<Row>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows: Vec<Row> = on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM jobs WHERE deleted_at IS NULL AND user_id = ").push_bind(who);
        query.push(" AND id IN ");
        push_list(&mut query, ids);
        query.build_query_as().fetch_all(c).await
    })?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}

/// Sources among the person's jobs, and whether there is any job.
pub async fn sources(db: &Db, who: UserId) -> Result<Vec<String>> {
    Ok(on!(db.read, |c| sqlx::query_scalar(
        "SELECT DISTINCT source FROM jobs WHERE user_id = $1 AND deleted_at IS NULL ORDER BY source"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}

/// The best jobs not yet applied to.
pub async fn best(db: &Db, who: UserId, limit: i64) -> Result<Vec<Row>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query
            .push(COLUMNS)
            .push(" FROM jobs WHERE deleted_at IS NULL AND status = 'not_applied' AND user_id = ")
            .push_bind(who);
        query.push(" ORDER BY match_score DESC NULLS LAST, created_at DESC, id DESC LIMIT ").push_bind(limit);
        query.build_query_as::<Row>().fetch_all(c).await
    })?)
}

/// What was added from the first moment on and before the second, by where it came from: jobs, and those of them that raised an alert.
pub async fn brought(db: &Db, who: UserId, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<Origin>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT j.source, count(*) AS jobs, count(a.id) AS matches FROM jobs j \
         LEFT JOIN alerts a ON a.user_id = j.user_id AND a.job_id = j.id \
         WHERE j.deleted_at IS NULL AND j.user_id = $1 AND j.created_at >= $2 AND j.created_at < $3 \
         GROUP BY j.source ORDER BY 3 DESC, 2 DESC, 1"
    )
    .bind(who)
    .bind(from)
    .bind(until)
    .fetch_all(c)
    .await)?)
}

/// How many jobs stand where.
pub async fn count_by_status(db: &Db, who: UserId) -> Result<Vec<(String, i64)>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT status, count(*) FROM jobs WHERE user_id = $1 AND deleted_at IS NULL GROUP BY status"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}
