//! Fetching an address that a person or their browser gave us, or sending to it, without letting them reach into our own network.
//!
//! https on its usual port, hosts of a list only, the name resolved once and every address checked, the connection made to the checked
//! address, each redirect checked again, bounded in time and size. With a mirror, every address is asked of that one server instead.

use crate::error::{Error, Result};
use futures_util::StreamExt;
use reqwest::{
    Client, Method,
    header::{self, HeaderMap},
    redirect::Policy,
};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};
use url::{Host, Url};

const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(20);
const REDIRECTS: usize = 4;
/// What sending something may take, the head of the answer included.
const SENDING: Duration = Duration::from_secs(10);

#[derive(Clone, Debug)]
pub struct Fetcher {
    /// Lets tests and closed networks fetch from private addresses.
    private: bool,
    /// `https://host/path` is asked for as `MIRROR/host/path`.
    mirror: Option<Url>,
}

/// What to ask for.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    pub url: &'a str,
    /// `Some` posts this JSON text; `None` gets.
    pub json: Option<&'a str>,
    /// The kinds of answer that are of use, as the `Accept` header says it.
    pub accept: &'a str,
    /// Whether an address may be asked: the one above, and each that is redirected to.
    pub known: fn(&Url) -> bool,
    /// Answers larger than this are refused, in bytes after decompression.
    pub most: usize,
}

/// How an address answered what was sent to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    pub status: u16,
    /// The seconds after which it wants to be asked again.
    pub retry_after: Option<u64>,
}

impl Fetcher {
    pub fn new(private: bool, mirror: Option<Url>) -> Self {
        Fetcher { private, mirror }
    }

    /// The body of a successful answer. Errors are sentences for the field `address`.
    pub async fn fetch(&self, ask: Ask<'_>) -> Result<Vec<u8>> {
        let url = Url::parse(ask.url).map_err(|_| refuse("This is not a web address."))?;
        tokio::time::timeout(WHOLE, self.follow(url, &ask))
            .await
            .unwrap_or_else(|_| Err(refuse("The address took too long to answer. Please try again later.")))
    }

    async fn follow(&self, mut url: Url, ask: &Ask<'_>) -> Result<Vec<u8>> {
        for _ in 0..=REDIRECTS {
            if !(ask.known)(&url) {
                return Err(refuse(
                    "The address leads to a page that is not one of the known boards, or not over https.",
                ));
            }
            let response = self.once(&url, ask).await?;
            let status = response.status();
            if status.is_redirection()
                && let Some(next) = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok())
            {
                url = url.join(next).map_err(|_| refuse("The address redirects to something that is no address."))?;
                continue;
            }
            if !status.is_success() {
                let words = match status.as_u16() {
                    404 | 410 => "There is no public board at this address (it answered “not found”).".to_owned(),
                    429 => "The board asks to be left alone for a while. Please try again later.".to_owned(),
                    code => format!("The address answered with an error ({code})."),
                };
                return Err(refuse(words));
            }
            return body(response, ask.most).await;
        }
        Err(refuse("The address redirects too often."))
    }

    async fn once(&self, url: &Url, ask: &Ask<'_>) -> Result<reqwest::Response> {
        let (client, url) = self.ready(url).await?;
        let request = match ask.json {
            None => client.request(Method::GET, url),
            Some(json) => {
                client.request(Method::POST, url).header(header::CONTENT_TYPE, "application/json").body(json.to_owned())
            }
        };
        request.header(header::ACCEPT, ask.accept).send().await.map_err(|error| {
            tracing::debug!(%error, "fetch failed");
            refuse("The address could not be reached.")
        })
    }

    /// Posts something; of the answer only its head is read, and no redirect is followed.
    pub async fn send(&self, url: &Url, headers: HeaderMap, body: Vec<u8>) -> Result<Answered> {
        let sending = async {
            let (client, url) = self.ready(url).await?;
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

    /// Whether an address is one that may be asked, without asking it.
    pub async fn reaches(&self, url: &Url) -> Result<()> {
        match &self.mirror {
            None => self.checked(url).await.map(|_| ()),
            Some(_) => self.fits(url),
        }
    }

    /// A client that connects to what was checked, and the address to ask it for.
    async fn ready(&self, url: &Url) -> Result<(Client, Url)> {
        let (url, (host, addresses)) = match &self.mirror {
            None => (url.clone(), self.checked(url).await?),
            Some(mirror) => {
                let mirrored = mirrored(mirror, url)?;
                let host = mirrored.host_str().unwrap_or_default().to_owned();
                // Whoever runs the server chose it, so it may be anywhere.
                let addresses = addresses(&mirrored).await;
                (mirrored, (host, addresses))
            }
        };
        let client = Client::builder()
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .no_proxy()
            .user_agent(concat!("CareerCoPilot/", env!("CARGO_PKG_VERSION")))
            .resolve_to_addrs(&host, &addresses)
            .build()
            .map_err(Error::internal)?;
        Ok((client, url))
    }

    /// Everything about an address that can be seen in it.
    fn fits(&self, url: &Url) -> Result<()> {
        if url.scheme() != "https" {
            return Err(refuse("Only https addresses can be read."));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("Addresses with a user name or password cannot be read."));
        }
        if !self.private && port(url) != 443 {
            return Err(refuse("Only the usual port (443) can be read."));
        }
        Ok(())
    }

    /// The host and the addresses to connect to, every one of them public.
    async fn checked(&self, url: &Url) -> Result<(String, Vec<SocketAddr>)> {
        self.fits(url)?;
        let host = url.host().ok_or_else(|| refuse("This address names no host."))?;
        let addresses = addresses(url).await;
        if addresses.is_empty() {
            return Err(refuse("No such host was found. Is the address spelt right?"));
        }
        if !self.private && addresses.iter().any(|address| !is_public(address.ip())) {
            return Err(refuse("This address belongs to a private network and cannot be read."));
        }
        Ok((host.to_string(), addresses))
    }
}

