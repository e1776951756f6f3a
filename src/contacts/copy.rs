//! Contacts as a whole: for an export, and taking them in again.

use super::{Contact, draft::ContactDraft, store};
use crate::{
    error::Result,
    events::Change,
    ids::{ApplicationId, ContactId, UserId},
    privacy::export::format::{ExportedContact, ExportedLink},
    state::App,
};

/// A page of the person's contacts.
pub async fn some(app: &App, who: UserId, limit: i64, offset: i64) -> Result<Vec<ExportedContact>> {
    let all = store::list(app, who, "", limit, offset).await?;
    Ok(all
        .into_iter()
        .map(|own| ExportedContact {
            id: own.id,
            name: own.name,
            role: own.role,
            company: own.company,
            email: own.email,
            phone: own.phone,
            link: own.link,
            notes: own.notes,
            created_at: own.created_at,
            updated_at: own.updated_at,
        })
        .collect())
}

/// The contacts linked to an application.
pub async fn of(app: &App, who: UserId, application: ApplicationId) -> Result<Vec<ExportedLink>> {
    let all = store::of_application(app, who, application).await?;
    Ok(all.into_iter().map(|contact| ExportedLink { id: contact.id }).collect())
}

/// The person's contacts, to be compared with those of a file.
pub async fn here(app: &App, who: UserId) -> Result<Vec<Contact>> {
    store::list(app, who, "", i64::MAX, 0).await
}

/// Adds a contact of a file, unless one of the same address, or name and company, is `here`; answers with their id here. An error
/// names what is wrong.
pub async fn take_in(change: &mut Change, here: &mut Vec<Contact>, from: ExportedContact) -> Result<ContactId> {
    let (created_at, updated_at) = (from.created_at, from.updated_at);
    let draft = ContactDraft {
        name: from.name,
        role: from.role,
        company: from.company,
        email: from.email,
        phone: from.phone,
        link: from.link,
        notes: from.notes,
        version: None,
    };
    let new = Contact { created_at, updated_at, ..draft.checked()?.made(change.at) };
    let known = here.iter().find(|own| {
        let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
        !own.email.is_empty() && same(&own.email, &new.email)
            || same(&own.name, &new.name) && same(&own.company, &new.company)
    });
    if let Some(known) = known {
        return Ok(known.id);
    }
    store::insert(&change.app(), &mut change.tx, change.who, &new).await?;
    let id = new.id;
    here.push(new);
    Ok(id)
}
