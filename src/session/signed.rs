//! What only this browser has for a while: cookies with a few facts, signed by us, each kind under a key of its own. They open
//! nothing by themselves.

use super::cookie_value;
use crate::{
    error::{Error, Result},
    state::App,
};
use axum::http::{HeaderMap, HeaderValue};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What can be kept in a cookie.
pub trait Signed: Serialize + DeserializeOwned {
    /// The cookie's name; over TLS `__Host-` stands before it.
    const NAME: &'static str;
    /// What its key is made for: no kind passes for another.
    const PURPOSE: &'static str = Self::NAME;
    /// How long it counts, in seconds.
    const LASTS: i64 = 600;
}

#[derive(Serialize, Deserialize)]
struct Dated<T> {
    #[serde(flatten)]
    kept: T,
    exp: i64,
}

/// The `Set-Cookie` value that keeps it.
pub fn keep<T: Signed>(app: &App, kept: T) -> Result<HeaderValue> {
    let key = EncodingKey::from_secret(&app.config.secret_key.derive(T::PURPOSE)?);
    let dated = Dated { kept, exp: chrono::Utc::now().timestamp() + T::LASTS };
    let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &dated, &key).map_err(Error::internal)?;
    cookie::<T>(app, &token, T::LASTS)
}

/// What the request brings back; None when there is nothing, not any more, or not from us.
pub fn read<T: Signed>(app: &App, headers: &HeaderMap) -> Result<Option<T>> {
    match cookie_value(headers, &name::<T>(app)) {
        Some(token) => open(app, token),
        None => Ok(None),
    }
}

/// The same for the cookie's value.
pub fn open<T: Signed>(app: &App, token: &str) -> Result<Option<T>> {
    let key = DecodingKey::from_secret(&app.config.secret_key.derive(T::PURPOSE)?);
    let mut validation = Validation::new(Algorithm::HS256);
    validation.leeway = 0;
    Ok(jsonwebtoken::decode::<Dated<T>>(token, &key, &validation).ok().map(|dated| dated.claims.kept))
}

/// The `Set-Cookie` value that removes it.
pub fn forget<T: Signed>(app: &App) -> Result<HeaderValue> {
    cookie::<T>(app, "", 0)
}

/// The name it has in the browser.
pub fn name<T: Signed>(app: &App) -> String {
    let host = if app.config.https() { "__Host-" } else { "" };
    [host, T::NAME].concat()
}

fn cookie<T: Signed>(app: &App, value: &str, lasts: i64) -> Result<HeaderValue> {
    let secure = if app.config.https() { "; Secure" } else { "" };
    let cookie = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={lasts}{secure}", name::<T>(app));
    HeaderValue::from_str(&cookie).map_err(Error::internal)
}
