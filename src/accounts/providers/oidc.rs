//! OpenID Connect: the provider's own description, its keys, and the ID token (OpenID Connect Core 1.0, §3.1.3.7).

use super::{
    Provider,
    identity::{Identity, short},
    outside::{Endpoints, Outside, Trouble},
};
use crate::config::ProviderConfig;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use serde::{Deserialize, Deserializer};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Description and keys are asked for again after this time.
const KEPT: Duration = Duration::from_secs(3600);
/// A token signed by a key that is not known makes us look for new keys at most this often.
const NEW_KEYS: Duration = Duration::from_secs(30);
/// Signatures we take: by keys of the provider only, never by a secret, never none.
const SIGNATURES: [Algorithm; 8] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
];

pub struct Oidc {
    issuer: String,
    client_id: String,
    /// LinkedIn does not send it back.
    needs_nonce: bool,
    described: Mutex<Option<(Instant, Description)>>,
    keys: Mutex<Keys>,
}

#[derive(Default)]
struct Keys {
    known: Option<(Instant, JwkSet)>,
    /// When an unknown key last made us ask.
    missed: Option<Instant>,
}

#[derive(Clone, Deserialize)]
struct Description {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    revocation_endpoint: Option<String>,
    jwks_uri: String,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    nonce: Option<String>,
    azp: Option<String>,
    aud: Audience,
    #[serde(default)]
    email: String,
    #[serde(default, deserialize_with = "true_or_its_word")]
    email_verified: bool,
    #[serde(default)]
    name: String,
    #[serde(default)]
    picture: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(#[expect(dead_code, reason = "checked by the library")] String),
    Many(Vec<String>),
}

/// LinkedIn has been seen to send `"true"`.
fn true_or_its_word<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    let value = serde_json::Value::deserialize(from)?;
    Ok(value == serde_json::Value::Bool(true) || value == "true")
}

fn wrong(words: impl Into<String>) -> Trouble {
    Trouble::Other(words.into())
}

impl Oidc {
    pub fn new(config: &ProviderConfig) -> Self {
        Oidc {
            issuer: config.issuer.as_str().trim_end_matches('/').to_owned(),
            client_id: config.client_id.clone(),
            needs_nonce: config.provider != Provider::LinkedIn,
            described: Mutex::default(),
            keys: Mutex::default(),
        }
    }

    pub async fn endpoints(&self, outside: &Outside) -> Result<Endpoints, Trouble> {
        let described = self.described(outside).await?;
        Ok(Endpoints {
            authorize: described.authorization_endpoint,
            token: described.token_endpoint,
            revoke: described.revocation_endpoint,
        })
    }

    async fn described(&self, outside: &Outside) -> Result<Description, Trouble> {
        let mut kept = self.described.lock().await;
        if let Some((at, described)) = kept.as_ref()
            && at.elapsed() < KEPT
        {
            return Ok(described.clone());
        }
        let address = [self.issuer.as_str(), "/.well-known/openid-configuration"].concat();
        let described: Description = outside.json(&address, None).await?;
        if described.issuer.trim_end_matches('/') != self.issuer {
            return Err(wrong(format!("it calls itself {}, not {}", described.issuer, self.issuer)));
        }
        *kept = Some((Instant::now(), described.clone()));
        Ok(described)
    }

    /// The key with this id; asks for new ones when it is not among those known.
    async fn key(&self, outside: &Outside, id: &str) -> Result<DecodingKey, Trouble> {
        let address = self.described(outside).await?.jwks_uri;
        let mut keys = self.keys.lock().await;
        if keys.known.as_ref().is_none_or(|(at, _)| at.elapsed() >= KEPT) {
            keys.known = Some((Instant::now(), outside.json(&address, None).await?));
        } else if keys.find(id).is_none() && keys.missed.is_none_or(|at| at.elapsed() >= NEW_KEYS) {
            keys.missed = Some(Instant::now());
            keys.known = Some((Instant::now(), outside.json(&address, None).await?));
        }
        let key = keys.find(id).ok_or_else(|| wrong("the ID token is signed by a key nobody knows"))?;
        DecodingKey::from_jwk(key).map_err(|error| wrong(error.to_string()))
    }

    /// Who the token is about, once its signature, issuer, audience, times and nonce are right.
    pub async fn identity(&self, outside: &Outside, token: &str, nonce: &str) -> Result<Identity, Trouble> {
        let header = jsonwebtoken::decode_header(token).map_err(|error| wrong(error.to_string()))?;
        if !SIGNATURES.contains(&header.alg) {
            return Err(wrong("the ID token is not signed by a key"));
        }
        let key = self.key(outside, header.kid.as_deref().unwrap_or_default()).await?;
        let described = self.described(outside).await?;
        let mut validation = Validation::new(header.alg);
        validation.validate_nbf = true;
        validation.set_audience(&[&self.client_id]);
        validation.set_issuer(&[&described.issuer]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        let claims =
            jsonwebtoken::decode::<Claims>(token, &key, &validation).map_err(|error| wrong(error.to_string()))?.claims;
        match &claims.nonce {
            Some(sent) if sent == nonce => {}
            None if !self.needs_nonce => {}
            _ => return Err(wrong("the ID token is not the one that was asked for")),
        }
        let several = matches!(&claims.aud, Audience::Many(all) if all.len() > 1);
        if claims.azp.as_ref().map_or(several, |azp| *azp != self.client_id) {
            return Err(wrong("the ID token is for another program"));
        }
        Ok(Identity {
            issuer: self.issuer.clone(),
            subject: claims.sub,
            email: short(&claims.email, 254),
            email_verified: claims.email_verified,
            name: short(&claims.name, 100),
            picture: short(&claims.picture, 2_000),
            ..Identity::default()
        })
    }
}

impl Keys {
    /// A set of one key needs no id.
    fn find(&self, id: &str) -> Option<&jsonwebtoken::jwk::Jwk> {
        let (_, set) = self.known.as_ref()?;
        match set.keys.as_slice() {
            [only] if id.is_empty() => Some(only),
            _ => set.find(id),
        }
    }
}
