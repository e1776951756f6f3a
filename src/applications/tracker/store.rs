//! SQL of the tracker.

use super::{Line, TrackerQuery};
use crate::{
    applications::store::FROM,
    db::{self, Db, like_anywhere, push_list},
    error::Result,
    ids::{ApplicationId, UserId},
    jobs::names,
    on,
    palette::ranking::Wanted,
};
use chrono::{Duration, NaiveDate};
use posting::{Period, Salary};
use uuid::Uuid;

const COLUMNS: &str = "a.id, a.job_id, j.company, j.title, j.location, j.remote, j.source, j.match_score, a.stage, a.status, \
    a.applied_at, COALESCE(a.stage_since, a.created_at) AS since, a.version, (a.notes_sealed IS NOT NULL) AS noted";

/// Writes FROM and WHERE of a [`TrackerQuery`]; a macro because a query builder's type differs by engine.
macro_rules! filter {
    ($sql:ident, $who:ident, $query:ident) => {
        $sql.push(FROM).push_bind($who);
        for word in $query.q.split_whitespace().take(10) {
            $sql.push(" AND j.search LIKE ").push_bind(like_anywhere(word)).push(" ESCAPE '\\'");
        }
        if !$query.status.is_empty() {
            $sql.push(" AND a.status = ").push_bind($query.status.as_str());
        }
        if !$query.source.is_empty() {
            $sql.push(" AND j.source = ").push_bind($query.source.as_str());
        }
        if let Some(least) = $query.min_score {
            $sql.push(" AND j.match_score >= ").push_bind(i64::from(least));
        }
        if let Some(days) = $query.quiet {
            $sql.push(" AND a.stage_since < ").push_bind(db::now() - Duration::days(i64::from(days)));
        }
    };
}

macro_rules! in_stage {
    ($sql:ident, $query:ident) => {
        if !$query.stage.is_empty() {
            $sql.push(" AND a.stage = ").push_bind($query.stage.as_str());
        }
    };
}

/// How many pass the filters, by stage; the filter by stage left out.
pub async fn counts(db: &Db, who: UserId, query: &TrackerQuery) -> Result<Vec<(String, i64)>> {
    Ok(on!(db.read, |c| {
        let mut sql = sqlx::QueryBuilder::new("SELECT a.stage, count(*)");
        filter!(sql, who, query);
        sql.push(" GROUP BY a.stage");
        sql.build_query_as().fetch_all(c).await
    })?)
}

/// The `most` latest moved of each stage.
pub async fn board(db: &Db, who: UserId, query: &TrackerQuery, most: i64) -> Result<Vec<Line>> {
    Ok(on!(db.read, |c| {
        let mut sql = sqlx::QueryBuilder::new("SELECT * FROM (SELECT ");
        sql.push(COLUMNS)
            .push(", row_number() OVER (PARTITION BY a.stage ORDER BY a.stage_since DESC, a.id DESC) AS place");
        filter!(sql, who, query);
        in_stage!(sql, query);
        sql.push(") AS ranked WHERE place <= ").push_bind(most).push(" ORDER BY since DESC, id DESC");
        sql.build_query_as().fetch_all(c).await
    })?)
}

