//! Between leaving for a provider and coming back: cookies, signed by us, that only this browser has.

use super::Provider;
use crate::{
    error::{Error, Result},
    ids::UserId,
    session::cookie_value,
    state::App,
};
use axum::http::{HeaderMap, HeaderValue};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Coming back has to happen within this time, in seconds.
const LASTS: i64 = 600;

/// On the way to a provider.
#[derive(Debug, Serialize, Deserialize)]
pub struct Flow {
    pub provider: Provider,
    /// What the provider has to send back.
    pub state: String,
    /// What the ID token has to contain.
    pub nonce: String,
    /// Proves that the code is exchanged by who asked for it (PKCE, RFC 7636).
    pub verifier: String,
    /// Where to go then.
    pub next: String,
    /// The browser's time zone, for a new account.
    pub zone: String,
    /// Whose account it is to be connected with; None for signing in.
    pub connect: Option<UserId>,
}

/// Somebody showed by their password that they want to connect an account elsewhere.
#[derive(Debug, Serialize, Deserialize)]
pub struct Wish {
    pub provider: Provider,
    pub user: UserId,
}

/// An account elsewhere whose address has an account here, and nobody has shown that both are the same person's.
#[derive(Debug, Serialize, Deserialize)]
pub struct Doubt {
    pub provider: Provider,
    pub issuer: String,
    pub subject: String,
    pub email: String,
    pub next: String,
}

/// What can be kept in a cookie, and the name it has there; each kind has a key of its own.
pub trait Kept: Serialize + DeserializeOwned {
    const NAME: &'static str;
}

impl Kept for Flow {
    const NAME: &'static str = "provider-flow";
}

impl Kept for Wish {
    const NAME: &'static str = "provider-wish";
}

impl Kept for Doubt {
    const NAME: &'static str = "provider-doubt";
}

#[derive(Serialize, Deserialize)]
struct Dated<T> {
    kept: T,
    exp: i64,
}

/// The `Set-Cookie` value that keeps it.
pub fn keep<T: Kept>(app: &App, kept: T) -> Result<HeaderValue> {
    let key = EncodingKey::from_secret(&app.config.secret_key.derive(T::NAME)?);
    let dated = Dated { kept, exp: chrono::Utc::now().timestamp() + LASTS };
    let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &dated, &key).map_err(Error::internal)?;
    cookie::<T>(app, &token, LASTS)
}

/// What the request brings back; None when there is nothing, not any more, or not from us.
pub fn read<T: Kept>(app: &App, headers: &HeaderMap) -> Result<Option<T>> {
    let Some(token) = cookie_value(headers, &name::<T>(app)) else { return Ok(None) };
    let key = DecodingKey::from_secret(&app.config.secret_key.derive(T::NAME)?);
    let mut validation = Validation::new(Algorithm::HS256);
    validation.leeway = 0;
    Ok(jsonwebtoken::decode::<Dated<T>>(token, &key, &validation).ok().map(|dated| dated.claims.kept))
}

/// The `Set-Cookie` value that removes it.
pub fn forget<T: Kept>(app: &App) -> Result<HeaderValue> {
    cookie::<T>(app, "", 0)
}

fn name<T: Kept>(app: &App) -> String {
    let host = if app.config.https() { "__Host-" } else { "" };
    [host, T::NAME].concat()
}

fn cookie<T: Kept>(app: &App, value: &str, lasts: i64) -> Result<HeaderValue> {
    let secure = if app.config.https() { "; Secure" } else { "" };
    let cookie = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={lasts}{secure}", name::<T>(app));
    HeaderValue::from_str(&cookie).map_err(Error::internal)
}
