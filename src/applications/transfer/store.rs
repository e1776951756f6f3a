//! SQL of tables that were read. What is in them is sealed: it holds notes and pay.

use super::{PastTransfer, Report, reading::Chosen};
use crate::{
    db::{self, Db, Tx},
    error::{Error, Result},
    ids::{BundleId, TransferId, UserId},
    on, on_tx,
    retention::{BIN_DAYS, IMPORT_DAYS},
    seal,
    state::App,
};
use chrono::{DateTime, Duration, Utc};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use serde::{Deserialize, Serialize};
use sheets::Table;
use sqlx::types::Json;
use std::io::Read;

/// Where contents and choices are sealed.
const CONTENT: &str = "transfers.content";
const CHOSEN: &str = "transfers.chosen";

/// A table as it is kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kept {
    pub header: Vec<String>,
    pub rows: Vec<KeptRow>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptRow {
    pub number: usize,
    pub cells: Vec<String>,
    pub problem: Option<String>,
}

impl From<Table> for Kept {
    fn from(table: Table) -> Self {
        let rows = table.rows.into_iter();
        let rows = rows.map(|row| KeptRow { number: row.number, cells: row.cells, problem: row.problem }).collect();
        Kept { header: table.header, rows }
    }
}

/// A transfer as it is stored.
pub struct Transfer {
    pub label: String,
    pub problem: Option<String>,
    pub kept: Kept,
    pub chosen: Chosen,
    pub report: Option<Report>,
    /// What was done, while it can be taken back.
    pub bundle: Option<BundleId>,
}

#[derive(sqlx::FromRow)]
struct Row {
    label: String,
    problem: Option<String>,
    content_sealed: Vec<u8>,
    chosen_sealed: String,
    report: Option<Json<Report>>,
    bundle: Option<BundleId>,
}

/// The bundle of a transfer of which something is left to take back.
const BUNDLE: &str =
    "EXISTS (SELECT 1 FROM acts x WHERE x.user_id = t.user_id AND x.bundle = t.bundle AND x.undone_at IS NULL)";

/// Keeps what was read, or why nothing could be.
pub async fn insert(
    app: &App,
    who: UserId,
    label: &str,
    problem: Option<&str>,
    kept: &Kept,
    chosen: &Chosen,
) -> Result<TransferId> {
    let id = TransferId::fresh();
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    serde_json::to_writer(&mut encoder, kept)?;
    let packed = encoder.finish().map_err(Error::internal)?;
    let mut tx = app.db.begin().await?;
    let key = seal::key_in(app, &mut tx, who).await?;
    let (content, chosen) = (key.close(CONTENT, &packed)?, key.close_text(CHOSEN, &serde_json::to_string(chosen)?)?);
    on_tx!(&mut tx, |c| sqlx::query(
        "INSERT INTO transfers (id, user_id, label, problem, content_sealed, chosen_sealed, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    )
    .bind(id)
    .bind(who)
    .bind(label)
    .bind(problem)
    .bind(content)
    .bind(chosen)
    .bind(db::now())
    .execute(c)
    .await
    .map(|_| ()))?;
    tx.commit().await?;
    Ok(id)
}

/// One transfer of the person.
pub async fn get(app: &App, who: UserId, id: TransferId) -> Result<Transfer> {
    let row: Row = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(
            "SELECT t.label, t.problem, t.content_sealed, t.chosen_sealed, t.report, CASE WHEN ",
        );
        query.push(BUNDLE).push(" THEN t.bundle END AS bundle FROM transfers t WHERE t.user_id = ").push_bind(who);
        query.push(" AND t.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?
    .ok_or(Error::NotFound)?;
    let key = seal::key(app, who).await?;
    let kept = if row.content_sealed.is_empty() {
        Kept::default()
    } else {
        let mut text = Vec::new();
        let packed = key.open(CONTENT, &row.content_sealed)?;
        DeflateDecoder::new(packed.as_slice()).read_to_end(&mut text).map_err(Error::internal)?;
        serde_json::from_slice(&text)?
    };
    Ok(Transfer {
        label: row.label,
        problem: row.problem,
        kept,
        chosen: serde_json::from_str(&key.open_text(CHOSEN, &row.chosen_sealed)?)?,
        report: row.report.map(|report| report.0),
        bundle: row.bundle,
    })
}

/// Keeps what was chosen for a transfer that was not carried out.
pub async fn choose(app: &App, who: UserId, id: TransferId, chosen: &Chosen) -> Result<()> {
    let sealed = seal::key(app, who).await?.close_text(CHOSEN, &serde_json::to_string(chosen)?)?;
    on!(app.db.write, |c| sqlx::query(
        "UPDATE transfers SET chosen_sealed = $3 WHERE user_id = $1 AND id = $2 AND report IS NULL"
    )
    .bind(who)
    .bind(id)
    .bind(&sealed)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Notes how it ended and drops what was in it, unless that was done before: then answers false.
pub async fn finish(tx: &mut Tx, who: UserId, id: TransferId, report: Report, bundle: BundleId) -> Result<bool> {
    let changed = on_tx!(tx, |c| {
        sqlx::query(
        "UPDATE transfers SET report = $3, bundle = $4, content_sealed = $5 WHERE user_id = $1 AND id = $2 AND report IS NULL"
    )
    .bind(who)
    .bind(id)
    .bind(Json(report))
    .bind(bundle)
    .bind(Vec::<u8>::new())
    .execute(c)
    .await
    .map(|done| done.rows_affected())
    })?;
    Ok(changed > 0)
}

/// One that was carried out: id, name, when, what came of it, and what takes it back.
type Past = (TransferId, String, DateTime<Utc>, Json<Report>, Option<BundleId>);

/// Those that were carried out, newest first.
pub async fn past(db: &Db, who: UserId) -> Result<Vec<PastTransfer>> {
    let rows: Vec<Past> = on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT t.id, t.label, t.created_at, t.report, CASE WHEN ");
        query.push(BUNDLE).push(" THEN t.bundle END FROM transfers t WHERE t.report IS NOT NULL AND t.user_id = ");
        query.push_bind(who).push(" ORDER BY t.created_at DESC, t.id DESC LIMIT 50");
        query.build_query_as().fetch_all(c).await
    })?;
    let past = rows.into_iter().map(|(id, label, at, report, bundle)| PastTransfer {
        id,
        label,
        at,
        created: report.0.created,
        bundle,
    });
    Ok(past.collect())
}

/// Drops what was not taken in after a day, and what was after thirty, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    let now = db::now();
    on!(db.write, |c| sqlx::query(
        "DELETE FROM transfers WHERE created_at < $1 OR (report IS NULL AND created_at < $2)"
    )
    .bind(now - Duration::days(BIN_DAYS))
    .bind(now - Duration::days(IMPORT_DAYS))
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// A transfer as its person can take it along.
#[derive(Serialize, sqlx::FromRow)]
pub struct Remembered {
    /// What it was read from.
    label: String,
    created_at: DateTime<Utc>,
    /// How it ended; absent until it was carried out.
    report: Option<Json<Report>>,
}

/// The person's transfers that are still remembered, oldest first.
pub async fn all(db: &Db, who: UserId) -> Result<Vec<Remembered>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT label, created_at, report FROM transfers WHERE user_id = $1 ORDER BY created_at, id"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}
