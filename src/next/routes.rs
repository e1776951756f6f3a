//! REST of next actions.

use super::{NextAction, actions};
use crate::{error::Result, session::Who, state::App};
use axum::{Json, extract::State};
use serde::Serialize;

#[derive(Serialize, utoipa::ToSchema)]
pub struct NextActions {
    /// The most pressing first, at most 50.
    actions: Vec<NextAction>,
}

/// What is worth doing about the applications there are, with reasons.
#[utoipa::path(get, path = "/next-actions", tag = "applications", responses((status = 200, body = NextActions)))]
pub async fn list(State(app): State<App>, who: Who) -> Result<Json<NextActions>> {
    Ok(Json(NextActions { actions: actions::top(&app, &who, 50).await? }))
}
