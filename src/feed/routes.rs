//! Calendars over HTTP: the feed at its private address, and one interview as a file.

use super::actions;
use crate::{
    api::Id,
    error::{Error, Result},
    ids::InterviewId,
    session::Who,
    state::App,
};
use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// What calendars are.
const TYPE: &str = "text/calendar; charset=utf-8";

#[derive(Deserialize)]
pub struct Key {
    #[serde(default)]
    key: String,
}

/// `/calendar.ics?key=…`: for whoever has the address; one that does not work is one that does not exist. The key is no part of the
/// path, which is logged.
pub async fn get(State(app): State<App>, Query(Key { key }): Query<Key>) -> Result<Response> {
    if key.is_empty() || key.len() > 100 {
        return Err(Error::NotFound);
    }
    let calendar = actions::behind(&app, &key).await?;
    Ok(([(header::CONTENT_TYPE, TYPE), (header::CACHE_CONTROL, "private, max-age=300")], calendar.feed())
        .into_response())
}

/// One interview as a calendar file.
#[utoipa::path(get, path = "/interviews/{id}/calendar", tag = "interviews", params(("id" = InterviewId, Path)),
    responses((status = 200, body = String, content_type = "text/calendar"), (status = 404)))]
pub async fn interview(State(app): State<App>, who: Who, id: Id<InterviewId>) -> Result<Response> {
    let file = actions::interview(&app, who.user, id.0).await?;
    let name = "attachment; filename=\"interview.ics\"";
    Ok(([(header::CONTENT_TYPE, TYPE), (header::CONTENT_DISPOSITION, name)], file).into_response())
}
