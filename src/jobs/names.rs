//! SQL of job names: a short text for each job that is not in the bin, in which a search by name looks. On SQLite scanning these
//! takes about a tenth of the time of scanning the jobs, whose rows are long.

use super::{JobStatus, store::NewJob};
use crate::{
    db::{self, Db, Tx, push_list},
    error::Result,
    ids::{JobId, UserId},
    on, on_tx,
    palette::ranking::{Wanted, names},
    state::App,
    write_tx,
};

/// Rows per INSERT.
const ROWS_AT_ONCE: usize = 200;
/// How many are found at most.
const MOST: usize = 8;
/// Of so many that hold the words, the newest, each is ranked. Where there are more, the best are asked for by what they hold.
const CLOSER: i64 = 300;

/// All jobs, before the person.
pub const JOBS: &str = " FROM job_names n WHERE n.user_id = ";

/// Names new jobs.
pub async fn insert(tx: &mut Tx, who: UserId, jobs: &[NewJob]) -> Result<()> {
    let rows: Vec<(UserId, JobId, String)> = jobs
        .iter()
        .map(|job| (who, job.id, names(&job.draft.title, &job.draft.company, &job.draft.location)))
        .collect();
    write(tx, &rows).await
}

async fn write(tx: &mut Tx, rows: &[(UserId, JobId, String)]) -> Result<()> {
    for chunk in rows.chunks(ROWS_AT_ONCE) {
        write_tx!(&mut *tx, |query| {
            query.push("INSERT INTO job_names (user_id, job_id, names) ");
            query.push_values(chunk, |mut row, (who, id, names)| {
                row.push_bind(*who).push_bind(*id).push_bind(names);
            });
            query.push(" ON CONFLICT (user_id, job_id) DO UPDATE SET names = excluded.names");
        });
    }
    Ok(())
}

/// Takes a job's name away: it goes into the bin.
pub async fn remove(tx: &mut Tx, who: UserId, id: JobId) -> Result<()> {
    write_tx!(tx, |query| query
        .push("DELETE FROM job_names WHERE user_id = ")
        .push_bind(who)
        .push(" AND job_id = ")
        .push_bind(id));
    Ok(())
}

type Unnamed = (UserId, JobId, String, String, String);

/// Names a job that comes out of the bin.
pub async fn restore(tx: &mut Tx, who: UserId, id: JobId) -> Result<()> {
    let row: Option<Unnamed> = on_tx!(&mut *tx, |c| sqlx::query_as(
        "SELECT user_id, id, title, company, location FROM jobs WHERE user_id = $1 AND id = $2"
    )
    .bind(who)
    .bind(id)
    .fetch_optional(c)
    .await)?;
    write(tx, &named(row.into_iter().collect())).await
}

fn named(rows: Vec<Unnamed>) -> Vec<(UserId, JobId, String)> {
    rows.into_iter().map(|(who, id, title, company, place)| (who, id, names(&title, &company, &place))).collect()
}

/// Jobs from before there were names.
const WITHOUT: &str = " FROM jobs j WHERE j.deleted_at IS NULL AND NOT EXISTS \
    (SELECT 1 FROM job_names n WHERE n.user_id = j.user_id AND n.job_id = j.id)";

/// How this filling is called in the table of those that are over.
const FILLED: &str = "job_names";

