//! What would happen to each row: new, a duplicate of something named, or rejected with the reason.

use super::{Verdict, store::ReadRow};
use crate::{
    error::{Error, Result},
    ids::{JobId, UserId},
    jobs::{
        actions::prepare,
        draft::JobDraft,
        scoring,
        store::{self, NewJob},
    },
    state::App,
};
use std::collections::HashMap;

/// One row's fate.
pub struct Planned {
    /// From 1.
    pub row: u32,
    /// Name of a rejected row, if it had any.
    pub label: String,
    pub job: Option<NewJob>,
    pub verdict: Verdict,
}

/// Where a key was seen first.
#[derive(Clone, Copy)]
enum Seen {
    Job(JobId),
    Row(u32),
}

/// Decides about every row against the person's jobs and the rows before it. The reading of texts runs off the server's threads.
pub async fn plan(app: &App, who: UserId, rows: Vec<ReadRow>) -> Result<Vec<Planned>> {
    let fitter = scoring::fitter(app, who).await?;
    let mut links: HashMap<String, Seen> = HashMap::new();
    let mut same: HashMap<String, Seen> = HashMap::new();
    for (id, link, content) in store::keys(&app.db, who).await? {
        if let Some(link) = link {
            links.insert(link, Seen::Job(id));
        }
        same.insert(content, Seen::Job(id));
    }
    let app = app.clone();
    tokio::task::spawn_blocking(move || {
        rows.into_iter()
            .enumerate()
            .map(|(at, row)| {
                let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
                let posting = match row {
                    ReadRow::Good(posting) => *posting,
                    ReadRow::Bad { row, reason, label } => {
                        let verdict = Verdict::Rejected { reason };
                        let number = u32::try_from(row).unwrap_or(number);
                        return Planned { row: number, label: label.unwrap_or_default(), job: None, verdict };
                    }
                };
                let label = format!("{} at {}", posting.title, posting.company);
                let draft = match JobDraft::from(posting).checked() {
                    Ok(draft) => draft,
                    Err(error) => {
                        return Planned {
                            row: number,
                            label,
                            job: None,
                            verdict: Verdict::Rejected { reason: sentence(&error) },
                        };
                    }
                };
                let job = prepare(&app, fitter.as_deref(), JobId::fresh(), draft);
                let by_link =
                    job.link_key.as_ref().and_then(|key| links.get(key)).map(|seen| (*seen, "the same link as"));
                let by_content = same.get(&job.same_key).map(|seen| (*seen, "the same company, title and place as"));
                let verdict = match by_link.or(by_content) {
                    Some((Seen::Job(id), words)) => {
                        Verdict::Duplicate { job_id: Some(id), reason: format!("It has {words} a job you have.") }
                    }
                    Some((Seen::Row(row), words)) => {
                        Verdict::Duplicate { job_id: None, reason: format!("It has {words} row {row}.") }
                    }
                    None => Verdict::New,
                };
                if verdict == Verdict::New {
                    if let Some(link) = &job.link_key {
                        links.insert(link.clone(), Seen::Row(number));
                    }
                    same.insert(job.same_key.clone(), Seen::Row(number));
                }
                Planned { row: number, label, job: Some(job), verdict }
            })
            .collect()
    })
    .await
    .map_err(Error::internal)
}

/// What is wrong with a row, in one line that names the fields.
fn sentence(error: &Error) -> String {
    let fields = error.fields();
    if fields.is_empty() {
        return error.to_string();
    }
    fields.iter().map(|(field, message)| format!("{field}: {message}")).collect::<Vec<_>>().join(" ")
}
