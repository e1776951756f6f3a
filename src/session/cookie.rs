//! Sessions of browsers: a random value in a cookie, which finds the session by its hash.

use super::{Origin, Row, SEEN_EVERY, Who, open, person_columns, places, random_token, sha256};
use crate::{
    db::{self, Tx},
    error::{Error, Result},
    ids::{SessionId, UserId},
    on, on_tx,
    retention::{SESSION_DAYS, SESSION_IDLE_DAYS},
    state::App,
};
use axum::http::{HeaderMap, HeaderValue, header, request::Parts};
use chrono::{DateTime, Duration, Utc};

/// `__Host-session` over TLS, `session` on plain http.
fn cookie_name(app: &App) -> &'static str {
    if app.config.https() { "__Host-session" } else { "session" }
}

/// The value of a cookie.
pub fn cookie_value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Starts a browser's session and returns its `Set-Cookie` value.
pub async fn start(app: &App, user: UserId, from: &Origin) -> Result<HeaderValue> {
    let ends = db::now() + Duration::days(SESSION_IDLE_DAYS);
    let (_, token) = open(app, "browser", user, from, ends).await?;
    cookie(app, &token)
}

/// The `Set-Cookie` value that keeps a session's token in the browser, for as long as any session lasts: the row knows when it ends.
fn cookie(app: &App, token: &str) -> Result<HeaderValue> {
    let secure = if app.config.https() { "; Secure" } else { "" };
    let cookie = format!(
        "{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{secure}",
        cookie_name(app),
        SESSION_DAYS * 86_400
    );
    HeaderValue::from_str(&cookie).map_err(Error::internal)
}

/// Gives a browser's session a new token, so that a copy of the old one is worth nothing; returns its `Set-Cookie` value. The
/// session stays what it is for the person's list and open pages. A program's login has nothing that could be exchanged, and
/// there is no cookie.
pub async fn renew_token(app: &App, tx: &mut Tx, session: SessionId) -> Result<Option<HeaderValue>> {
    let token = random_token();
    let renewed = on_tx!(tx, |c| {
        sqlx::query("UPDATE sessions SET token_hash = $2 WHERE id = $1 AND kind = 'browser'")
            .bind(session)
            .bind(sha256(&token))
            .execute(c)
            .await
            .map(|done| done.rows_affected())
    })?;
    if renewed > 0 { cookie(app, &token).map(Some) } else { Ok(None) }
}

/// The same where the ways in change: a program's login ends then.
pub async fn rotate(app: &App, tx: &mut Tx, session: SessionId) -> Result<Option<HeaderValue>> {
    let cookie = renew_token(app, tx, session).await?;
    if cookie.is_some() {
        return Ok(cookie);
    }
    on_tx!(tx, |c| sqlx::query("DELETE FROM sessions WHERE id = $1").bind(session).execute(c).await.map(|_| ()))?;
    Ok(None)
}

/// Ends the session of this request, closes its pages' sockets, and returns the `Set-Cookie` value that removes the
/// cookie.
pub async fn end(app: &App, parts: &Parts) -> Result<HeaderValue> {
    let name = cookie_name(app);
    if let Some(token) = cookie_value(&parts.headers, name) {
        places::end_by_hash(app, &sha256(token), &Origin::of(app, parts)).await?;
    }
    let secure = if app.config.https() { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}"))
        .map_err(Error::internal)
}

/// The person of the session that a request's cookie names, if it has one that is alive.
pub(super) async fn verify(app: &App, headers: &HeaderMap) -> Result<Option<Who>> {
    let Some(token) = cookie_value(headers, cookie_name(app)) else { return Ok(None) };
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
    let found = on!(app.db.read, |c| {
        sqlx::query_as::<_, Found>(concat!(
        "SELECT s.seen_at, s.created_at AS started_at, s.id AS session, ",
        person_columns!(),
        " FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.disabled_at IS NULL"
    ))
    .bind(&hash)
    .bind(now)
    .fetch_optional(c)
    .await
    })?;
    let Some(found) = found else { return Ok(None) };
    if now - found.seen_at > SEEN_EVERY {
        on!(app.db.write, |c| sqlx::query("UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE token_hash = $1")
            .bind(&hash)
            .bind(now)
            .bind((now + Duration::days(SESSION_IDLE_DAYS)).min(found.started_at + Duration::days(SESSION_DAYS)))
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
