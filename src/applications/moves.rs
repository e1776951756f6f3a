//! The one place where an application changes its stage. The newest step of its history says where it stands; status, since when
//! and the job follow.

use super::{
    Application, ApplicationStatus, actions,
    history::{
        Actor,
        store::{self as steps, Row},
    },
    stages::{self, Stage},
    store,
};
use crate::{
    acts::{
        Entity,
        actions::{Deed, note},
    },
    error::{Error, Result},
    events::Change,
    ids::StepId,
    jobs, seal,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Where notes of steps are sealed.
pub const NOTE: &str = "application_steps.note";
/// Longest note of a step, in bytes.
pub const LONGEST_NOTE: usize = 2_000;

/// Where to, when, by whom and why.
#[derive(Clone, Debug)]
pub struct To<'a> {
    pub stage: &'a Stage,
    /// Now when absent; not before the step before it.
    pub at: Option<DateTime<Utc>>,
    pub note: String,
    pub actor: Actor,
}

impl<'a> To<'a> {
    /// By the person, at this moment.
    pub fn now(stage: &'a Stage) -> Self {
        To { stage, at: None, note: String::new(), actor: Actor::Person }
    }
}

/// What a move changes, as its act keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    pub step: StepId,
    pub applied_at: Option<DateTime<Utc>>,
}

/// Moves an application to a stage; the job follows. Answers with the application as it is then.
pub async fn enter(change: &mut Change, before: &Application, to: To<'_>) -> Result<Application> {
    let row = step(change, before, &to).await?;
    let after = stand(change, &sent(before, &row)).await?;
    follow(change, &after).await?;
    remember(change, before, &after, &row).await?;
    tell(change, before, &after, to.stage).await?;
    Ok(after)
}

/// The application with the time of this step as when it was sent, where none was known.
pub fn sent(application: &Application, row: &Row) -> Application {
    let applied_at = application.applied_at.or(row.status.is_sent().then_some(row.at));
    Application { applied_at, ..application.clone() }
}

/// Notes a move, so that it can be taken back.
pub async fn remember(change: &mut Change, before: &Application, after: &Application, row: &Row) -> Result<()> {
    let deed = Deed { application: Some(before.id), entity: Entity::Step, id: row.id.0, verb: "moved" };
    let was = Moved { step: row.id, applied_at: before.applied_at };
    note(change, deed, Some(&was), &Moved { applied_at: after.applied_at, ..was.clone() }).await
}

/// Writes the step down.
pub async fn step(change: &mut Change, application: &Application, to: &To<'_>) -> Result<Row> {
    let at = to.at.unwrap_or(change.at);
    let last = steps::list_in(&mut change.tx, change.who, application.id).await?.pop();
    if let Some(last) = last
        && at < last.at
    {
        let day = change.day(last.at).format("%-d %B %Y");
        let words = format!("It came to where it is on {day}. Please choose a later time, or change that step first.");
        return Err(Error::invalid("at", words));
    }
    let note_sealed = sealed(change, &to.note).await?;
    let row = Row {
        id: StepId::fresh(),
        application_id: application.id,
        stage: to.stage.key.clone(),
        status: to.stage.status,
        at,
        recorded_at: Some(change.at),
        actor: to.actor,
        note_sealed,
        undone_at: None,
    };
    steps::insert(&mut change.tx, change.who, &row).await?;
    Ok(row)
}

/// A note of a step as it is kept.
pub async fn sealed(change: &mut Change, note: &str) -> Result<Option<String>> {
    let note = note.replace('\0', "").trim().to_owned();
    if note.len() > LONGEST_NOTE {
        return Err(Error::invalid("note", "Please keep the note under 2 KB."));
    }
    if note.is_empty() {
        return Ok(None);
    }
    seal::close(&change.app(), &mut change.tx, change.who, NOTE, &note).await.map(Some)
}

/// Works out where an application stands from its history and writes it.
pub async fn stand(change: &mut Change, application: &Application) -> Result<Application> {
    let last = steps::list_in(&mut change.tx, change.who, application.id).await?.pop();
    let (stage, status, stage_since) = match last {
        Some(last) => {
            // A stage stands for what it stands for now.
            let stage = stages::store::any_in(&mut change.tx, change.who, &last.stage).await?;
            (last.stage, stage.map_or(last.status, |stage| stage.status), last.at)
        }
        None => (application.stage.clone(), application.status, application.stage_since),
    };
    let version = application.version + 1;
    let after = Application { stage, status, stage_since, version, updated_at: change.at, ..application.clone() };
    store::update(&change.app(), &mut change.tx, change.who, &after).await?;
    Ok(after)
}

/// The job takes over what its application says. One in the bin follows when the application moves again.
pub async fn follow(change: &mut Change, application: &Application) -> Result<()> {
    match jobs::store::brief(&mut change.tx, change.who, application.job_id).await {
        Ok(brief) => actions::align(change, &brief, application).await,
        Err(Error::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

/// A stage stands for another status now: everything in it follows.
pub async fn realign(change: &mut Change, stage: &Stage) -> Result<()> {
    for application in store::in_stage(change, &stage.key).await? {
        let after = stand(change, &application).await?;
        follow(change, &after).await?;
    }
    Ok(())
}

async fn tell(change: &mut Change, before: &Application, after: &Application, stage: &Stage) -> Result<()> {
    // Of a job in the bin there is nothing to tell.
    let Ok(brief) = jobs::store::brief(&mut change.tx, change.who, after.job_id).await else { return Ok(()) };
    let mut detail = actions::told(&brief);
    detail["from"] = json!(before.status);
    detail["to"] = json!(after.status);
    detail["stage"] = json!(stage.name);
    change.record("application.moved", Some(after.id.0), detail);
    Ok(())
}

/// The stage of this status an application goes to.
pub async fn stage_for(change: &mut Change, status: ApplicationStatus, now: &str) -> Result<Stage> {
    let all = stages::store::list_in(&mut change.tx, change.who).await?;
    stages::actions::for_status(&all, status, now)
}
