//! Takes back what was done to a contact or a link, unless it was changed again since.

use super::{
    Contact, actions,
    links::{self, Link},
    store,
};
use crate::{
    acts::{Entity, actions::state, store::Act},
    applications::store as applications,
    error::{Error, Result},
    events::Change,
    ids::ContactId,
};

/// Takes one act back, or leaves everything as it is and says why.
pub async fn take_back(change: &mut Change, act: &Act) -> Result<()> {
    if act.entity == Entity::ContactLink {
        return take_link_back(change, act).await;
    }
    let id = ContactId(act.entity_id);
    let (app, who, at) = (change.app(), change.who, change.at);
    if act.verb == "removed" {
        let back = store::binned_in(&app, &mut change.tx, who, id).await?;
        store::set_deleted(&mut change.tx, who, id, None, at).await?;
        actions::tell(change, &back, "undone");
        return Ok(());
    }
    let after: Contact = state(&act.after)?;
    let now = match store::get_in(&app, &mut change.tx, who, id).await {
        Ok(now) if now.says_the_same(&after) => now,
        Ok(_) => return Err(since(&after.name, "was changed again since, and stays as they are.")),
        Err(Error::NotFound) => return Err(since(&after.name, "was removed since.")),
        Err(error) => return Err(error),
    };
    if act.verb == "created" {
        if store::links_of_in(&mut change.tx, who, id).await? > 0 {
            return Err(since(&now.name, "has to do with an application by now, and stays."));
        }
        store::set_deleted(&mut change.tx, who, id, Some(at), at).await?;
    } else {
        let before: Contact = state(&act.before)?;
        store::update(&app, &mut change.tx, who, &now.changed_to(before, at)).await?;
    }
    actions::tell(change, &now, "undone");
    Ok(())
}

/// Links again what was unlinked, or the other way round.
async fn take_link_back(change: &mut Change, act: &Act) -> Result<()> {
    let (id, application) = (ContactId(act.entity_id), act.application_id.ok_or(Error::NotFound)?);
    let (app, who) = (change.app(), change.who);
    let (before, after): (Link, Link) = (state(&act.before)?, state(&act.after)?);
    applications::get_in(&app, &mut change.tx, who, application).await?;
    let contact = match store::get_in(&app, &mut change.tx, who, id).await {
        Err(Error::NotFound) => return Err(since(&after.name, "was removed since.")),
        other => other?,
    };
    let links = store::links_in(&mut change.tx, who, application).await?;
    let now = links.iter().find(|(own, _)| *own == id).map(|(_, at)| *at);
    match (now, before.linked_at) {
        (Some(_), None) => store::unlink(&mut change.tx, who, application, id).await?,
        (None, Some(at)) => store::link(&mut change.tx, who, application, id, at).await?,
        (Some(_), Some(_)) => return Err(since(&contact.name, "was linked again since.")),
        (None, None) => return Err(since(&contact.name, "was taken off since.")),
    }
    links::tell(change, application, &contact, "undone").await
}

fn since(name: &str, what: &str) -> Error {
    Error::Conflict(format!("{name} {what}"))
}
