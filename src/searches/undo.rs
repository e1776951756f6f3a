//! Takes back what was done to a search, unless it was changed again since.

use super::{
    actions,
    store::{self, State},
};
use crate::{
    acts::{actions::state, store::Act},
    error::{Error, Result},
    events::Change,
    ids::SearchId,
};

/// Takes one act back, or leaves everything as it is and says why.
pub async fn take_back(change: &mut Change, act: &Act) -> Result<()> {
    let now = store::any_in(&change.app(), &mut change.tx, change.who, SearchId(act.entity_id)).await?;
    let (before, after): (Option<State>, State) = (state(&act.before)?, state(&act.after)?);
    if now.state != after {
        return Err(Error::Conflict(format!(
            "The search “{}” was changed again since, and stays as it is.",
            now.state.name
        )));
    }
    if after.deleted_at.is_some() {
        actions::has_room(change).await?;
    }
    // One that was made goes into the bin.
    let back = before.unwrap_or(State { deleted_at: Some(change.at), ..after });
    let kept = actions::put(change, Some(&now), back).await?;
    actions::tell(change, &kept, "search.undone");
    Ok(())
}
