//! What can be done with documents that were sent.

use super::{
    Document,
    draft::{DocumentDraft, DocumentFields},
    store,
};
use crate::{
    acts::{
        Done, Entity,
        actions::{Deed, note, state},
        store::Act,
    },
    applications::{actions::finish, store as applications},
    error::{Error, Result},
    events::Change,
    ids::{ApplicationId, DocumentId},
    interviews::actions::about,
    session::Who,
    state::App,
};
use serde_json::json;

/// The most documents of one application.
const MOST: i64 = 200;

/// Notes a document for a program. `key` is the request's idempotency key.
pub async fn create(
    app: &App,
    who: &Who,
    id: ApplicationId,
    draft: DocumentDraft,
    key: Option<(String, String)>,
) -> Result<Document> {
    let mut change = app.change(who.user).await?;
    if let Some(made) = crate::api::idempotency::claim(&mut change.tx, who.user, key.as_ref()).await? {
        return store::get_in(app, &mut change.tx, who.user, DocumentId(made)).await;
    }
    let made = make(&mut change, id, draft).await?;
    crate::api::idempotency::keep(&mut change.tx, who.user, key, made.id.0).await?;
    change.commit().await?;
    Ok(made)
}

/// Notes a document for the person.
pub async fn add(app: &App, who: &Who, id: ApplicationId, typed: DocumentFields) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    // Looked for first: what is not there is not found, whatever else is wrong.
    applications::get_in(app, &mut change.tx, who.user, id).await?;
    let draft = typed.draft(&change)?;
    make(&mut change, id, draft).await?;
    finish(change, 1).await
}

async fn make(change: &mut Change, id: ApplicationId, draft: DocumentDraft) -> Result<Document> {
    let (app, who) = (change.app(), change.who);
    applications::get_in(&app, &mut change.tx, who, id).await?;
    let new = draft.checked()?.made(id, change.at);
    if store::count_in(&mut change.tx, who, id).await? >= MOST {
        return Err(Error::Conflict("An application can have 200 documents. Please remove one first.".into()));
    }
    store::insert(&app, &mut change.tx, who, &new).await?;
    remember(change, &new, "created", None).await?;
    tell(change, &new, "created").await?;
    Ok(new)
}

/// Puts a document into the bin.
pub async fn remove(app: &App, who: &Who, id: DocumentId) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let before = store::get_in(app, &mut change.tx, who.user, id).await?;
    let at = change.at;
    store::set_deleted(&mut change.tx, who.user, id, Some(at)).await?;
    remember(&mut change, &before, "removed", Some(&before)).await?;
    tell(&mut change, &before, "removed").await?;
    finish(change, 1).await
}

/// Notes what is done, so that it can be taken back.
async fn remember(change: &mut Change, after: &Document, verb: &str, before: Option<&Document>) -> Result<()> {
    let deed = Deed { application: Some(after.application_id), entity: Entity::Document, id: after.id.0, verb };
    note(change, deed, before, after).await
}

/// Takes one act back, or leaves everything as it is and says why.
pub async fn take_back(change: &mut Change, act: &Act) -> Result<()> {
    let id = DocumentId(act.entity_id);
    let (app, who, at) = (change.app(), change.who, change.at);
    let (document, deleted) = if act.verb == "removed" {
        (store::binned_in(&app, &mut change.tx, who, id).await?, None)
    } else {
        match store::get_in(&app, &mut change.tx, who, id).await {
            Ok(now) => (now, Some(at)),
            Err(Error::NotFound) => {
                let after: Document = state(&act.after)?;
                return Err(Error::Conflict(format!("“{}” was removed since.", after.name)));
            }
            Err(error) => return Err(error),
        }
    };
    store::set_deleted(&mut change.tx, who, id, deleted).await?;
    tell(change, &document, "undone").await
}

/// Records what was done for the activity list and open pages.
async fn tell(change: &mut Change, document: &Document, verb: &str) -> Result<()> {
    let mut detail = about(change, document.application_id).await?;
    detail["name"] = json!(document.name);
    change.record(&format!("document.{verb}"), Some(document.id.0), detail);
    Ok(())
}
