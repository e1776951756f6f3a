//! The providers that are set up, and how they are talked to: bounded in time and size, no redirects followed.

use super::{Provider, github::GitHub, identity::Identity, oidc::Oidc};
use crate::{
    config::ProviderConfig,
    error::{Error, Result},
};
use futures_util::StreamExt;
use oauth2::{
    AsyncHttpClient, AuthType, AuthUrl, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken, ExtraTokenFields,
    HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, StandardRevocableToken,
    StandardTokenResponse, TokenResponse, TokenUrl,
    basic::{BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{pin::Pin, time::Duration};

/// A provider has this long for each answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Longer answers are refused, in bytes.
const LONGEST: usize = 512 * 1024;

/// Everything outside that people sign in with.
pub struct Outside {
    offered: Vec<Offered>,
    http: reqwest::Client,
    /// Where providers send people back to, without the provider's name.
    public_url: String,
}

pub(super) struct Offered {
    pub(super) config: ProviderConfig,
    speaks: Speaks,
}

enum Speaks {
    Oidc(Box<Oidc>),
    GitHub(GitHub),
}

/// Where people confirm, and where the code is exchanged.
pub(super) struct Endpoints {
    pub authorize: String,
    pub token: String,
    /// Where a token is given back; not everybody has that.
    pub revoke: Option<String>,
}

/// What to remember until somebody comes back, and where to send them.
pub struct Departure {
    pub to: String,
    pub state: String,
    pub verifier: String,
}

/// OpenID Connect's addition to the token answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct IdToken {
    id_token: Option<String>,
}

impl ExtraTokenFields for IdToken {}

pub(super) type Answer = StandardTokenResponse<IdToken, BasicTokenType>;
pub(super) type OAuth = Client<
    BasicErrorResponse,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
>;

/// Why a request outside came to nothing; for the log.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    #[error("{0}")]
    Http(#[from] reqwest::Error),
    #[error("the answer is larger than allowed")]
    TooLarge,
    #[error("{0}")]
    Other(String),
}

impl Outside {
    pub fn new(configs: &[ProviderConfig], public_url: &str) -> Self {
        let offered = configs
            .iter()
            .map(|config| Offered {
                config: config.clone(),
                speaks: match config.provider {
                    Provider::GitHub => Speaks::GitHub(GitHub::new(config)),
                    Provider::Google | Provider::LinkedIn => Speaks::Oidc(Box::new(Oidc::new(config))),
                },
            })
            .collect();
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .user_agent(concat!("CareerCoPilot/", env!("CARGO_PKG_VERSION")))
            .build()
            .unwrap_or_default();
        Outside { offered, http, public_url: public_url.to_owned() }
    }

    /// Those that are set up.
    pub fn providers(&self) -> Vec<Provider> {
        self.offered.iter().map(|offered| offered.config.provider).collect()
    }

    pub(super) fn offered(&self, provider: Provider) -> Result<&Offered> {
        self.offered.iter().find(|offered| offered.config.provider == provider).ok_or(Error::NotFound)
    }

    /// Where Google's calendars are, when they can be connected here.
    pub fn calendars(&self) -> Option<&url::Url> {
        self.offered(Provider::Google).ok()?.config.api.as_ref()
    }

    /// Whether an answer that says who sends it was sent by this provider: another one's code must not be exchanged there.
    pub fn sent_by(&self, provider: Provider, issuer: &str) -> bool {
        let same =
            |offered: &Offered| offered.config.issuer.as_str().trim_end_matches('/') == issuer.trim_end_matches('/');
        issuer.is_empty() || self.offered(provider).is_ok_and(same)
    }

    /// Makes the address at which somebody confirms who they are. An ID token has to contain the nonce.
    pub async fn depart(&self, provider: Provider, nonce: &str) -> Result<Departure> {
        let offered = self.offered(provider)?;
        let back = sign_in_path(provider);
        match &offered.speaks {
            Speaks::Oidc(_) => self.leave(offered, &back, "openid email profile", &[("nonce", nonce)]).await,
            Speaks::GitHub(_) => self.leave(offered, &back, "read:user user:email", &[]).await,
        }
    }

    /// Makes the address at which somebody agrees to these scopes, and comes back to this path of ours.
    pub(super) async fn leave(
        &self,
        offered: &Offered,
        back: &str,
        scopes: &str,
        more: &[(&'static str, &str)],
    ) -> Result<Departure> {
        let endpoints = self.endpoints(offered).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client =
            self.client(offered, back)?.set_auth_uri(AuthUrl::new(endpoints.authorize).map_err(Error::internal)?);
        let mut request = client.authorize_url(CsrfToken::new_random).set_pkce_challenge(challenge);
        for scope in scopes.split(' ') {
            request = request.add_scope(Scope::new(scope.to_owned()));
        }
        for (name, value) in more {
            request = request.add_extra_param(*name, *value);
        }
        let (to, state) = request.url();
        Ok(Departure { to: to.into(), state: state.into_secret(), verifier: verifier.into_secret() })
    }

    /// Exchanges the code somebody came back with, and finds out who they are there.
    pub async fn arrive(&self, provider: Provider, code: &str, verifier: &str, nonce: &str) -> Result<Identity> {
        let offered = self.offered(provider)?;
        let answer = self.exchange(offered, &sign_in_path(provider), code, verifier).await?;
        let identity = match &offered.speaks {
            Speaks::Oidc(oidc) => {
                let token = answer.extra_fields().id_token.as_deref();
                let token = token.ok_or_else(|| refused(provider, &Trouble::Other("there is no ID token".into())))?;
                oidc.identity(self, token, nonce).await
            }
            Speaks::GitHub(github) => github.identity(self, answer.access_token().secret()).await,
        };
        identity.map_err(|error| refused(provider, &error))
    }

    /// What a code is worth that was brought back to this path of ours.
    pub(super) async fn exchange(&self, offered: &Offered, back: &str, code: &str, verifier: &str) -> Result<Answer> {
        let endpoints = self.endpoints(offered).await?;
        let client =
            self.client(offered, back)?.set_token_uri(TokenUrl::new(endpoints.token).map_err(Error::internal)?);
        client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()))
            .request_async(self)
            .await
            .map_err(|error| refused(offered.config.provider, &error))
    }

    pub(super) async fn endpoints(&self, offered: &Offered) -> Result<Endpoints> {
        match &offered.speaks {
            Speaks::Oidc(oidc) => oidc.endpoints(self).await.map_err(|error| refused(offered.config.provider, &error)),
            Speaks::GitHub(github) => Ok(github.endpoints()),
        }
    }

    /// This installation as the provider knows it, for whoever comes back to this path of ours.
    pub(super) fn client(&self, offered: &Offered, back: &str) -> Result<OAuth> {
        let back = [&self.public_url, back].concat();
        Ok(OAuth::new(ClientId::new(offered.config.client_id.clone()))
            .set_client_secret(ClientSecret::new(offered.config.client_secret.clone()))
            // All three take it in the body; LinkedIn and GitHub take it there only.
            .set_auth_type(AuthType::RequestBody)
            .set_redirect_uri(RedirectUrl::new(back).map_err(Error::internal)?))
    }

    /// The whole answer, whatever its status.
    pub async fn send(&self, request: HttpRequest) -> std::result::Result<HttpResponse, Trouble> {
        let response = self.http.execute(request.try_into()?).await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let mut answer = HttpResponse::new(bounded(response).await?);
        *answer.status_mut() = status;
        *answer.headers_mut() = headers;
        Ok(answer)
    }

    /// A JSON document, asked for with this token if one is given.
    pub(super) async fn json<T: DeserializeOwned>(
        &self,
        url: &str,
        token: Option<&str>,
    ) -> std::result::Result<T, Trouble> {
        let mut request = self.http.get(url).header("accept", "application/json");
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await?.error_for_status()?;
        serde_json::from_slice(&bounded(response).await?).map_err(|error| Trouble::Other(error.to_string()))
    }
}

/// How the OAuth library sends its requests.
impl<'c> AsyncHttpClient<'c> for Outside {
    type Error = Trouble;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<HttpResponse, Trouble>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// Where somebody comes back to who signs in.
fn sign_in_path(provider: Provider) -> String {
    ["/api/v1/auth/oauth/", provider.as_str(), "/callback"].concat()
}

/// The body, unless it is too large.
async fn bounded(response: reqwest::Response) -> std::result::Result<Vec<u8>, Trouble> {
    let mut body = Vec::new();
    let mut stream = response.bytes_stream();
    while let Some(part) = stream.next().await {
        body.extend_from_slice(&part?);
        if body.len() > LONGEST {
            return Err(Trouble::TooLarge);
        }
    }
    Ok(body)
}

/// An error with everything behind it, for the log.
pub(super) fn causes(cause: &dyn std::error::Error) -> String {
    let mut words = cause.to_string();
    let mut next = cause.source();
    while let Some(cause) = next {
        words = format!("{words}: {cause}");
        next = cause.source();
    }
    words
}

/// The log has the cause; the person is told to try again.
fn refused(provider: Provider, cause: &dyn std::error::Error) -> Error {
    tracing::warn!(provider = provider.as_str(), cause = causes(cause), "agreeing to something elsewhere failed");
    Error::Unavailable(format!("{} did not answer as it should. Please try again.", provider.label()))
}
