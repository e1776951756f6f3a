//! Takes back a job that came with an import, unless it was changed since.

use super::{Job, JobStatus, draft::JobDraft, store};
use crate::{
    acts::{actions::state, store::Act},
    applications,
    error::{Error, Result},
    events::Change,
    ids::JobId,
};
use serde_json::json;

/// The job as its act keeps it: where it stands follows its application, which has an act of its own.
pub fn kept(draft: &JobDraft) -> JobDraft {
    JobDraft { status: JobStatus::NotApplied, date_applied: None, ..draft.clone() }
}

/// Puts the job into the bin, or leaves everything as it is and says why.
pub async fn take_back(change: &mut Change, act: &Act) -> Result<()> {
    let id = JobId(act.entity_id);
    let Ok(row) = store::get_in(&mut change.tx, change.who, id).await else {
        // Somebody deleted it: nothing is left to take back.
        return Ok(());
    };
    let now = JobDraft::from(Job::from(row));
    let stays = |why: &str| Error::Conflict(format!("The job {} at {} {why}, and stays.", now.title, now.company));
    if applications::store::of_job_in(&change.app(), &mut change.tx, change.who, id).await?.is_some() {
        return Err(stays("has an application"));
    }
    if kept(&now) != state::<JobDraft>(&act.after)? {
        return Err(stays("was changed since"));
    }
    store::set_deleted(&mut change.tx, change.who, id, true).await?;
    change.record("job.undone", Some(id.0), json!({ "job": id, "company": now.company, "title": now.title }));
    Ok(())
}
