//! SQL of messages that were read. What is in them is sealed.

use super::{
    State,
    reading::{Found, Kept},
};
use crate::{
    db::{self, Db, Tx, push_list},
    error::{Error, Result},
    ids::{ApplicationId, BundleId, LetterId, UserId},
    on, on_tx,
    retention::BIN_DAYS,
    seal::{self, PersonKey},
    state::App,
};
use chrono::{DateTime, Duration, Utc};
use std::collections::HashSet;

/// Where messages are sealed.
const LETTER: &str = "letters.letter";

/// A message as it is stored.
#[derive(sqlx::FromRow)]
struct Row {
    id: LetterId,
    digest: String,
    letter_sealed: String,
    application_id: ApplicationId,
    company: String,
    title: String,
    state: State,
    /// What was done, while it can be taken back.
    bundle: Option<BundleId>,
    sent_at: Option<DateTime<Utc>>,
}

/// The same, opened.
pub struct Stored {
    pub id: LetterId,
    /// What it is known again by.
    pub digest: String,
    pub kept: Kept,
    pub application: ApplicationId,
    /// "Baker at Acme Mills"
    pub name: String,
    pub state: State,
    pub bundle: Option<BundleId>,
    pub sent_at: Option<DateTime<Utc>>,
}

impl Row {
    fn open(self, key: &PersonKey) -> Result<Stored> {
        Ok(Stored {
            id: self.id,
            digest: self.digest,
            kept: serde_json::from_str(&key.open_text(LETTER, &self.letter_sealed)?)?,
            application: self.application_id,
            name: [&self.title, " at ", &self.company].concat(),
            state: self.state,
            bundle: self.bundle,
            sent_at: self.sent_at,
        })
    }
}

const SELECT: &str = "SELECT l.id, l.digest, l.letter_sealed, l.application_id, j.company, j.title, l.state, l.sent_at, \
    CASE WHEN EXISTS (SELECT 1 FROM acts x WHERE x.user_id = l.user_id AND x.bundle = l.bundle AND x.undone_at IS NULL) \
    THEN l.bundle END AS bundle FROM letters l \
    JOIN applications a ON a.user_id = l.user_id AND a.id = l.application_id AND a.deleted_at IS NULL \
    JOIN jobs j ON j.user_id = a.user_id AND j.id = a.job_id WHERE l.user_id = ";

/// The messages in one of these states, newest first.
pub async fn list(app: &App, who: UserId, states: &[State], limit: i64) -> Result<Vec<Stored>> {
    some(app, who, None, states, limit).await
}

/// The messages of an application that wait or were carried out, newest first.
pub async fn of_application(app: &App, who: UserId, id: ApplicationId, limit: i64) -> Result<Vec<Stored>> {
    some(app, who, Some(id), &[State::Asked, State::Done, State::Agreed], limit).await
}

async fn some(
    app: &App,
    who: UserId,
    application: Option<ApplicationId>,
    states: &[State],
    limit: i64,
) -> Result<Vec<Stored>> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push_bind(who);
        if let Some(id) = application {
            query.push(" AND l.application_id = ").push_bind(id);
        }
        query.push(" AND l.state IN ");
        push_list(&mut query, states).push(" ORDER BY l.sent_at DESC NULLS LAST, l.id DESC LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(c).await
    })?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = seal::key(app, who).await?;
    rows.into_iter().map(|row| row.open(&key)).collect()
}

/// One message inside a change.
pub async fn get_in(app: &App, tx: &mut Tx, who: UserId, id: LetterId) -> Result<Stored> {
    let row: Option<Row> = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push_bind(who).push(" AND l.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?;
    row.ok_or(Error::NotFound)?.open(&seal::key_in(app, tx, who).await?)
}

/// Keeps a message; false when it was read before.
pub async fn insert(
    app: &App,
    tx: &mut Tx,
    who: UserId,
    found: &Found,
    (state, bundle): (State, Option<BundleId>),
) -> Result<bool> {
    let sealed = seal::close(app, tx, who, LETTER, &serde_json::to_string(&found.kept)?).await?;
    let rows = on_tx!(tx, |c| {
        sqlx::query(
        "INSERT INTO letters (id, user_id, digest, letter_sealed, application_id, state, bundle, sent_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (user_id, digest) DO NOTHING"
    )
    .bind(LetterId::fresh())
    .bind(who)
    .bind(&found.digest)
    .bind(sealed)
    .bind(found.application)
    .bind(state)
    .bind(bundle)
    .bind(found.sent_at)
    .bind(db::now())
    .execute(c)
    .await
    .map(|done| done.rows_affected())
    })?;
    Ok(rows == 1)
}

/// Says what became of a message that was in the state `from`; false when it is not any more.
pub async fn settle(
    tx: &mut Tx,
    who: UserId,
    id: LetterId,
    (from, to): (State, State),
    (application, bundle): (ApplicationId, Option<BundleId>),
) -> Result<bool> {
    let rows = on_tx!(tx, |c| {
        sqlx::query(
        "UPDATE letters SET state = $4, application_id = $5, bundle = $6 WHERE user_id = $1 AND id = $2 AND state = $3"
    )
    .bind(who)
    .bind(id)
    .bind(from)
    .bind(to)
    .bind(application)
    .bind(bundle)
    .execute(c)
    .await
    .map(|done| done.rows_affected())
    })?;
    Ok(rows == 1)
}

/// What every message that was read is known again by.
pub async fn digests(db: &Db, who: UserId) -> Result<HashSet<String>> {
    let all: Vec<String> = on!(db.read, |c| sqlx::query_scalar("SELECT digest FROM letters WHERE user_id = $1")
        .bind(who)
        .fetch_all(c)
        .await)?;
    Ok(all.into_iter().collect())
}

/// Drops what the person said no to, or nothing, after thirty days, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM letters WHERE created_at < $1 AND state IN ('asked', 'dismissed')")
        .bind(db::now() - Duration::days(BIN_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
