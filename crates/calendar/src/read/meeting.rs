use crate::limits;
use url::Url;

/// Properties in which programs write where to join.
pub const PROPERTIES: [&str; 3] = ["X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "CONFERENCE"];

/// Hosts of online meetings, with all that is below them.
const SERVICES: [&str; 8] = [
    "zoom.us",
    "zoomgov.com",
    "meet.google.com",
    "teams.microsoft.com",
    "teams.microsoft.us",
    "teams.live.com",
    "teams.cloud.microsoft",
    "webex.com",
];

/// Links of one text that are looked at.
const LINKS: usize = 100;

/// A web address that can be shown as a link.
pub fn web(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > limits::URL_CHARS || text.contains(char::is_control) {
        return None;
    }
    let url = Url::parse(text).ok()?;
    // A name and a password before the host only serve to make it look like another one.
    let is_plain = url.username().is_empty() && url.password().is_none() && url.host_str().is_some();
    (matches!(url.scheme(), "http" | "https") && is_plain && url.as_str().len() <= limits::URL_CHARS)
        .then(|| url.into())
}

/// The first link of a known service in a text.
pub fn find(text: &str) -> Option<String> {
    text.match_indices("https://")
        .take(LINKS)
        .map(|(at, _)| link(&text[at..]))
        .filter_map(web)
        .find(|link| is_meeting(link))
}

/// A link as it stands in a sentence, in brackets or in markup.
fn link(text: &str) -> &str {
    let end = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\' | '^');
    let link = text.split(end).next().unwrap_or_default();
    link.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '*'])
}

fn is_meeting(link: &str) -> bool {
    let Ok(url) = Url::parse(link) else { return false };
    let host = url.host_str().unwrap_or_default();
    let is_below =
        |service: &str| host.strip_suffix(service).is_some_and(|left| left.is_empty() || left.ends_with('.'));
    // The services' own front pages and help are no meetings.
    SERVICES.into_iter().any(is_below) && url.path().len() > 1
}
