//! REST of contacts.

use super::{Contact, actions, draft::ContactDraft, links, store};
use crate::{
    api::{Body, Id, Ids, Items, Paging, Params, idempotency},
    error::{Error, Result},
    ids::{ApplicationId, ContactId},
    session::Who,
    state::App,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// Longest search, in characters.
const Q: usize = 200;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// Words that must all appear in name, role, company or address.
    #[serde(default)]
    #[param(max_length = 200)]
    q: String,
}

/// One page of contacts by name.
#[utoipa::path(get, path = "/contacts", tag = "contacts", params(Search, Paging),
    responses((status = 200, body = Items<Contact>), (status = 422)))]
pub async fn list(
    State(app): State<App>,
    who: Who,
    Params(search): Params<Search>,
    Params(paging): Params<Paging>,
) -> Result<Json<Items<Contact>>> {
    if search.q.chars().count() > Q {
        return Err(Error::invalid("q", "Please use at most 200 characters."));
    }
    let (page, per_page, offset) = paging.resolve()?;
    let items = store::list(&app, who.user, &search.q, i64::from(per_page), offset).await?;
    let total = store::count(&app.db, who.user, &search.q).await?;
    Ok(Json(Items { items, total, page, per_page }))
}

/// Adds a contact.
#[utoipa::path(post, path = "/contacts", tag = "contacts", request_body = ContactDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key makes nothing twice.",
        nullable = false, min_length = 1, max_length = 200, pattern = "^[!-~]([ -~]*[!-~])?$")),
    responses((status = 201, body = Contact, headers(("Location" = String, description = "The contact's address."))),
        (status = 409), (status = 422)))]
pub async fn create(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Body(body): Body<ContactDraft>,
) -> Result<Response> {
    let key = idempotency::key(&headers, "POST /contacts", &body)?;
    let contact = actions::create(&app, &who, body, key).await?;
    let place = format!("/api/v1/contacts/{}", contact.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(contact)).into_response())
}

/// One contact.
#[utoipa::path(get, path = "/contacts/{id}", tag = "contacts", params(("id" = ContactId, Path)),
    responses((status = 200, body = Contact), (status = 404)))]
pub async fn get(State(app): State<App>, who: Who, id: Id<ContactId>) -> Result<Json<Contact>> {
    Ok(Json(store::get(&app, who.user, id.0).await?))
}

/// Replaces everything of a contact.
#[utoipa::path(put, path = "/contacts/{id}", tag = "contacts", params(("id" = ContactId, Path)),
    request_body = ContactDraft, responses((status = 200, body = Contact), (status = 404), (status = 409), (status = 422)))]
pub async fn put(
    State(app): State<App>,
    who: Who,
    id: Id<ContactId>,
    Body(body): Body<ContactDraft>,
) -> Result<Json<Contact>> {
    Ok(Json(actions::update(&app, &who, id.0, body).await?))
}

/// Puts a contact into the bin.
#[utoipa::path(delete, path = "/contacts/{id}", tag = "contacts", params(("id" = ContactId, Path)),
    responses((status = 204), (status = 404)))]
pub async fn delete(State(app): State<App>, who: Who, id: Id<ContactId>) -> Result<StatusCode> {
    actions::remove(&app, &who, id.0).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Links a contact to an application; once is enough.
#[utoipa::path(put, path = "/applications/{id}/contacts/{contact_id}", tag = "contacts",
    params(("id" = ApplicationId, Path), ("contact_id" = ContactId, Path)),
    responses((status = 204), (status = 404), (status = 409)))]
pub async fn link(State(app): State<App>, who: Who, ids: Ids<ApplicationId, ContactId>) -> Result<StatusCode> {
    links::link(&app, &who, ids.0, ids.1).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a contact off an application.
#[utoipa::path(delete, path = "/applications/{id}/contacts/{contact_id}", tag = "contacts",
    params(("id" = ApplicationId, Path), ("contact_id" = ContactId, Path)), responses((status = 204), (status = 404)))]
pub async fn unlink(State(app): State<App>, who: Who, ids: Ids<ApplicationId, ContactId>) -> Result<StatusCode> {
    links::unlink(&app, &who, ids.0, ids.1).await?;
    Ok(StatusCode::NO_CONTENT)
}
