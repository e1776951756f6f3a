//! REST of accounts.

use super::{actions, second, tokens::Scope};
use crate::{
    api::Body,
    audit,
    error::Result,
    ids::UserId,
    session::{self, Login as LoggedIn, Origin, Who, jwt},
    state::App,
};
use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

/// Where a request came from.
pub struct From(Origin);

impl FromRequestParts<App> for From {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> std::result::Result<Self, Self::Rejection> {
        Ok(From(Origin::of(app, parts)))
    }
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    #[schema(format = Email, max_length = 254)]
    email: String,
    #[schema(format = Password, min_length = 8, max_length = 128)]
    password: String,
    #[serde(default)]
    #[schema(max_length = 100)]
    name: String,
    /// IANA name; UTC when absent.
    #[serde(default)]
    time_zone: String,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    #[schema(min_length = 1, pattern = r"\S")]
    email: String,
    #[schema(min_length = 1)]
    password: String,
    /// One-time code or recovery code, for accounts with a second factor.
    #[serde(default)]
    code: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Token {
    access_token: String,
    /// Always `bearer`.
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct User {
    id: UserId,
    email: String,
    name: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Registered {
    user: User,
    #[serde(flatten)]
    token: Token,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Myself {
    id: UserId,
    email: String,
    name: String,
    roles: Vec<String>,
    /// What the request's token may do.
    scopes: Vec<Scope>,
}

async fn token(app: &App, user: UserId, from: &Origin) -> Result<Token> {
    let (access_token, expires_in) = jwt::issue(app, user, from).await?;
    Ok(Token { access_token, token_type: "bearer", expires_in })
}

/// Opens an account.
#[utoipa::path(post, path = "/auth/register", tag = "accounts", security(()), request_body = Register,
    responses((status = 201, body = Registered), (status = 422), (status = 429), (status = 503)))]
pub async fn register(State(app): State<App>, from: From, Body(body): Body<Register>) -> Result<Response> {
    let (email, name) = (body.email.trim().to_owned(), body.name.replace('\0', "").trim().to_owned());
    let new =
        actions::NewAccount { email: body.email, name: body.name, password: body.password, time_zone: body.time_zone };
    let id = actions::register(&app, new, &from.0).await?;
    let token = token(&app, id, &from.0).await?;
    Ok((StatusCode::CREATED, Json(Registered { user: User { id, email, name }, token })).into_response())
}

/// Exchanges e-mail address and password for an access token, which is valid until it expires, `POST /auth/logout` is sent with it,
/// it is signed out on the account page, or the password changes.
#[utoipa::path(post, path = "/auth/login", tag = "accounts", security(()), request_body = Login,
    responses((status = 200, body = Token), (status = 401), (status = 422), (status = 429), (status = 503)))]
pub async fn login(State(app): State<App>, from: From, Body(body): Body<Login>) -> Result<Json<Token>> {
    let user = actions::authenticate(&app, &body.email, body.password, &from.0).await?;
    actions::admit(&app, user).await?;
    let way = match second::actions::is_asked(&app, user).await? {
        true => second::actions::take(&app, user, &body.code.unwrap_or_default(), &from.0).await?,
        false => "password",
    };
    audit::chain::note(&app.db, actions::signed_in(user, &from.0, way).with("program", true)).await?;
    Ok(Json(token(&app, user, &from.0).await?))
}

/// Ends the access token of a login, or the browser session of the request's cookie.
#[utoipa::path(post, path = "/auth/logout", tag = "accounts", responses((status = 204), (status = 401), (status = 403)))]
pub async fn logout(State(app): State<App>, LoggedIn(who, session): LoggedIn, parts: Parts) -> Result<Response> {
    if session::bearer(&parts.headers).is_some() {
        session::places::end_one(&app, &who, session).await?;
    }
    let cookie = session::end(&app, &parts).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// Who is asking.
#[utoipa::path(get, path = "/auth/me", tag = "accounts", responses((status = 200, body = Myself), (status = 401)))]
pub async fn me(who: Who) -> Json<Myself> {
    Json(Myself { id: who.user, email: who.email, name: who.name, roles: who.roles, scopes: who.scopes.list() })
}