/// Names the jobs of everybody that have no name yet, some at a time. All jobs are looked through for it, so a start that finds none
/// is the last to look: since then whatever writes a job names it.
pub async fn fill(app: &App) -> Result<()> {
    let over: Option<String> = on!(app.db.read, |c| sqlx::query_scalar("SELECT name FROM filled WHERE name = $1")
        .bind(FILLED)
        .fetch_optional(c)
        .await)?;
    if over.is_some() {
        return Ok(());
    }
    let mut found = false;
    loop {
        let any: Option<JobId> = on!(app.db.read, |c| {
            let mut query = sqlx::QueryBuilder::new("SELECT j.id");
            query.push(WITHOUT).push(" LIMIT 1");
            query.build_query_scalar().fetch_optional(c).await
        })?;
        if any.is_none() {
            break;
        }
        found = true;
        let mut tx = app.db.begin().await?;
        // One that is put into the bin meanwhile must not be named afterwards.
        let lock = tx.lock();
        let rows: Vec<Unnamed> = on_tx!(&mut tx, |c| {
            let mut query = sqlx::QueryBuilder::new("SELECT j.user_id, j.id, j.title, j.company, j.location");
            query.push(WITHOUT).push(" LIMIT 2000").push(lock);
            query.build_query_as().fetch_all(c).await
        })?;
        write(&mut tx, &named(rows)).await?;
        tx.commit().await?;
    }
    // Another version may still be running beside this one, whose jobs have no names.
    if found { Ok(()) } else { over_now(app).await }
}

async fn over_now(app: &App) -> Result<()> {
    let mut tx = app.db.begin().await?;
    write_tx!(&mut tx, |query| query
        .push("INSERT INTO filled (name, at) VALUES (")
        .push_bind(FILLED)
        .push(", ")
        .push_bind(db::now())
        .push(") ON CONFLICT (name) DO NOTHING"));
    tx.commit().await
}

/// The jobs whose names fit best, best first and then newest. `from` says among which, and ends before the person; `n` are the
/// names.
pub async fn closest(db: &Db, who: UserId, from: &'static str, wanted: &Wanted) -> Result<Vec<JobId>> {
    let mut found = holding(db, who, from, &wanted.anywhere(), CLOSER).await?;
    if i64::try_from(found.len()).is_ok_and(|n| n == CLOSER) {
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        let ahead = holding(db, who, from, &[wanted.ahead()], most).await?;
        if ahead.len() < MOST {
            found.extend(holding(db, who, from, &wanted.beginning(), CLOSER).await?);
        }
        found.extend(ahead);
    }
    let mut ranked: Vec<(u32, std::cmp::Reverse<JobId>)> =
        found.iter().filter_map(|(id, names)| Some((wanted.rank(names)?, std::cmp::Reverse(*id)))).collect();
    ranked.sort_unstable();
    ranked.dedup();
    Ok(ranked.into_iter().take(MOST).map(|(_, id)| id.0).collect())
}

/// The newest jobs whose names hold all of these texts.
async fn holding(
    db: &Db,
    who: UserId,
    from: &'static str,
    texts: &[String],
    limit: i64,
) -> Result<Vec<(JobId, String)>> {
    Ok(on!(db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT n.job_id, n.names");
        query.push(from).push_bind(who);
        for text in texts {
            query.push(" AND ").push(db.position()).push("(n.names, ").push_bind(text).push(") > 0");
        }
        query.push(" ORDER BY n.job_id DESC LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(c).await
    })?)
}

/// What a search shows of a job.
#[derive(sqlx::FromRow)]
pub struct Named {
    pub id: JobId,
    pub title: String,
    pub company: String,
    pub location: String,
    status: String,
}

impl Named {
    /// Where it stands.
    pub fn status(&self) -> JobStatus {
        JobStatus::parse(&self.status).unwrap_or_default()
    }
}

/// The jobs that fit best, in that order; eight at most.
pub async fn find(db: &Db, who: UserId, wanted: &Wanted) -> Result<Vec<Named>> {
    let ids = closest(db, who, JOBS, wanted).await?;
    let mut rows = some(db, who, &ids).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}

/// Those of these jobs that the person has.
pub async fn some(db: &Db, who: UserId, ids: &[JobId]) -> Result<Vec<Named>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on!(db.read, |c| {
        let mut query =
            sqlx::QueryBuilder::new("SELECT id, title, company, location, status FROM jobs WHERE user_id = ");
        query.push_bind(who).push(" AND deleted_at IS NULL AND id IN ");
        push_list(&mut query, ids);
        query.build_query_as().fetch_all(c).await
    })?)
}
