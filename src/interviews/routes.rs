//! REST of interviews.

use super::{Interview, actions, draft::InterviewDraft, store};
use crate::{
    api::{Body, Id, Items, Paging, Params, idempotency},
    applications::store as applications,
    error::Result,
    ids::{ApplicationId, InterviewId},
    session::Who,
    state::App,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

/// One page of an application's interviews, the first first.
#[utoipa::path(get, path = "/applications/{id}/interviews", tag = "interviews", params(("id" = ApplicationId, Path), Paging),
    responses((status = 200, body = Items<Interview>), (status = 404), (status = 422)))]
pub async fn list(
    State(app): State<App>,
    who: Who,
    id: Id<ApplicationId>,
    Params(paging): Params<Paging>,
) -> Result<Json<Items<Interview>>> {
    applications::get(&app, who.user, id.0).await?;
    Ok(Json(paging.cut(store::list(&app, who.user, id.0).await?)?))
}

/// Adds an interview to an application, which moves along where that is wanted.
#[utoipa::path(post, path = "/applications/{id}/interviews", tag = "interviews", request_body = InterviewDraft,
    params(("id" = ApplicationId, Path),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key makes nothing twice.",
        nullable = false, min_length = 1, max_length = 200, pattern = "^[!-~]([ -~]*[!-~])?$")),
    responses((status = 201, body = Interview, headers(("Location" = String, description = "The interview's address."))),
        (status = 404), (status = 409), (status = 422)))]
pub async fn create(
    State(app): State<App>,
    who: Who,
    id: Id<ApplicationId>,
    headers: HeaderMap,
    Body(body): Body<InterviewDraft>,
) -> Result<Response> {
    let key = idempotency::key(&headers, &format!("POST /applications/{}/interviews", id.0), &body)?;
    let interview = actions::create(&app, &who, id.0, body, key).await?;
    let place = format!("/api/v1/interviews/{}", interview.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(interview)).into_response())
}

/// One interview.
#[utoipa::path(get, path = "/interviews/{id}", tag = "interviews", params(("id" = InterviewId, Path)),
    responses((status = 200, body = Interview), (status = 404)))]
pub async fn get(State(app): State<App>, who: Who, id: Id<InterviewId>) -> Result<Json<Interview>> {
    Ok(Json(store::get(&app, who.user, id.0).await?))
}

/// Replaces everything of an interview; its zone stays where none is named.
#[utoipa::path(put, path = "/interviews/{id}", tag = "interviews", params(("id" = InterviewId, Path)),
    request_body = InterviewDraft, responses((status = 200, body = Interview), (status = 404), (status = 409), (status = 422)))]
pub async fn put(
    State(app): State<App>,
    who: Who,
    id: Id<InterviewId>,
    Body(body): Body<InterviewDraft>,
) -> Result<Json<Interview>> {
    Ok(Json(actions::update(&app, &who, id.0, body).await?))
}

/// Puts an interview into the bin.
#[utoipa::path(delete, path = "/interviews/{id}", tag = "interviews", params(("id" = InterviewId, Path)),
    responses((status = 204), (status = 404)))]
pub async fn delete(State(app): State<App>, who: Who, id: Id<InterviewId>) -> Result<StatusCode> {
    actions::remove(&app, &who, id.0).await?;
    Ok(StatusCode::NO_CONTENT)
}
