//! Which addresses may be connected to.

use super::{Fetcher, Hosts, names, refuse};
use crate::error::Result;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use url::{Host, Url};

/// Endings of names that only mean something inside a network (RFC 6761, 6762, 8375, and what cloud providers use).
const INSIDE: [&str; 7] = ["localhost", "local", "internal", "intranet", "lan", "home.arpa", "localdomain"];
/// As long as any address of a page is, in bytes.
const LONGEST: usize = 4_096;

impl Hosts {
    /// Whether an address may be asked for what it says itself.
    pub(super) fn allow(self, url: &Url) -> Result<()> {
        match self {
            Hosts::Known(known) if known(url) => Ok(()),
            Hosts::Known(_) => {
                Err(refuse("The address leads to a page that is not one of the known boards, or not over https."))
            }
            Hosts::Public if url.as_str().len() > LONGEST => Err(refuse("This address is too long.")),
            Hosts::Public => Ok(()),
        }
    }

    pub(super) fn plain(self) -> bool {
        matches!(self, Hosts::Public)
    }
}

impl Fetcher {
    /// Everything about an address that can be seen in it; `plain` lets http pass as well.
    pub(super) fn fits(&self, url: &Url, plain: bool) -> Result<()> {
        match url.scheme() {
            "https" => {}
            "http" if plain => {}
            _ if plain => return Err(refuse("Only http and https addresses can be read.")),
            _ => return Err(refuse("Only https addresses can be read.")),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("Addresses with a user name or password cannot be read."));
        }
        // The usual port of its scheme is none.
        if !self.private && url.port().is_some_and(|port| !(plain && matches!(port, 80 | 443))) {
            return Err(refuse(if plain {
                "Only the usual ports (80 and 443) can be read."
            } else {
                "Only the usual port (443) can be read."
            }));
        }
        if !self.private && is_inside(url) {
            return Err(refuse("This address belongs to a private network and cannot be read."));
        }
        Ok(())
    }

    /// The host and the addresses to connect to, every one of them public.
    pub(super) async fn checked(&self, url: &Url, plain: bool) -> Result<(String, Vec<SocketAddr>)> {
        self.fits(url, plain)?;
        let host = url.host().ok_or_else(|| refuse("This address names no host."))?;
        let addresses = self.names.addresses(url).await;
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
    let found = names::looked_up(host, port).await;
    let fine = !found.is_empty() && (private || found.iter().all(|address| is_public(address.ip())));
    fine.then_some(found)
}

/// Whether the host is, as it is written, one of a private network: nobody has to be asked about it.
fn is_inside(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => !v4_public(ip),
        Some(Host::Ipv6(ip)) => !v6_public(ip),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            let ends =
                |ending: &&str| name.strip_suffix(*ending).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            !name.contains('.') || INSIDE.iter().any(ends)
        }
        None => true,
    }
}

/// False for every range that is not reachable for everybody: private, loopback, link-local, shared, documentation, multicast,
/// mapped, translated (NAT64, 6to4, Teredo). Ranges after the IANA special-purpose address registries.
pub(super) fn is_public(ip: IpAddr) -> bool {
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
