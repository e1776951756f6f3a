//! REST of documents that were sent.

use super::{Document, actions, draft::DocumentDraft, store};
use crate::{
    api::{Body, Id, Items, Paging, Params, idempotency},
    applications::store as applications,
    error::Result,
    ids::{ApplicationId, DocumentId},
    session::Who,
    state::App,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

/// One page of what was sent with an application, the newest first.
#[utoipa::path(get, path = "/applications/{id}/documents", tag = "documents", params(("id" = ApplicationId, Path), Paging),
    responses((status = 200, body = Items<Document>), (status = 404), (status = 422)))]
pub async fn list(
    State(app): State<App>,
    who: Who,
    id: Id<ApplicationId>,
    Params(paging): Params<Paging>,
) -> Result<Json<Items<Document>>> {
    applications::get(&app, who.user, id.0).await?;
    Ok(Json(paging.cut(store::list(&app, who.user, id.0).await?)?))
}

/// Notes that a document was sent with an application. Nothing is uploaded.
#[utoipa::path(post, path = "/applications/{id}/documents", tag = "documents", request_body = DocumentDraft,
    params(("id" = ApplicationId, Path),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key makes nothing twice.",
        nullable = false, min_length = 1, max_length = 200, pattern = "^[!-~]([ -~]*[!-~])?$")),
    responses((status = 201, body = Document), (status = 404), (status = 409), (status = 422)))]
pub async fn create(
    State(app): State<App>,
    who: Who,
    id: Id<ApplicationId>,
    headers: HeaderMap,
    Body(body): Body<DocumentDraft>,
) -> Result<Response> {
    let key = idempotency::key(&headers, &format!("POST /applications/{}/documents", id.0), &body)?;
    let document = actions::create(&app, &who, id.0, body, key).await?;
    Ok((StatusCode::CREATED, Json(document)).into_response())
}

/// Puts a document into the bin.
#[utoipa::path(delete, path = "/documents/{id}", tag = "documents", params(("id" = DocumentId, Path)),
    responses((status = 204), (status = 404)))]
pub async fn delete(State(app): State<App>, who: Who, id: Id<DocumentId>) -> Result<StatusCode> {
    actions::remove(&app, &who, id.0).await?;
    Ok(StatusCode::NO_CONTENT)
}
