//! Which contacts have to do with which applications.

use super::{Contact, store};
use crate::{
    acts::{
        Done, Entity,
        actions::{Deed, note},
    },
    applications::{actions::finish, store as applications},
    error::{Error, Result},
    events::Change,
    ids::{ApplicationId, ContactId},
    interviews::actions::about,
    session::Who,
    state::App,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The most contacts of one application.
const MOST: usize = 200;
/// How many of a name are looked at.
const NAMED: i64 = 100;
/// Between name and company.
const DOT: &str = " · ";

/// What an act about a link keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    pub name: String,
    /// None when they are not linked.
    pub linked_at: Option<DateTime<Utc>>,
}

/// What names a contact for certain: "Name · Company".
pub fn name_of(contact: &Contact) -> String {
    if contact.company.is_empty() { contact.name.clone() } else { [&contact.name, DOT, &contact.company].concat() }
}

/// Links a contact, by name, to an application.
pub async fn link_named(app: &App, who: &Who, id: ApplicationId, text: &str) -> Result<Done> {
    applications::get(app, who.user, id).await?;
    let text = text.replace('\0', "").trim().to_owned();
    if text.is_empty() {
        return Err(Error::invalid("contact", "Please enter the name of one of your contacts."));
    }
    let found = named(app, who, &text).await?;
    match found.as_slice() {
        [] => Err(Error::invalid("contact", "None of your contacts has this name. Please add them as a new one.")),
        [one] => link(app, who, id, one.id).await,
        _ => Err(Error::invalid("contact", "Several of your contacts have this name. Please choose one of the list.")),
    }
}

/// The contacts with this name, or with this name and company.
async fn named(app: &App, who: &Who, text: &str) -> Result<Vec<Contact>> {
    let wanted = text.to_lowercase();
    let words = text.replace(DOT, " ");
    let mut found = store::list(app, who.user, &words, NAMED, 0).await?;
    if found.iter().any(|contact| name_of(contact).to_lowercase() == wanted) {
        found.retain(|contact| name_of(contact).to_lowercase() == wanted);
    } else {
        found.retain(|contact| contact.name.to_lowercase() == wanted || contact.email.to_lowercase() == wanted);
    }
    Ok(found)
}

/// Links a contact to an application.
pub async fn link(app: &App, who: &Who, to: ApplicationId, id: ContactId) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    applications::get_in(app, &mut change.tx, who.user, to).await?;
    let contact = store::get_in(app, &mut change.tx, who.user, id).await?;
    let done = put(&mut change, to, &contact).await?;
    finish(change, u32::from(done)).await
}

/// Links a contact to an application inside a change; false when they were already.
pub async fn put(change: &mut Change, to: ApplicationId, contact: &Contact) -> Result<bool> {
    let links = store::links_in(&mut change.tx, change.who, to).await?;
    if links.iter().any(|(id, _)| *id == contact.id) {
        return Ok(false);
    }
    if links.len() >= MOST {
        return Err(Error::Conflict("An application can have 200 contacts. Please take one off first.".into()));
    }
    let at = change.at;
    store::link(&mut change.tx, change.who, to, contact.id, at).await?;
    remember(change, to, contact, "linked", (None, Some(at))).await?;
    tell(change, to, contact, "linked").await?;
    Ok(true)
}

/// Takes a contact off an application.
pub async fn unlink(app: &App, who: &Who, from: ApplicationId, id: ContactId) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    applications::get_in(app, &mut change.tx, who.user, from).await?;
    let contact = store::get_in(app, &mut change.tx, who.user, id).await?;
    let links = store::links_in(&mut change.tx, who.user, from).await?;
    let (_, since) = links.into_iter().find(|(own, _)| *own == id).ok_or(Error::NotFound)?;
    store::unlink(&mut change.tx, who.user, from, id).await?;
    remember(&mut change, from, &contact, "unlinked", (Some(since), None)).await?;
    tell(&mut change, from, &contact, "unlinked").await?;
    finish(change, 1).await
}

/// Notes what is done, so that it can be taken back; since when they were and are linked.
async fn remember(
    change: &mut Change,
    application: ApplicationId,
    contact: &Contact,
    verb: &str,
    (before, after): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
) -> Result<()> {
    let deed = Deed { application: Some(application), entity: Entity::ContactLink, id: contact.id.0, verb };
    let link = |linked_at| Link { name: contact.name.clone(), linked_at };
    note(change, deed, Some(&link(before)), &link(after)).await
}

/// Records what was done for the activity list and open pages.
pub async fn tell(change: &mut Change, application: ApplicationId, contact: &Contact, verb: &str) -> Result<()> {
    let mut detail = about(change, application).await?;
    detail["name"] = json!(contact.name);
    change.record(&format!("contact.{verb}"), Some(contact.id.0), detail);
    Ok(())
}
