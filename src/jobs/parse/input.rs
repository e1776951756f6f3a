//! What a person gave: a link, or a text.

use crate::{
    error::{Error, Result},
    jobs::shared::Shared,
};

/// A text with a link in it is about that link as long as the rest is no longer than this, in characters.
const BESIDE: usize = 300;
/// Longest link and text, in bytes.
const LINK: usize = 2_000;
const TEXT: usize = 400_000;

/// What is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    Link {
        link: String,
        /// What the page is called, as far as somebody said so.
        title: String,
        /// A part of its text, if somebody took it along.
        text: String,
    },
    Text(String),
}

impl Input {
    /// Of one field that takes either, and what another app sent along.
    pub fn of(what: &str, title: &str, text: &str) -> Result<Self> {
        let what = what.trim();
        if what.is_empty() && text.trim().is_empty() {
            return Err(Error::invalid("what", "Please paste a link, or the text of a posting."));
        }
        let words = what.split_whitespace().count();
        if words == 1 && (what.starts_with("http://") || what.starts_with("https://") || is_bare_address(what)) {
            return Self::link(what, title, text, "what");
        }
        let shared = Shared::read("", title, what);
        if !shared.link.is_empty() && what.chars().count() <= shared.link.chars().count() + BESIDE {
            return Self::link(&shared.link, &shared.title, if text.is_empty() { &shared.text } else { text }, "what");
        }
        let all = [what, text.trim()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
        Self::text(&all, "what")
    }

    /// A link for this field of a form or a body.
    pub fn link(link: &str, title: &str, text: &str, field: &str) -> Result<Self> {
        let link = link.trim();
        let link = if is_bare_address(link) { ["https://", link].concat() } else { link.to_owned() };
        // Where it leads is looked at when it is asked.
        let is_web = |url: url::Url| matches!(url.scheme(), "http" | "https") && url.has_host();
        if link.len() > LINK || link.contains(char::is_whitespace) || !url::Url::parse(&link).is_ok_and(is_web) {
            let words = "This is not a web address. Please paste the link as the browser shows it.";
            return Err(Error::invalid(field, words));
        }
        Ok(Input::Link { link, title: title.trim().to_owned(), text: text.trim().to_owned() })
    }

    /// A text for this field.
    pub fn text(text: &str, field: &str) -> Result<Self> {
        if text.trim().is_empty() {
            return Err(Error::invalid(field, "There is nothing to read. Please paste the text of a posting."));
        }
        if text.len() > TEXT {
            return Err(Error::invalid(field, "This is too long for one posting. Please paste its text alone."));
        }
        Ok(Input::Text(text.to_owned()))
    }
}

/// An address without its scheme, as browsers show it: `jobs.example.org/1`.
fn is_bare_address(text: &str) -> bool {
    let (host, path) = text.split_once('/').unwrap_or((text, ""));
    let labels: Vec<&str> = host.split('.').collect();
    let ending = labels.last().is_some_and(|last| last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic()));
    let named = |label: &&str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    labels.len() >= 2
        && ending
        && labels.iter().all(named)
        && (!path.is_empty() || text.ends_with('/') || labels.len() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(link: &str, title: &str, text: &str) -> Input {
        Input::Link { link: link.into(), title: title.into(), text: text.into() }
    }

    #[test]
    fn one_field_takes_a_link_or_a_text() {
        for (what, expected) in [
            (" https://jobs.example.org/1 ", link("https://jobs.example.org/1", "", "")),
            ("http://jobs.example.org/1", link("http://jobs.example.org/1", "", "")),
            ("jobs.example.org/1", link("https://jobs.example.org/1", "", "")),
            ("www.example.org", link("https://www.example.org", "", "")),
            ("Baker at Acme https://jobs.example.org/1.", link("https://jobs.example.org/1", "Baker at Acme", "")),
            ("Baker at Acme, Berlin", Input::Text("Baker at Acme, Berlin".into())),
            ("Node.js", Input::Text("Node.js".into())),
            ("ann@example.org", Input::Text("ann@example.org".into())),
            ("javascript:alert(1)", Input::Text("javascript:alert(1)".into())),
            ("ftp://example.org/1", Input::Text("ftp://example.org/1".into())),
        ] {
            assert_eq!(Input::of(what, "", "").expect(what), expected, "{what}");
        }
        let long = format!("Baker\n{}\nhttps://jobs.example.org/1", "We bake. ".repeat(100));
        assert_eq!(Input::of(&long, "", "").expect("a text"), Input::Text(long.trim().into()));
    }

    #[test]
    fn what_came_along_is_kept() {
        let got = Input::of("https://jobs.example.org/1", " Baker ", "We bake.").expect("a link");
        assert_eq!(got, link("https://jobs.example.org/1", "Baker", "We bake."));
        assert_eq!(Input::of("", "Baker", "We bake.").expect("a text"), Input::Text("We bake.".into()));
        for nothing in ["", "  \n"] {
            assert!(Input::of(nothing, "Baker", "").is_err());
        }
        assert!(Input::of(&format!("https://example.org/{}", "x".repeat(3_000)), "", "").is_err());
    }
}
