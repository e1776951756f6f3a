//! Takes back what was done to an interview, unless it was changed again since.

use super::{Interview, actions, store};
use crate::{
    acts::{actions::state, store::Act},
    error::{Error, Result},
    events::Change,
    ids::InterviewId,
};

/// Takes one act back, or leaves everything as it is and says why.
pub async fn take_back(change: &mut Change, act: &Act) -> Result<()> {
    let id = InterviewId(act.entity_id);
    let (app, who, at) = (change.app(), change.who, change.at);
    if act.verb == "removed" {
        let back = store::binned_in(&app, &mut change.tx, who, id).await?;
        store::set_deleted(&mut change.tx, who, id, None, at).await?;
        actions::remind(change, &back, true).await?;
        return actions::tell(change, &back, "undone").await;
    }
    let after: Interview = state(&act.after)?;
    let now = match store::get_in(&app, &mut change.tx, who, id).await {
        Ok(now) if now.says_the_same(&after) => now,
        Ok(_) => return Err(since(&after, "was changed again since, and stays as it is.")),
        Err(Error::NotFound) => return Err(since(&after, "was removed since.")),
        Err(error) => return Err(error),
    };
    if act.verb == "created" {
        store::set_deleted(&mut change.tx, who, id, Some(at), at).await?;
        actions::remind(change, &now, false).await?;
    } else {
        let before: Interview = state(&act.before)?;
        let back = now.changed_to(before, at);
        store::update(&app, &mut change.tx, who, &back).await?;
        actions::remind(change, &back, true).await?;
    }
    actions::tell(change, &now, "undone").await
}

fn since(interview: &Interview, what: &str) -> Error {
    Error::Conflict(format!("The interview ({}) {what}", interview.title()))
}
