//! Who is asking: the session cookie of a browser or the bearer token of a program.
//!
//! A session is a row: a browser finds it by a random 256-bit cookie value, of which the row holds the hash, a program by the id
//! in its signed token. Access tokens that people make themselves are rows of their own. Either way one read per request answers
//! who it is and how far the person's events have come; that number keys every cache.

use crate::{
    accounts::tokens::{self, Scopes},
    db::{self, Db},
    error::{Error, Result},
    ids::{SessionId, UserId},
    on, on_tx,
    state::App,
};
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use leptos::prelude::{expect_context, use_context};
use rand::RngCore;
use sha2::{Digest, Sha256};

mod cookie;
pub mod jwt;
pub mod origin;
pub mod places;
pub mod signed;

pub use cookie::{cookie_value, end, renew_token, rotate, start};
pub use origin::Origin;

/// The last use of a session or an access token is written down at most this often.
pub const SEEN_EVERY: Duration = Duration::minutes(10);

/// The person behind a request.
#[derive(Clone, Debug)]
pub struct Who {
    pub user: UserId,
    pub email: String,
    pub name: String,
    pub roles: Vec<String>,
    /// Number of the person's newest event when the request came in.
    pub seq: i64,
    /// The login behind the request, a browser's or a program's; None for an access token the person made.
    pub session: Option<SessionId>,
    /// What the request may do; never more than the person. What is for administrators asks for `scopes.admin`.
    pub scopes: Scopes,
    /// Where the request came from.
    pub origin: Origin,
}

impl Who {
    pub fn is_demo(&self) -> bool {
        self.has_role("demo")
    }

    pub fn is_admin(&self) -> bool {
        self.has_role("admin")
    }

    fn has_role(&self, wanted: &str) -> bool {
        self.roles.iter().any(|role| role == wanted)
    }

    /// The login behind the request. What keeps an account safe asks for it: an access token makes no other tokens and shuts
    /// nobody out.
    pub fn login(&self) -> Result<SessionId> {
        self.session
            .ok_or_else(|| Error::Denied("An access token cannot do this. Please log in with your password.".into()))
    }
}

/// The columns of a [`Row`], for a query that names the table of people `u`.
macro_rules! person_columns {
    () => {
        "u.id, u.email, u.name, u.seq, \
         (SELECT string_agg(r.role, ',') FROM user_roles r WHERE r.user_id = u.id) AS roles"
    };
}
pub(crate) use person_columns;

/// A person as every way of finding out who is asking reads them.
#[derive(sqlx::FromRow)]
pub struct Row {
    id: UserId,
    email: String,
    name: String,
    seq: i64,
    roles: Option<String>,
}

impl From<Row> for Who {
    fn from(row: Row) -> Self {
        let roles: Vec<_> =
            row.roles.unwrap_or_default().split(',').filter(|r| !r.is_empty()).map(str::to_owned).collect();
        let scopes = Scopes { write: true, admin: roles.iter().any(|role| role == "admin") };
        Who {
            user: row.id,
            email: row.email,
            name: row.name,
            roles,
            seq: row.seq,
            session: None,
            scopes,
            origin: Origin::default(),
        }
    }
}

