//! Tasks as a whole: everything there is, for an export, and taking it back in.

use super::{
    actions::{self, Wanted},
    store::{self, Kept, State},
};
use crate::{
    error::Result,
    events::Change,
    ids::{ApplicationId, TaskId, UserId},
    privacy::export::format::ExportedTask,
    seal,
    state::App,
};
use std::collections::{HashMap, HashSet};

/// All of the person's tasks, oldest first.
pub async fn all(app: &App, who: UserId) -> Result<Vec<ExportedTask>> {
    let all = store::all(app, who).await?;
    Ok(all
        .into_iter()
        .map(|kept| ExportedTask {
            application_id: kept.state.application_id,
            title: kept.state.title,
            notes: kept.state.notes,
            due_at: kept.state.due_at,
            repeat: kept.state.repeat,
            anchor: kept.state.anchor,
            nth: kept.state.nth,
            remind: kept.state.remind,
            done_at: kept.state.done_at,
            created_at: kept.created_at,
            updated_at: kept.updated_at,
            deleted_at: kept.state.deleted_at,
        })
        .collect())
}

/// Adds the tasks of a file, their moments cut to what is kept: those of the applications that were added with it (`ids`, by the
/// file's), and those of none that are not here. What is not in order is left out; answers with how many.
pub async fn take_in(
    change: &mut Change,
    file: Vec<ExportedTask>,
    ids: &HashMap<ApplicationId, ApplicationId>,
) -> Result<u32> {
    let (app, who) = (change.app(), change.who);
    let key = seal::key_in(&app, &mut change.tx, who).await?;
    let here = store::all_in(&key, &mut change.tx, who).await?;
    let mut here: HashSet<_> = here.into_iter().map(|kept| (kept.created_at, kept.state.title)).collect();
    let mut left_out = 0;
    for from in file {
        let application_id = match from.application_id {
            Some(id) => match ids.get(&id) {
                Some(id) => Some(*id),
                // It was here already, with its tasks.
                None => continue,
            },
            None => None,
        };
        let wanted = Wanted {
            application_id,
            title: from.title,
            notes: from.notes,
            due_at: from.due_at,
            repeat: from.repeat,
            remind: from.remind,
        };
        let Ok(wanted) = wanted.checked() else {
            left_out += 1;
            continue;
        };
        if application_id.is_none() && !here.insert((from.created_at, wanted.title.clone())) {
            continue;
        }
        let kept = Kept {
            id: TaskId::fresh(),
            state: State {
                application_id,
                title: wanted.title,
                notes: wanted.notes,
                due_at: wanted.due_at,
                repeat: wanted.repeat,
                anchor: from.anchor,
                nth: from.nth,
                remind: wanted.remind,
                done_at: from.done_at,
                deleted_at: from.deleted_at,
            },
            version: 1,
            created_at: from.created_at,
            updated_at: from.updated_at,
            about: String::new(),
        };
        store::insert(&mut change.tx, &key, who, &kept).await?;
        actions::remind(change, &kept).await?;
    }
    Ok(left_out)
}
