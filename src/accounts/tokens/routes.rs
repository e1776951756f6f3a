//! REST of access tokens: for people who logged in, not for the tokens themselves.

use super::{
    AccessToken, NewToken,
    actions::{self, MOST, Wanted},
    store,
};
use crate::{
    api::{Body, Id, Items},
    error::Result,
    ids::TokenId,
    session::Login,
    state::App,
};
use axum::{Json, extract::State, http::StatusCode};

/// The person's access tokens, newest first, without the tokens themselves.
#[utoipa::path(get, path = "/auth/tokens", tag = "accounts",
    responses((status = 200, body = Items<AccessToken>), (status = 403)))]
pub async fn list(State(app): State<App>, Login(who, _): Login) -> Result<Json<Items<AccessToken>>> {
    let items = store::list(&app.db, who.user).await?;
    Ok(Json(Items { total: items.len() as i64, items, page: 1, per_page: MOST as u32 }))
}

/// Makes an access token. Keep the answer: the token is not shown again. It takes a login that is at most ten minutes old.
#[utoipa::path(post, path = "/auth/tokens", tag = "accounts", request_body = Wanted,
    responses((status = 201, body = NewToken), (status = 403), (status = 409), (status = 422)))]
pub async fn create(
    State(app): State<App>,
    Login(who, _): Login,
    Body(wanted): Body<Wanted>,
) -> Result<(StatusCode, Json<NewToken>)> {
    Ok((StatusCode::CREATED, Json(actions::create(&app, &who, wanted).await?)))
}

/// Revokes an access token: programs that use it are refused at once.
#[utoipa::path(delete, path = "/auth/tokens/{id}", tag = "accounts", params(("id" = TokenId, Path)),
    responses((status = 204), (status = 403), (status = 404)))]
pub async fn revoke(State(app): State<App>, Login(who, _): Login, id: Id<TokenId>) -> Result<StatusCode> {
    actions::revoke(&app, &who, id.0).await?;
    Ok(StatusCode::NO_CONTENT)
}
