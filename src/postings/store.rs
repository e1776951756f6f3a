//! SQL of postings.

use super::Stored;
use crate::{
    db::{Db, Tx},
    error::Result,
    ids::{PostingId, SourceId},
    jobs::scoring::Asks,
    on, on_tx, write_tx,
};
use chrono::{DateTime, NaiveDate, Utc};
use posting::{Level, Period, Remote, Salary};
use sqlx::types::Json;
use std::collections::HashMap;

/// Rows per INSERT; 33 values each, under both engines' limits.
const ROWS_AT_ONCE: usize = 200;
/// Values of a list in one statement.
const LISTED: usize = 2_000;

/// A posting as it is stored.
#[derive(Clone, sqlx::FromRow)]
pub struct Row {
    pub id: PostingId,
    pub source_id: SourceId,
    pub opening_id: PostingId,
    kind: Option<String>,
    company: String,
    title: String,
    location: String,
    remote: Option<String>,
    experience_level: Option<String>,
    salary_min: Option<i64>,
    salary_max: Option<i64>,
    salary_currency: Option<String>,
    salary_period: Option<String>,
    source: String,
    url: Option<String>,
    date_posted: Option<NaiveDate>,
    closes_on: Option<NaiveDate>,
    company_key: String,
    pub first_seen: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
    tech_stack: Json<Vec<String>>,
    asks: Json<Asks>,
    responsibilities: Json<Vec<String>>,
    requirements: Json<Vec<String>>,
    description: String,
}

const COLUMNS: &str = "id, source_id, opening_id, kind, company, title, location, remote, experience_level, salary_min, \
    salary_max, salary_currency, salary_period, source, url, date_posted, closes_on, company_key, first_seen, closed_at, \
    tech_stack, asks, responsibilities, requirements, description";

impl Row {
    /// Whether it is the very opening, and no repeat or copy of it.
    pub fn is_itself(&self) -> bool {
        matches!(self.kind.as_deref(), None | Some("same"))
    }

    pub fn closed(&self) -> bool {
        self.closed_at.is_some()
    }

    /// The word of its board.
    pub fn source(&self) -> &str {
        &self.source
    }
}

impl From<Row> for Stored {
    fn from(row: Row) -> Self {
        let salary = row
            .salary_currency
            .zip(row.salary_period.as_deref().and_then(Period::parse))
            .map(|(currency, period)| Salary { min: row.salary_min, max: row.salary_max, currency, period });
        Stored {
            id: row.opening_id,
            company: row.company,
            title: row.title,
            location: row.location,
            remote: row.remote.as_deref().and_then(Remote::parse),
            level: row.experience_level.as_deref().and_then(Level::parse),
            salary,
            asks: row.asks.0,
            tech_stack: row.tech_stack.0,
            responsibilities: row.responsibilities.0,
            requirements: row.requirements.0,
            source: row.source,
            sources: vec![row.source_id],
            url: row.url,
            date_posted: row.date_posted,
            closes_on: row.closes_on,
            company_key: row.company_key,
            description: row.description,
            first_seen: row.first_seen,
        }
    }
}

/// The openings with these ids, in no order; an id that is no opening's is left out.
pub async fn by_ids(db: &Db, ids: &[PostingId]) -> Result<Vec<Stored>> {
    let mut openings: HashMap<PostingId, Vec<Row>> = HashMap::new();
    for chunk in ids.chunks(LISTED) {
        let rows: Vec<Row> = on!(db.read, |c| {
            let mut query = sqlx::QueryBuilder::new("SELECT ");
            query.push(COLUMNS).push(" FROM postings WHERE opening_id IN (");
            let mut list = query.separated(", ");
            for id in chunk {
                list.push_bind(*id);
            }
            query.push(")");
            query.build_query_as().fetch_all(c).await
        })?;
        for row in rows {
            openings.entry(row.opening_id).or_default().push(row);
        }
    }
    Ok(openings.into_values().filter_map(super::merging::merged).collect())
}

/// Open openings that came after this one (the moment it was first seen, and its id), oldest first.
pub async fn newer_than(db: &Db, after: Option<(DateTime<Utc>, PostingId)>, limit: i64) -> Result<Vec<Stored>> {
    let (at, id) = after.unwrap_or((DateTime::UNIX_EPOCH, PostingId(uuid::Uuid::nil())));
    let rows: Vec<Row> = on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM postings WHERE kind IS NULL AND closed_at IS NULL AND (first_seen > ");
        query.push_bind(at).push(" OR (first_seen = ").push_bind(at).push(" AND id > ").push_bind(id);
        query.push(")) ORDER BY first_seen, id LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(c).await
    })?;
    Ok(rows.into_iter().map(Stored::from).collect())
}
