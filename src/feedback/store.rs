//! SQL of what is said about jobs, and of hidden companies. Every function takes the person first.

use super::{About, Feedback, HiddenCompany, Reason, Shown, Verdict, taste::Lesson};
use crate::{
    db::{Db, Tx, push_list},
    error::{Error, Result},
    ids::{FeedbackId, HiddenCompanyId, JobId, PostingId, UserId},
    on, on_tx,
    seal::{self, PersonKey},
    state::App,
};
use chrono::{DateTime, Utc};
use sqlx::types::Json;
use std::collections::{HashMap, HashSet};

/// Where sealed notes stand.
const NOTE: &str = "feedback.note";
/// Verdicts that are learned from: the newest.
const LESSONS: i64 = 5_000;

const COLUMNS: &str = "SELECT id, job_id, posting_id, verdict, reason, note_sealed, about, shown, given_at FROM feedback WHERE user_id = ";

#[derive(sqlx::FromRow)]
struct Row {
    id: FeedbackId,
    job_id: JobId,
    posting_id: Option<PostingId>,
    verdict: Verdict,
    reason: Option<Reason>,
    note_sealed: Option<String>,
    about: Json<About>,
    shown: Json<Shown>,
    given_at: DateTime<Utc>,
}

impl Row {
    fn open(self, key: Option<&PersonKey>) -> Result<Feedback> {
        let note = match self.note_sealed.zip(key) {
            Some((sealed, key)) => key.open_text(NOTE, &sealed)?,
            None => String::new(),
        };
        Ok(Feedback {
            id: self.id,
            job_id: self.job_id,
            posting_id: self.posting_id,
            verdict: self.verdict,
            reason: self.reason,
            note,
            about: self.about.0,
            shown: self.shown.0,
            given_at: self.given_at,
        })
    }
}

async fn opened(app: &App, who: UserId, rows: Vec<Row>) -> Result<Vec<Feedback>> {
    let sealed = rows.iter().any(|row| row.note_sealed.is_some());
    let key = if sealed { Some(seal::key(app, who).await?) } else { None };
    rows.into_iter().map(|row| row.open(key.as_ref())).collect()
}

/// One page of what the person said, the newest first.
pub async fn list(app: &App, who: UserId, limit: i64, offset: i64) -> Result<Vec<Feedback>> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push_bind(who).push(" ORDER BY given_at DESC, id DESC LIMIT ").push_bind(limit);
        query.push(" OFFSET ").push_bind(offset);
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// How much the person said.
pub async fn count(db: &Db, who: UserId) -> Result<i64> {
    Ok(on!(db.read, |c| sqlx::query_scalar("SELECT count(*) FROM feedback WHERE user_id = $1")
        .bind(who)
        .fetch_one(c)
        .await)?)
}

/// What the person said about a job, if anything.
pub async fn of_job(app: &App, who: UserId, job: JobId) -> Result<Option<Feedback>> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push_bind(who).push(" AND job_id = ").push_bind(job);
        query.build_query_as().fetch_all(c).await
    })?;
    Ok(opened(app, who, rows).await?.pop())
}

/// The same inside a change.
pub async fn of_job_in(app: &App, tx: &mut Tx, who: UserId, job: JobId) -> Result<Option<Feedback>> {
    let row: Option<Row> = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new(COLUMNS);
        query.push_bind(who).push(" AND job_id = ").push_bind(job);
        query.build_query_as().fetch_optional(c).await
    })?;
    let Some(row) = row else { return Ok(None) };
    let key = if row.note_sealed.is_some() { Some(seal::key_in(app, tx, who).await?) } else { None };
    row.open(key.as_ref()).map(Some)
}

/// The opening a job was made from, if it was made from one.
pub async fn posting_of(tx: &mut Tx, who: UserId, job: JobId) -> Result<Option<PostingId>> {
    let found: Option<Option<PostingId>> =
        on_tx!(tx, |c| sqlx::query_scalar("SELECT posting_id FROM jobs WHERE user_id = $1 AND id = $2")
            .bind(who)
            .bind(job)
            .fetch_optional(c)
            .await)?;
    Ok(found.flatten())
}

/// Keeps what is said about a job, in place of what was said before.
pub async fn put(app: &App, tx: &mut Tx, who: UserId, said: &Feedback) -> Result<()> {
    write(app, tx, who, said, "DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason, \
        note_sealed = excluded.note_sealed, about = excluded.about, shown = excluded.shown, given_at = excluded.given_at").await
}

/// Takes in what was said before elsewhere; what is said here stays.
pub async fn take_in(app: &App, tx: &mut Tx, who: UserId, said: &Feedback) -> Result<()> {
    write(app, tx, who, said, "DO NOTHING").await
}

async fn write(app: &App, tx: &mut Tx, who: UserId, said: &Feedback, otherwise: &str) -> Result<()> {
    let note = if said.note.is_empty() { None } else { Some(seal::close(app, tx, who, NOTE, &said.note).await?) };
    on_tx!(tx, |c| {
        let mut query = sqlx::QueryBuilder::new(
            "INSERT INTO feedback (id, user_id, job_id, posting_id, verdict, reason, note_sealed, about, shown, given_at) ",
        );
        query.push_values([said], |mut row, said| {
            row.push_bind(said.id)
                .push_bind(who)
                .push_bind(said.job_id)
                .push_bind(said.posting_id)
                .push_bind(said.verdict.as_str())
                .push_bind(said.reason.map(Reason::as_str))
                .push_bind(note.as_deref())
                .push_bind(Json(&said.about))
                .push_bind(Json(&said.shown))
                .push_bind(said.given_at);
        });
        query.push(" ON CONFLICT (user_id, job_id) ").push(otherwise);
        query.build().execute(c).await.map(|_| ())
    })?;
    Ok(())
}

