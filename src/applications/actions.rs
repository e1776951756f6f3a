//! What can be done with applications. A job and its application are kept in step here, both ways.

use super::{Application, ApplicationListing, ApplicationStatus, store};
use crate::{
    error::{Error, Result},
    events::Change,
    ids::{ApplicationId, JobId},
    jobs::{self, JobStatus, Page, store::Brief},
    session::Who,
    state::App,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

/// Longest notes, in bytes.
const NOTES: usize = 100_000;
const PER_PAGE: u32 = 50;

/// One page for the list.
pub async fn listing(app: &App, who: &Who, status: &str, page: u32) -> Result<ApplicationListing> {
    let status: Option<ApplicationStatus> = status.parse().ok();
    let page = page.clamp(1, 100_000);
    let offset = i64::from(page - 1) * i64::from(PER_PAGE);
    let mut counts = store::counts(&app.db, who.user).await?;
    counts.sort_by_key(|(status, _)| *status as u8);
    let total = counts.iter().filter(|(own, _)| status.is_none_or(|status| status == *own)).map(|(_, n)| n).sum();
    let items = store::lines(app, who.user, status, i64::from(PER_PAGE), offset).await?;
    Ok(ApplicationListing { page: Page { items, total, page, per_page: PER_PAGE }, counts })
}

/// An application as a program or a form wants it.
pub struct Wanted {
    pub status: ApplicationStatus,
    pub notes: String,
    pub applied_at: Option<DateTime<Utc>>,
}

impl Wanted {
    /// With a time that both databases can keep, so that what is read back equals what was answered.
    fn checked(self) -> Result<Self> {
        if self.applied_at.is_some_and(|at| !jobs::draft::is_sensible(at.date_naive())) {
            return Err(Error::invalid("applied_at", "Please enter a time from the years 1900 to 2999."));
        }
        let applied_at = self.applied_at.and_then(|at| DateTime::from_timestamp_micros(at.timestamp_micros()));
        Ok(Wanted { applied_at, notes: checked_notes(self.notes)?, ..self })
    }
}

/// Makes an application to a job. `key` is the request's idempotency key.
pub async fn create(
    app: &App,
    who: &Who,
    job: JobId,
    wanted: Wanted,
    key: Option<(String, String)>,
) -> Result<Application> {
    let wanted = wanted.checked()?;
    let mut change = app.change(who.user).await?;
    if let Some(id) = crate::api::idempotency::claim(&mut change.tx, who.user, key.as_ref()).await? {
        return store::get_in(app, &mut change.tx, who.user, ApplicationId(id)).await;
    }
    let brief = jobs::store::brief(&mut change.tx, who.user, job).await?;
    let application = open(&mut change, &brief, wanted).await?;
    crate::api::idempotency::keep(&mut change.tx, who.user, key, application.id.0).await?;
    change.commit().await?;
    Ok(application)
}

/// Applies: makes the application, or moves the one there is to applied if it was not sent yet.
pub async fn apply(app: &App, who: &Who, job: JobId) -> Result<()> {
    let mut change = app.change(who.user).await?;
    let brief = jobs::store::brief(&mut change.tx, who.user, job).await?;
    match store::of_job_in(app, &mut change.tx, who.user, job).await? {
        None => {
            let wanted = Wanted { status: ApplicationStatus::Applied, notes: String::new(), applied_at: None };
            open(&mut change, &brief, wanted).await?;
        }
        Some(before) if !before.status.is_sent() => {
            set(&mut change, &brief, &before, ApplicationStatus::Applied).await?;
        }
        Some(_) => return Ok(()),
    }
    change.commit().await
}

/// Moves an application to a status.
pub async fn move_to(app: &App, who: &Who, id: ApplicationId, status: ApplicationStatus) -> Result<()> {
    let mut change = app.change(who.user).await?;
    let before = store::get_in(app, &mut change.tx, who.user, id).await?;
    if before.status == status {
        return Ok(());
    }
    let brief = jobs::store::brief(&mut change.tx, who.user, before.job_id).await?;
    set(&mut change, &brief, &before, status).await?;
    change.commit().await
}

/// Replaces status, notes and applied time.
pub async fn update(app: &App, who: &Who, id: ApplicationId, wanted: Wanted) -> Result<Application> {
    let wanted = wanted.checked()?;
    let mut change = app.change(who.user).await?;
    let before = store::get_in(app, &mut change.tx, who.user, id).await?;
    let brief = jobs::store::brief(&mut change.tx, who.user, before.job_id).await?;
    let now = change.at;
    let applied_at = wanted.applied_at.or(before.applied_at).or(wanted.status.is_sent().then_some(now));
    let after =
        Application { status: wanted.status, notes: wanted.notes, applied_at, updated_at: now, ..before.clone() };
    write(&mut change, &brief, &before, &after).await?;
    change.commit().await?;
    Ok(after)
}

/// Saves the notes.
pub async fn note(app: &App, who: &Who, id: ApplicationId, notes: String) -> Result<()> {
    let notes = checked_notes(notes)?;
    let mut change = app.change(who.user).await?;
    let before = store::get_in(app, &mut change.tx, who.user, id).await?;
    write_notes(&mut change, &before, notes).await?;
    change.commit().await
}

/// Replaces the notes inside a change.
pub async fn write_notes(change: &mut Change, before: &Application, notes: String) -> Result<()> {
    let after = Application { notes, updated_at: change.at, ..before.clone() };
    store::update(&change.app(), &mut change.tx, change.who, before, &after).await?;
    let brief = jobs::store::brief(&mut change.tx, change.who, before.job_id).await?;
    change.record("application.noted", Some(before.id.0), told(&brief));
    Ok(())
}

/// Removes an application; the job goes back to not applied.
pub async fn remove(app: &App, who: &Who, id: ApplicationId) -> Result<()> {
    let mut change = app.change(who.user).await?;
    let before = store::get_in(app, &mut change.tx, who.user, id).await?;
    let brief = jobs::store::brief(&mut change.tx, who.user, before.job_id).await?;
    store::delete(&mut change.tx, who.user, id).await?;
    jobs::store::set_status(&mut change.tx, who.user, brief.id, JobStatus::NotApplied, None, change.at).await?;
    change.record("application.removed", Some(id.0), told(&brief));
    change.commit().await
}

/// The job's status was set by other means: its application follows. Archiving leaves the application as it is.
pub async fn follow_job(change: &mut Change, job: &Brief, status: JobStatus) -> Result<()> {
    let Some(status) = ApplicationStatus::of_job(status) else { return Ok(()) };
    let applied_at = job.date_applied.and_then(|day| day.and_hms_opt(12, 0, 0)).map(|time| time.and_utc());
    match store::of_job_in(&change.app(), &mut change.tx, change.who, job.id).await? {
        Some(before) if before.status != status => {
            let now = change.at;
            let applied_at = before.applied_at.or(applied_at).or(status.is_sent().then_some(now));
            let after = Application { status, applied_at, updated_at: now, ..before.clone() };
            store::update(&change.app(), &mut change.tx, change.who, &before, &after).await
        }
        None if status.is_sent() => {
            let new = fresh(job.id, Wanted { status, notes: String::new(), applied_at }, change.at);
            store::insert(&change.app(), &mut change.tx, change.who, &new).await
        }
        _ => Ok(()),
    }
}

fn fresh(job_id: JobId, wanted: Wanted, now: DateTime<Utc>) -> Application {
    let applied_at = wanted.applied_at.or(wanted.status.is_sent().then_some(now));
    Application {
        id: ApplicationId(Uuid::now_v7()),
        job_id,
        status: wanted.status,
        notes: wanted.notes,
        applied_at,
        created_at: now,
        updated_at: now,
    }
}

/// Makes an application inside a change.
pub async fn open(change: &mut Change, job: &Brief, wanted: Wanted) -> Result<Application> {
    let new = fresh(job.id, wanted, change.at);
    store::insert(&change.app(), &mut change.tx, change.who, &new).await?;
    align(change, job, &new).await?;
    let mut detail = told(job);
    detail["to"] = json!(new.status);
    change.record("application.created", Some(new.id.0), detail);
    Ok(new)
}

/// Moves an application to another status inside a change.
pub async fn set(change: &mut Change, job: &Brief, before: &Application, status: ApplicationStatus) -> Result<()> {
    let now = change.at;
    let applied_at = before.applied_at.or(status.is_sent().then_some(now));
    let after = Application { status, applied_at, updated_at: now, ..before.clone() };
    write(change, job, before, &after).await
}

async fn write(change: &mut Change, job: &Brief, before: &Application, after: &Application) -> Result<()> {
    store::update(&change.app(), &mut change.tx, change.who, before, after).await?;
    align(change, job, after).await?;
    let mut detail = told(job);
    detail["from"] = json!(before.status);
    detail["to"] = json!(after.status);
    let kind = if before.status == after.status { "application.noted" } else { "application.moved" };
    change.record(kind, Some(after.id.0), detail);
    Ok(())
}

/// The job takes over status and date of its application.
pub async fn align(change: &mut Change, job: &Brief, application: &Application) -> Result<()> {
    let date = application.applied_at.map(|at| change.day(at));
    let status = application.status.job_status();
    jobs::store::set_status(&mut change.tx, change.who, job.id, status, date, application.updated_at).await
}

fn told(job: &Brief) -> serde_json::Value {
    json!({ "job": job.id, "company": job.company, "title": job.title })
}

/// The notes as they can be kept: Postgres refuses NUL in text.
pub fn checked_notes(notes: String) -> Result<String> {
    if notes.len() > NOTES {
        return Err(Error::invalid("notes", "Please keep the notes under 100 KB."));
    }
    Ok(notes.replace('\0', ""))
}
