//! Fetching an address that a person or their browser gave us, or sending to it, without letting them reach into our own network.
//!
//! What is in the address is looked at first (`fetch/guard.rs`), the name is resolved once and every address checked (`fetch/names.rs`), the
//! connection made to the checked address, each redirect checked again (`fetch/following.rs`), and the answer bounded in time, size and kind
//! (`fetch/bodies.rs`). With a mirror, every address is asked of that one server instead.

use crate::error::{Error, Result};
use names::Names;
use reqwest::header::HeaderMap;
use std::time::Duration;
use url::Url;

mod bodies;
mod following;
mod guard;
mod names;
mod sending;
#[cfg(test)]
mod tests;

pub use guard::reachable;
pub use sending::Answered;

/// What an answer may take, where nothing else is said.
const WHOLE: Duration = Duration::from_secs(20);

#[derive(Clone, Debug)]
pub struct Fetcher {
    /// Lets tests and closed networks fetch from private addresses.
    private: bool,
    /// `https://host/path` is asked for as `MIRROR/host/path`.
    mirror: Option<Url>,
    names: Names,
}

/// Which addresses may be asked: the first one, and each that is redirected to.
#[derive(Clone, Copy, Debug)]
pub enum Hosts {
    /// Those the function knows, over https on its usual port.
    Known(fn(&Url) -> bool),
    /// Whatever everybody can reach over http and https on their usual ports, for pages a person names. Of its answers only text is taken: HTML,
    /// XML, JSON, plain text.
    Public,
}

/// What to ask for.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    pub url: &'a str,
    /// `Some` posts this JSON text; `None` gets.
    pub json: Option<&'a str>,
    /// The kinds of answer that are of use, as the `Accept` header says it.
    pub accept: &'a str,
    pub hosts: Hosts,
    /// Answers larger than this are refused, in bytes after decompression.
    pub most: usize,
    /// What all of it may take, redirects included.
    pub within: Duration,
    /// What we have of it: the answer is 304 without a body where it is still the same.
    pub conditional: Option<Validators>,
    /// Said along with every request of this ask, such as a key; left out as soon as a redirect leads to another host.
    pub headers: HeaderMap,
}

/// By what a server tells whether an answer is the same as before (RFC 9110, 8.8), as it said them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// An answer, whatever its status.
#[derive(Clone, Debug)]
pub struct Fetched {
    pub status: u16,
    /// Where the answer came from, after redirects.
    pub url: Url,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    /// The seconds after which it wants to be asked again.
    pub retry_after: Option<u64>,
    /// As the server says it, with the charset if it names one.
    pub content_type: Option<String>,
    /// Empty unless the status is one of success.
    pub body: Vec<u8>,
}

impl<'a> Ask<'a> {
    /// Gets an address, in twenty seconds at the most.
    pub fn get(url: &'a str, accept: &'a str, hosts: Hosts, most: usize) -> Self {
        Ask { url, json: None, accept, hosts, most, within: WHOLE, conditional: None, headers: HeaderMap::new() }
    }
}

impl Fetched {
    /// What to hold against the next answer.
    pub fn validators(&self) -> Validators {
        Validators { etag: self.etag.clone(), last_modified: self.last_modified.clone() }
    }

    /// The body of a successful answer; else a sentence for the field `address`.
    pub fn success(self) -> Result<Vec<u8>> {
        let words = match self.status {
            200..=299 => return Ok(self.body),
            404 | 410 => "There is no public board at this address (it answered “not found”).".to_owned(),
            429 => "The board asks to be left alone for a while. Please try again later.".to_owned(),
            code => format!("The address answered with an error ({code})."),
        };
        Err(refuse(words))
    }
}

impl Fetcher {
    pub fn new(private: bool, mirror: Option<Url>) -> Self {
        Fetcher { private, mirror, names: Names::System }
    }

    /// The body of a successful answer. Errors are sentences for the field `address`.
    pub async fn fetch(&self, ask: Ask<'_>) -> Result<Vec<u8>> {
        self.get(ask).await?.success()
    }

    /// The answer, whatever its status. Errors are sentences for the field `address`: it may not be asked, cannot be reached, or answers what
    /// cannot be taken.
    pub async fn get(&self, ask: Ask<'_>) -> Result<Fetched> {
        let url = Url::parse(ask.url).map_err(|_| refuse("This is not a web address."))?;
        tokio::time::timeout(ask.within, self.follow(url, &ask))
            .await
            .unwrap_or_else(|_| Err(refuse("The address took too long to answer. Please try again later.")))
    }

    /// Whether an address is one that may be asked, without asking it.
    pub async fn reaches(&self, url: &Url) -> Result<()> {
        match &self.mirror {
            None => self.checked(url, false).await.map(|_| ()),
            Some(_) => self.fits(url, false),
        }
    }
}

fn refuse(words: impl Into<String>) -> Error {
    Error::invalid("address", words)
}