/// Forgets what was said about a job.
pub async fn remove(tx: &mut Tx, who: UserId, job: JobId) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("DELETE FROM feedback WHERE user_id = $1 AND job_id = $2")
        .bind(who)
        .bind(job)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// The verdicts that are learned from, the newest first.
pub async fn lessons(db: &Db, who: UserId) -> Result<Vec<Lesson>> {
    let rows: Vec<(JobId, Verdict, Option<Reason>, Json<About>)> = on!(db.read, |c| {
        sqlx::query_as(
        "SELECT job_id, verdict, reason, about FROM feedback WHERE user_id = $1 ORDER BY given_at DESC, id DESC LIMIT $2"
    )
    .bind(who)
    .bind(LESSONS)
    .fetch_all(c)
    .await
    })?;
    Ok(rows.into_iter().map(|(job, verdict, reason, about)| Lesson { job, verdict, reason, about: about.0 }).collect())
}

/// Number of the person's newest event.
pub async fn seq(db: &Db, who: UserId) -> Result<i64> {
    let found: Option<i64> =
        on!(db.read, |c| sqlx::query_scalar("SELECT seq FROM users WHERE id = $1").bind(who).fetch_optional(c).await)?;
    found.ok_or(Error::NotFound)
}

/// Hidden companies, the newest first.
pub async fn hidden(db: &Db, who: UserId) -> Result<Vec<HiddenCompany>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT id, company, created_at FROM hidden_companies WHERE user_id = $1 ORDER BY created_at DESC, id DESC"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}

/// Their keys and names.
pub async fn hidden_keys(db: &Db, who: UserId) -> Result<Vec<(String, String)>> {
    Ok(on!(db.read, |c| sqlx::query_as("SELECT company_key, company FROM hidden_companies WHERE user_id = $1")
        .bind(who)
        .fetch_all(c)
        .await)?)
}

/// The keys of the companies that each of these people hid; who hid none is not among them.
pub async fn hidden_keys_of(db: &Db, people: &[UserId]) -> Result<HashMap<UserId, HashSet<String>>> {
    let mut all: HashMap<UserId, HashSet<String>> = HashMap::new();
    for chunk in people.chunks(500) {
        let rows: Vec<(UserId, String)> = on!(db.read, |c| {
            let mut query =
                sqlx::QueryBuilder::new("SELECT user_id, company_key FROM hidden_companies WHERE user_id IN ");
            push_list(&mut query, chunk).build_query_as().fetch_all(c).await
        })?;
        for (user, key) in rows {
            all.entry(user).or_default().insert(key);
        }
    }
    Ok(all)
}

/// The keys and names of one person's, inside a change.
pub async fn hidden_keys_in(tx: &mut Tx, who: UserId) -> Result<Vec<(String, String)>> {
    Ok(on_tx!(tx, |c| sqlx::query_as("SELECT company_key, company FROM hidden_companies WHERE user_id = $1")
        .bind(who)
        .fetch_all(c)
        .await)?)
}

/// The entry that hides a company, if it is hidden.
pub async fn hidden_by(db: &Db, who: UserId, key: &str) -> Result<Option<HiddenCompanyId>> {
    Ok(on!(db.read, |c| sqlx::query_scalar("SELECT id FROM hidden_companies WHERE user_id = $1 AND company_key = $2")
        .bind(who)
        .bind(key)
        .fetch_optional(c)
        .await)?)
}

/// One entry inside a change, by its key.
pub async fn hidden_in(tx: &mut Tx, who: UserId, key: &str) -> Result<Option<HiddenCompany>> {
    Ok(on_tx!(tx, |c| sqlx::query_as(
        "SELECT id, company, created_at FROM hidden_companies WHERE user_id = $1 AND company_key = $2"
    )
    .bind(who)
    .bind(key)
    .fetch_optional(c)
    .await)?)
}

/// How many there are, inside a change.
pub async fn count_hidden_in(tx: &mut Tx, who: UserId) -> Result<i64> {
    Ok(on_tx!(tx, |c| sqlx::query_scalar("SELECT count(*) FROM hidden_companies WHERE user_id = $1")
        .bind(who)
        .fetch_one(c)
        .await)?)
}

/// Hides a company; one that is hidden stays as it is.
pub async fn hide(tx: &mut Tx, who: UserId, new: &HiddenCompany, key: &str) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO hidden_companies (id, user_id, company, company_key, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (user_id, company_key) DO NOTHING"
    )
    .bind(new.id)
    .bind(who)
    .bind(&new.company)
    .bind(key)
    .bind(new.created_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Shows a company again; answers with its name.
pub async fn show(tx: &mut Tx, who: UserId, id: HiddenCompanyId) -> Result<String> {
    let found: Option<String> = on_tx!(tx, |c| sqlx::query_scalar(
        "DELETE FROM hidden_companies WHERE user_id = $1 AND id = $2 RETURNING company"
    )
    .bind(who)
    .bind(id)
    .fetch_optional(c)
    .await)?;
    found.ok_or(Error::NotFound)
}
