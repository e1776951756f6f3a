//! Tokens of programs that log in with a password: JSON Web Tokens (RFC 7519), HS256, with the person's id, the login's and an
//! expiry. The login is a session, so a token can be taken back before it expires.
//!
//! The signing key is another one every 30 days, made from `JWT_SECRET_KEY` for that period (HKDF-SHA-256) and named by the
//! header's `kid`. A token of an earlier period counts until it expires; one of a period to come never does.

use super::{Origin, Row, SEEN_EVERY, Who, person_columns};
use crate::{
    db,
    error::{Error, Result},
    ids::{SessionId, UserId},
    on,
    state::App,
};
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: UserId,
    sid: SessionId,
    iat: i64,
    exp: i64,
}

/// Seconds during which new tokens are signed with the same key.
const PERIOD: i64 = 30 * 86_400;

/// The period a token says its key is of; None for one to come, and for one so long ago that no token of it still counts.
fn period_of(app: &App, token: &str) -> Option<i64> {
    let kid = jsonwebtoken::decode_header(token).ok()?.kid?;
    let period: i64 = kid.parse().ok()?;
    // A minute's grace: another server's clock may be ahead.
    let now = Utc::now().timestamp();
    let oldest = (now - app.config.tokens.hours * 3600) / PERIOD;
    (oldest..=(now + 60) / PERIOD).contains(&period).then_some(period)
}

/// Starts a program's session; answers with its token and the seconds it is valid.
pub async fn issue(app: &App, user: UserId, from: &Origin) -> Result<(String, i64)> {
    let seconds = app.config.tokens.hours * 3600;
    let now = Utc::now().timestamp();
    let exp = now + seconds;
    let ends = DateTime::from_timestamp(exp, 0).ok_or_else(|| Error::internal("the token's end is no moment"))?;
    // The random value that would find the session by a cookie is nobody's.
    let (sid, _) = super::open(app, "api", user, from, ends).await?;
    let claims = Claims { sub: user, sid, iat: now, exp };
    let period = now / PERIOD;
    let header = Header { kid: Some(period.to_string()), ..Header::new(Algorithm::HS256) };
    let key = EncodingKey::from_secret(&app.config.tokens.key(period)?);
    let token = jsonwebtoken::encode(&header, &claims, &key).map_err(Error::internal)?;
    Ok((token, seconds))
}

/// The person a token was issued to; refused when it is forged, expired, of another algorithm, or its session has ended.
pub async fn verify(app: &App, token: &str) -> Result<Who> {
    let refused = || Error::Refused("The access token is not valid or has expired. Please log in again.".into());
    let period = period_of(app, token).ok_or_else(refused)?;
    let key = DecodingKey::from_secret(&app.config.tokens.key(period)?);
    let mut validation = Validation::new(Algorithm::HS256);
    validation.leeway = 5;
    let claims = jsonwebtoken::decode::<Claims>(token, &key, &validation).map_err(|_| refused())?.claims;
    let now = db::now();
    #[derive(sqlx::FromRow)]
    struct Found {
        seen_at: DateTime<Utc>,
        #[sqlx(flatten)]
        person: Row,
    }
    let found = on!(app.db.read, |c| sqlx::query_as::<_, Found>(concat!(
        "SELECT s.seen_at, ",
        person_columns!(),
        " FROM sessions s JOIN users u ON u.id = s.user_id \
         WHERE s.id = $1 AND s.user_id = $2 AND s.kind = 'api' AND s.expires_at > $3 AND u.disabled_at IS NULL"
    ))
    .bind(claims.sid)
    .bind(claims.sub)
    .bind(now)
    .fetch_optional(c)
    .await)?
    .ok_or_else(refused)?;
    if now - found.seen_at > SEEN_EVERY {
        on!(app.db.write, |c| sqlx::query("UPDATE sessions SET seen_at = $2 WHERE id = $1")
            .bind(claims.sid)
            .bind(now)
            .execute(c)
            .await
            .map(|_| ()))?;
    }
    Ok(Who { session: Some(claims.sid), ..found.person.into() })
}
