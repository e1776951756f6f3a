//! Where one went last, kept on this device only and for the person who went there; signing out forgets it. Addresses alone: what a job
//! or an employer is called is not left behind in a browser that others may use too.

use super::RECENT;
use crate::browser;
use serde::{Deserialize, Serialize};
use std::hash::{DefaultHasher, Hash, Hasher};

/// How many are kept.
const MOST: usize = 6;
/// What is longer than this, in bytes, was not written by us.
const LONGEST: usize = 4_000;

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    /// Tells one person of this device from another.
    of: String,
    places: Vec<String>,
}

fn mark(email: &str) -> String {
    let mut hasher = DefaultHasher::new();
    email.hash(&mut hasher);
    hasher.finish().to_string()
}

/// Where the person with this address went, newest first: addresses of pages, names of acts.
pub fn of(email: &str) -> Vec<String> {
    read(&browser::kept(RECENT), email)
}

fn read(text: &str, email: &str) -> Vec<String> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    // What cannot be read was kept by another version.
    let kept: Kept = serde_json::from_slice(text.as_bytes()).unwrap_or_default();
    if kept.of != mark(email) {
        return Vec::new();
    }
    kept.places.into_iter().filter(|to| is_ours(to)).take(MOST).collect()
}

/// An address of this app or an act: nothing that was kept leads anywhere else.
pub fn is_ours(to: &str) -> bool {
    super::known::act_of(to).is_some() || (to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'))
}

/// Remembers a choice.
pub fn remember(email: &str, to: String) {
    browser::keep(RECENT, &written(of(email), email, to));
}

fn written(mut places: Vec<String>, email: &str, to: String) -> String {
    places.retain(|other| *other != to);
    places.insert(0, to);
    places.truncate(MOST);
    // Text only: it can be written.
    serde_json::to_string(&Kept { of: mark(email), places }).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_comes_first_and_once() {
        let mut text = String::new();
        for to in ["/jobs/1", "/jobs/2", "/jobs/1", "add", "/a", "/b", "/c", "/d"] {
            text = written(read(&text, "ann@example.org"), "ann@example.org", to.to_owned());
        }
        assert_eq!(read(&text, "ann@example.org"), ["/d", "/c", "/b", "/a", "add", "/jobs/1"]);
        assert!(read(&text, "bob@example.org").is_empty(), "what Ann chose is not for Bob");
        assert!(!text.contains("ann@"), "nor does it say who she is");
    }

    #[test]
    fn what_others_left_there_is_not_followed() {
        for to in ["https://example.org/", "//example.org", "javascript:alert(1)", "/\\example.org", "nothing", ""] {
            let text = written(Vec::new(), "ann@example.org", to.to_owned());
            assert!(read(&text, "ann@example.org").is_empty(), "{to}");
        }
        for text in ["", "{", "[]", "null", &"x".repeat(30_000)] {
            assert!(read(text, "ann@example.org").is_empty());
        }
    }
}
