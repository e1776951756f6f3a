//! SQL of sent documents. Those in the bin, and those of applications and jobs that are, are invisible except where it says so.

use super::{Document, DocumentKind};
use crate::{
    db::{self, Db, Tx},
    error::{Error, Result},
    ids::{ApplicationId, DocumentId, UserId},
    on, on_tx,
    retention::BIN_DAYS,
    seal::{self, PersonKey},
    state::App,
    write_tx,
};
use chrono::{DateTime, Duration, Utc};

const COLUMNS: &str = "SELECT d.id, d.application_id, d.kind, d.name, d.label, d.sent_at, d.link, d.note_sealed, d.created_at FROM sent_documents d ";
const JOINS: &str = "JOIN applications a ON a.user_id = d.user_id AND a.id = d.application_id AND a.deleted_at IS NULL \
    JOIN jobs j ON j.user_id = a.user_id AND j.id = a.job_id AND j.deleted_at IS NULL ";
/// Where sealed notes stand.
const NOTE: &str = "sent_documents.note";

/// A document as it is stored.
#[derive(sqlx::FromRow)]
struct Stored {
    id: DocumentId,
    application_id: ApplicationId,
    kind: DocumentKind,
    name: String,
    label: String,
    sent_at: DateTime<Utc>,
    link: Option<String>,
    note_sealed: Option<String>,
    created_at: DateTime<Utc>,
}

impl Stored {
    fn open(self, key: Option<&PersonKey>) -> Result<Document> {
        let note = match self.note_sealed.zip(key) {
            Some((sealed, key)) => key.open_text(NOTE, &sealed)?,
            None => String::new(),
        };
        Ok(Document {
            id: self.id,
            application_id: self.application_id,
            kind: self.kind,
            name: self.name,
            label: self.label,
            sent_at: self.sent_at,
            link: self.link,
            note,
            created_at: self.created_at,
        })
    }
}

async fn opened(app: &App, who: UserId, rows: Vec<Stored>) -> Result<Vec<Document>> {
    let sealed = rows.iter().any(|row| row.note_sealed.is_some());
    let key = if sealed { Some(seal::key(app, who).await?) } else { None };
    rows.into_iter().map(|row| row.open(key.as_ref())).collect()
}

/// What was sent with an application, the newest first; none of an application that is not there.
pub async fn list(app: &App, who: UserId, application: ApplicationId) -> Result<Vec<Document>> {
    let rows: Vec<Stored> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push(JOINS).push("WHERE d.deleted_at IS NULL AND d.user_id = ").push_bind(who);
        query.push(" AND d.application_id = ").push_bind(application).push(" ORDER BY d.sent_at DESC, d.id DESC");
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// The same, whether the application is in the bin or not.
pub async fn all(app: &App, who: UserId, application: ApplicationId) -> Result<Vec<Document>> {
    let rows: Vec<Stored> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push("WHERE d.deleted_at IS NULL AND d.user_id = ").push_bind(who);
        query.push(" AND d.application_id = ").push_bind(application).push(" ORDER BY d.sent_at DESC, d.id DESC");
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// How many there are of an application, inside a change.
pub async fn count_in(tx: &mut Tx, who: UserId, application: ApplicationId) -> Result<i64> {
    Ok(on_tx!(tx, |c| sqlx::query_scalar(
        "SELECT count(*) FROM sent_documents WHERE deleted_at IS NULL AND user_id = $1 AND application_id = $2"
    )
    .bind(who)
    .bind(application)
    .fetch_one(c)
    .await)?)
}

/// One document inside a change.
pub async fn get_in(app: &App, tx: &mut Tx, who: UserId, id: DocumentId) -> Result<Document> {
    one_in(app, tx, who, id, "WHERE d.deleted_at IS NULL AND d.user_id = ").await
}

/// A document in the bin, of an application that is not.
pub async fn binned_in(app: &App, tx: &mut Tx, who: UserId, id: DocumentId) -> Result<Document> {
    one_in(app, tx, who, id, "WHERE d.deleted_at IS NOT NULL AND d.user_id = ").await
}

async fn one_in(app: &App, tx: &mut Tx, who: UserId, id: DocumentId, condition: &str) -> Result<Document> {
    let row: Option<Stored> = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push(JOINS).push(condition).push_bind(who).push(" AND d.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?;
    let row = row.ok_or(Error::NotFound)?;
    let key = if row.note_sealed.is_some() { Some(seal::key_in(app, tx, who).await?) } else { None };
    row.open(key.as_ref())
}

/// Adds a document.
pub async fn insert(app: &App, tx: &mut Tx, who: UserId, new: &Document) -> Result<()> {
    let note = if new.note.is_empty() { None } else { Some(seal::close(app, tx, who, NOTE, &new.note).await?) };
    on_tx!(tx, |c| {
        sqlx::query(
        "INSERT INTO sent_documents (id, user_id, application_id, kind, name, label, sent_at, link, note_sealed, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    )
    .bind(new.id)
    .bind(who)
    .bind(new.application_id)
    .bind(new.kind)
    .bind(&new.name)
    .bind(&new.label)
    .bind(new.sent_at)
    .bind(&new.link)
    .bind(note)
    .bind(new.created_at)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// Puts a document into the bin, or (with None) takes it out.
pub async fn set_deleted(tx: &mut Tx, who: UserId, id: DocumentId, deleted: Option<DateTime<Utc>>) -> Result<()> {
    write_tx!(tx, |query| query
        .push("UPDATE sent_documents SET deleted_at = ")
        .push_bind(deleted)
        .push(" WHERE user_id = ")
        .push_bind(who)
        .push(" AND id = ")
        .push_bind(id));
    Ok(())
}

/// Removes what has rested in the bin long enough, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM sent_documents WHERE deleted_at < $1")
        .bind(db::now() - Duration::days(BIN_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
