//! Takes back what was done to a task, unless it was changed again since.

use super::{
    actions,
    store::{self, State},
};
use crate::{
    acts::{actions::state, store::Act},
    error::{Error, Result},
    events::Change,
    ids::TaskId,
};

/// Takes one act back, or leaves everything as it is and says why.
pub async fn take_back(change: &mut Change, act: &Act) -> Result<()> {
    let now = store::any_in(&change.app(), &mut change.tx, change.who, TaskId(act.entity_id)).await?;
    let (before, after): (Option<State>, State) = (state(&act.before)?, state(&act.after)?);
    if now.state != after {
        return Err(Error::Conflict(format!(
            "The task “{}” was changed again since, and stays as it is.",
            now.state.title
        )));
    }
    // One that was made goes into the bin.
    let back = before.unwrap_or(State { deleted_at: Some(change.at), ..after });
    let kept = actions::put(change, Some(&now), back).await?;
    actions::tell(change, &kept, "task.undone").await
}
