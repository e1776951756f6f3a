//! REST of what was said about pay.

use super::{
    Said, Speaker,
    actions::{self, Wanted},
};
use crate::{
    api::{Body, Id, idempotency, maybe_object},
    error::Result,
    ids::{ApplicationId, TalkId},
    offers::Pay,
    session::Who,
    state::App,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Something that was said: an amount, a note, or both.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTalk {
    /// Today, where the person is, when absent.
    #[serde(default)]
    said_on: Option<NaiveDate>,
    by: Speaker,
    #[serde(default, deserialize_with = "maybe_object")]
    pay: Option<Pay>,
    #[serde(default)]
    #[schema(max_length = 2_000)]
    note: String,
}

/// What was said for an application, oldest first, at most 500.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Talk {
    items: Vec<Said>,
}

/// What was said about pay for an application, oldest first.
#[utoipa::path(get, path = "/applications/{id}/salary-talk", tag = "offers", params(("id" = ApplicationId, Path)),
    responses((status = 200, body = Talk), (status = 404)))]
pub async fn list(State(app): State<App>, who: Who, id: Id<ApplicationId>) -> Result<Json<Talk>> {
    Ok(Json(Talk { items: actions::list(&app, &who, id.0).await? }))
}

/// Notes what was said about pay for an application.
#[utoipa::path(post, path = "/applications/{id}/salary-talk", tag = "offers",
    params(("id" = ApplicationId, Path), ("Idempotency-Key" = Option<String>, Header,
        description = "A repeated request with the same key makes nothing twice.",
        nullable = false, min_length = 1, max_length = 200, pattern = "^[!-~]([ -~]*[!-~])?$")),
    request_body = NewTalk, responses((status = 201, body = Said), (status = 404), (status = 409), (status = 422)))]
pub async fn create(
    State(app): State<App>,
    who: Who,
    id: Id<ApplicationId>,
    headers: HeaderMap,
    Body(body): Body<NewTalk>,
) -> Result<(StatusCode, Json<Said>)> {
    let key = idempotency::key(&headers, &format!("POST /applications/{}/salary-talk", id.0), &body)?;
    let wanted = Wanted { said_on: body.said_on, by: body.by, pay: body.pay, note: body.note };
    let (said, _) = actions::add(&app, &who, id.0, wanted, key).await?;
    Ok((StatusCode::CREATED, Json(said)))
}

/// Puts something that was said into the bin.
#[utoipa::path(delete, path = "/salary-talk/{id}", tag = "offers", params(("id" = TalkId, Path)),
    responses((status = 204), (status = 404)))]
pub async fn delete(State(app): State<App>, who: Who, id: Id<TalkId>) -> Result<StatusCode> {
    actions::remove(&app, &who, id.0).await?;
    Ok(StatusCode::NO_CONTENT)
}
