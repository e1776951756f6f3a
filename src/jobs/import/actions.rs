//! Reading, showing and carrying out imports.

use super::{
    ImportView, PREVIEW_ROWS, PreviewRow, Verdict,
    plan::{Planned, plan},
    source,
    store::{self, Asked, Done, ReadRow},
};
use crate::{
    alerts,
    error::{Error, Result},
    ids::{ImportId, JobId, UserId},
    jobs::{self, scoring},
    profile,
    session::{self, Who},
    state::App,
};
use boards::Format;
use serde::Serialize;
use serde_json::json;

/// What to read.
pub struct Wanted {
    pub format: Format,
    pub company: String,
    pub input: Input,
}

pub enum Input {
    /// A public board's address.
    Address(String),
    /// Bytes with what they are called, such as "pasted text".
    Data { label: String, bytes: Vec<u8> },
    /// A file, by the name its owner gave it.
    File { name: String, bytes: Vec<u8> },
}

/// A row that repeats a job.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DuplicateRow {
    pub row: u32,
    /// The job it repeats; absent when it repeats an earlier row of a dry run.
    pub job_id: Option<JobId>,
    pub reason: String,
}

/// A row that cannot go in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RejectedRow {
    pub row: u32,
    pub reason: String,
}

/// How an import ended, or would.
#[derive(Debug, Default, Serialize, utoipa::ToSchema)]
pub struct Report {
    /// Number of jobs created; in a dry run, that would be.
    pub created: u32,
    pub duplicates: Vec<DuplicateRow>,
    pub rejected: Vec<RejectedRow>,
}

/// Reads what is wanted. What a person wants fetched or read is counted before it is.
pub async fn read(app: &App, who: Option<UserId>, wanted: Wanted) -> Result<Vec<ReadRow>> {
    if let Input::File { name, bytes } = &wanted.input {
        boards::ending::agrees(name, bytes).map_err(|error| Error::invalid("data", error.to_string()))?;
    }
    let reading = match wanted.input {
        Input::Address(address) => {
            who.map_or(Ok(()), |who| app.limits.heavy(who))?;
            source::fetch(app, &address).await?
        }
        Input::Data { bytes, .. } | Input::File { bytes, .. } => {
            who.map_or(Ok(()), |who| app.limits.file(who))?;
            if bytes.iter().all(u8::is_ascii_whitespace) {
                return Err(Error::invalid(
                    "data",
                    "There is nothing to read. Please choose a file, paste text, or give a board’s address.",
                ));
            }
            source::read(app, wanted.format, wanted.company, bytes).await?
        }
    };
    Ok(reading.rows.into_iter().map(ReadRow::from).collect())
}

/// Reads and keeps the result for the person's word; what could not be read is kept as a problem.
pub async fn prepare(app: &App, who: &Who, wanted: Wanted) -> Result<ImportId> {
    let mut asked =
        Asked { format: wanted.format.as_str().into(), company: wanted.company.clone(), ..Asked::default() };
    match &wanted.input {
        Input::Address(address) => {
            asked.address = address.clone();
            asked.label = address.clone();
        }
        Input::Data { label, .. } => asked.label = label.clone(),
        Input::File { name, .. } => asked.label = if name.is_empty() { "a file".into() } else { name.clone() },
    }
    let rows = match read(app, Some(who.user), wanted).await {
        Ok(rows) => rows,
        Err(Error::Invalid(fields)) => {
            asked.problem = fields.into_iter().next();
            Vec::new()
        }
        Err(other) => return Err(other),
    };
    app.limits.write(who.user)?;
    store::insert(&app.db, who.user, &asked, &rows).await
}

/// An import for its page.
pub async fn view(app: &App, who: &Who, id: ImportId) -> Result<ImportView> {
    let import = store::get(&app.db, who.user, id).await?;
    let mut view = ImportView {
        id,
        label: import.asked.label,
        format: import.asked.format,
        company: import.asked.company,
        address: import.asked.address,
        problem: import.asked.problem,
        new: 0,
        duplicates: 0,
        rejected: 0,
        rows: Vec::new(),
        done: import.done.map(|done| done.created),
    };
    if let Some(done) = import.done {
        (view.new, view.duplicates, view.rejected) = (done.created, done.duplicates, done.rejected);
        return Ok(view);
    }
    let mut planned = plan(app, who.user, import.rows).await?;
    for row in &planned {
        match row.verdict {
            Verdict::New => view.new += 1,
            Verdict::Duplicate { .. } => view.duplicates += 1,
            Verdict::Rejected { .. } => view.rejected += 1,
        }
    }
    planned.sort_by_key(|row| (matches!(row.verdict, Verdict::New), row.row));
    view.rows = planned.into_iter().take(PREVIEW_ROWS).map(preview).collect();
    Ok(view)
}