/// The addresses of a server that is no web server; None unless there are some and all of them are public, or `private` ones allowed.
pub async fn reachable(host: &str, port: u16, private: bool) -> Option<Vec<SocketAddr>> {
    let found = tokio::time::timeout(CONNECT, tokio::net::lookup_host((host, port))).await.ok()?.ok()?;
    let found: Vec<SocketAddr> = found.collect();
    let fine = !found.is_empty() && (private || found.iter().all(|address| is_public(address.ip())));
    fine.then_some(found)
}

/// The seconds of a `Retry-After` header.
fn seconds(text: &str) -> Option<u64> {
    crate::backoff::retry_after(text, crate::db::now()).and_then(|pause| u64::try_from(pause.num_seconds()).ok())
}

fn port(url: &Url) -> u16 {
    url.port_or_known_default().unwrap_or(443)
}

/// Every address the host has; none where there is no such host.
async fn addresses(url: &Url) -> Vec<SocketAddr> {
    match url.host() {
        Some(Host::Ipv4(ip)) => vec![SocketAddr::new(IpAddr::V4(ip), port(url))],
        Some(Host::Ipv6(ip)) => vec![SocketAddr::new(IpAddr::V6(ip), port(url))],
        Some(Host::Domain(name)) => tokio::time::timeout(CONNECT, tokio::net::lookup_host((name, port(url))))
            .await
            .ok()
            .and_then(std::result::Result::ok)
            .map(Iterator::collect)
            .unwrap_or_default(),
        None => Vec::new(),
    }
}

/// Where a mirror has what an address stands for.
fn mirrored(mirror: &Url, url: &Url) -> Result<Url> {
    let host = url.host_str().ok_or_else(|| refuse("This address names no host."))?;
    let mut mirrored = mirror.clone();
    mirrored.set_path(&[mirror.path().trim_end_matches('/'), "/", host, url.path()].concat());
    mirrored.set_query(url.query());
    Ok(mirrored)
}

