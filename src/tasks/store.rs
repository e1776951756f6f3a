//! SQL of tasks. Those in the bin, and those of applications that are not here, are invisible except where it says so.

use super::{Remind, Repeat, Task};
use crate::{
    db::{self, Db, Tx},
    error::{Error, Result},
    ids::{ApplicationId, TaskId, UserId},
    on, on_tx,
    retention::BIN_DAYS,
    seal::{self, PersonKey},
    state::App,
};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// Where title and notes are sealed.
const TEXT: &str = "tasks.text";
/// The most that are read for a page.
const MOST: i64 = 1_000;

/// Everything of a task that can change, as its acts keep it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    pub application_id: Option<ApplicationId>,
    pub title: String,
    pub notes: String,
    pub due_at: Option<DateTime<Utc>>,
    pub repeat: Repeat,
    /// When the first of a repeated task was due, in wall-clock time.
    pub anchor: Option<chrono::NaiveDateTime>,
    /// Which of them it is.
    pub nth: u32,
    pub remind: Remind,
    pub done_at: Option<DateTime<Utc>>,
    pub deleted_at: Option<DateTime<Utc>>,
}

/// A task as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub id: TaskId,
    pub state: State,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// The job of its application, "Baker at Acme Mills"; empty without one.
    pub about: String,
}

impl From<Kept> for Task {
    fn from(kept: Kept) -> Self {
        Task {
            id: kept.id,
            application_id: kept.state.application_id,
            title: kept.state.title,
            notes: kept.state.notes,
            due_at: kept.state.due_at,
            repeat: kept.state.repeat,
            remind: kept.state.remind,
            done_at: kept.state.done_at,
            version: kept.version,
            created_at: kept.created_at,
            updated_at: kept.updated_at,
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: TaskId,
    application_id: Option<ApplicationId>,
    text_sealed: String,
    due_at: Option<DateTime<Utc>>,
    repeat: Repeat,
    anchor: Option<String>,
    nth: i64,
    remind: Remind,
    done_at: Option<DateTime<Utc>>,
    version: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    deleted_at: Option<DateTime<Utc>>,
    company: Option<String>,
    job: Option<String>,
}

impl Row {
    fn open(self, key: &PersonKey) -> Result<Kept> {
        let text = key.open_text(TEXT, &self.text_sealed)?;
        let (title, notes) = serde_json::from_str(&text).map_err(Error::internal)?;
        let about = self.job.zip(self.company).map(|(job, company)| format!("{job} at {company}"));
        Ok(Kept {
            id: self.id,
            state: State {
                application_id: self.application_id,
                title,
                notes,
                due_at: self.due_at,
                repeat: self.repeat,
                anchor: self.anchor.and_then(|text| text.parse().ok()),
                nth: u32::try_from(self.nth).unwrap_or_default(),
                remind: self.remind,
                done_at: self.done_at,
                deleted_at: self.deleted_at,
            },
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
            about: about.unwrap_or_default(),
        })
    }
}

const SELECT: &str = "SELECT t.id, t.application_id, t.text_sealed, t.due_at, t.repeat, t.anchor, t.nth, t.remind, t.done_at, t.version, \
    t.created_at, t.updated_at, t.deleted_at, j.company, j.title AS job";
const FROM: &str = " FROM tasks t LEFT JOIN applications a ON a.user_id = t.user_id AND a.id = t.application_id \
    LEFT JOIN jobs j ON j.user_id = a.user_id AND j.id = a.job_id WHERE t.user_id = ";
/// Not in the bin, and neither is what it is for.
const HERE: &str =
    " AND t.deleted_at IS NULL AND (t.application_id IS NULL OR (a.deleted_at IS NULL AND j.deleted_at IS NULL))";

async fn opened(app: &App, who: UserId, rows: Vec<Row>) -> Result<Vec<Kept>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = seal::key(app, who).await?;
    rows.into_iter().map(|row| row.open(&key)).collect()
}

/// One task.
pub async fn get(app: &App, who: UserId, id: TaskId) -> Result<Kept> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push(FROM).push_bind(who).push(HERE).push(" AND t.id = ").push_bind(id);
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await?.pop().ok_or(Error::NotFound)
}

