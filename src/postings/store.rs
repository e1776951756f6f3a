//! SQL of postings.

use super::Stored;
use crate::{
    db::{Db, Tx, push_list},
    error::Result,
    ids::{PostingId, SourceId, UserId},
    jobs::scoring::Asks,
    on, on_tx,
};
use chrono::{DateTime, NaiveDate, Utc};
use duplicates::{Facts, Traits};
use posting::{Level, Period, Remote, Salary};
use sqlx::types::Json;
use std::collections::HashMap;

mod apart;
mod candidates;
mod checking;

pub use apart::{Apart, KeptApart, all_apart, keep_apart, put_together};
pub use candidates::{Candidate, candidates};
pub use checking::{ToCheck, sources_to_check, to_check};

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
    missed_since: Option<DateTime<Utc>>,
    closed_at: Option<DateTime<Utc>>,
    tech_stack: Json<Vec<String>>,
    asks: Json<Asks>,
    responsibilities: Json<Vec<String>>,
    requirements: Json<Vec<String>>,
    description: String,
}

pub(super) const COLUMNS: &str = "id, source_id, opening_id, kind, company, title, location, remote, experience_level, salary_min, \
    salary_max, salary_currency, salary_period, source, url, date_posted, closes_on, company_key, first_seen, missed_since, \
    closed_at, tech_stack, asks, responsibilities, requirements, description";

impl Row {
    /// Whether what it says is said of the opening itself, and not of an agency's copy.
    pub fn is_of_employer(&self) -> bool {
        self.kind.as_deref() != Some("agency_copy")
    }

    pub fn closed(&self) -> bool {
        self.closed_at.is_some()
    }

    /// The word of its board.
    pub fn source(&self) -> &str {
        &self.source
    }

    fn salary(&self) -> Option<Salary> {
        let currency = self.salary_currency.clone();
        let period = self.salary_period.as_deref().and_then(Period::parse);
        let (min, max) = (self.salary_min, self.salary_max);
        currency.zip(period).map(|(currency, period)| Salary { min, max, currency, period })
    }
}

/// A stored posting to be compared with others.
pub struct Compared {
    pub id: PostingId,
    pub opening_id: PostingId,
    row: Row,
    salary: Option<Salary>,
    source: String,
}

impl From<Row> for Compared {
    fn from(row: Row) -> Self {
        Compared {
            id: row.id,
            opening_id: row.opening_id,
            salary: row.salary(),
            source: row.source_id.to_string(),
            row,
        }
    }
}

impl Compared {
    /// What comparing needs of it.
    pub fn traits(&self) -> Traits<'_> {
        let row = &self.row;
        Traits::of(&Facts {
            company: &row.company,
            title: &row.title,
            place: &row.location,
            remote: row.remote.as_deref().and_then(Remote::parse),
            text: &row.description,
            link: row.url.as_deref(),
            salary: self.salary.as_ref(),
            source: &self.source,
            posted: row.date_posted,
            first_seen: row.first_seen.date_naive(),
            gone_since: row.closed_at.and(row.missed_since.or(row.closed_at)).map(|at| at.date_naive()),
        })
    }
}

impl From<Row> for Stored {
    fn from(row: Row) -> Self {
        let salary = row.salary();
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
            query.push(COLUMNS).push(" FROM postings WHERE opening_id IN ");
            push_list(&mut query, chunk);
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
        query.push(COLUMNS).push(" FROM postings WHERE id = opening_id AND closed_at IS NULL AND (first_seen > ");
        query.push_bind(at).push(" OR (first_seen = ").push_bind(at).push(" AND id > ").push_bind(id);
        query.push(")) ORDER BY first_seen, id LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(c).await
    })?;
    Ok(rows.into_iter().map(Stored::from).collect())
}

/// What is known of a posting of a source, to tell whether it changed.
#[derive(sqlx::FromRow)]
pub struct Known {
    pub id: PostingId,
    pub source_key: String,
    pub digest: Vec<u8>,
    pub missed: i64,
    pub closed_at: Option<DateTime<Utc>>,
}

/// Everything a source has or had.
pub async fn of_source(db: &Db, source: SourceId) -> Result<Vec<Known>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT id, source_key, digest, missed, closed_at FROM postings WHERE source_id = $1"
    )
    .bind(source)
    .fetch_all(c)
    .await)?)
}

