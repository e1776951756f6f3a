//! Writes what was planned, in one change.

use super::row::Entry;
use crate::{
    acts::{
        self, Entity,
        actions::{Deed, act},
    },
    applications::{
        Application, SavedPosting, actions::State, history, history::Actor, moves::NOTE, store as applications,
    },
    error::Result,
    events::Change,
    ids::{ApplicationId, StepId},
    jobs::{self, JobStatus, store::Brief},
    seal,
    state::App,
};

/// Writes jobs, applications, their steps, and what is needed to take all of it back.
pub async fn write(app: &App, change: &mut Change, entries: Vec<Entry>) -> Result<()> {
    let (who, at) = (change.who, change.at);
    let key = seal::key_in(app, &mut change.tx, who).await?;
    let (mut new_jobs, mut all, mut steps, mut done) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for entry in entries {
        let Some(last) = entry.steps.last() else { continue };
        let application = Application {
            id: ApplicationId::fresh(),
            job_id: entry.job.id,
            status: last.stage.status,
            stage: last.stage.key.clone(),
            stage_since: last.at,
            notes: entry.notes,
            applied_at: entry.applied_at,
            version: 1,
            created_at: at,
            updated_at: at,
        };
        for step in &entry.steps {
            let note_sealed = if step.note.is_empty() { None } else { Some(key.close_text(NOTE, &step.note)?) };
            steps.push(history::store::Row {
                id: StepId::fresh(),
                application_id: application.id,
                stage: step.stage.key.clone(),
                status: step.stage.status,
                at: step.at,
                recorded_at: Some(at),
                actor: Actor::Import,
                note_sealed,
                undone_at: None,
            });
        }
        let id = entry.job.id;
        let draft = jobs::undo::kept(&entry.job.draft);
        let brief = Brief {
            id,
            company: draft.company.clone(),
            title: draft.title.clone(),
            status: JobStatus::NotApplied.to_string(),
            date_applied: None,
        };
        // Taking back goes from the last to the first: the application, then its job.
        let job = Deed { application: None, entity: Entity::Job, id: id.0, verb: "created" };
        done.push(act(change, job, None, &draft)?);
        let made = Deed {
            application: Some(application.id),
            entity: Entity::Application,
            id: application.id.0,
            verb: "created",
        };
        done.push(act(change, made, None, &State::of(&application, &brief))?);
        let posting = SavedPosting::of(entry.job.clone().written(at), at);
        new_jobs.push(entry.job);
        all.push((application, posting));
    }
    jobs::store::insert(&mut change.tx, who, &new_jobs, at).await?;
    applications::insert_all(&mut change.tx, &key, who, &all).await?;
    history::store::insert_all(&mut change.tx, who, &steps).await?;
    acts::store::insert(&mut change.tx, &key, who, &done).await
}
