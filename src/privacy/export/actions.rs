//! What a person can do with exports.

use super::store;
use crate::{
    audit::{self, Act, Kind},
    error::{Error, Result},
    ids::ExportId,
    privacy::{Export, State},
    seal,
    session::Who,
    state::App,
};
use axum::body::{Body, Bytes};
use serde_json::json;

/// What parts are sealed for.
pub const PLACE: &str = "export_parts.content";

/// Asks for an export. One is made at a time.
pub async fn start(app: &App, who: &Who) -> Result<Export> {
    if who.is_demo() {
        return Err(Error::Denied("The demo person is the same for everybody: there is nothing to take along.".into()));
    }
    let mut change = app.change(who.user).await?;
    let open = store::list(&app.db, who.user).await?;
    if open.iter().any(|export| matches!(export.state, State::Queued | State::Running)) {
        return Err(Error::Conflict("An export is being made already.".into()));
    }
    let id = store::insert(&mut change.tx, who.user, change.at).await?;
    change.audit(Act::own(Kind::ExportAsked, who));
    change.record("account.export", Some(id.0), json!({}));
    change.commit().await?;
    app.exporting.notify_one();
    store::get(&app.db, who.user, id).await
}

/// Removes one, or stops its making.
pub async fn delete(app: &App, who: &Who, id: ExportId) -> Result<()> {
    let mut change = app.change(who.user).await?;
    if !store::delete(&mut change.tx, who.user, id).await? {
        return Err(Error::NotFound);
    }
    change.audit(Act::own(Kind::ExportDeleted, who));
    change.record("account.export", Some(id.0), json!({}));
    change.commit().await
}

/// The file of a ready export, part by part, and its size.
pub async fn file(app: &App, who: &Who, id: ExportId) -> Result<(Body, i64)> {
    let export = store::get(&app.db, who.user, id).await?;
    if export.state != State::Ready {
        return Err(Error::Conflict("This export is not ready.".into()));
    }
    let key = seal::key(app, who.user).await?;
    audit::chain::note(&app.db, Act::own(Kind::ExportFetched, who)).await?;
    let (app, user) = (app.clone(), who.user);
    let parts = futures_util::stream::try_unfold((0, app, key), move |(part, app, key)| async move {
        let Some(sealed) = store::part(&app.db, user, id, part).await? else { return Ok::<_, Error>(None) };
        let open = Bytes::from(key.open(PLACE, &sealed)?);
        Ok(Some((open, (part + 1, app, key))))
    });
    Ok((Body::from_stream(parts), export.bytes))
}
