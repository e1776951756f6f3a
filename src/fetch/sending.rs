//! Sending something to an address that a browser gave us.

use super::{Fetcher, Hosts, refuse};
use crate::error::Result;
use reqwest::header::{self, HeaderMap};
use std::time::Duration;
use url::Url;

/// What sending something may take, the head of the answer included.
const SENDING: Duration = Duration::from_secs(10);

/// How an address answered what was sent to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    pub status: u16,
    /// The seconds after which it wants to be asked again.
    pub retry_after: Option<u64>,
}

impl Fetcher {
    /// Posts something over https; of the answer only its head is read, and no redirect is followed.
    pub async fn send(&self, url: &Url, headers: HeaderMap, body: Vec<u8>) -> Result<Answered> {
        let sending = async {
            let (client, url) = self.ready(url, Hosts::Known(|_| true)).await?;
            client.post(url).headers(headers).body(body).send().await.map_err(|error| {
                tracing::debug!(%error, "sending failed");
                refuse("The address could not be reached.")
            })
        };
        let answer = tokio::time::timeout(SENDING, sending)
            .await
            .unwrap_or_else(|_| Err(refuse("The address took too long to answer.")))?;
        let retry_after = answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
        Ok(Answered { status: answer.status().as_u16(), retry_after: retry_after.and_then(seconds) })
    }
}

/// The seconds of a `Retry-After` header.
pub(super) fn seconds(text: &str) -> Option<u64> {
    crate::backoff::retry_after(text, crate::db::now()).and_then(|pause| u64::try_from(pause.num_seconds()).ok())
}