/// 256 random bits, URL-safe.
pub fn random_token() -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// SHA-256 in hex.
pub fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes down a session and answers with its id and the random value that finds it by its hash. Of each kind a person has 100
/// at most: the one longest unused makes way.
async fn open(app: &App, kind: &str, user: UserId, from: &Origin, ends: DateTime<Utc>) -> Result<(SessionId, String)> {
    let (id, token) = (SessionId::fresh(), random_token());
    let mut tx = app.db.begin().await?;
    on_tx!(&mut tx, |c| {
        sqlx::query(
        "INSERT INTO sessions (token_hash, user_id, user_agent, created_at, seen_at, confirmed_at, expires_at, id, address, kind) \
         VALUES ($1, $2, $3, $4, $4, $4, $5, $6, $7, $8)"
    )
    .bind(sha256(&token))
    .bind(user)
    .bind(&from.agent)
    .bind(db::now())
    .bind(ends)
    .bind(id)
    .bind(&from.address)
    .bind(kind)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    on_tx!(&mut tx, |c| {
        sqlx::query(
        "DELETE FROM sessions WHERE user_id = $1 AND kind = $2 AND token_hash NOT IN \
         (SELECT token_hash FROM sessions WHERE user_id = $1 AND kind = $2 ORDER BY seen_at DESC, created_at DESC LIMIT 100)"
    )
    .bind(user)
    .bind(kind)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    tx.commit().await?;
    Ok((id, token))
}

/// Removes sessions past their end; run now and then.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM sessions WHERE expires_at < $1")
        .bind(db::now())
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// The person with this id, if the account is still there.
pub async fn person(db: &Db, user: UserId) -> Result<Option<Who>> {
    let row = on!(db.read, |c| sqlx::query_as::<_, Row>(concat!(
        "SELECT ",
        person_columns!(),
        " FROM users u WHERE u.id = $1 AND u.disabled_at IS NULL"
    ))
    .bind(user)
    .fetch_optional(c)
    .await)?;
    Ok(row.map(Who::from))
}

/// Middleware: finds out who is asking and leaves a [`Who`] in the request's extensions.
///
/// A bearer token that is wrong is refused here, and so is a change by one that may only read; a stale cookie just means nobody
/// is signed in.
pub async fn load(State(app): State<App>, request: Request, next: Next) -> Result<Response> {
    let (mut parts, body) = request.into_parts();
    let origin = Origin::of(&app, &parts);
    if let Some(who) = identify(&app, &parts, &origin).await? {
        if !parts.method.is_safe() && !who.scopes.write {
            return Err(Error::Denied("This access token may only read. A change takes the scope write.".into()));
        }
        // Writing over REST has a limit of its own; the calls of pages look and change over the same door.
        if parts.method.is_safe() || !parts.uri.path().starts_with("/api/v1/") {
            app.limits.read(who.user)?;
        }
        parts.extensions.insert(Who { origin, ..who });
    }
    Ok(next.run(Request::from_parts(parts, body)).await)
}

async fn identify(app: &App, parts: &Parts, origin: &Origin) -> Result<Option<Who>> {
    match bearer(&parts.headers) {
        Some(token) if token.starts_with(tokens::PREFIX) => tokens::actions::verify(app, token, origin).await.map(Some),
        Some(token) => jwt::verify(app, token).await.map(Some),
        None => cookie::verify(app, &parts.headers).await,
    }
}

/// The token of an `Authorization: Bearer` header.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// In a REST handler's arguments: the signed-in person, or 401.
impl<S: Sync> FromRequestParts<S> for Who {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        parts.extensions.get::<Who>().cloned().ok_or(Error::Unauthorized)
    }
}

/// In a REST handler's arguments: a person who logged in, and the login; 401 without one, 403 for an access token the person made.
pub struct Login(pub Who, pub SessionId);

impl<S: Sync> FromRequestParts<S> for Login {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let who = Who::from_request_parts(parts, state).await?;
        let session = who.login()?;
        Ok(Login(who, session))
    }
}

/// In a server function: the signed-in person, if any.
pub fn current() -> Option<Who> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<Who>().cloned())
}

/// In a server function: the app and the signed-in person.
pub fn require() -> Result<(App, Who)> {
    let who = current().ok_or(Error::Unauthorized)?;
    Ok((expect_context::<App>(), who))
}

/// The same for what keeps an account safe: refused for an access token the person made.
pub fn require_login() -> Result<(App, Who)> {
    let (app, who) = require()?;
    who.login()?;
    Ok((app, who))
}

/// Ends a form: one posted without script is sent on to `to` by the server; the page's own script goes there itself.
pub fn forward(to: String) -> String {
    let plain_form = use_context::<Parts>().is_some_and(|parts| {
        let accept = parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        accept.is_some_and(|accept| accept.contains("text/html"))
    });
    if plain_form {
        leptos_axum::redirect(&to);
    }
    to
}