/// Openings nobody's searches were asked about yet, the oldest first.
pub async fn to_look_at(db: &Db, limit: i64) -> Result<Vec<PostingId>> {
    Ok(on!(db.read, |c| sqlx::query_scalar(
        "SELECT opening_id FROM postings WHERE looked_at IS NULL ORDER BY first_seen, id LIMIT $1"
    )
    .bind(limit)
    .fetch_all(c)
    .await)?)
}

/// Notes that everybody's searches were asked about these openings.
pub async fn looked_at(db: &Db, openings: &[PostingId], at: DateTime<Utc>) -> Result<()> {
    for chunk in openings.chunks(LISTED) {
        on!(db.write, |c| {
            let mut query = sqlx::QueryBuilder::new("UPDATE postings SET looked_at = ");
            query.push_bind(at).push(" WHERE looked_at IS NULL AND opening_id IN ");
            push_list(&mut query, chunk);
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// These postings, inside the transaction.
pub async fn rows(tx: &mut Tx, ids: &[PostingId]) -> Result<Vec<Row>> {
    let mut all = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(LISTED) {
        let rows: Vec<Row> = on_tx!(&mut *tx, |c| {
            let mut query = sqlx::QueryBuilder::new("SELECT ");
            query.push(COLUMNS).push(" FROM postings WHERE id IN ");
            push_list(&mut query, chunk);
            query.build_query_as().fetch_all(c).await
        })?;
        all.extend(rows);
    }
    Ok(all)
}

/// Keeps others from adding postings until the transaction ends.
pub async fn take_turn(tx: &mut Tx, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("UPDATE posting_turn SET at = $1 WHERE id = 1").bind(at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// One posting of an opening, as people are shown it.
#[derive(Clone, sqlx::FromRow)]
pub struct Shown {
    pub id: PostingId,
    pub kind: Option<String>,
    pub reason: Option<String>,
    pub evidence: Option<Json<Vec<String>>>,
    pub company: String,
    pub title: String,
    pub location: String,
    pub salary_currency: Option<String>,
    pub source: String,
    pub url: Option<String>,
    pub date_posted: Option<NaiveDate>,
    pub closes_on: Option<NaiveDate>,
    pub company_key: String,
    pub first_seen: DateTime<Utc>,
    pub returns: i64,
    pub closed_at: Option<DateTime<Utc>>,
    pub closed_reason: Option<String>,
    pub description: String,
    /// This person said that it is another opening.
    pub apart: bool,
}

/// The postings of an opening, or the one posting that a person keeps apart from its opening.
pub async fn shown(db: &Db, who: UserId, opening: PostingId) -> Result<Vec<Shown>> {
    Ok(on!(db.read, |c| {
        sqlx::query_as(
        "SELECT p.id, p.kind, p.reason, p.evidence, p.company, p.title, p.location, p.salary_currency, p.source, p.url, \
         p.date_posted, p.closes_on, p.company_key, p.first_seen, p.returns, p.closed_at, p.closed_reason, p.description, \
         CASE WHEN p.id <> $2 AND EXISTS (SELECT 1 FROM postings_apart a WHERE a.user_id = $1 AND a.posting_id = p.id) \
         THEN TRUE ELSE FALSE END AS apart \
         FROM postings p WHERE p.opening_id = $2 OR p.id = $2 ORDER BY p.first_seen, p.id LIMIT 100"
    )
    .bind(who)
    .bind(opening)
    .fetch_all(c)
    .await
    })?)
}

/// How many open openings a company has, and how many of them have this title.
#[derive(sqlx::FromRow)]
pub struct OpenAt {
    pub all: i64,
    pub same_title: i64,
}

/// The company's open openings; those of its name alone.
pub async fn open_at(db: &Db, company_key: &str, title: &str) -> Result<OpenAt> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT count(*) AS \"all\", count(CASE WHEN title = $2 THEN 1 END) AS same_title \
         FROM postings WHERE company_key = $1 AND closed_at IS NULL AND id = opening_id"
    )
    .bind(company_key)
    .bind(title)
    .fetch_one(c)
    .await)?)
}
