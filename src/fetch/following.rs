//! Asking an address, and the one it redirects to, each checked anew.

use super::{Ask, Fetched, Fetcher, Hosts, bodies, refuse, sending::seconds};
use crate::error::{Error, Result};
use reqwest::{
    Client, Method, Response,
    header::{self, HeaderName},
    redirect::Policy,
};
use std::time::Duration;
use url::Url;

const CONNECT: Duration = Duration::from_secs(5);
const REDIRECTS: usize = 4;

impl Fetcher {
    pub(super) async fn follow(&self, mut url: Url, ask: &Ask<'_>) -> Result<Fetched> {
        let first = url.clone();
        for _ in 0..=REDIRECTS {
            ask.hosts.allow(&url)?;
            let same_host = url.origin() == first.origin();
            let response = self.once(&url, ask, same_host).await?;
            if is_redirect(&response)
                && let Some(next) = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok())
            {
                url = url.join(next).map_err(|_| refuse("The address redirects to something that is no address."))?;
                continue;
            }
            return taken(url, response, ask).await;
        }
        Err(refuse("The address redirects too often."))
    }

    async fn once(&self, url: &Url, ask: &Ask<'_>, same_host: bool) -> Result<Response> {
        let (client, url) = self.ready(url, ask.hosts).await?;
        let mut request = match ask.json {
            None => client.request(Method::GET, url),
            Some(json) => {
                client.request(Method::POST, url).header(header::CONTENT_TYPE, "application/json").body(json.to_owned())
            }
        };
        if same_host {
            request = request.headers(ask.headers.clone());
        }
        if let Some(known) = &ask.conditional {
            let said = [(header::IF_NONE_MATCH, &known.etag), (header::IF_MODIFIED_SINCE, &known.last_modified)];
            for (name, value) in said {
                if let Some(value) = value {
                    request = request.header(name, value);
                }
            }
        }
        request.header(header::ACCEPT, ask.accept).send().await.map_err(|error| {
            tracing::debug!(%error, "fetch failed");
            refuse("The address could not be reached.")
        })
    }

    /// A client that connects to what was checked, and the address to ask it for.
    pub(super) async fn ready(&self, url: &Url, hosts: Hosts) -> Result<(Client, Url)> {
        let (url, (host, addresses)) = match &self.mirror {
            None => (url.clone(), self.checked(url, hosts.plain()).await?),
            Some(mirror) => {
                if hosts.plain() {
                    self.fits(url, true)?;
                }
                let mirrored = mirrored(mirror, url)?;
                let host = mirrored.host_str().unwrap_or_default().to_owned();
                // Whoever runs the server chose it, so it may be anywhere.
                let addresses = self.names.addresses(&mirrored).await;
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
}

/// 304 says that nothing changed, and 300 offers a choice: neither leads anywhere.
fn is_redirect(response: &Response) -> bool {
    matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// What we keep of an answer.
async fn taken(url: Url, response: Response, ask: &Ask<'_>) -> Result<Fetched> {
    let said = |name: HeaderName| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let mut fetched = Fetched {
        status: response.status().as_u16(),
        url,
        etag: said(header::ETAG),
        last_modified: said(header::LAST_MODIFIED),
        retry_after: said(header::RETRY_AFTER).as_deref().and_then(seconds),
        content_type: said(header::CONTENT_TYPE),
        body: Vec::new(),
    };
    if response.status().is_success() {
        bodies::check(&response, ask.hosts)?;
        fetched.body = bodies::read(response, ask.most).await?;
    }
    Ok(fetched)
}

/// Where a mirror has what an address stands for.
pub(super) fn mirrored(mirror: &Url, url: &Url) -> Result<Url> {
    let host = url.host_str().ok_or_else(|| refuse("This address names no host."))?;
    let mut mirrored = mirror.clone();
    mirrored.set_path(&[mirror.path().trim_end_matches('/'), "/", host, url.path()].concat());
    mirrored.set_query(url.query());
    Ok(mirrored)
}
