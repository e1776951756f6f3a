//! What belongs to applications, taken in again: interviews, documents, and the people they have to do with.

use super::{Restored, cut, in_file, sensible};
use crate::{
    contacts,
    error::{Error, Result},
    events::Change,
    ids::{ApplicationId, ContactId},
    interviews,
    privacy::export::format::{self, ExportedContact, ExportedDocument, ExportedInterview, ExportedLink},
    sent,
};
use chrono::Duration;
use std::collections::HashMap;

/// Interviews, contacts and documents of one application, each.
const MOST_OF_ONE: usize = 200;

/// Adds the contacts of a file that are not here. Answers with the id here of every one in the file.
pub async fn take_contacts(
    change: &mut Change,
    all: Vec<ExportedContact>,
    restored: &mut Restored,
) -> Result<HashMap<ContactId, ContactId>> {
    let mut ids = HashMap::new();
    if all.is_empty() {
        return Ok(ids);
    }
    let mut here = contacts::copy::here(&change.app(), change.who).await?;
    for (n, from) in all.into_iter().enumerate() {
        let was = from.id;
        let taken = if sensible(&[from.created_at, from.updated_at]) {
            let from = ExportedContact { created_at: cut(from.created_at), updated_at: cut(from.updated_at), ..from };
            contacts::copy::take_in(change, &mut here, from).await
        } else {
            Err(years())
        };
        if let Some(id) = note(taken, &format!("{} entry {}", format::CONTACTS, n + 1), restored)? {
            ids.insert(was, id);
        }
    }
    Ok(ids)
}

/// Adds to an application that was taken in what belongs to it. `people` are the ids here of the file's contacts, `name` is the
/// application's place in the file.
pub async fn take_in(
    change: &mut Change,
    id: ApplicationId,
    interviews: Vec<ExportedInterview>,
    documents: Vec<ExportedDocument>,
    (links, people): (Vec<ExportedLink>, &HashMap<ContactId, ContactId>),
    name: &str,
    restored: &mut Restored,
) -> Result<()> {
    for from in interviews.into_iter().take(MOST_OF_ONE) {
        let taken = if sensible(&[from.created_at, from.updated_at]) {
            let from = ExportedInterview { created_at: cut(from.created_at), updated_at: cut(from.updated_at), ..from };
            interviews::copy::take_in(change, id, from).await
        } else {
            Err(years())
        };
        note(taken, name, restored)?;
    }
    for from in documents.into_iter().take(MOST_OF_ONE) {
        let taken = if sensible(&[from.created_at]) {
            let from = ExportedDocument { created_at: cut(from.created_at), ..from };
            sent::copy::take_in(change, id, from).await
        } else {
            Err(years())
        };
        note(taken, name, restored)?;
    }
    // A moment each, so that their order is kept.
    let mut at = change.at;
    for link in links.iter().take(MOST_OF_ONE) {
        if let Some(contact) = people.get(&link.id) {
            contacts::store::link(&mut change.tx, change.who, id, *contact, at).await?;
            at += Duration::microseconds(1);
        }
    }
    Ok(())
}

fn years() -> Error {
    Error::invalid("created_at", "a time out of the years 1900 to 2999.")
}

/// Names what could not be taken in because of what it says; any other error ends it all.
fn note<T>(taken: Result<T>, name: &str, restored: &mut Restored) -> Result<Option<T>> {
    match taken {
        Ok(taken) => Ok(Some(taken)),
        Err(error @ Error::Invalid(_)) => {
            restored.rejected.extend(in_file(name, &error).fields().into_values());
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
