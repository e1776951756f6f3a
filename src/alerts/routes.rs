//! REST of alerts.

use super::{Alert, actions, store};
use crate::{
    api::{Body, Id},
    error::Result,
    ids::AlertId,
    session::Who,
    state::App,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};

#[derive(Serialize, utoipa::ToSchema)]
pub struct Alerts {
    items: Vec<Alert>,
    unread: i64,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadState {
    read: bool,
}

/// The newest 200 alerts.
#[utoipa::path(get, path = "/alerts", tag = "alerts", responses((status = 200, body = Alerts)))]
pub async fn list(State(app): State<App>, who: Who) -> Result<Json<Alerts>> {
    let items = store::list(&app.db, who.user, 200).await?;
    Ok(Json(Alerts { items, unread: store::unread(&app.db, who.user).await? }))
}

/// Marks one alert read or unread.
#[utoipa::path(put, path = "/alerts/{id}", tag = "alerts", params(("id" = AlertId, Path)), request_body = ReadState,
    responses((status = 204), (status = 404)))]
pub async fn read(
    State(app): State<App>,
    who: Who,
    id: Id<AlertId>,
    Body(body): Body<ReadState>,
) -> Result<StatusCode> {
    actions::mark(&app, &who, id.0, body.read).await?;
    Ok(StatusCode::NO_CONTENT)
}
