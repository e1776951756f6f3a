//! The key by which push services know this installation, made at the first start.

use super::{cipher, store};
use crate::{
    db,
    error::{Error, Result},
    seal,
    state::App,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use p256::{
    SecretKey,
    ecdsa::{Signature, SigningKey, signature::Signer},
};
use serde_json::json;
use std::sync::Arc;
use url::Url;

/// Where the private key is sealed.
const PLACE: &str = "push_key.sealed";
/// How long what we say of us to a push service holds; a day is the most (RFC 8292, 2).
const HOLDS: Duration = Duration::hours(12);

/// The pair of keys.
pub struct Key {
    signing: SigningKey,
    /// A point of P-256, uncompressed, as base64url.
    pub public: String,
}

/// The installation's key; made when there is none. Of servers that make one at once, one's is kept.
pub async fn get(app: &App) -> Result<Arc<Key>> {
    app.push_key.get_or_try_init(|| async { load(app).await.map(Arc::new) }).await.cloned()
}

async fn load(app: &App) -> Result<Key> {
    if store::key(&app.db).await?.is_none() {
        let fresh = seal::close_own(app, PLACE, &cipher::fresh_key().to_bytes())?;
        store::keep_key(&app.db, &fresh, db::now()).await?;
    }
    let kept = kept(app).await?;
    if let Some(key) = opened(app, &kept)? {
        return Ok(key);
    }
    // SECRET_KEY is another one, and nobody's own key is sealed by the one before, or the app had not started: no subscription
    // that belongs to this key can be read any more.
    tracing::warn!("the key for push services does not open: another one takes its place");
    let fresh = seal::close_own(app, PLACE, &cipher::fresh_key().to_bytes())?;
    store::replace_key(&app.db, &kept, &fresh).await?;
    opened(app, &self::kept(app).await?)?.ok_or_else(|| Error::internal("no key for push services opens"))
}

async fn kept(app: &App) -> Result<String> {
    store::key(&app.db).await?.ok_or_else(|| Error::internal("there is no key for push services"))
}

fn opened(app: &App, sealed: &str) -> Result<Option<Key>> {
    let Some(bytes) = seal::open_own(app, PLACE, sealed)? else { return Ok(None) };
    SecretKey::from_slice(&bytes).map(|secret| Some(Key::from(&secret))).map_err(Error::internal)
}

/// Seals it by the `SECRET_KEY` of now, after that was changed.
pub async fn seal_anew(app: &App) -> Result<()> {
    let Some(kept) = store::key(&app.db).await? else { return Ok(()) };
    let Some(plain) = seal::open_own(app, PLACE, &kept)? else { return Ok(()) };
    store::replace_key(&app.db, &kept, &seal::close_own(app, PLACE, &plain)?).await
}

impl From<&SecretKey> for Key {
    fn from(secret: &SecretKey) -> Self {
        Key { signing: secret.into(), public: URL_SAFE_NO_PAD.encode(cipher::point(&secret.public_key())) }
    }
}

impl Key {
    /// The `Authorization` header for a push service (RFC 8292, 3): who sends, signed, for it alone.
    pub fn authorization(&self, endpoint: &Url, from: &str, now: DateTime<Utc>) -> String {
        let claims = json!({
            "aud": endpoint.origin().ascii_serialization(), "exp": (now + HOLDS).timestamp(), "sub": from,
        });
        let part = |text: String| URL_SAFE_NO_PAD.encode(text);
        let head = part(json!({ "typ": "JWT", "alg": "ES256" }).to_string());
        let said = [head, part(claims.to_string())].join(".");
        let signature: Signature = self.signing.sign(said.as_bytes());
        format!("vapid t={said}.{}, k={}", URL_SAFE_NO_PAD.encode(signature.to_bytes()), self.public)
    }
}

/// Whom a push service can write to when something is wrong: the site, or, where only this machine sees it, who mail is from.
pub fn contact(app: &App) -> String {
    match &app.config.smtp {
        Some(smtp) if !app.config.https() => format!("mailto:{}", smtp.from.email),
        _ => app.config.public_url.clone(),
    }
}