/// One task inside a change.
pub async fn get_in(app: &App, tx: &mut Tx, who: UserId, id: TaskId) -> Result<Kept> {
    let row: Option<Row> = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push(FROM).push_bind(who).push(HERE).push(" AND t.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?;
    row.ok_or(Error::NotFound)?.open(&seal::key_in(app, tx, who).await?)
}

/// The same, also of one in the bin.
pub async fn any_in(app: &App, tx: &mut Tx, who: UserId, id: TaskId) -> Result<Kept> {
    let row: Option<Row> = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push(FROM).push_bind(who).push(" AND t.id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?;
    row.ok_or(Error::NotFound)?.open(&seal::key_in(app, tx, who).await?)
}

/// What is to be done, by when it is due, the undated last; of one application, or of all.
pub async fn open(app: &App, who: UserId, application: Option<ApplicationId>) -> Result<Vec<Kept>> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push(FROM).push_bind(who).push(HERE).push(" AND t.done_at IS NULL");
        if let Some(application) = application {
            query.push(" AND t.application_id = ").push_bind(application);
        }
        query.push(" ORDER BY t.due_at NULLS LAST, t.id LIMIT ").push_bind(MOST);
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// What was done since then, the newest first; of one application, or of all.
pub async fn done_since(
    app: &App,
    who: UserId,
    since: DateTime<Utc>,
    application: Option<ApplicationId>,
) -> Result<Vec<Kept>> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push(FROM).push_bind(who).push(HERE).push(" AND t.done_at >= ").push_bind(since);
        if let Some(application) = application {
            query.push(" AND t.application_id = ").push_bind(application);
        }
        query.push(" ORDER BY t.done_at DESC, t.id DESC LIMIT ").push_bind(MOST);
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// What is to be done and due from the first moment on and before the second, earliest first.
pub async fn due_between(app: &App, who: UserId, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Kept>> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push(FROM).push_bind(who).push(HERE).push(" AND t.done_at IS NULL AND t.due_at >= ").push_bind(from);
        query.push(" AND t.due_at < ").push_bind(to).push(" ORDER BY t.due_at, t.id LIMIT ").push_bind(MOST);
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// One page of tasks by when they were made, the newest first, and how many there are. `done`: only those, or only the others.
pub async fn list(app: &App, who: UserId, done: Option<bool>, limit: i64, offset: i64) -> Result<(Vec<Kept>, i64)> {
    let chosen = match done {
        Some(true) => " AND t.done_at IS NOT NULL",
        Some(false) => " AND t.done_at IS NULL",
        None => "",
    };
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push(FROM).push_bind(who).push(HERE).push(chosen).push(" ORDER BY t.created_at DESC, t.id DESC LIMIT ");
        query.push_bind(limit).push(" OFFSET ").push_bind(offset);
        query.build_query_as().fetch_all(c).await
    })?;
    let total: i64 = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT count(*)");
        query.push(FROM).push_bind(who).push(HERE).push(chosen);
        query.build_query_scalar().fetch_one(c).await
    })?;
    Ok((opened(app, who, rows).await?, total))
}

/// All of the person's tasks, those in the bin and those of removed applications included, oldest first.
pub async fn all(app: &App, who: UserId) -> Result<Vec<Kept>> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push(FROM).push_bind(who).push(" ORDER BY t.id");
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// The same inside a change.
pub async fn all_in(key: &PersonKey, tx: &mut Tx, who: UserId) -> Result<Vec<Kept>> {
    let rows: Vec<Row> = on_tx!(tx, |c| {
        let mut query = sqlx::QueryBuilder::new(SELECT);
        query.push(FROM).push_bind(who).push(" ORDER BY t.id");
        query.build_query_as().fetch_all(c).await
    })?;
    rows.into_iter().map(|row| row.open(key)).collect()
}

/// Adds a task as it is.
pub async fn insert(tx: &mut Tx, key: &PersonKey, who: UserId, kept: &Kept) -> Result<()> {
    let state = &kept.state;
    let text = serde_json::to_string(&(&state.title, &state.notes))?;
    let sealed = key.close_text(TEXT, &text)?;
    on_tx!(tx, |c| {
        sqlx::query(
        "INSERT INTO tasks (id, user_id, application_id, text_sealed, due_at, repeat, anchor, nth, remind, done_at, version, created_at, \
         updated_at, deleted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    )
    .bind(kept.id)
    .bind(who)
    .bind(state.application_id)
    .bind(sealed)
    .bind(state.due_at)
    .bind(state.repeat)
    .bind(anchor(state))
    .bind(i64::from(state.nth))
    .bind(state.remind)
    .bind(state.done_at)
    .bind(kept.version)
    .bind(kept.created_at)
    .bind(kept.updated_at)
    .bind(state.deleted_at)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// Writes everything of a task that can change, under the version it has.
pub async fn update(tx: &mut Tx, key: &PersonKey, who: UserId, kept: &Kept) -> Result<()> {
    let state = &kept.state;
    let text = serde_json::to_string(&(&state.title, &state.notes))?;
    let sealed = key.close_text(TEXT, &text)?;
    on_tx!(tx, |c| {
        sqlx::query(
        "UPDATE tasks SET application_id = $3, text_sealed = $4, due_at = $5, repeat = $6, anchor = $7, nth = $8, remind = $9, \
         done_at = $10, version = $11, updated_at = $12, deleted_at = $13 WHERE user_id = $1 AND id = $2"
    )
    .bind(who)
    .bind(kept.id)
    .bind(state.application_id)
    .bind(sealed)
    .bind(state.due_at)
    .bind(state.repeat)
    .bind(anchor(state))
    .bind(i64::from(state.nth))
    .bind(state.remind)
    .bind(state.done_at)
    .bind(kept.version)
    .bind(kept.updated_at)
    .bind(state.deleted_at)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

fn anchor(state: &State) -> Option<String> {
    state.anchor.map(|time| time.format("%Y-%m-%dT%H:%M:%S").to_string())
}

/// Removes what has rested in the bin long enough, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM tasks WHERE deleted_at < $1")
        .bind(db::now() - Duration::days(BIN_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
