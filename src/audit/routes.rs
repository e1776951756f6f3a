//! REST of a person's own log.

use super::{Line, store};
use crate::{
    api::{Items, Paging, Params},
    error::Result,
    session::Who,
    state::App,
};
use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

/// What happened to the account, newest first.
#[utoipa::path(get, path = "/account/log", tag = "accounts", params(Paging),
    responses((status = 200, body = Items<Line>), (status = 401), (status = 422)))]
pub async fn list(State(app): State<App>, who: Who, Params(paging): Params<Paging>) -> Result<Json<Items<Line>>> {
    let (page, per_page, _) = paging.resolve()?;
    Ok(Json(store::list(&app.db, who.user, page, per_page).await?.into()))
}

/// All of it, as a file.
#[utoipa::path(get, path = "/account/log/export", tag = "accounts",
    responses((status = 200, body = Vec<Line>), (status = 401)))]
pub async fn export(State(app): State<App>, who: Who) -> Result<Response> {
    let lines = store::all(&app.db, who.user).await?;
    let as_file = (header::CONTENT_DISPOSITION, "attachment; filename=\"account-log.json\"");
    Ok(([as_file], Json(lines)).into_response())
}
