//! SQL of offers. Those in the bin, and those of applications that are not here, are invisible except where it says so.

use super::{Offer, Terms, sums::Sums};
use crate::{
    db::{self, Db, Tx, unique},
    error::{Error, Result},
    ids::{ApplicationId, OfferId, UserId},
    on, on_tx,
    retention::BIN_DAYS,
    seal::{self, PersonKey},
    state::App,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};

/// Where terms are sealed.
const TERMS: &str = "offers.terms";

/// An offer as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub id: OfferId,
    pub application_id: ApplicationId,
    pub terms: Terms,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
    /// The job's.
    pub company: String,
    pub title: String,
}

impl From<Kept> for Offer {
    fn from(kept: Kept) -> Self {
        Offer {
            id: kept.id,
            application_id: kept.application_id,
            sums: Sums::of(&kept.terms),
            terms: kept.terms,
            version: kept.version,
            created_at: kept.created_at,
            updated_at: kept.updated_at,
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: OfferId,
    application_id: ApplicationId,
    terms_sealed: String,
    version: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    deleted_at: Option<DateTime<Utc>>,
    company: String,
    title: String,
}

impl Row {
    fn open(self, key: &PersonKey) -> Result<Kept> {
        let text = key.open_text(TERMS, &self.terms_sealed)?;
        Ok(Kept {
            id: self.id,
            application_id: self.application_id,
            terms: serde_json::from_str(&text)?,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
            deleted_at: self.deleted_at,
            company: self.company,
            title: self.title,
        })
    }
}

const SELECT: &str = "SELECT o.id, o.application_id, o.terms_sealed, o.version, o.created_at, o.updated_at, o.deleted_at, j.company, j.title \
    FROM offers o JOIN applications a ON a.user_id = o.user_id AND a.id = o.application_id \
    JOIN jobs j ON j.user_id = a.user_id AND j.id = a.job_id WHERE o.user_id = ";
/// Not in the bin, and neither is what it is of.
const HERE: &str = " AND o.deleted_at IS NULL AND a.deleted_at IS NULL AND j.deleted_at IS NULL";

async fn opened(app: &App, who: UserId, rows: Vec<Row>) -> Result<Vec<Kept>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = seal::key(app, who).await?;
    rows.into_iter().map(|row| row.open(&key)).collect()
}

/// The offer of an application that counts, if there is one.
pub async fn of(app: &App, who: UserId, application: ApplicationId) -> Result<Option<Kept>> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push_bind(who).push(HERE).push(" AND o.application_id = ").push_bind(application);
        query.build_query_as().fetch_all(c).await
    })?;
    Ok(opened(app, who, rows).await?.pop())
}

/// The same inside a change.
pub async fn of_in(app: &App, tx: &mut Tx, who: UserId, application: ApplicationId) -> Result<Option<Kept>> {
    let row: Option<Row> = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push_bind(who).push(HERE).push(" AND o.application_id = ").push_bind(application);
        query.build_query_as().fetch_optional(c).await
    })?;
    let Some(row) = row else { return Ok(None) };
    row.open(&seal::key_in(app, tx, who).await?).map(Some)
}

/// An offer, also one in the bin.
pub async fn any_in(app: &App, tx: &mut Tx, who: UserId, id: OfferId) -> Result<Kept> {
    let row: Option<Row> = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push_bind(who).push(" AND o.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?;
    row.ok_or(Error::NotFound)?.open(&seal::key_in(app, tx, who).await?)
}

/// The person's offers, those to be decided first first, at most 100.
pub async fn list(app: &App, who: UserId) -> Result<Vec<Kept>> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push_bind(who).push(HERE).push(" ORDER BY o.decide_by NULLS LAST, o.created_at, o.id LIMIT 100");
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// The person's offers to be answered from the first day to the second, earliest first.
pub async fn with_deadlines(app: &App, who: UserId, from: NaiveDate, to: NaiveDate) -> Result<Vec<Kept>> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push_bind(who).push(HERE).push(" AND o.decide_by >= ").push_bind(from);
        query.push(" AND o.decide_by <= ").push_bind(to).push(" ORDER BY o.decide_by, o.id LIMIT 1000");
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// All of the person's offers, those in the bin and those of removed applications included, oldest first.
pub async fn all(app: &App, who: UserId) -> Result<Vec<Kept>> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push_bind(who).push(" ORDER BY o.id");
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// Adds an offer as it is. A second one that counts is a conflict.
pub async fn insert(tx: &mut Tx, key: &PersonKey, who: UserId, kept: &Kept) -> Result<()> {
    let sealed = key.close_text(TERMS, &serde_json::to_string(&kept.terms)?)?;
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO offers (id, user_id, application_id, terms_sealed, decide_by, version, created_at, updated_at, deleted_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    )
    .bind(kept.id)
    .bind(who)
    .bind(kept.application_id)
    .bind(sealed)
    .bind(kept.terms.decide_by)
    .bind(kept.version)
    .bind(kept.created_at)
    .bind(kept.updated_at)
    .bind(kept.deleted_at)
    .execute(c)
    .await
    .map(|_| ()))
    .map_err(|error| unique(error, second))
}

/// Writes everything of an offer that can change, under the version it has. A second one that counts is a conflict.
pub async fn update(tx: &mut Tx, key: &PersonKey, who: UserId, kept: &Kept) -> Result<()> {
    let sealed = key.close_text(TERMS, &serde_json::to_string(&kept.terms)?)?;
    on_tx!(tx, |c| sqlx::query(
        "UPDATE offers SET terms_sealed = $3, decide_by = $4, version = $5, updated_at = $6, deleted_at = $7 WHERE user_id = $1 AND id = $2"
    )
    .bind(who)
    .bind(kept.id)
    .bind(sealed)
    .bind(kept.terms.decide_by)
    .bind(kept.version)
    .bind(kept.updated_at)
    .bind(kept.deleted_at)
    .execute(c)
    .await
    .map(|_| ()))
    .map_err(|error| unique(error, second))
}

fn second() -> Error {
    Error::Conflict("There is another offer of this application now. Please remove it first.".into())
}

/// Removes what has rested in the bin long enough, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM offers WHERE deleted_at < $1")
        .bind(db::now() - Duration::days(BIN_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
