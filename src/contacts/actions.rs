//! What can be done with contacts.

use super::{Contact, ContactView, Known, People, draft::ContactDraft, links, store};
use crate::{
    acts::{
        Done, Entity,
        actions::{Deed, note},
    },
    applications::actions::finish,
    error::{Error, Result},
    events::Change,
    ids::{ApplicationId, ContactId},
    markdown,
    session::Who,
    state::App,
};
use serde_json::json;

/// The most contacts of a person.
const MOST: i64 = 5_000;
/// How many a page shows, and how many are suggested.
const PER_PAGE: u32 = 50;
const SUGGESTED: i64 = 8;

/// One page of contacts with the applications each has to do with.
pub async fn people(app: &App, who: &Who, q: &str, page: u32) -> Result<People> {
    let page = page.clamp(1, 100_000);
    let offset = i64::from(page - 1) * i64::from(PER_PAGE);
    let contacts = store::list(app, who.user, q, i64::from(PER_PAGE), offset).await?;
    let total = store::count(&app.db, who.user, q).await?;
    Ok(People { contacts: shown(app, who, contacts).await?, total, page, per_page: PER_PAGE })
}

/// One contact as their page shows them.
pub async fn view(app: &App, who: &Who, id: ContactId) -> Result<ContactView> {
    let contact = store::get(app, who.user, id).await?;
    shown(app, who, vec![contact]).await?.pop().ok_or(Error::NotFound)
}

/// The contacts linked to an application, as its page shows them.
pub async fn of_application(app: &App, who: &Who, id: ApplicationId) -> Result<Vec<ContactView>> {
    shown(app, who, store::of_application(app, who.user, id).await?).await
}

async fn shown(app: &App, who: &Who, contacts: Vec<Contact>) -> Result<Vec<ContactView>> {
    let ids: Vec<ContactId> = contacts.iter().map(|contact| contact.id).collect();
    let links = store::applications(&app.db, who.user, &ids).await?;
    let of = |id: ContactId| links.iter().filter(|(own, _)| *own == id).map(|(_, linked)| linked.clone()).collect();
    Ok(contacts
        .into_iter()
        .map(|contact| ContactView {
            notes_html: markdown::html(&contact.notes),
            applications: of(contact.id),
            contact,
        })
        .collect())
}

/// Contacts that fit what was typed.
pub async fn suggest(app: &App, who: &Who, typed: &str) -> Result<Vec<Known>> {
    if typed.trim().is_empty() {
        return Ok(Vec::new());
    }
    let found = store::list(app, who.user, typed, SUGGESTED, 0).await?;
    Ok(found.into_iter().map(|contact| Known { name: links::name_of(&contact), role: contact.role }).collect())
}

/// Makes a contact for a program. `key` is the request's idempotency key.
pub async fn create(app: &App, who: &Who, draft: ContactDraft, key: Option<(String, String)>) -> Result<Contact> {
    let mut change = app.change(who.user).await?;
    if let Some(made) = crate::api::idempotency::claim(&mut change.tx, who.user, key.as_ref()).await? {
        return store::get_in(app, &mut change.tx, who.user, ContactId(made)).await;
    }
    let made = make(&mut change, draft).await?;
    crate::api::idempotency::keep(&mut change.tx, who.user, key, made.id.0).await?;
    change.commit().await?;
    Ok(made)
}

/// Adds a contact for the person, linked to an application where one is named.
pub async fn add(app: &App, who: &Who, id: Option<ApplicationId>, draft: ContactDraft) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    if let Some(id) = id {
        // Looked for first: what is not there is not found, whatever else is wrong.
        crate::applications::store::get_in(app, &mut change.tx, who.user, id).await?;
    }
    let made = make(&mut change, draft).await?;
    if let Some(id) = id {
        links::put(&mut change, id, &made).await?;
    }
    finish(change, 1).await
}

/// Makes a contact inside a change.
pub async fn make(change: &mut Change, draft: ContactDraft) -> Result<Contact> {
    let new = draft.checked()?.made(change.at);
    if store::count_in(&mut change.tx, change.who).await? >= MOST {
        return Err(Error::Conflict("You have 5,000 contacts. Please remove one first.".into()));
    }
    store::insert(&change.app(), &mut change.tx, change.who, &new).await?;
    remember(change, &new, "created", None).await?;
    tell(change, &new, "created");
    Ok(new)
}

/// Changes a contact for a program.
pub async fn update(app: &App, who: &Who, id: ContactId, draft: ContactDraft) -> Result<Contact> {
    let mut change = app.change(who.user).await?;
    let (_, after) = write(&mut change, id, draft).await?;
    change.commit().await?;
    Ok(after)
}

/// Changes a contact for the person.
pub async fn rewrite(app: &App, who: &Who, id: ContactId, draft: ContactDraft) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let (before, after) = write(&mut change, id, draft).await?;
    finish(change, u32::from(before.version != after.version)).await
}

/// Writes a contact inside a change; answers with them before and after. With the version that was seen, another one now is a
/// conflict.
async fn write(change: &mut Change, id: ContactId, draft: ContactDraft) -> Result<(Contact, Contact)> {
    let (app, who, at) = (change.app(), change.who, change.at);
    let before = store::get_in(&app, &mut change.tx, who, id).await?;
    let seen = draft.version;
    let after = before.changed_to(draft.checked()?.made(at), at);
    if after.says_the_same(&before) {
        return Ok((before.clone(), before));
    }
    if seen.is_some_and(|seen| seen != before.version) {
        return Err(Error::changed(&before));
    }
    store::update(&app, &mut change.tx, who, &after).await?;
    remember(change, &after, "changed", Some(&before)).await?;
    tell(change, &after, "changed");
    Ok((before, after))
}

/// Puts a contact into the bin; what they are linked to stays known.
pub async fn remove(app: &App, who: &Who, id: ContactId) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let before = store::get_in(app, &mut change.tx, who.user, id).await?;
    let at = change.at;
    store::set_deleted(&mut change.tx, who.user, id, Some(at), at).await?;
    remember(&mut change, &before, "removed", Some(&before)).await?;
    tell(&mut change, &before, "removed");
    finish(change, 1).await
}

/// Notes what is done, so that it can be taken back.
async fn remember(change: &mut Change, after: &Contact, verb: &str, before: Option<&Contact>) -> Result<()> {
    let deed = Deed { application: None, entity: Entity::Contact, id: after.id.0, verb };
    note(change, deed, before, after).await
}

/// Records what was done for the activity list and open pages.
pub fn tell(change: &mut Change, contact: &Contact, verb: &str) {
    change.record(&format!("contact.{verb}"), Some(contact.id.0), json!({ "name": contact.name }));
}
