//! SQL of contacts and of what they have to do with. Those in the bin are invisible except where it says so.

use super::{Contact, Linked};
use crate::{
    db::{self, Db, Tx, like_anywhere, push_list, unique},
    error::{Error, Result},
    ids::{ApplicationId, ContactId, UserId},
    on, on_tx,
    retention::BIN_DAYS,
    seal::{self, PersonKey},
    state::App,
    write_tx,
};
use chrono::{DateTime, Duration, Utc};

const COLUMNS: &str = "SELECT c.id, c.name, c.role, c.company, c.email, c.phone, c.link, c.notes_sealed, c.version, c.created_at, \
    c.updated_at FROM contacts c ";
/// Where sealed notes stand.
const NOTES: &str = "contacts.notes";

/// A contact as it is stored.
#[derive(sqlx::FromRow)]
struct Stored {
    id: ContactId,
    name: String,
    role: String,
    company: String,
    email: String,
    phone: String,
    link: Option<String>,
    notes_sealed: Option<String>,
    version: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl Stored {
    fn open(self, key: Option<&PersonKey>) -> Result<Contact> {
        let notes = match self.notes_sealed.zip(key) {
            Some((sealed, key)) => key.open_text(NOTES, &sealed)?,
            None => String::new(),
        };
        Ok(Contact {
            id: self.id,
            name: self.name,
            role: self.role,
            company: self.company,
            email: self.email,
            phone: self.phone,
            link: self.link,
            notes,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

async fn opened(app: &App, who: UserId, rows: Vec<Stored>) -> Result<Vec<Contact>> {
    let sealed = rows.iter().any(|row| row.notes_sealed.is_some());
    let key = if sealed { Some(seal::key(app, who).await?) } else { None };
    rows.into_iter().map(|row| row.open(key.as_ref())).collect()
}

async fn opened_in(app: &App, tx: &mut Tx, who: UserId, row: Option<Stored>) -> Result<Contact> {
    let row = row.ok_or(Error::NotFound)?;
    let key = if row.notes_sealed.is_some() { Some(seal::key_in(app, tx, who).await?) } else { None };
    row.open(key.as_ref())
}

/// Notes as they are written; None when there are none.
async fn sealed(app: &App, tx: &mut Tx, who: UserId, notes: &str) -> Result<Option<String>> {
    if notes.is_empty() { Ok(None) } else { seal::close(app, tx, who, NOTES, notes).await.map(Some) }
}

fn search(contact: &Contact) -> String {
    [&contact.name, &contact.role, &contact.company, &contact.email].map(|text| text.to_lowercase()).join(" ")
}

/// The words of a search that count; Postgres refuses NUL in text.
fn words(q: &str) -> Vec<String> {
    q.replace('\0', "").split_whitespace().take(10).map(like_anywhere).collect()
}

/// One page of the person's contacts by name; `q` are words that must all appear in name, role, company or address.
pub async fn list(app: &App, who: UserId, q: &str, limit: i64, offset: i64) -> Result<Vec<Contact>> {
    let rows: Vec<Stored> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push("WHERE c.deleted_at IS NULL AND c.user_id = ").push_bind(who);
        for word in words(q) {
            query.push(" AND c.search LIKE ").push_bind(word).push(" ESCAPE '\\'");
        }
        query.push(" ORDER BY lower(c.name), c.id LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// How many contacts the same search finds.
pub async fn count(db: &Db, who: UserId, q: &str) -> Result<i64> {
    Ok(on!(db.read, |c| {
        let mut query =
            sqlx::QueryBuilder::new("SELECT count(*) FROM contacts c WHERE c.deleted_at IS NULL AND c.user_id = ");
        query.push_bind(who);
        for word in words(q) {
            query.push(" AND c.search LIKE ").push_bind(word).push(" ESCAPE '\\'");
        }
        query.build_query_scalar().fetch_one(c).await
    })?)
}

/// How many contacts there are, inside a change.
pub async fn count_in(tx: &mut Tx, who: UserId) -> Result<i64> {
    Ok(on_tx!(tx, |c| sqlx::query_scalar("SELECT count(*) FROM contacts WHERE deleted_at IS NULL AND user_id = $1")
        .bind(who)
        .fetch_one(c)
        .await)?)
}

/// One contact.
pub async fn get(app: &App, who: UserId, id: ContactId) -> Result<Contact> {
    let row: Option<Stored> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push("WHERE c.deleted_at IS NULL AND c.user_id = ").push_bind(who).push(" AND c.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?;
    opened(app, who, row.into_iter().collect()).await?.pop().ok_or(Error::NotFound)
}

/// One contact inside a change.
pub async fn get_in(app: &App, tx: &mut Tx, who: UserId, id: ContactId) -> Result<Contact> {
    one_in(app, tx, who, id, "WHERE c.deleted_at IS NULL AND c.user_id = ").await
}

/// A contact in the bin.
pub async fn binned_in(app: &App, tx: &mut Tx, who: UserId, id: ContactId) -> Result<Contact> {
    one_in(app, tx, who, id, "WHERE c.deleted_at IS NOT NULL AND c.user_id = ").await
}

async fn one_in(app: &App, tx: &mut Tx, who: UserId, id: ContactId, condition: &str) -> Result<Contact> {
    let row = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push(condition).push_bind(who).push(" AND c.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?;
    opened_in(app, tx, who, row).await
}

/// The contacts linked to an application, the first linked first.
pub async fn of_application(app: &App, who: UserId, application: ApplicationId) -> Result<Vec<Contact>> {
    let rows: Vec<Stored> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push("JOIN application_contacts l ON l.user_id = c.user_id AND l.contact_id = c.id ");
        query.push("WHERE c.deleted_at IS NULL AND c.user_id = ").push_bind(who);
        query.push(" AND l.application_id = ").push_bind(application).push(" ORDER BY l.linked_at, c.id");
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// The applications each of these contacts has to do with.
pub async fn applications(db: &Db, who: UserId, contacts: &[ContactId]) -> Result<Vec<(ContactId, Linked)>> {
    if contacts.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(ContactId, ApplicationId, String, String)> = on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(
            "SELECT l.contact_id, a.id, j.company, j.title FROM application_contacts l \
             JOIN applications a ON a.user_id = l.user_id AND a.id = l.application_id AND a.deleted_at IS NULL \
             JOIN jobs j ON j.user_id = a.user_id AND j.id = a.job_id AND j.deleted_at IS NULL WHERE l.user_id = ",
        );
        query.push_bind(who).push(" AND l.contact_id IN ");
        push_list(&mut query, contacts).push(" ORDER BY l.linked_at DESC, a.id");
        query.build_query_as().fetch_all(c).await
    })?;
    Ok(rows.into_iter().map(|(contact, id, company, title)| (contact, Linked { id, company, title })).collect())
}

/// Adds a contact. A second one with the same address is a conflict.
pub async fn insert(app: &App, tx: &mut Tx, who: UserId, new: &Contact) -> Result<()> {
    let notes = sealed(app, tx, who, &new.notes).await?;
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO contacts (id, user_id, name, role, company, email, phone, link, notes_sealed, search, version, created_at, \
         updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    )
    .bind(new.id)
    .bind(who)
    .bind(&new.name)
    .bind(&new.role)
    .bind(&new.company)
    .bind(&new.email)
    .bind(&new.phone)
    .bind(&new.link)
    .bind(notes)
    .bind(search(new))
    .bind(new.version)
    .bind(new.created_at)
    .bind(new.updated_at)
    .execute(c)
    .await
    .map(|_| ()))
    .map_err(|error| unique(error, taken))
}

/// Writes everything of a contact that can change, under the version it has.
pub async fn update(app: &App, tx: &mut Tx, who: UserId, after: &Contact) -> Result<()> {
    let notes = sealed(app, tx, who, &after.notes).await?;
    on_tx!(tx, |c| sqlx::query(
        "UPDATE contacts SET name = $3, role = $4, company = $5, email = $6, phone = $7, link = $8, notes_sealed = $9, \
         search = $10, version = $11, updated_at = $12 WHERE user_id = $1 AND id = $2"
    )
    .bind(who)
    .bind(after.id)
    .bind(&after.name)
    .bind(&after.role)
    .bind(&after.company)
    .bind(&after.email)
    .bind(&after.phone)
    .bind(&after.link)
    .bind(notes)
    .bind(search(after))
    .bind(after.version)
    .bind(after.updated_at)
    .execute(c)
    .await
    .map(|_| ()))
    .map_err(|error| unique(error, taken))
}

fn taken() -> Error {
    Error::Conflict("One of your contacts has this e-mail address already.".into())
}

/// Puts a contact into the bin, or (with None) takes them out.
pub async fn set_deleted(
    tx: &mut Tx,
    who: UserId,
    id: ContactId,
    deleted: Option<DateTime<Utc>>,
    at: DateTime<Utc>,
) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "UPDATE contacts SET version = version + 1, deleted_at = $3, updated_at = $4 WHERE user_id = $1 AND id = $2"
    )
    .bind(who)
    .bind(id)
    .bind(deleted)
    .bind(at)
    .execute(c)
    .await
    .map(|_| ()))
    .map_err(|error| unique(error, taken))
}

/// The contacts linked to an application with the time of it, inside a change; those in the bin included.
pub async fn links_in(tx: &mut Tx, who: UserId, application: ApplicationId) -> Result<Vec<(ContactId, DateTime<Utc>)>> {
    Ok(on_tx!(tx, |c| sqlx::query_as(
        "SELECT contact_id, linked_at FROM application_contacts WHERE user_id = $1 AND application_id = $2"
    )
    .bind(who)
    .bind(application)
    .fetch_all(c)
    .await)?)
}

/// How many applications a contact is linked to, inside a change.
pub async fn links_of_in(tx: &mut Tx, who: UserId, id: ContactId) -> Result<i64> {
    Ok(on_tx!(tx, |c| sqlx::query_scalar(
        "SELECT count(*) FROM application_contacts WHERE user_id = $1 AND contact_id = $2"
    )
    .bind(who)
    .bind(id)
    .fetch_one(c)
    .await)?)
}

/// Links a contact to an application; once is enough.
pub async fn link(tx: &mut Tx, who: UserId, to: ApplicationId, id: ContactId, at: DateTime<Utc>) -> Result<()> {
    write_tx!(tx, |query| query
        .push("INSERT INTO application_contacts (user_id, application_id, contact_id, linked_at) VALUES (")
        .push_bind(who)
        .push(", ")
        .push_bind(to)
        .push(", ")
        .push_bind(id)
        .push(", ")
        .push_bind(at)
        .push(") ON CONFLICT DO NOTHING"));
    Ok(())
}

/// Takes a contact off an application.
pub async fn unlink(tx: &mut Tx, who: UserId, from: ApplicationId, id: ContactId) -> Result<()> {
    write_tx!(tx, |query| query
        .push("DELETE FROM application_contacts WHERE user_id = ")
        .push_bind(who)
        .push(" AND application_id = ")
        .push_bind(from)
        .push(" AND contact_id = ")
        .push_bind(id));
    Ok(())
}

/// Removes what has rested in the bin long enough, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM contacts WHERE deleted_at < $1")
        .bind(db::now() - Duration::days(BIN_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
