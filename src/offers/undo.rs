//! Takes back what was done to an offer, unless it was changed again since.

use super::{
    actions::{self, State},
    store::{self, Kept},
};
use crate::{
    acts::{actions::state, store::Act},
    error::{Error, Result},
    events::Change,
    ids::OfferId,
};

/// Takes one act back, or leaves everything as it is and says why.
pub async fn take_back(change: &mut Change, act: &Act) -> Result<()> {
    let now = store::any_in(&change.app(), &mut change.tx, change.who, OfferId(act.entity_id)).await?;
    let (before, after): (Option<State>, State) = (state(&act.before)?, state(&act.after)?);
    if State::of(&now) != after {
        let words = format!("The offer of {} was changed again since, and stays as it is.", now.company);
        return Err(Error::Conflict(words));
    }
    // One that was made goes into the bin.
    let back = before.unwrap_or(State { deleted_at: Some(change.at), ..after });
    let State { terms, deleted_at } = back;
    let back = Kept { terms, deleted_at, version: now.version + 1, updated_at: change.at, ..now.clone() };
    actions::write(change, Some(&now), &back).await?;
    actions::tell(change, back.application_id, back.id.0, "offer.undone").await
}
