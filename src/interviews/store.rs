//! SQL of interviews. Those in the bin, and those of applications and jobs that are, are invisible except where it says so.

use super::{Interview, InterviewKind, InterviewResult};
use crate::{
    db::{self, Db, Tx},
    error::{Error, Result},
    ids::{ApplicationId, InterviewId, UserId},
    on, on_tx,
    retention::BIN_DAYS,
    seal::{self, PersonKey},
    state::App,
    write_tx,
};
use chrono::{DateTime, Duration, Utc};
use sqlx::types::Json;

const COLUMNS: &str = "SELECT i.id, i.application_id, i.round, i.kind, i.starts_at, i.ends_at, i.time_zone, i.place, i.link, \
    i.people, i.preparation_sealed, i.result, i.notes_sealed, i.thanked_at, i.version, i.sequence, i.created_at, i.updated_at";
const JOINS: &str = " FROM interviews i \
    JOIN applications a ON a.user_id = i.user_id AND a.id = i.application_id AND a.deleted_at IS NULL \
    JOIN jobs j ON j.user_id = a.user_id AND j.id = a.job_id AND j.deleted_at IS NULL ";
/// Where sealed texts stand.
const PREPARATION: &str = "interviews.preparation";
const NOTES: &str = "interviews.notes";

/// An interview as it is stored.
#[derive(sqlx::FromRow)]
pub struct Stored {
    pub id: InterviewId,
    application_id: ApplicationId,
    round: i64,
    kind: InterviewKind,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    time_zone: String,
    place: String,
    link: Option<String>,
    people: Json<Vec<String>>,
    preparation_sealed: Option<String>,
    result: InterviewResult,
    notes_sealed: Option<String>,
    thanked_at: Option<DateTime<Utc>>,
    version: i64,
    sequence: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl Stored {
    fn is_sealed(&self) -> bool {
        self.preparation_sealed.is_some() || self.notes_sealed.is_some()
    }

    fn open(self, key: Option<&PersonKey>) -> Result<Interview> {
        let open = |place: &str, sealed: Option<String>| match sealed.zip(key) {
            Some((sealed, key)) => key.open_text(place, &sealed),
            None => Ok(String::new()),
        };
        Ok(Interview {
            id: self.id,
            application_id: self.application_id,
            round: self.round,
            kind: self.kind,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            time_zone: self.time_zone,
            place: self.place,
            link: self.link,
            people: self.people.0,
            preparation: open(PREPARATION, self.preparation_sealed)?,
            result: self.result,
            notes: open(NOTES, self.notes_sealed)?,
            thanked_at: self.thanked_at,
            version: self.version,
            sequence: self.sequence,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

async fn opened(app: &App, who: UserId, rows: Vec<Stored>) -> Result<Vec<Interview>> {
    let key = if rows.iter().any(Stored::is_sealed) { Some(seal::key(app, who).await?) } else { None };
    rows.into_iter().map(|row| row.open(key.as_ref())).collect()
}

async fn opened_in(app: &App, tx: &mut Tx, who: UserId, row: Option<Stored>) -> Result<Interview> {
    let row = row.ok_or(Error::NotFound)?;
    let key = if row.is_sealed() { Some(seal::key_in(app, tx, who).await?) } else { None };
    row.open(key.as_ref())
}

/// A text as it is written; None when there is none.
async fn sealed(app: &App, tx: &mut Tx, who: UserId, place: &str, text: &str) -> Result<Option<String>> {
    if text.is_empty() { Ok(None) } else { seal::close(app, tx, who, place, text).await.map(Some) }
}

/// An application's interviews, the first first; none of an application that is not there.
pub async fn list(app: &App, who: UserId, application: ApplicationId) -> Result<Vec<Interview>> {
    let rows: Vec<Stored> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push(JOINS).push("WHERE i.deleted_at IS NULL AND i.user_id = ").push_bind(who);
        query.push(" AND i.application_id = ").push_bind(application).push(" ORDER BY i.starts_at, i.id");
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// The same inside a change, as they are stored.
pub async fn ids_in(tx: &mut Tx, who: UserId, application: ApplicationId) -> Result<Vec<InterviewId>> {
    Ok(on_tx!(tx, |c| {
        sqlx::query_scalar(
        "SELECT id FROM interviews WHERE deleted_at IS NULL AND user_id = $1 AND application_id = $2 ORDER BY starts_at, id"
    )
    .bind(who)
    .bind(application)
    .fetch_all(c)
    .await
    })?)
}

/// An application's interviews, those in the bin left out, whether the application is or not.
pub async fn all(app: &App, who: UserId, application: ApplicationId) -> Result<Vec<Interview>> {
    let rows: Vec<Stored> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push(" FROM interviews i WHERE i.deleted_at IS NULL AND i.user_id = ").push_bind(who);
        query.push(" AND i.application_id = ").push_bind(application).push(" ORDER BY i.starts_at, i.id");
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// One interview.
pub async fn get(app: &App, who: UserId, id: InterviewId) -> Result<Interview> {
    let row: Option<Stored> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push(JOINS).push("WHERE i.deleted_at IS NULL AND i.user_id = ").push_bind(who);
        query.push(" AND i.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?;
    opened(app, who, row.into_iter().collect()).await?.pop().ok_or(Error::NotFound)
}

/// One interview inside a change.
pub async fn get_in(app: &App, tx: &mut Tx, who: UserId, id: InterviewId) -> Result<Interview> {
    let row = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push(JOINS).push("WHERE i.deleted_at IS NULL AND i.user_id = ").push_bind(who);
        query.push(" AND i.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?;
    opened_in(app, tx, who, row).await
}

/// An interview in the bin, of an application that is not.
pub async fn binned_in(app: &App, tx: &mut Tx, who: UserId, id: InterviewId) -> Result<Interview> {
    let row = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push(JOINS).push("WHERE i.deleted_at IS NOT NULL AND i.user_id = ").push_bind(who);
        query.push(" AND i.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?;
    opened_in(app, tx, who, row).await
}

/// An interview with the names of company and job.
#[derive(sqlx::FromRow)]
struct Named {
    #[sqlx(flatten)]
    row: Stored,
    company: String,
    title: String,
}

/// A person's interviews that have not ended at `now` (`upcoming`: the next first), or that have (the newest first), with company
/// and title of the job; at most `limit`.
pub async fn around(
    app: &App,
    who: UserId,
    now: DateTime<Utc>,
    upcoming: bool,
    limit: i64,
) -> Result<Vec<(Interview, String, String)>> {
    let rows: Vec<Named> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query
            .push(", j.company, j.title")
            .push(JOINS)
            .push("WHERE i.deleted_at IS NULL AND i.user_id = ")
            .push_bind(who);
        query.push(if upcoming { " AND i.ends_at > " } else { " AND i.ends_at <= " }).push_bind(now);
        query.push(if upcoming { " ORDER BY i.starts_at, i.id" } else { " ORDER BY i.starts_at DESC, i.id DESC" });
        query.push(" LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(c).await
    })?;
    let key = if rows.iter().any(|named| named.row.is_sealed()) { Some(seal::key(app, who).await?) } else { None };
    rows.into_iter().map(|named| Ok((named.row.open(key.as_ref())?, named.company, named.title))).collect()
}

/// An interview as calendars and next actions need it.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Upcoming {
    pub id: InterviewId,
    pub application_id: ApplicationId,
    pub company: String,
    /// Of the job.
    pub title: String,
    pub round: i64,
    pub kind: InterviewKind,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// The IANA name of the zone its times are meant in.
    pub time_zone: String,
    pub place: String,
    pub link: Option<String>,
    /// Raised by every change that calendars have to take over.
    pub sequence: i64,
    pub cancelled: bool,
    /// Whether somebody was thanked for it.
    pub thanked: bool,
    pub updated_at: DateTime<Utc>,
}

/// The person's interviews that take place after `from` and before `until`, cancelled ones too, the first first.
pub async fn upcoming(db: &Db, who: UserId, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<Upcoming>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(
            "SELECT i.id, i.application_id, j.company, j.title, i.round, i.kind, i.starts_at, i.ends_at, i.time_zone, i.place, \
             i.link, i.sequence, i.result = 'cancelled' AS cancelled, i.thanked_at IS NOT NULL AS thanked, \
             i.updated_at",
        );
        query.push(JOINS).push("WHERE i.deleted_at IS NULL AND i.user_id = ").push_bind(who);
        query.push(" AND i.ends_at > ").push_bind(from).push(" AND i.starts_at < ").push_bind(until);
        query.push(" ORDER BY i.starts_at, i.id");
        query.build_query_as().fetch_all(c).await
    })?)
}

/// Adds an interview.
pub async fn insert(app: &App, tx: &mut Tx, who: UserId, new: &Interview) -> Result<()> {
    let preparation = sealed(app, tx, who, PREPARATION, &new.preparation).await?;
    let notes = sealed(app, tx, who, NOTES, &new.notes).await?;
    on_tx!(tx, |c| {
        sqlx::query(
        "INSERT INTO interviews (id, user_id, application_id, round, kind, starts_at, ends_at, time_zone, place, link, people, \
         preparation_sealed, result, notes_sealed, thanked_at, version, sequence, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"
    )
    .bind(new.id)
    .bind(who)
    .bind(new.application_id)
    .bind(new.round)
    .bind(new.kind)
    .bind(new.starts_at)
    .bind(new.ends_at)
    .bind(&new.time_zone)
    .bind(&new.place)
    .bind(&new.link)
    .bind(Json(&new.people))
    .bind(preparation)
    .bind(new.result)
    .bind(notes)
    .bind(new.thanked_at)
    .bind(new.version)
    .bind(new.sequence)
    .bind(new.created_at)
    .bind(new.updated_at)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// Writes everything of an interview that can change, under the version it has.
pub async fn update(app: &App, tx: &mut Tx, who: UserId, after: &Interview) -> Result<()> {
    let preparation = sealed(app, tx, who, PREPARATION, &after.preparation).await?;
    let notes = sealed(app, tx, who, NOTES, &after.notes).await?;
    on_tx!(tx, |c| {
        sqlx::query(
        "UPDATE interviews SET round = $3, kind = $4, starts_at = $5, ends_at = $6, time_zone = $7, place = $8, link = $9, \
         people = $10, preparation_sealed = $11, result = $12, notes_sealed = $13, thanked_at = $14, version = $15, \
         sequence = $16, updated_at = $17 WHERE user_id = $1 AND id = $2"
    )
    .bind(who)
    .bind(after.id)
    .bind(after.round)
    .bind(after.kind)
    .bind(after.starts_at)
    .bind(after.ends_at)
    .bind(&after.time_zone)
    .bind(&after.place)
    .bind(&after.link)
    .bind(Json(&after.people))
    .bind(preparation)
    .bind(after.result)
    .bind(notes)
    .bind(after.thanked_at)
    .bind(after.version)
    .bind(after.sequence)
    .bind(after.updated_at)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// Puts an interview into the bin, or (with None) takes it out; calendars have to take over both.
pub async fn set_deleted(
    tx: &mut Tx,
    who: UserId,
    id: InterviewId,
    deleted: Option<DateTime<Utc>>,
    at: DateTime<Utc>,
) -> Result<()> {
    write_tx!(tx, |query| query
        .push("UPDATE interviews SET version = version + 1, sequence = sequence + 1, deleted_at = ")
        .push_bind(deleted)
        .push(", updated_at = ")
        .push_bind(at)
        .push(" WHERE user_id = ")
        .push_bind(who)
        .push(" AND id = ")
        .push_bind(id));
    Ok(())
}

/// Removes what has rested in the bin long enough, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM interviews WHERE deleted_at < $1")
        .bind(db::now() - Duration::days(BIN_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
