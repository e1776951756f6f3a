//! Reading a history, and correcting it.

use super::{
    Step,
    store::{self, Row},
};
use crate::{
    acts::{
        self, Done, Entity,
        actions::{Deed, note, state},
        store::Act,
    },
    applications::{
        Application,
        actions::{finish, moment, told},
        moves::{self, NOTE},
        stages, store as applications,
        undo::step_of,
    },
    error::{Error, Result},
    events::Change,
    ids::{ApplicationId, BundleId, StepId},
    jobs, seal,
    session::Who,
    state::App,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// An application's steps that count, oldest first.
pub async fn steps(app: &App, who: &Who, id: ApplicationId) -> Result<Vec<Step>> {
    let rows = store::list(&app.db, who.user, id).await?;
    let names = stages::store::names(&app.db, who.user).await?;
    let acts = acts::store::of_application(&app.db, who.user, id).await?;
    let moved = acts.into_iter().filter(|(_, entity, _, verb, _)| *entity == Entity::Step && verb == "moved");
    let bundles: HashMap<StepId, BundleId> = moved.map(|(bundle, _, step, _, _)| (StepId(step), bundle)).collect();
    let sealed = rows.iter().any(|row| row.note_sealed.is_some());
    let key = if sealed { Some(seal::key(app, who.user).await?) } else { None };
    rows.into_iter()
        .map(|row| {
            let note = match row.note_sealed.as_deref().zip(key.as_ref()) {
                Some((sealed, key)) => key.open_text(NOTE, sealed)?,
                None => String::new(),
            };
            Ok(Step {
                id: row.id,
                name: names.get(&row.stage).cloned().unwrap_or_else(|| row.status.label().to_owned()),
                stage: row.stage,
                status: row.status,
                at: row.at,
                recorded_at: row.recorded_at.unwrap_or(row.at),
                actor: row.actor,
                note,
                bundle: bundles.get(&row.id).copied(),
            })
        })
        .collect()
}

/// What can be corrected in a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Said {
    at: DateTime<Utc>,
    note: String,
}

/// Corrects the moment and the note of a step; it stays between the steps around it.
pub async fn change(app: &App, who: &Who, id: StepId, at: &str, text: String) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let row = store::get_in(&mut change.tx, who.user, id).await?;
    let before = said(&mut change, &row).await?;
    let after = Said {
        // A form knows minutes: a time that was not touched stays what it was to the microsecond.
        at: moment(&change, at)?.filter(|at| at.timestamp() / 60 != row.at.timestamp() / 60).unwrap_or(row.at),
        note: text.replace('\0', "").trim().to_owned(),
    };
    if before == after {
        return finish(change, 0).await;
    }
    let all = store::list_in(&mut change.tx, who.user, row.application_id).await?;
    let place = all.iter().position(|other| other.id == id).ok_or(Error::NotFound)?;
    let early = place.checked_sub(1).is_some_and(|before| after.at < all[before].at);
    if early || all.get(place + 1).is_some_and(|next| after.at > next.at) {
        return Err(Error::invalid("at", "Please choose a time between the step before and the step after it."));
    }
    write(&mut change, &row, &after).await?;
    let deed = Deed { application: Some(row.application_id), entity: Entity::Step, id: id.0, verb: "changed" };
    note(&mut change, deed, Some(&before), &after).await?;
    finish(change, 1).await
}

/// Takes a correction back.
pub async fn unchange(change: &mut Change, act: &Act) -> Result<()> {
    let row = store::get_in(&mut change.tx, change.who, step_of(act)).await?;
    let (before, after): (Said, Said) = (state(&act.before)?, state(&act.after)?);
    if said(change, &row).await? != after {
        return Err(Error::Conflict("This step was changed again since, and stays as it is.".into()));
    }
    write(change, &row, &before).await
}

async fn said(change: &mut Change, row: &Row) -> Result<Said> {
    let note = match &row.note_sealed {
        Some(sealed) => seal::key_in(&change.app(), &mut change.tx, change.who).await?.open_text(NOTE, sealed)?,
        None => String::new(),
    };
    Ok(Said { at: row.at, note })
}

/// Writes a step as it is said; since when the application stands where it stands, and when it was sent, follow.
async fn write(change: &mut Change, row: &Row, said: &Said) -> Result<()> {
    let now = applications::get_in(&change.app(), &mut change.tx, change.who, row.application_id).await?;
    let note_sealed = moves::sealed(change, &said.note).await?;
    store::update(&mut change.tx, change.who, &Row { at: said.at, note_sealed, ..row.clone() }).await?;
    let applied_at = if now.applied_at == Some(row.at) { Some(said.at) } else { now.applied_at };
    let after = moves::stand(change, &Application { applied_at, ..now }).await?;
    moves::follow(change, &after).await?;
    let brief = jobs::store::brief(&mut change.tx, change.who, after.job_id).await?;
    change.record("application.noted", Some(after.id.0), told(&brief));
    Ok(())
}
