//! From names to addresses, once for each connection.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};
use url::{Host, Url};

/// What looking up a name may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Who is asked about names.
#[derive(Clone, Debug)]
pub(super) enum Names {
    /// The machine.
    System,
    /// Answers in the order they are given in, one for each question; then none.
    #[cfg(test)]
    Given(std::sync::Arc<std::sync::Mutex<std::collections::VecDeque<Vec<IpAddr>>>>),
}

impl Names {
    /// Every address the host has; none where there is no such host.
    pub async fn addresses(&self, url: &Url) -> Vec<SocketAddr> {
        match url.host() {
            Some(Host::Ipv4(ip)) => vec![SocketAddr::new(IpAddr::V4(ip), port(url))],
            Some(Host::Ipv6(ip)) => vec![SocketAddr::new(IpAddr::V6(ip), port(url))],
            Some(Host::Domain(name)) => self.look_up(name, port(url)).await,
            None => Vec::new(),
        }
    }

    async fn look_up(&self, name: &str, port: u16) -> Vec<SocketAddr> {
        match self {
            Names::System => looked_up(name, port).await,
            #[cfg(test)]
            Names::Given(answers) => {
                let next = answers.lock().expect("no thread panics with it").pop_front().unwrap_or_default();
                next.into_iter().map(|ip| SocketAddr::new(ip, port)).collect()
            }
        }
    }
}

/// What the machine says of a name; none where it takes too long.
pub(super) async fn looked_up(name: &str, port: u16) -> Vec<SocketAddr> {
    tokio::time::timeout(PATIENCE, tokio::net::lookup_host((name, port)))
        .await
        .ok()
        .and_then(std::result::Result::ok)
        .map(Iterator::collect)
        .unwrap_or_default()
}

fn port(url: &Url) -> u16 {
    url.port_or_known_default().unwrap_or(443)
}
