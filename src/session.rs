//! Who is asking: the session cookie of a browser or the bearer token of a program.
//!
//! A session is a row keyed by the hash of a random 256-bit cookie value. One read per request answers who it is and how far the
//! person's events have come; that number keys every cache.

use crate::{
    db::{self, Db, Tx},
    error::{Error, Result},
    ids::{SessionId, UserId},
    on, on_tx,
    state::App,
};
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderValue, header, request::Parts},
    middleware::Next,
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use leptos::prelude::{expect_context, use_context};
use rand::RngCore;
use sha2::{Digest, Sha256};

pub mod jwt;
pub mod places;

/// How long a session lasts without being used.
const IDLE_DAYS: i64 = 30;
/// How long it lasts at most.
const MOST_DAYS: i64 = 90;
/// A session's last use is written down at most this often.
const SEEN_EVERY: Duration = Duration::minutes(10);

/// The person behind a request.
#[derive(Clone, Debug)]
pub struct Who {
    pub user: UserId,
    pub email: String,
    pub name: String,
    pub roles: Vec<String>,
    /// Number of the person's newest event when the request came in.
    pub seq: i64,
    /// The session of the request's cookie; None for a program's access token.
    pub session: Option<SessionId>,
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
}

#[derive(sqlx::FromRow)]
struct Row {
    id: UserId,
    email: String,
    name: String,
    seq: i64,
    roles: Option<String>,
}

impl From<Row> for Who {
    fn from(row: Row) -> Self {
        let roles = row.roles.unwrap_or_default().split(',').filter(|r| !r.is_empty()).map(str::to_owned).collect();
        Who { user: row.id, email: row.email, name: row.name, roles, seq: row.seq, session: None }
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

/// `__Host-session` over TLS, `session` on plain http.
fn cookie_name(app: &App) -> &'static str {
    if app.config.https() { "__Host-session" } else { "session" }
}

fn cookie_value<'a>(parts: &'a axum::http::HeaderMap, name: &str) -> Option<&'a str> {
    parts
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Starts a session from an address and returns its `Set-Cookie` value.
pub async fn start(app: &App, user: UserId, user_agent: &str, address: &str) -> Result<HeaderValue> {
    let token = random_token();
    let now = db::now();
    let agent: String = user_agent.chars().filter(|c| !c.is_control()).take(300).collect();
    on!(app.db.write, |c| sqlx::query(
        "INSERT INTO sessions (token_hash, user_id, user_agent, created_at, seen_at, expires_at, id, address) \
         VALUES ($1, $2, $3, $4, $4, $5, $6, $7)"
    )
    .bind(sha256(&token))
    .bind(user)
    .bind(&agent)
    .bind(now)
    .bind(now + Duration::days(IDLE_DAYS))
    .bind(SessionId::fresh())
    .bind(address)
    .execute(c)
    .await
    .map(|_| ()))?;
    cookie(app, &token)
}

/// The `Set-Cookie` value that keeps a session's token in the browser.
fn cookie(app: &App, token: &str) -> Result<HeaderValue> {
    let secure = if app.config.https() { "; Secure" } else { "" };
    let cookie =
        format!("{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{secure}", cookie_name(app), IDLE_DAYS * 86_400);
    HeaderValue::from_str(&cookie).map_err(Error::internal)
}

/// Gives a session a new token, so that a copy of the old one is worth nothing; returns its `Set-Cookie` value. The session
/// stays what it is for the person's list and open pages.
pub async fn rotate(app: &App, tx: &mut Tx, session: SessionId) -> Result<HeaderValue> {
    let token = random_token();
    on_tx!(tx, |c| sqlx::query("UPDATE sessions SET token_hash = $2 WHERE id = $1")
        .bind(session)
        .bind(sha256(&token))
        .execute(c)
        .await
        .map(|_| ()))?;
    cookie(app, &token)
}