fn preview(planned: Planned) -> PreviewRow {
    let Some(job) = planned.job else {
        return PreviewRow {
            row: planned.row,
            company: String::new(),
            title: planned.label,
            location: String::new(),
            remote: None,
            level: None,
            salary: String::new(),
            skills: Vec::new(),
            score: None,
            verdict: planned.verdict,
        };
    };
    let draft = job.draft;
    PreviewRow {
        row: planned.row,
        company: draft.company,
        title: draft.title,
        location: draft.location,
        remote: draft.remote,
        level: draft.experience_level,
        salary: draft.salary.map(|salary| salary.to_string()).unwrap_or_default(),
        skills: draft.tech_stack.into_iter().take(8).collect(),
        score: job.match_score,
        verdict: planned.verdict,
    }
}

/// Takes in the new rows of an import; a second time changes nothing.
pub async fn run(app: &App, who: &Who, id: ImportId) -> Result<String> {
    let import = store::get(&app.db, who.user, id).await?;
    if import.done.is_none() {
        let label = import.asked.label.clone();
        take_in(app, who, import.rows, &label, Some(id)).await?;
    }
    Ok(session::forward(format!("/jobs/import?read={id}")))
}

/// Says what would happen to these rows.
pub async fn dry_run(app: &App, who: &Who, rows: Vec<ReadRow>) -> Result<Report> {
    let planned = plan(app, who.user, rows).await?;
    let created = planned.iter().filter(|row| row.verdict == Verdict::New).count();
    Ok(report(planned, u32::try_from(created).unwrap_or(u32::MAX)))
}

/// Takes in the new rows, in one transaction with the alerts they raise.
pub async fn take_in(
    app: &App,
    who: &Who,
    rows: Vec<ReadRow>,
    label: &str,
    import: Option<ImportId>,
) -> Result<Report> {
    let version = profile::store::version(&app.db, who.user).await?;
    let mut planned = plan(app, who.user, rows).await?;
    let fresh: Vec<_> =
        planned.iter_mut().filter(|row| row.verdict == Verdict::New).filter_map(|row| row.job.take()).collect();
    let threshold = scoring::fitter(app, who.user).await?.map(|fitter| fitter.threshold);
    let report = report(planned, u32::try_from(fresh.len()).unwrap_or(u32::MAX));
    let mut change = app.change(who.user).await?;
    if let Some(id) = import {
        let done = Done {
            created: report.created,
            duplicates: u32::try_from(report.duplicates.len()).unwrap_or(u32::MAX),
            rejected: u32::try_from(report.rejected.len()).unwrap_or(u32::MAX),
        };
        if !store::finish(&mut change.tx, who.user, id, done).await? {
            return Ok(report);
        }
    }
    if fresh.is_empty() {
        change.commit().await?;
        return Ok(report);
    }
    jobs::store::insert(&mut change.tx, who.user, &fresh, change.at).await?;
    if change.profile != version {
        // The profile was saved while the postings were read: their scores are of the one before.
        let now = profile::store::get_in(app, &mut change.tx, who.user).await?;
        jobs::actions::rescore(app, &mut change.tx, who.user, &now).await?;
    }
    let detail = json!({
        "created": report.created, "duplicates": report.duplicates.len(), "rejected": report.rejected.len(), "source": label,
    });
    change.record("job.imported", None, detail);
    alerts::actions::raise(&mut change, threshold, &fresh).await?;
    change.commit().await?;
    Ok(report)
}

fn report(planned: Vec<Planned>, created: u32) -> Report {
    let mut report = Report { created, ..Report::default() };
    for row in planned {
        match row.verdict {
            Verdict::New => {}
            Verdict::Duplicate { job_id, reason } => {
                report.duplicates.push(DuplicateRow { row: row.row, job_id, reason })
            }
            Verdict::Rejected { reason } => report.rejected.push(RejectedRow { row: row.row, reason }),
        }
    }
    report
}
