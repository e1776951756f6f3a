//! Where a request came from, and whether somebody was signed in on that device before.

use super::{
    cookie_value,
    signed::{self, Signed},
};
use crate::{error::Result, ids::UserId, state::App};
use axum::http::{Extensions, HeaderMap, HeaderValue, header, request::Parts};
use serde::{Deserialize, Serialize};

/// No network address is longer, as text.
const LONGEST_ADDRESS: usize = 64;

/// Where a request came from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The network address; empty when it is not known, as for commands.
    pub address: String,
    /// What the browser or program calls itself, at most 300 characters.
    pub agent: String,
    /// The cookie a sign-in leaves, as it was sent.
    device: Option<String>,
}

/// What the cookie of a device says, signed by us: this person was signed in here. It opens nothing; it keeps strangers who guess
/// at an account from using up the attempts of its owner.
#[derive(Serialize, Deserialize)]
struct Device {
    sub: UserId,
}

impl Signed for Device {
    const NAME: &'static str = "device";
    const PURPOSE: &'static str = "devices";
    const LASTS: i64 = 365 * 86_400;
}

impl Origin {
    /// Of a request.
    pub fn of(app: &App, parts: &Parts) -> Self {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Origin {
            address: address(app, &parts.headers, &parts.extensions),
            agent: agent.chars().filter(|c| !c.is_control()).take(300).collect(),
            device: cookie_value(&parts.headers, &signed::name::<Device>(app)).map(str::to_owned),
        }
    }

    /// Whether this person was signed in there before.
    pub fn knows(&self, app: &App, person: UserId) -> Result<bool> {
        let Some(cookie) = &self.device else { return Ok(false) };
        Ok(signed::open::<Device>(app, cookie)?.is_some_and(|device| device.sub == person))
    }
}

/// The `Set-Cookie` value that makes this a device of the person.
pub fn remember(app: &App, person: UserId) -> Result<HeaderValue> {
    signed::keep(app, Device { sub: person })
}

/// The peer's address, or what a trusted proxy says it is.
pub fn address(app: &App, headers: &HeaderMap, extensions: &Extensions) -> String {
    if app.config.trust_forwarded_for
        // Proxies add to the line there is, or add a line of their own: either way the last word is theirs.
        && let Some(forwarded) = headers.get_all("x-forwarded-for").iter().next_back()
        && let Some(last) = forwarded.to_str().ok().and_then(|line| line.rsplit(',').next())
    {
        return last.trim().chars().take(LONGEST_ADDRESS).collect();
    }
    extensions
        .get::<axum::extract::ConnectInfo<std::net::SocketAddr>>()
        .map_or_else(|| "unknown".into(), |peer| peer.0.ip().to_string())
}