/// Ends the session of these request headers, closes its pages' sockets, and returns the `Set-Cookie` value that removes the
/// cookie.
pub async fn end(app: &App, headers: &axum::http::HeaderMap) -> Result<HeaderValue> {
    let name = cookie_name(app);
    if let Some(token) = cookie_value(headers, name) {
        places::end_by_hash(app, &sha256(token)).await?;
    }
    let secure = if app.config.https() { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}"))
        .map_err(Error::internal)
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
    let row = on!(db.read, |c| sqlx::query_as::<_, Row>(
        "SELECT u.id, u.email, u.name, u.seq, \
         (SELECT string_agg(r.role, ',') FROM user_roles r WHERE r.user_id = u.id) AS roles \
         FROM users u WHERE u.id = $1"
    )
    .bind(user)
    .fetch_optional(c)
    .await)?;
    Ok(row.map(Who::from))
}

async fn by_cookie(app: &App, token: &str) -> Result<Option<Who>> {
    let hash = sha256(token);
    let now = db::now();
    #[derive(sqlx::FromRow)]
    struct Found {
        seen_at: DateTime<Utc>,
        started_at: DateTime<Utc>,
        session: Option<SessionId>,
        #[sqlx(flatten)]
        person: Row,
    }
    let found = on!(app.db.read, |c| sqlx::query_as::<_, Found>(
        "SELECT s.seen_at, s.created_at AS started_at, s.id AS session, u.id, u.email, u.name, u.seq, \
         (SELECT string_agg(r.role, ',') FROM user_roles r WHERE r.user_id = u.id) AS roles \
         FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1 AND s.expires_at > $2"
    )
    .bind(&hash)
    .bind(now)
    .fetch_optional(c)
    .await)?;
    let Some(found) = found else { return Ok(None) };
    if now - found.seen_at > SEEN_EVERY {
        on!(app.db.write, |c| sqlx::query("UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE token_hash = $1")
            .bind(&hash)
            .bind(now)
            .bind((now + Duration::days(IDLE_DAYS)).min(found.started_at + Duration::days(MOST_DAYS)))
            .execute(c)
            .await
            .map(|_| ()))?;
    }
    let session = match found.session {
        Some(session) => session,
        None => places::name(&app.db, &hash).await?,
    };
    Ok(Some(Who { session: Some(session), ..found.person.into() }))
}

/// Middleware: finds out who is asking and leaves a [`Who`] in the request's extensions.
///
/// A bearer token that is wrong is refused here; a stale cookie just means nobody is signed in.
pub async fn load(State(app): State<App>, mut request: Request, next: Next) -> Result<Response> {
    let who = match bearer(request.headers()) {
        Some(token) => Some(jwt::verify(&app, token).await?),
        None => match cookie_value(request.headers(), cookie_name(&app)) {
            Some(token) => by_cookie(&app, token).await?,
            None => None,
        },
    };
    if let Some(who) = who {
        request.extensions_mut().insert(who);
    }
    Ok(next.run(request).await)
}

/// The token of an `Authorization: Bearer` header.
pub fn bearer(headers: &axum::http::HeaderMap) -> Option<&str> {
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

/// In a server function: the signed-in person, if any.
pub fn current() -> Option<Who> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<Who>().cloned())
}

/// In a server function: the app and the signed-in person.
pub fn require() -> Result<(App, Who)> {
    let who = current().ok_or(Error::Unauthorized)?;
    Ok((expect_context::<App>(), who))
}

/// The address a request came from, for counting attempts: the peer, or what a trusted proxy says it is.
pub fn address(app: &App, parts: &Parts) -> String {
    if app.config.trust_forwarded_for
        && let Some(forwarded) = parts.headers.get("x-forwarded-for").and_then(|value| value.to_str().ok())
        && let Some(last) = forwarded.rsplit(',').next()
    {
        return last.trim().to_owned();
    }
    parts
        .extensions
        .get::<axum::extract::ConnectInfo<std::net::SocketAddr>>()
        .map_or_else(|| "unknown".into(), |peer| peer.0.ip().to_string())
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
