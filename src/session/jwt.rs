//! Access tokens for programs: JSON Web Tokens (RFC 7519), HS256, with the person's id and an expiry.

use super::{Who, person};
use crate::{
    error::{Error, Result},
    ids::UserId,
    state::App,
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: UserId,
    iat: i64,
    exp: i64,
}

/// A token for this person and the seconds it is valid.
pub fn issue(app: &App, user: UserId) -> Result<(String, i64)> {
    let seconds = app.config.tokens.hours * 3600;
    let now = chrono::Utc::now().timestamp();
    let claims = Claims { sub: user, iat: now, exp: now + seconds };
    let key = EncodingKey::from_secret(app.config.tokens.secret.as_bytes());
    let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(Error::internal)?;
    Ok((token, seconds))
}

/// The person a token was issued to; refused when it is forged, expired, of another algorithm, or the account is gone.
pub async fn verify(app: &App, token: &str) -> Result<Who> {
    let refused = || Error::Refused("The access token is not valid or has expired. Please log in again.".into());
    let key = DecodingKey::from_secret(app.config.tokens.secret.as_bytes());
    let mut validation = Validation::new(Algorithm::HS256);
    validation.leeway = 5;
    let claims = jsonwebtoken::decode::<Claims>(token, &key, &validation).map_err(|_| refused())?.claims;
    person(&app.db, claims.sub).await?.ok_or_else(refused)
}
