//! Between the two steps of signing in: a cookie, signed by us, that says whose password was right. It opens nothing.

use crate::{
    error::{Error, Result},
    ids::UserId,
    session::cookie_value,
    state::App,
};
use axum::http::{HeaderMap, HeaderValue};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

/// The second step has to follow within this time, in seconds.
const LASTS: i64 = 600;

/// Who is half signed in, and where they want to go.
#[derive(Serialize, Deserialize)]
pub struct Half {
    pub sub: UserId,
    pub next: String,
    exp: i64,
}

/// The `Set-Cookie` value after the first step.
pub fn begin(app: &App, who: UserId, next: &str) -> Result<HeaderValue> {
    // A cookie has room for some 4,000 bytes.
    let next = if next.len() <= 1_000 { next } else { "/today" }.to_owned();
    let half = Half { sub: who, next, exp: chrono::Utc::now().timestamp() + LASTS };
    let key = EncodingKey::from_secret(&key(app)?);
    let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &half, &key).map_err(Error::internal)?;
    cookie(app, &token, LASTS)
}

/// Who the request says is half signed in; None when nobody is, or not any more.
pub fn read(app: &App, headers: &HeaderMap) -> Result<Option<Half>> {
    let Some(token) = cookie_value(headers, name(app)) else { return Ok(None) };
    let key = DecodingKey::from_secret(&key(app)?);
    let half = jsonwebtoken::decode::<Half>(token, &key, &Validation::new(Algorithm::HS256));
    Ok(half.ok().map(|half| half.claims))
}

/// The `Set-Cookie` value after the second step.
pub fn end(app: &App) -> Result<HeaderValue> {
    cookie(app, "", 0)
}

fn cookie(app: &App, value: &str, lasts: i64) -> Result<HeaderValue> {
    let secure = if app.config.https() { "; Secure" } else { "" };
    let cookie = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={lasts}{secure}", name(app));
    HeaderValue::from_str(&cookie).map_err(Error::internal)
}

fn name(app: &App) -> &'static str {
    if app.config.https() { "__Host-half" } else { "half" }
}

fn key(app: &App) -> Result<[u8; 32]> {
    app.config.secret_key.derive("half sign-ins")
}
