//! Access to a service in a person's name: they agree to it there, it is kept up while it lasts, and given back (OAuth 2.0, RFC 6749
//! and RFC 7009).

use super::{
    Provider,
    outside::{Answer, Departure, Outside, Trouble, causes},
};
use crate::{
    db,
    error::{Error, Result},
};
use axum::http::header;
use chrono::{DateTime, Duration, Utc};
use oauth2::{
    RefreshToken, RequestTokenError, TokenResponse, TokenUrl,
    basic::{BasicErrorResponse, BasicErrorResponseType},
};

/// Access whose end nobody tells is asked for again after this time.
const UNSAID: Duration = Duration::minutes(5);
/// So much before its end it is not used any more.
const MARGIN: Duration = Duration::minutes(1);

/// What somebody granted.
pub struct Grant {
    /// Opens the service until then.
    pub access: String,
    pub until: DateTime<Utc>,
    /// Gets more access; a renewed grant may leave it as it was.
    pub refresh: Option<String>,
    /// None: all that was asked for.
    scopes: Option<Vec<String>>,
}

impl Grant {
    fn of(answer: &Answer) -> Self {
        let lasts = answer.expires_in().and_then(|lasts| Duration::from_std(lasts).ok()).unwrap_or(UNSAID);
        Grant {
            access: answer.access_token().secret().clone(),
            until: db::now() + (lasts.min(Duration::days(1)) - MARGIN).max(Duration::zero()),
            refresh: answer.refresh_token().map(|token| token.secret().clone()),
            scopes: answer.scopes().map(|scopes| scopes.iter().map(|scope| scope.to_string()).collect()),
        }
    }

    /// Whether they agreed to this, too: people can leave out some of what is asked for.
    pub fn covers(&self, scope: &str) -> bool {
        self.scopes.as_ref().is_none_or(|scopes| scopes.iter().any(|granted| granted == scope))
    }
}

/// Why access was not renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// It was taken back there, or was not used for long.
    Ended,
    /// The service does not know this installation, or not any more.
    Unknown,
    /// It does not answer, or not as it should.
    Away,
}

impl Outside {
    /// Makes the address at which somebody agrees to this scope, also for while they are away. They come back to this path of ours.
    pub async fn ask(&self, provider: Provider, back: &str, scope: &str) -> Result<Departure> {
        let more = [("access_type", "offline"), ("prompt", "consent")];
        self.leave(self.offered(provider)?, back, scope, &more).await
    }

    /// What they granted who came back with this code.
    pub async fn granted(&self, provider: Provider, back: &str, code: &str, verifier: &str) -> Result<Grant> {
        Ok(Grant::of(&self.exchange(self.offered(provider)?, back, code, verifier).await?))
    }

    /// More access by what was granted before.
    pub async fn renew(&self, provider: Provider, refresh: &str) -> std::result::Result<Grant, Lapse> {
        let gone = |_: Error| Lapse::Away;
        let offered = self.offered(provider).map_err(|_| Lapse::Unknown)?;
        let endpoints = self.endpoints(offered).await.map_err(gone)?;
        let address = TokenUrl::new(endpoints.token).map_err(|_| Lapse::Away)?;
        let client = self.client(offered, "/").map_err(gone)?.set_token_uri(address);
        let refresh = RefreshToken::new(refresh.to_owned());
        let answer = client.exchange_refresh_token(&refresh).request_async(self).await.map_err(|error| {
            tracing::warn!(provider = provider.as_str(), cause = causes(&error), "access elsewhere was not renewed");
            lapse(&error)
        })?;
        Ok(Grant::of(&answer))
    }

    /// Gives a grant back, by one of its tokens. What was given back before is nothing to complain about.
    pub async fn give_back(&self, provider: Provider, token: &str) -> Result<()> {
        let Some(address) = self.endpoints(self.offered(provider)?).await?.revoke else { return Ok(()) };
        let body = url::form_urlencoded::Serializer::new(String::new()).append_pair("token", token).finish();
        let request = axum::http::Request::post(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.into_bytes())
            .map_err(Error::internal)?;
        let answer = self.send(request).await.map_err(Error::internal)?;
        match answer.status().as_u16() {
            200..=299 | 400 => Ok(()),
            status => Err(Error::internal(format!("giving a grant back was answered by {status}"))),
        }
    }
}

fn lapse(error: &RequestTokenError<Trouble, BasicErrorResponse>) -> Lapse {
    let RequestTokenError::ServerResponse(said) = error else { return Lapse::Away };
    match said.error() {
        BasicErrorResponseType::InvalidGrant => Lapse::Ended,
        BasicErrorResponseType::InvalidClient | BasicErrorResponseType::UnauthorizedClient => Lapse::Unknown,
        _ => Lapse::Away,
    }
}
