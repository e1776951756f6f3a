//! What can be done with applications. A job and its application are kept in step here, both ways.

use super::{
    Application, ApplicationStatus, ApplicationView, SavedPosting,
    history::{self, Actor},
    moves::{self, To},
    stages::{self, Stage},
    store,
};
use crate::{
    acts::{
        Done, Entity,
        actions::{Deed, note as note_act},
    },
    contacts,
    error::{Error, Result},
    events::Change,
    ids::{ApplicationId, JobId},
    interviews,
    jobs::{self, Job, JobStatus, store::Brief},
    markdown, profile, sent,
    session::Who,
    state::App,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Longest notes, in bytes.
const NOTES: usize = 100_000;
/// The most applications one act can be about.
const MOST_AT_ONCE: usize = 1_000;

/// An application as a program or a form wants it.
pub struct Wanted {
    /// Applied when neither it nor a stage is named.
    pub status: Option<ApplicationStatus>,
    /// A stage's key. One that is not there, or does not stand for the status, does not count: programs send back what they were
    /// told, with another status.
    pub stage: Option<String>,
    pub notes: String,
    pub applied_at: Option<DateTime<Utc>>,
    pub actor: Actor,
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

    async fn stage(&self, change: &mut Change, now: &str) -> Result<Stage> {
        let all = stages::store::list_in(&mut change.tx, change.who).await?;
        let chosen = self.stage.as_deref().and_then(|key| all.iter().find(|stage| stage.key == key).cloned());
        match (chosen, self.status) {
            (Some(stage), status) if status.is_none_or(|status| status == stage.status) => Ok(stage),
            (_, status) => stages::actions::for_status(&all, status.unwrap_or(ApplicationStatus::Applied), now),
        }
    }
}

/// What an act about an application as a whole keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    pub version: i64,
    pub notes: String,
    pub applied_at: Option<DateTime<Utc>>,
    /// Where the job stood, and since when it was applied to.
    pub job_status: String,
    pub job_applied: Option<NaiveDate>,
}

impl State {
    pub fn of(application: &Application, job: &Brief) -> Self {
        State {
            version: application.version,
            notes: application.notes.clone(),
            applied_at: application.applied_at,
            job_status: job.status.clone(),
            job_applied: job.date_applied,
        }
    }
}

/// Everything an application's own page shows.
pub async fn view(app: &App, who: &Who, id: ApplicationId) -> Result<ApplicationView> {
    let application = store::get(app, who.user, id).await?;
    let posting = store::posting(&app.db, who.user, id).await?;
    let mut job = Job::from(jobs::store::get(&app.db, who.user, application.job_id).await?);
    if posting.is_some() {
        // What it says now is on the job's own page.
        (job.description, job.requirements, job.responsibilities) = Default::default();
    }
    Ok(ApplicationView {
        interviews: interviews::actions::of_application(app, who, id, &job).await?,
        contacts: contacts::actions::of_application(app, who, id).await?,
        documents: sent::store::list(app, who.user, id).await?,
        time_zone: profile::store::get(app, who.user).await?.time_zone,
        job,
        notes_html: markdown::html(&application.notes),
        posting,
        steps: history::actions::steps(app, who, id).await?,
        stages: stages::store::list(&app.db, who.user).await?,
        application,
    })
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
            open(&mut change, &brief, Wanted::new(ApplicationStatus::Applied)).await?;
        }
        Some(before) if !before.status.is_sent() => {
            set(&mut change, &before, ApplicationStatus::Applied).await?;
        }
        Some(_) => return Ok(()),
    }
    change.commit().await
}

impl Wanted {
    /// By the person, now, without notes.
    pub fn new(status: ApplicationStatus) -> Self {
        Wanted { status: Some(status), stage: None, notes: String::new(), applied_at: None, actor: Actor::Person }
    }
}

/// Where applications are to go, from a form: the stage's key, perhaps an earlier moment of the person's zone, and a note.
pub struct Going<'a> {
    pub stage: &'a str,
    pub at: &'a str,
    pub note: &'a str,
    /// The version the person saw; absent where it does not matter.
    pub version: Option<i64>,
}

/// Moves applications to a stage, as one act. Those that are there already stay as they are.
pub async fn move_all(app: &App, who: &Who, ids: &[ApplicationId], going: Going<'_>) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    few(ids)?;
    let all = stages::store::list_in(&mut change.tx, who.user).await?;
    let stage = stages::actions::named(&all, going.stage)?;
    let at = moment(&change, going.at)?;
    let mut count = 0;
    for id in ids {
        let before = store::get_in(app, &mut change.tx, who.user, *id).await?;
        if going.version.is_some_and(|seen| seen != before.version) {
            return Err(Error::changed(&before));
        }
        if before.stage != stage.key {
            let to = To { stage: &stage, at, note: going.note.to_owned(), actor: Actor::Person };
            moves::enter(&mut change, &before, to).await?;
            count += 1;
        }
    }
    finish(change, count).await
}

