//! REST of searches.

use super::{
    Criteria, Matched, Search, SearchLine,
    actions::{self, Wanted},
    gather, matches, store,
};
use crate::{
    api::{Body, Id, Items, Paging, Params, idempotency},
    error::Result,
    ids::SearchId,
    session::Who,
    state::App,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchDraft {
    /// Without a name it is called by its first title or skill.
    #[serde(default)]
    #[schema(max_length = 100)]
    name: String,
    /// Whether postings that arrive are held against it.
    #[serde(default = "on")]
    active: bool,
    #[serde(deserialize_with = "crate::api::object")]
    criteria: Criteria,
    /// The version that was read: with it, a change since then is a conflict.
    #[serde(default)]
    version: Option<i64>,
}

fn on() -> bool {
    true
}

impl SearchDraft {
    fn wanted(self) -> Wanted {
        Wanted { name: self.name, active: self.active, criteria: self.criteria }
    }
}

/// The person's searches with what they found, by name.
#[utoipa::path(get, path = "/searches", tag = "searches", params(Paging),
    responses((status = 200, body = Items<SearchLine>), (status = 422)))]
pub async fn list(State(app): State<App>, who: Who, Params(paging): Params<Paging>) -> Result<Json<Items<SearchLine>>> {
    Ok(Json(paging.cut(store::lines(&app, who.user).await?)?))
}

/// Adds a search, and holds it against the postings of the last thirty days; at most 20 for a person.
#[utoipa::path(post, path = "/searches", tag = "searches", request_body = SearchDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key makes nothing twice.",
        nullable = false, min_length = 1, max_length = 200, pattern = "^[!-~]([ -~]*[!-~])?$")),
    responses((status = 201, body = Search, headers(("Location" = String, description = "The search's address."))),
        (status = 409), (status = 422)))]
pub async fn create(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Body(body): Body<SearchDraft>,
) -> Result<Response> {
    let key = idempotency::key(&headers, "POST /searches", &body)?;
    let search = Search::from(actions::create(&app, &who, body.wanted(), key).await?);
    let place = format!("/api/v1/searches/{}", search.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(search)).into_response())
}

/// One search with what it found.
#[utoipa::path(get, path = "/searches/{id}", tag = "searches", params(("id" = SearchId, Path)),
    responses((status = 200, body = SearchLine), (status = 404)))]
pub async fn get(State(app): State<App>, who: Who, id: Id<SearchId>) -> Result<Json<SearchLine>> {
    Ok(Json(gather::line(&app, &who, id.0).await?))
}

/// Replaces everything of a search. One that looks for something else now is held against the postings of the last thirty days.
#[utoipa::path(put, path = "/searches/{id}", tag = "searches", params(("id" = SearchId, Path)), request_body = SearchDraft,
    responses((status = 200, body = Search), (status = 404), (status = 409), (status = 422)))]
pub async fn put(
    State(app): State<App>,
    who: Who,
    id: Id<SearchId>,
    Body(body): Body<SearchDraft>,
) -> Result<Json<Search>> {
    let seen = body.version;
    Ok(Json(actions::update(&app, &who, id.0, body.wanted(), seen).await?.into()))
}

/// Puts a search into the bin; what it found stays.
#[utoipa::path(delete, path = "/searches/{id}", tag = "searches", params(("id" = SearchId, Path)),
    responses((status = 204), (status = 404)))]
pub async fn delete(State(app): State<App>, who: Who, id: Id<SearchId>) -> Result<StatusCode> {
    actions::remove(&app, &who, id.0).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One page of what a search found, newest first.
#[utoipa::path(get, path = "/searches/{id}/matches", tag = "searches", params(("id" = SearchId, Path), Paging),
    responses((status = 200, body = Items<Matched>), (status = 404), (status = 422)))]
pub async fn found(
    State(app): State<App>,
    who: Who,
    id: Id<SearchId>,
    Params(paging): Params<Paging>,
) -> Result<Json<Items<Matched>>> {
    let (page, per_page, offset) = paging.resolve()?;
    store::get(&app, who.user, id.0).await?;
    let (items, total) = matches::page(&app.db, who.user, id.0, i64::from(per_page), offset).await?;
    Ok(Json(Items { items, total, page, per_page }))
}
