//! What would happen to each row: new, a duplicate of something named, or left out with the reason.

use super::{
    Verdict,
    reading::Chosen,
    row::{Entry, Reader},
    store::Kept,
};
use crate::{
    applications::{stages::Stage, store as applications},
    db,
    error::{Error, Result},
    ids::{ApplicationId, JobId, UserId},
    jobs::{
        scoring,
        store::{self, NewJob},
    },
    profile,
    state::App,
};
use chrono_tz::Tz;
use sheets::fields::Field;
use std::collections::HashMap;

/// One row's fate.
pub struct Planned {
    /// As the file counts.
    pub row: u32,
    pub company: String,
    pub title: String,
    pub entry: Option<Entry>,
    pub verdict: Verdict,
}

/// Where a key was seen first.
#[derive(Clone, Copy)]
enum Seen {
    Job(JobId),
    Row(u32),
}

/// Decides about every row against the person's jobs and the rows before it, off the server's threads.
pub async fn plan(app: &App, who: UserId, kept: Kept, chosen: Chosen, stages: Vec<Stage>) -> Result<Vec<Planned>> {
    let fitter = scoring::fitter(app, who).await?;
    let zone = profile::store::get(app, who).await?.time_zone.parse().unwrap_or(Tz::UTC);
    let by_job = applications::by_job(&app.db, who).await?;
    let (mut links, mut same) = (HashMap::new(), HashMap::new());
    for (id, link, content) in store::keys(&app.db, who).await? {
        if let Some(link) = link {
            links.insert(link, Seen::Job(id));
        }
        same.insert(content, Seen::Job(id));
    }
    let reader = Reader { app: app.clone(), fitter, zone, now: db::now(), header: kept.header, chosen, stages };
    let work = move || {
        let mut planned = Vec::with_capacity(kept.rows.len());
        for row in &kept.rows {
            let number = u32::try_from(row.number).unwrap_or(u32::MAX);
            let (company, title) = (reader.line(row, Field::Company), reader.line(row, Field::Title));
            let (entry, verdict) = match reader.entry(row) {
                Err(reason) => (None, Verdict::Rejected { reason }),
                Ok(entry) => {
                    let verdict = seen(&entry.job, number, &mut links, &mut same, &by_job);
                    (Some(entry), verdict)
                }
            };
            planned.push(Planned { row: number, company, title, entry, verdict });
        }
        planned
    };
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}

type Keys = HashMap<String, Seen>;

/// Whether a job is new; notes it as seen where it is.
fn seen(
    job: &NewJob,
    number: u32,
    links: &mut Keys,
    same: &mut Keys,
    by_job: &HashMap<JobId, ApplicationId>,
) -> Verdict {
    let by_link = job.link_key.as_ref().and_then(|key| links.get(key)).map(|seen| (*seen, "the same link as"));
    let by_content = same.get(&job.same_key).map(|seen| (*seen, "the same company, title and place as"));
    match by_link.or(by_content) {
        Some((Seen::Job(id), words)) => {
            let application_id = by_job.get(&id).copied();
            let what = if application_id.is_some() { "an application" } else { "a job" };
            Verdict::Duplicate { job_id: Some(id), application_id, reason: format!("It has {words} {what} you have.") }
        }
        Some((Seen::Row(row), words)) => {
            Verdict::Duplicate { job_id: None, application_id: None, reason: format!("It has {words} row {row}.") }
        }
        None => {
            if let Some(link) = &job.link_key {
                links.insert(link.clone(), Seen::Row(number));
            }
            same.insert(job.same_key.clone(), Seen::Row(number));
            Verdict::New
        }
    }
}
