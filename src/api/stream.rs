use crate::{api::Params, error::Result, events, live::Event, session::Who, state::App};
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};

/// Events answered at once.
const MOST: i64 = 500;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct After {
    /// Number of the last event already known; 0 for all.
    #[serde(default)]
    after: i64,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Events {
    /// Oldest first, at most 500.
    events: Vec<Event>,
    last_seq: i64,
}

/// What happened to the person's data after a number they know.
#[utoipa::path(get, path = "/events", tag = "live", params(After), responses((status = 200, body = Events)))]
pub async fn events(State(app): State<App>, who: Who, Params(after): Params<After>) -> Result<Json<Events>> {
    let events = events::after(&app.db, who.user, after.after, MOST).await?;
    let last_seq = events.last().map_or(who.seq, |event| event.seq);
    Ok(Json(Events { events, last_seq }))
}