fn few(ids: &[ApplicationId]) -> Result<()> {
    if ids.len() > MOST_AT_ONCE {
        return Err(Error::invalid("ids", "Please choose at most 1,000 applications at a time."));
    }
    Ok(())
}

/// A moment a form gave, in the person's zone; None when nothing was given.
pub fn moment(change: &Change, text: &str) -> Result<Option<DateTime<Utc>>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let at = change
        .local(text)
        .ok_or_else(|| Error::invalid("at", "Please enter a date and a time, such as 2026-11-27 14:30."))?;
    if at > change.at {
        return Err(Error::invalid("at", "This is in the future. Please enter when it happened."));
    }
    if !jobs::draft::is_sensible(at.date_naive()) {
        return Err(Error::invalid("at", "Please enter a time from the years 1900 to 2999."));
    }
    Ok(Some(at))
}

/// Ends a change with the offer to take it back.
pub async fn finish(change: Change, count: u32) -> Result<Done> {
    let bundle = (count > 0).then_some(change.bundle);
    if count > 0 {
        change.commit().await?;
    }
    Ok(Done { bundle, count })
}

/// Replaces status or stage, notes and applied time. With the version that was seen, another one now is a conflict.
pub async fn update(app: &App, who: &Who, id: ApplicationId, wanted: Wanted, seen: Option<i64>) -> Result<Application> {
    let wanted = wanted.checked()?;
    let mut change = app.change(who.user).await?;
    let mut now = store::get_in(app, &mut change.tx, who.user, id).await?;
    if seen.is_some_and(|seen| seen != now.version) {
        return Err(Error::changed(&now));
    }
    let stage = wanted.stage(&mut change, &now.stage).await?;
    let applied_at = wanted.applied_at.or(now.applied_at);
    if applied_at != now.applied_at || wanted.notes != now.notes {
        now = rewrite(&mut change, &now, wanted.notes, applied_at).await?;
    }
    if stage.key != now.stage {
        let to = To { actor: wanted.actor, ..To::now(&stage) };
        now = moves::enter(&mut change, &now, to).await?;
    }
    change.commit().await?;
    Ok(now)
}

/// Saves the notes. With the version that was seen, other notes now are a conflict.
pub async fn note(app: &App, who: &Who, id: ApplicationId, notes: String, seen: Option<i64>) -> Result<Done> {
    let notes = checked_notes(notes)?;
    let mut change = app.change(who.user).await?;
    let before = store::get_in(app, &mut change.tx, who.user, id).await?;
    if before.notes == notes {
        return finish(change, 0).await;
    }
    if seen.is_some_and(|seen| seen != before.version) {
        return Err(Error::changed(&before));
    }
    write_notes(&mut change, &before, notes).await?;
    finish(change, 1).await
}

/// Replaces the notes inside a change.
pub async fn write_notes(change: &mut Change, before: &Application, notes: String) -> Result<Application> {
    rewrite(change, before, notes, before.applied_at).await
}

/// Replaces notes and applied time, and notes it, so that it can be taken back.
async fn rewrite(
    change: &mut Change,
    before: &Application,
    notes: String,
    applied_at: Option<DateTime<Utc>>,
) -> Result<Application> {
    let brief = jobs::store::brief(&mut change.tx, change.who, before.job_id).await?;
    let after = Application { notes, applied_at, version: before.version + 1, updated_at: change.at, ..before.clone() };
    store::update(&change.app(), &mut change.tx, change.who, &after).await?;
    if before.applied_at != after.applied_at {
        align(change, &brief, &after).await?;
    }
    let deed = Deed { application: Some(before.id), entity: Entity::Application, id: before.id.0, verb: "changed" };
    note_act(change, deed, Some(&State::of(before, &brief)), &State::of(&after, &brief)).await?;
    change.record("application.noted", Some(before.id.0), told(&brief));
    Ok(after)
}

/// Puts applications into the bin, as one act; their jobs go back to not applied.
pub async fn remove(app: &App, who: &Who, ids: &[ApplicationId]) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    few(ids)?;
    let mut count = 0;
    for id in ids {
        let before = store::get_in(app, &mut change.tx, who.user, *id).await?;
        let brief = jobs::store::brief(&mut change.tx, who.user, before.job_id).await?;
        bin(&mut change, &before, &brief).await?;
        count += 1;
    }
    finish(change, count).await
}

async fn bin(change: &mut Change, before: &Application, brief: &Brief) -> Result<()> {
    let (who, at) = (change.who, change.at);
    store::set_deleted(&mut change.tx, who, before.id, Some(at)).await?;
    jobs::store::set_status(&mut change.tx, who, brief.id, JobStatus::NotApplied, None, at).await?;
    let state = State::of(before, brief);
    let deed = Deed { application: Some(before.id), entity: Entity::Application, id: before.id.0, verb: "removed" };
    note_act(change, deed, Some(&state), &State { version: before.version + 1, ..state.clone() }).await?;
    change.record("application.removed", Some(before.id.0), told(brief));
    Ok(())
}

