//! Handing a message to the push service of its browser (RFC 8030).

use super::{Kind, cipher, key, subscription::Subscription};
use crate::{
    db,
    error::{Error, Result},
    fetch::Answered,
    state::App,
};
use chrono::{DateTime, Utc};
use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// The browser takes nothing there any more.
    Gone,
    /// This message is not wanted as it is; another one may be.
    Refused(u16),
    /// Another time; not before so many seconds, where the service says so.
    Later(Option<u64>),
}

/// A message, ready to be encrypted.
pub struct Letter<'a> {
    pub kind: Kind,
    pub topic: &'a str,
    pub payload: &'a str,
    /// When it is of no use any more.
    pub until: DateTime<Utc>,
}

/// Hands one message over. An error is ours, not the service's.
pub async fn send(app: &App, to: &Subscription, letter: &Letter<'_>) -> Result<Outcome> {
    let (Some(url), Some(keys)) = (to.url(), to.keys.read()) else { return Ok(Outcome::Gone) };
    let now = db::now();
    let authorization = key::get(app).await?.authorization(&url, &key::contact(app), now);
    let urgency = if letter.kind == Kind::Match { "normal" } else { "high" };
    let seconds = (letter.until - now).num_seconds().max(0).to_string();
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (AUTHORIZATION, authorization.as_str()),
        (CONTENT_ENCODING, "aes128gcm"),
        (CONTENT_TYPE, "application/octet-stream"),
        (HeaderName::from_static("ttl"), &seconds),
        (HeaderName::from_static("urgency"), urgency),
        (HeaderName::from_static("topic"), letter.topic),
    ] {
        headers.insert(name, HeaderValue::from_str(value).map_err(Error::internal)?);
    }
    let body = cipher::encrypt(&keys, letter.payload.as_bytes())?;
    match app.fetcher.send(&url, headers, body).await {
        Ok(answered) => Ok(outcome(answered)),
        // Not to be reached, or at an address of a private network by now.
        Err(Error::Invalid(_)) => Ok(Outcome::Later(None)),
        Err(error) => Err(error),
    }
}

/// What the service's word means.
fn outcome(answered: Answered) -> Outcome {
    match answered.status {
        200..=299 => Outcome::Sent,
        404 | 410 => Outcome::Gone,
        400 | 413 | 415 => Outcome::Refused(answered.status),
        // A redirect is one of these: nothing leads elsewhere.
        _ => Outcome::Later(answered.retry_after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_gone_is_given_up() {
        let of = |status, retry_after| outcome(Answered { status, retry_after });
        assert_eq!(of(201, None), Outcome::Sent);
        assert_eq!([of(404, None), of(410, Some(5))], [Outcome::Gone; 2]);
        assert_eq!(of(413, None), Outcome::Refused(413));
        assert_eq!(of(429, Some(120)), Outcome::Later(Some(120)));
        for passing in [100, 301, 308, 401, 403, 500, 503] {
            assert_eq!(of(passing, None), Outcome::Later(None), "{passing}");
        }
    }
}