/// One page of the table in its order.
pub async fn page(db: &Db, who: UserId, query: &TrackerQuery, limit: i64, offset: i64) -> Result<Vec<Line>> {
    Ok(on!(db.read, |c| {
        let mut sql = sqlx::QueryBuilder::new("SELECT ");
        sql.push(COLUMNS);
        filter!(sql, who, query);
        in_stage!(sql, query);
        sql.push(" ORDER BY ");
        sql.push(match query.group.as_str() {
            "stage" => "(SELECT s.position FROM stages s WHERE s.user_id = a.user_id AND s.key = a.stage) NULLS LAST, ",
            "company" => "lower(j.company), ",
            "source" => "j.source, ",
            _ => "",
        });
        sql.push(match query.sort.as_str() {
            "company" => "lower(j.company), lower(j.title), a.id",
            "-company" => "lower(j.company) DESC, lower(j.title) DESC, a.id",
            "title" => "lower(j.title), lower(j.company), a.id",
            "-title" => "lower(j.title) DESC, lower(j.company) DESC, a.id",
            "stage" => "(SELECT s.position FROM stages s WHERE s.user_id = a.user_id AND s.key = a.stage), a.id",
            "-stage" => "(SELECT s.position FROM stages s WHERE s.user_id = a.user_id AND s.key = a.stage) DESC, a.id",
            "score" => "j.match_score NULLS LAST, a.id",
            "-score" => "j.match_score DESC NULLS LAST, a.id",
            "applied" => "a.applied_at NULLS LAST, a.id",
            "-applied" => "a.applied_at DESC NULLS LAST, a.id",
            "since" => "a.stage_since, a.id",
            _ => "a.stage_since DESC, a.id DESC",
        });
        sql.push(" LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
        sql.build_query_as().fetch_all(c).await
    })?)
}

/// An application with everything that is handed out of it.
#[derive(sqlx::FromRow)]
pub struct Whole {
    #[sqlx(flatten)]
    pub line: Line,
    pub url: Option<String>,
    pub salary_min: Option<i64>,
    pub salary_max: Option<i64>,
    pub salary_currency: Option<String>,
    pub salary_period: Option<String>,
    pub notes: String,
    pub notes_sealed: Option<String>,
}

/// Everything that passes the filters, at most `limit`, the first made first.
pub async fn whole(db: &Db, who: UserId, query: &TrackerQuery, limit: i64) -> Result<Vec<Whole>> {
    Ok(on!(db.read, |c| {
        let mut sql = sqlx::QueryBuilder::new("SELECT ");
        sql.push(COLUMNS)
            .push(", j.url, j.salary_min, j.salary_max, j.salary_currency, j.salary_period, a.notes, a.notes_sealed");
        filter!(sql, who, query);
        in_stage!(sql, query);
        sql.push(" ORDER BY a.id LIMIT ").push_bind(limit);
        sql.build_query_as().fetch_all(c).await
    })?)
}

/// Those something can still be done about, with what their posting says; the latest moved first.
pub async fn open(db: &Db, who: UserId, limit: i64) -> Result<Vec<Posted>> {
    let rows: Vec<Row> = on!(db.read, |c| {
        let mut sql = sqlx::QueryBuilder::new("SELECT ");
        sql.push(COLUMNS).push(", j.salary_min, j.salary_max, j.salary_currency, j.salary_period, j.closes_on");
        sql.push(FROM).push_bind(who).push(" AND a.status IN ('interested', 'applied', 'interview', 'offer')");
        sql.push(" ORDER BY a.stage_since DESC, a.id LIMIT ").push_bind(limit);
        sql.build_query_as().fetch_all(c).await
    })?;
    Ok(rows.into_iter().map(Posted::from).collect())
}

/// A line with the pay its posting names and the last day to apply.
pub struct Posted {
    pub line: Line,
    pub salary: Option<Salary>,
    pub closes_on: Option<NaiveDate>,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    line: Line,
    salary_min: Option<i64>,
    salary_max: Option<i64>,
    salary_currency: Option<String>,
    salary_period: Option<String>,
    closes_on: Option<NaiveDate>,
}

impl From<Row> for Posted {
    fn from(row: Row) -> Self {
        let period = row.salary_period.as_deref().and_then(Period::parse);
        let salary = row.salary_currency.zip(period).map(|(currency, period)| Salary {
            min: row.salary_min,
            max: row.salary_max,
            currency,
            period,
        });
        Posted { line: row.line, salary, closes_on: row.closes_on }
    }
}

/// Where the jobs applied to came from.
pub async fn sources(db: &Db, who: UserId) -> Result<Vec<String>> {
    Ok(on!(db.read, |c| {
        let mut sql = sqlx::QueryBuilder::new("SELECT DISTINCT j.source");
        sql.push(FROM).push_bind(who).push(" ORDER BY j.source");
        sql.build_query_scalar().fetch_all(c).await
    })?)
}

/// Jobs with an application, before the person. The order of the join is given: applications are fewer than jobs.
const APPLIED: &str = " FROM applications a CROSS JOIN job_names n \
    WHERE n.user_id = a.user_id AND n.job_id = a.job_id AND a.deleted_at IS NULL AND a.user_id = ";

/// The applications to the jobs whose names fit best, in that order; eight at most.
pub async fn find(db: &Db, who: UserId, wanted: &Wanted) -> Result<Vec<Line>> {
    let ids = names::closest(db, who, APPLIED, wanted).await?;
    let mut lines: Vec<Line> = some(db, who, "a.job_id", &ids.iter().map(|id| id.0).collect::<Vec<_>>()).await?;
    lines.sort_by_key(|line| ids.iter().position(|id| *id == line.job_id));
    Ok(lines)
}

/// The person's applications that have one of these ids in a column.
pub async fn some(db: &Db, who: UserId, column: &'static str, ids: &[Uuid]) -> Result<Vec<Line>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on!(db.read, |c| {
        let mut sql = sqlx::QueryBuilder::new("SELECT ");
        sql.push(COLUMNS).push(FROM).push_bind(who).push(" AND ").push(column).push(" IN ");
        push_list(&mut sql, ids);
        sql.build_query_as().fetch_all(c).await
    })?)
}

/// The person's applications by name, "Baker at Acme Mills", those that moved last first.
pub async fn names(db: &Db, who: UserId) -> Result<Vec<(ApplicationId, String)>> {
    Ok(on!(db.read, |c| {
        let mut sql = sqlx::QueryBuilder::new("SELECT a.id, j.title || ' at ' || j.company");
        sql.push(FROM).push_bind(who).push(" ORDER BY a.updated_at DESC, a.id DESC LIMIT 200");
        sql.build_query_as().fetch_all(c).await
    })?)
}
