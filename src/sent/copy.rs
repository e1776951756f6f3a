//! Sent documents as a whole: for an export, and taking them in again.

use super::{Document, draft::DocumentDraft, store};
use crate::{
    error::Result,
    events::Change,
    ids::{ApplicationId, UserId},
    privacy::export::format::ExportedDocument,
    state::App,
};

/// What was sent with an application, whether it is in the bin or not.
pub async fn of(app: &App, who: UserId, application: ApplicationId) -> Result<Vec<ExportedDocument>> {
    let all = store::all(app, who, application).await?;
    Ok(all
        .into_iter()
        .map(|own| ExportedDocument {
            kind: own.kind,
            name: own.name,
            label: own.label,
            sent_at: own.sent_at,
            link: own.link,
            note: own.note,
            created_at: own.created_at,
        })
        .collect())
}

/// Adds a document of a file to an application that was taken in; an error names what is wrong with it.
pub async fn take_in(change: &mut Change, application: ApplicationId, from: ExportedDocument) -> Result<()> {
    let created_at = from.created_at;
    let draft = DocumentDraft {
        kind: from.kind,
        name: from.name,
        label: from.label,
        sent_at: Some(from.sent_at),
        link: from.link,
        note: from.note,
    };
    let new = Document { created_at, ..draft.checked()?.made(application, change.at) };
    store::insert(&change.app(), &mut change.tx, change.who, &new).await
}