/// The job's status was set by other means: its application follows. Archiving leaves the application as it is.
pub async fn follow_job(change: &mut Change, job: &Brief, status: JobStatus) -> Result<()> {
    let Some(status) = ApplicationStatus::of_job(status) else { return Ok(()) };
    let applied_at = job.date_applied.and_then(|day| day.and_hms_opt(12, 0, 0)).map(|time| time.and_utc());
    match store::of_job_in(&change.app(), &mut change.tx, change.who, job.id).await? {
        Some(before) if before.status != status => {
            let before = Application { applied_at: before.applied_at.or(applied_at), ..before };
            let stage = moves::stage_for(change, status, &before.stage).await?;
            let row = moves::step(change, &before, &To::now(&stage)).await?;
            let after = moves::stand(change, &moves::sent(&before, &row)).await?;
            moves::remember(change, &before, &after, &row).await
        }
        None if status.is_sent() => {
            let wanted = Wanted { applied_at, ..Wanted::new(status) };
            make(change, job, &wanted).await.map(|_| ())
        }
        _ => Ok(()),
    }
}

/// Makes an application inside a change.
pub async fn open(change: &mut Change, job: &Brief, wanted: Wanted) -> Result<Application> {
    let new = make(change, job, &wanted).await?;
    align(change, job, &new).await?;
    let mut detail = told(job);
    detail["to"] = json!(new.status);
    change.record("application.created", Some(new.id.0), detail);
    Ok(new)
}

/// Writes an application with its first step. One that rests in the bin comes back instead, with its history.
async fn make(change: &mut Change, job: &Brief, wanted: &Wanted) -> Result<Application> {
    let (app, who, now) = (change.app(), change.who, change.at);
    let stage = wanted.stage(change, "").await?;
    let sent = stage.status.is_sent();
    let applied_at = wanted.applied_at.or(sent.then_some(now));
    // It stands where it stands since it was sent, where only that is said.
    let at = applied_at.filter(|at| stage.status == ApplicationStatus::Applied && *at <= now).unwrap_or(now);
    let to = To { at: Some(at), actor: wanted.actor, ..To::now(&stage) };
    if let Some((old, binned)) = store::any_of_job_in(&app, &mut change.tx, who, job.id).await? {
        if !binned {
            return Err(Error::Conflict("There is already an application to this job.".into()));
        }
        store::set_deleted(&mut change.tx, who, old.id, None).await?;
        let notes = if wanted.notes.is_empty() { old.notes.clone() } else { wanted.notes.clone() };
        let back = Application { notes, applied_at, version: old.version + 1, updated_at: now, ..old.clone() };
        moves::step(change, &back, &To { at: None, ..to }).await?;
        let back = moves::stand(change, &back).await?;
        let deed = Deed { application: Some(back.id), entity: Entity::Application, id: back.id.0, verb: "restored" };
        note_act(change, deed, Some(&State::of(&old, job)), &State::of(&back, job)).await?;
        return Ok(back);
    }
    let new = Application {
        id: ApplicationId::fresh(),
        job_id: job.id,
        status: stage.status,
        stage: stage.key.clone(),
        stage_since: at,
        notes: wanted.notes.clone(),
        applied_at,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let posting = Job::from(jobs::store::get_in(&mut change.tx, who, job.id).await?);
    store::insert(&app, &mut change.tx, who, &new, Some(&SavedPosting::of(posting, now))).await?;
    moves::step(change, &new, &to).await?;
    let deed = Deed { application: Some(new.id), entity: Entity::Application, id: new.id.0, verb: "created" };
    note_act(change, deed, None, &State::of(&new, job)).await?;
    Ok(new)
}

/// Moves an application to another status inside a change.
pub async fn set(change: &mut Change, before: &Application, status: ApplicationStatus) -> Result<Application> {
    let stage = moves::stage_for(change, status, &before.stage).await?;
    moves::enter(change, before, To::now(&stage)).await
}

/// The job takes over status and date of its application.
pub async fn align(change: &mut Change, job: &Brief, application: &Application) -> Result<()> {
    let date = application.applied_at.map(|at| change.day(at));
    let status = application.status.job_status();
    jobs::store::set_status(&mut change.tx, change.who, job.id, status, date, application.updated_at).await
}

/// What the activity list needs to tell of a job.
pub fn told(job: &Brief) -> serde_json::Value {
    json!({ "job": job.id, "company": job.company, "title": job.title })
}

/// The notes as they can be kept: Postgres refuses NUL in text.
pub fn checked_notes(notes: String) -> Result<String> {
    if notes.len() > NOTES {
        return Err(Error::invalid("notes", "Please keep the notes under 100 KB."));
    }
    Ok(notes.replace('\0', ""))
}
