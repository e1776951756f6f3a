//! REST of the outbox, for the administrator.

use super::store::{self, OutboxLine};
use crate::{
    api::{Items, Paging, Params},
    error::{Error, Result},
    session::Who,
    state::App,
};
use axum::{Json, extract::State};

/// One page of the mail that was sent, waits or is kept here, newest first. For the administrator.
#[utoipa::path(get, path = "/admin/outbox", tag = "operation", params(Paging),
    responses((status = 200, body = Items<OutboxLine>), (status = 403), (status = 422)))]
pub async fn outbox(
    State(app): State<App>,
    who: Who,
    Params(paging): Params<Paging>,
) -> Result<Json<Items<OutboxLine>>> {
    if !who.scopes.admin {
        return Err(Error::Forbidden);
    }
    let (page, per_page, offset) = paging.resolve()?;
    let (items, total) = store::list(&app.db, i64::from(per_page), offset).await?;
    Ok(Json(Items { items, total, page, per_page }))
}
