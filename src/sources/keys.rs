//! How boards with keys are shown ours. The key is added when a question is sent and kept nowhere: not in addresses, rows, logs or pages.

use super::breaker::Failure;
use crate::{
    config::SourceKeys,
    error::Error,
    fetch::{Ask, Hosts},
    state::App,
};
use boards::{Format, address::BoardRequest};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use serde::Deserialize;
use url::Url;

const LINKEDIN_TOKEN: &str = "https://www.linkedin.com/oauth/v2/accessToken";
/// Bytes of an answer with a token.
const MOST: usize = 100_000;

/// What goes along with every question to a board.
#[derive(Default)]
pub struct Shown {
    query: Vec<(&'static str, String)>,
    pub headers: HeaderMap,
}

impl Shown {
    /// The address to ask, with what belongs into it.
    pub fn address(&self, request: &BoardRequest) -> String {
        let Ok(mut url) = Url::parse(&request.url) else { return request.url.clone() };
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        url.into()
    }
}

/// Makes ready to ask a board: nothing for those that answer everybody.
pub async fn show(app: &App, format: Format) -> Result<Shown, Failure> {
    let keys = &app.config.source_keys;
    if !keys.open(format) {
        let names = boards::about::about(format).map(|about| about.keys.join(" and ")).unwrap_or_default();
        let name = format.label();
        return Err(Failure::Refused(format!("{name} answers only with a key, and none is set here ({names}).")));
    }
    let mut shown = Shown::default();
    let of = |name: &'static str, key: &str| (name, keys.get(key).to_owned());
    match format {
        Format::Adzuna => shown.query = vec![of("app_id", "ADZUNA_APP_ID"), of("app_key", "ADZUNA_APP_KEY")],
        Format::Indeed => {
            // Whose visit it is, which is ours: no person's address or browser is passed on.
            shown.query = vec![
                of("publisher", "INDEED_PUBLISHER_ID"),
                ("userip", "0.0.0.0".into()),
                ("useragent", "CareerCoPilot".into()),
            ];
        }
        Format::Glassdoor => {
            shown.query = vec![
                of("t.p", "GLASSDOOR_PARTNER_ID"),
                of("t.k", "GLASSDOOR_PARTNER_KEY"),
                ("userip", "0.0.0.0".into()),
                ("useragent", "CareerCoPilot".into()),
            ];
        }
        Format::UsaJobs => {
            shown.headers.insert(USER_AGENT, secret(keys.get("USAJOBS_EMAIL"))?);
            shown.headers.insert(HeaderName::from_static("authorization-key"), secret(keys.get("USAJOBS_API_KEY"))?);
        }
        Format::LinkedIn => {
            let token = linkedin(app, keys).await?;
            shown.headers.insert(AUTHORIZATION, secret(&format!("Bearer {token}"))?);
        }
        _ => {}
    }
    Ok(shown)
}

fn secret(value: &str) -> Result<HeaderValue, Failure> {
    let mut value = HeaderValue::from_str(value).map_err(|_| {
        Failure::Refused("The key that is set here cannot be sent: it has characters that no key has.".into())
    })?;
    value.set_sensitive(true);
    Ok(value)
}

#[derive(Deserialize)]
struct Token {
    access_token: String,
}

/// LinkedIn's programs show who they are by OAuth 2.0's client credentials (RFC 6749, 4.4), for each visit anew.
async fn linkedin(app: &App, keys: &SourceKeys) -> Result<String, Failure> {
    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "client_credentials")
        .append_pair("client_id", keys.get("LINKEDIN_JOBS_CLIENT_ID"))
        .append_pair("client_secret", keys.get("LINKEDIN_JOBS_CLIENT_SECRET"))
        .finish();
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    let only = |url: &Url| url.as_str() == LINKEDIN_TOKEN;
    let ask =
        Ask { json: Some(&form), headers, ..Ask::get(LINKEDIN_TOKEN, "application/json", Hosts::Known(only), MOST) };
    let away = |error: Error| {
        tracing::debug!(%error, "no token of LinkedIn");
        Failure::Passing("LinkedIn could not be reached to sign in there.".into())
    };
    let answer = app.fetcher.get(ask).await.map_err(away)?;
    match answer.status {
        200..=299 => {}
        400 | 401 | 403 => {
            return Err(Failure::Refused("LinkedIn does not take the client and secret that are set here.".into()));
        }
        429 | 503 => {
            return Err(Failure::Busy("LinkedIn asks to be left alone for a while.".into(), answer.retry_after));
        }
        code => return Err(Failure::Passing(format!("LinkedIn answered with an error ({code}) when signing in."))),
    }
    serde_json::from_slice::<Token>(&answer.body)
        .map(|token| token.access_token)
        .map_err(|_| Failure::Passing("LinkedIn’s answer to signing in has no token in it.".into()))
}
