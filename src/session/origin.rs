//! Where a request came from, and whether somebody was signed in on that device before.

use super::cookie_value;
use crate::{
    error::{Error, Result},
    ids::UserId,
    state::App,
};
use axum::http::{HeaderValue, header, request::Parts};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

/// How long a device is remembered, in seconds.
const REMEMBERED: i64 = 365 * 86_400;

/// Where a request came from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The network address; empty when it is not known, as for commands.
    pub address: String,
    /// What the browser or program calls itself, at most 300 characters.
    pub agent: String,
    /// The cookie a sign-in leaves, as it was sent.
    device: Option<String>,
}

/// What the cookie of a device says, signed by us: this person was signed in here. It opens nothing; it keeps strangers who guess
/// at an account from using up the attempts of its owner.
#[derive(Serialize, Deserialize)]
struct Device {
    sub: UserId,
    exp: i64,
}

impl Origin {
    /// Of a request.
    pub fn of(app: &App, parts: &Parts) -> Self {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Origin {
            address: address(app, parts),
            agent: agent.chars().filter(|c| !c.is_control()).take(300).collect(),
            device: cookie_value(&parts.headers, cookie_name(app)).map(str::to_owned),
        }
    }

    /// Whether this person was signed in there before.
    pub fn knows(&self, app: &App, person: UserId) -> Result<bool> {
        let Some(cookie) = &self.device else { return Ok(false) };
        let key = DecodingKey::from_secret(&key(app)?);
        let device = jsonwebtoken::decode::<Device>(cookie, &key, &Validation::new(Algorithm::HS256));
        Ok(device.is_ok_and(|device| device.claims.sub == person))
    }
}

/// The `Set-Cookie` value that makes this a device of the person.
pub fn remember(app: &App, person: UserId) -> Result<HeaderValue> {
    let device = Device { sub: person, exp: chrono::Utc::now().timestamp() + REMEMBERED };
    let key = EncodingKey::from_secret(&key(app)?);
    let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &device, &key).map_err(Error::internal)?;
    let secure = if app.config.https() { "; Secure" } else { "" };
    let name = cookie_name(app);
    HeaderValue::from_str(&format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={REMEMBERED}{secure}"))
        .map_err(Error::internal)
}

/// Its own key: a device's cookie is no access token and the other way round.
fn key(app: &App) -> Result<[u8; 32]> {
    app.config.secret_key.derive("devices")
}

fn cookie_name(app: &App) -> &'static str {
    if app.config.https() { "__Host-device" } else { "device" }
}

/// The peer's address, or what a trusted proxy says it is.
fn address(app: &App, parts: &Parts) -> String {
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
