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
    let kept = store::key(&app.db).await?.ok_or_else(|| Error::internal("no key for push services"))?;
    let secret = SecretKey::from_slice(&seal::open_own(app, PLACE, &kept)?).map_err(Error::internal)?;
    Ok(Key::from(&secret))
}

/// Seals it by the `SECRET_KEY` of now, after that was changed.
pub async fn seal_anew(app: &App) -> Result<()> {
    let Some(kept) = store::key(&app.db).await? else { return Ok(()) };
    let again = seal::close_own(app, PLACE, &seal::open_own(app, PLACE, &kept)?)?;
    store::replace_key(&app.db, &again).await
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