async fn body(response: reqwest::Response, most: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut stream = response.bytes_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| refuse("The connection broke off before the answer was complete."))?;
        if bytes.len() + chunk.len() > most {
            return Err(refuse(format!("The answer is larger than {} MB.", most / 1_000_000)));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn refuse(words: impl Into<String>) -> Error {
    Error::invalid("address", words)
}

/// False for every range that is not reachable for everybody: private, loopback, link-local, shared, documentation, multicast,
/// mapped, translated (NAT64, 6to4, Teredo). Ranges after the IANA special-purpose address registries.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => v4_public(ip),
        IpAddr::V6(ip) => v6_public(ip),
    }
}

fn v4_public(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(a == 0
        || a == 10
        || a == 127
        || a >= 224
        || (a == 100 && (64..=127).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..=31).contains(&b))
        || (a == 192 && b == 168)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113))
}

fn v6_public(ip: Ipv6Addr) -> bool {
    let [a, b, c, ..] = ip.segments();
    if ip.to_ipv4_mapped().is_some() || ip.is_unspecified() || ip.is_loopback() {
        return false;
    }
    // Global unicast is 2000::/3; inside it, leave out documentation, Teredo, ORCHID and 6to4.
    (a & 0xe000) == 0x2000
        && a != 0x2002
        && !(a == 0x2001 && (b == 0xdb8 || b < 0x200))
        && !(a == 0x3fff && b < 0x1000)
        && !(a == 0x2001 && b == 2 && c == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_everybody_can_reach_are_public() {
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "64:ff9b::7f00:1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:7f00:1::",
            "100::1",
        ] {
            assert!(!is_public(private.parse().expect(private)), "{private}");
        }
        for public in ["1.1.1.1", "8.8.8.8", "100.63.0.1", "172.32.0.1", "192.0.1.1", "2606:4700::1111", "2a00:1450::1"]
        {
            assert!(is_public(public.parse().expect(public)), "{public}");
        }
    }

    #[test]
    fn a_mirror_has_every_host_in_a_folder() {
        let mirror: Url = "http://127.0.0.1:9000/boards/".parse().expect("an address");
        let asked: Url = "https://api.lever.co/v0/postings/acme?mode=json".parse().expect("an address");
        let found = mirrored(&mirror, &asked).expect("it names a host");
        assert_eq!(found.as_str(), "http://127.0.0.1:9000/boards/api.lever.co/v0/postings/acme?mode=json");
    }

    #[test]
    fn a_moment_to_ask_again_is_seconds_from_now() {
        assert_eq!(seconds("120"), Some(120));
        let soon = (crate::db::now() + chrono::Duration::seconds(90)).to_rfc2822().replace("+0000", "GMT");
        assert!(seconds(&soon).is_some_and(|seconds| (85..=90).contains(&seconds)), "{soon}");
        for odd in ["", "soon", "-5", "Wed, 21 Oct 2015 07:28:00 GMT"] {
            assert_eq!(seconds(odd), None, "{odd}");
        }
    }

    #[tokio::test]
    async fn hostile_addresses_are_refused_before_any_connection() {
        let fetcher = Fetcher::new(false, None);
        for url in [
            "ftp://example.org/x",
            "file:///etc/passwd",
            "gopher://127.0.0.1",
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0177.0.0.1/",
            "http://localhost/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://169.254.169.254/latest/meta-data",
            "http://10.0.0.1/",
            "https://192.168.0.1/",
            "http://1.1.1.1:22/",
            "http://user:pass@1.1.1.1/",
            "http://0/",
            "not an address",
            "http://",
            "http://①②⑦.⓪.⓪.①/",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://localhost/",
            "https://[::1]/",
            "https://169.254.169.254/latest/meta-data",
            "https://1.1.1.1:22/",
            "https://user:pass@1.1.1.1/",
            "http://1.1.1.1/",
        ] {
            let error = fetcher
                .fetch(Ask { url, json: None, accept: "*/*", known: |_| true, most: 1000 })
                .await
                .expect_err(url);
            assert!(error.fields().contains_key("address"), "{url}: {error:?}");
            if let Ok(url) = Url::parse(url) {
                fetcher.send(&url, HeaderMap::new(), Vec::new()).await.expect_err(url.as_str());
                fetcher.reaches(&url).await.expect_err(url.as_str());
            }
        }
    }
}
