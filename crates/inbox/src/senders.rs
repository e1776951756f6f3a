//! What an address or a link says by its domain.

use crate::limits;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A service that sends in others' names, or whose domain says something about a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    /// An applicant-tracking system.
    Tracker,
    /// A place to search for jobs.
    Board,
    /// A place to take tests.
    Test,
    /// A place to choose a time.
    Scheduler,
    /// Mail for everybody.
    Free,
}

const SENDERS: &str = include_str!("../data/senders.txt");
const SUFFIXES: &str = include_str!("../data/suffixes.txt");

/// What stands at the registrable end of this domain.
pub fn service(domain: &str) -> Option<Service> {
    static SERVICES: LazyLock<HashMap<&'static str, Service>> =
        LazyLock::new(|| services().map(|(domain, service)| (domain, service.unwrap_or(Service::Free))).collect());
    SERVICES.get(&*registrable(domain)).copied()
}

fn services() -> impl Iterator<Item = (&'static str, Option<Service>)> {
    let mut service = None;
    lines(SENDERS).flat_map(move |line| {
        if let Some(name) = line.strip_prefix('[') {
            service = match name.trim_end_matches(']') {
                "tracker" => Some(Service::Tracker),
                "board" => Some(Service::Board),
                "test" => Some(Service::Test),
                "scheduler" => Some(Service::Scheduler),
                "free" => Some(Service::Free),
                _ => None,
            };
            return Vec::new();
        }
        line.split_whitespace().map(|domain| (domain, service)).collect()
    })
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The part of a domain that somebody registered: `jobs.acme.co.uk` is `acme.co.uk`. Ends of two parts are a small list,
/// so a rare one is read one part too short.
pub fn registrable(domain: &str) -> String {
    static SUFFIX: LazyLock<HashSet<&'static str>> =
        LazyLock::new(|| lines(SUFFIXES).flat_map(str::split_whitespace).collect());
    let domain = domain.trim().trim_matches('.').to_lowercase();
    let parts: Vec<&str> = domain.rsplit('.').take(3).collect();
    match parts[..] {
        [top, second, third] if SUFFIX.contains(&*format!("{second}.{top}")) => format!("{third}.{second}.{top}"),
        [top, second, ..] => format!("{second}.{top}"),
        _ => domain,
    }
}

/// Hosts of the links in these texts, lower case, each once.
pub(crate) fn linked_hosts<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut hosts: Vec<String> = Vec::new();
    for text in texts {
        for (at, _) in text.match_indices("://") {
            let rest = &text[at + 3..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '-').unwrap_or(rest.len());
            let host = rest[..end].trim_end_matches('.').to_ascii_lowercase();
            if host.contains('.') && host.len() <= 253 && !hosts.contains(&host) {
                hosts.push(host);
            }
            if hosts.len() >= limits::ITEMS {
                return hosts;
            }
        }
    }
    hosts
}

pub(crate) fn problems() -> Vec<String> {
    let mut seen = HashSet::new();
    let mut bad = Vec::new();
    for (domain, service) in services() {
        if service.is_none() {
            bad.push(format!("senders.txt: {domain} stands under no known section"));
        }
        if registrable(domain) != domain {
            bad.push(format!("senders.txt: {domain} is not what one registers"));
        }
        if !seen.insert(domain) {
            bad.push(format!("senders.txt: {domain} stands twice"));
        }
    }
    bad
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_cut_to_what_one_registers() {
        for (domain, expected) in [
            ("mail.acme.example", "acme.example"),
            ("JOBS.acme.co.uk", "acme.co.uk"),
            ("acme.co.uk", "acme.co.uk"),
            ("co.uk", "co.uk"),
            ("localhost", "localhost"),
            ("", ""),
        ] {
            assert_eq!(registrable(domain), expected);
        }
        assert_eq!(service("eu.greenhouse.io"), Some(Service::Tracker));
        assert_eq!(service("acme.example"), None);
    }

    #[test]
    fn hosts_of_links() {
        let texts = ["See https://Example.org/a and (https://example.org), http://cal.com.", "<a href=\"https://x\">"];
        assert_eq!(linked_hosts(texts.into_iter()), ["example.org", "cal.com"]);
    }
}
