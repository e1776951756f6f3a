//! SQL of imports.

use crate::{
    db::{self, Db, Tx},
    error::{Error, Result},
    ids::{ImportId, UserId},
    on, on_tx,
    retention::IMPORT_DAYS,
};
use boards::BadRow;
use chrono::{DateTime, Duration, Utc};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use posting::Posting;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use std::io::{Read, Write};

/// One row as it was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ReadRow {
    Good(Box<Posting>),
    Bad { row: usize, reason: String, label: Option<String> },
}

impl From<Result<Posting, BadRow>> for ReadRow {
    fn from(row: Result<Posting, BadRow>) -> Self {
        match row {
            Ok(posting) => ReadRow::Good(Box::new(posting)),
            Err(bad) => ReadRow::Bad { row: bad.row, reason: bad.reason, label: bad.label },
        }
    }
}

/// What was asked for and what came of it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub format: String,
    pub company: String,
    pub address: String,
    pub label: String,
    pub problem: Option<(String, String)>,
}

/// An import as stored.
pub struct Import {
    pub asked: Asked,
    pub rows: Vec<ReadRow>,
    pub done: Option<Done>,
}

/// How an import ended.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Done {
    pub created: u32,
    pub duplicates: u32,
    pub rejected: u32,
}

#[derive(sqlx::FromRow)]
struct Row {
    format: String,
    company: String,
    address: String,
    label: String,
    problem: Option<String>,
    field: Option<String>,
    content: Vec<u8>,
    report: Option<Json<Done>>,
}

/// Keeps what was read.
pub async fn insert(db: &Db, who: UserId, asked: &Asked, rows: &[ReadRow]) -> Result<ImportId> {
    let id = ImportId::fresh();
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    serde_json::to_writer(&mut encoder, rows)?;
    encoder.flush().map_err(Error::internal)?;
    let content = encoder.finish().map_err(Error::internal)?;
    on!(db.write, |c| sqlx::query(
        "INSERT INTO imports (id, user_id, format, company, address, label, field, problem, content, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    )
    .bind(id)
    .bind(who)
    .bind(&asked.format)
    .bind(&asked.company)
    .bind(&asked.address)
    .bind(&asked.label)
    .bind(asked.problem.as_ref().map(|(field, _)| field))
    .bind(asked.problem.as_ref().map(|(_, problem)| problem))
    .bind(&content)
    .bind(db::now())
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(id)
}

/// One import of the person.
pub async fn get(db: &Db, who: UserId, id: ImportId) -> Result<Import> {
    let row: Row = on!(db.read, |c| sqlx::query_as(
        "SELECT format, company, address, label, problem, field, content, report FROM imports WHERE user_id = $1 AND id = $2"
    )
    .bind(who)
    .bind(id)
    .fetch_optional(c)
    .await)?
    .ok_or(Error::NotFound)?;
    let mut text = Vec::new();
    DeflateDecoder::new(row.content.as_slice()).read_to_end(&mut text).map_err(Error::internal)?;
    Ok(Import {
        asked: Asked {
            format: row.format,
            company: row.company,
            address: row.address,
            label: row.label,
            problem: row.field.zip(row.problem),
        },
        rows: serde_json::from_slice(&text)?,
        done: row.report.map(|report| report.0),
    })
}

/// Notes how the import ended, unless that was noted before: then answers false.
pub async fn finish(tx: &mut Tx, who: UserId, id: ImportId, done: Done) -> Result<bool> {
    let changed = on_tx!(tx, |c| sqlx::query(
        "UPDATE imports SET report = $3 WHERE user_id = $1 AND id = $2 AND report IS NULL"
    )
    .bind(who)
    .bind(id)
    .bind(Json(done))
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(changed > 0)
}

/// Drops old imports, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM imports WHERE created_at < $1")
        .bind(db::now() - Duration::days(IMPORT_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// An import as its person can take it along.
#[derive(Serialize, sqlx::FromRow)]
pub struct Remembered {
    /// What it was read from.
    label: String,
    format: String,
    created_at: DateTime<Utc>,
    /// How it ended; absent until it was carried out.
    report: Option<Json<Done>>,
}

/// The person's imports that are still remembered, oldest first.
pub async fn all(db: &Db, who: UserId) -> Result<Vec<Remembered>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT label, format, created_at, report FROM imports WHERE user_id = $1 ORDER BY created_at, id"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}
