//! Takes back what was done to an application, unless the same thing was changed again since.

use super::{
    Application, actions,
    actions::State,
    history::{self, store as steps},
    moves::{self, Moved},
    store,
};
use crate::{
    acts::{Entity, actions::state, store::Act},
    error::{Error, Result},
    events::Change,
    ids::{ApplicationId, StepId},
    jobs::{self, JobStatus, store::Brief},
};

/// Takes one act back, or leaves everything as it is and says why.
pub async fn take_back(change: &mut Change, act: &Act) -> Result<()> {
    let id = act.application_id.ok_or(Error::NotFound)?;
    match (act.entity, act.verb.as_str()) {
        (Entity::Step, "moved") => unmove(change, id, act).await,
        (Entity::Step, _) => history::actions::unchange(change, act).await,
        (_, "removed") => unbin(change, id).await,
        (_, "changed") => unwrite(change, id, act).await,
        // Made, or brought back by applying again.
        _ => unmake(change, id, act).await,
    }
}

/// An application that is here, with its job.
async fn here(change: &mut Change, id: ApplicationId) -> Result<(Application, Brief)> {
    let application = store::get_in(&change.app(), &mut change.tx, change.who, id).await?;
    let brief = jobs::store::brief(&mut change.tx, change.who, application.job_id).await?;
    Ok((application, brief))
}

fn since(brief: &Brief, what: &str) -> Error {
    Error::Conflict(format!(
        "{what} of {} at {} changed again since, and stay as they are.",
        brief.title, brief.company
    ))
}

fn record(change: &mut Change, application: &Application, brief: &Brief) {
    change.record("application.undone", Some(application.id.0), actions::told(brief));
}

/// Takes a step out of the history; where the application stands follows from the others.
async fn unmove(change: &mut Change, id: ApplicationId, act: &Act) -> Result<()> {
    let (now, brief) = here(change, id).await?;
    let (before, after): (Moved, Moved) = (state(&act.before)?, state(&act.after)?);
    steps::get_in(&mut change.tx, change.who, after.step).await?;
    let at = change.at;
    steps::undo(&mut change.tx, change.who, after.step, at).await?;
    let mut applied_at = now.applied_at;
    if applied_at == after.applied_at && before.applied_at != after.applied_at {
        // Sent by this step: then by the first of those left that sent it, if any.
        let left = steps::list_in(&mut change.tx, change.who, id).await?;
        applied_at = before.applied_at.or(left.iter().find(|row| row.status.is_sent()).map(|row| row.at));
    }
    let after = moves::stand(change, &Application { applied_at, ..now }).await?;
    moves::follow(change, &after).await?;
    record(change, &after, &brief);
    Ok(())
}

/// Puts notes and applied time back.
async fn unwrite(change: &mut Change, id: ApplicationId, act: &Act) -> Result<()> {
    let (now, brief) = here(change, id).await?;
    let (before, after): (State, State) = (state(&act.before)?, state(&act.after)?);
    if (&now.notes, now.applied_at) != (&after.notes, after.applied_at) {
        return Err(since(&brief, "The notes"));
    }
    let back = Application {
        notes: before.notes,
        applied_at: before.applied_at,
        version: now.version + 1,
        updated_at: change.at,
        ..now
    };
    store::update(&change.app(), &mut change.tx, change.who, &back).await?;
    moves::follow(change, &back).await?;
    record(change, &back, &brief);
    Ok(())
}

/// Puts an application that was made into the bin, and the job back to where it stood. One that was changed since stays.
async fn unmake(change: &mut Change, id: ApplicationId, act: &Act) -> Result<()> {
    let (now, brief) = here(change, id).await?;
    let after: State = state(&act.after)?;
    if now.version != after.version {
        return Err(since(&brief, "The application and the job"));
    }
    let (who, at) = (change.who, change.at);
    store::set_deleted(&mut change.tx, who, id, Some(at)).await?;
    let stood = JobStatus::parse(&after.job_status).filter(|status| *status != now.status.job_status());
    let (status, day) = stood.map_or((JobStatus::NotApplied, None), |status| (status, after.job_applied));
    jobs::store::set_status(&mut change.tx, who, brief.id, status, day, at).await?;
    record(change, &now, &brief);
    Ok(())
}

/// Takes an application out of the bin; the job follows it again.
async fn unbin(change: &mut Change, id: ApplicationId) -> Result<()> {
    let now = store::binned_in(&change.app(), &mut change.tx, change.who, id).await?;
    store::set_deleted(&mut change.tx, change.who, id, None).await?;
    moves::follow(change, &Application { updated_at: change.at, ..now.clone() }).await?;
    let brief = jobs::store::brief(&mut change.tx, change.who, now.job_id).await?;
    record(change, &now, &brief);
    Ok(())
}

/// The step an act is about.
pub fn step_of(act: &Act) -> StepId {
    StepId(act.entity_id)
}
