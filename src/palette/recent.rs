//! What was chosen last, kept on this device only and for the person who chose it; signing out forgets it.

use super::{Hit, RECENT};
use crate::browser;
use serde::{Deserialize, Serialize};
use std::hash::{DefaultHasher, Hash, Hasher};

/// How many are kept.
const MOST: usize = 6;
/// What is longer than this, in bytes, was not written by us.
const LONGEST: usize = 20_000;

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    /// Tells one person of this device from another.
    of: String,
    hits: Vec<Hit>,
}

fn mark(email: &str) -> String {
    let mut hasher = DefaultHasher::new();
    email.hash(&mut hasher);
    hasher.finish().to_string()
}

/// The choices of the person with this address, newest first.
pub fn of(email: &str) -> Vec<Hit> {
    read(&browser::kept(RECENT), email)
}

fn read(text: &str, email: &str) -> Vec<Hit> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    // What cannot be read was kept by another version.
    let kept: Kept = serde_json::from_slice(text.as_bytes()).unwrap_or_default();
    if kept.of != mark(email) {
        return Vec::new();
    }
    kept.hits.into_iter().filter(|hit| is_ours(&hit.to)).take(MOST).collect()
}

/// An address of this app or an act: nothing that was kept leads anywhere else.
pub fn is_ours(to: &str) -> bool {
    super::known::act_of(to).is_some() || (to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'))
}

/// Remembers a choice.
pub fn remember(email: &str, hit: Hit) {
    browser::keep(RECENT, &written(of(email), email, hit));
}

fn written(mut hits: Vec<Hit>, email: &str, hit: Hit) -> String {
    hits.retain(|other| other.to != hit.to);
    hits.insert(0, hit);
    hits.truncate(MOST);
    // Text and numbers only: it can be written.
    serde_json::to_string(&Kept { of: mark(email), hits }).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::palette::Kind;

    fn hit(to: &str) -> Hit {
        Hit { kind: Kind::Job, to: to.into(), title: "Baker".into(), company: "Acme".into(), note: String::new() }
    }

    #[test]
    fn the_newest_comes_first_and_once() {
        let mut text = String::new();
        for to in ["/jobs/1", "/jobs/2", "/jobs/1", "add", "/a", "/b", "/c", "/d"] {
            text = written(read(&text, "ann@example.org"), "ann@example.org", hit(to));
        }
        let places: Vec<String> = read(&text, "ann@example.org").into_iter().map(|hit| hit.to).collect();
        assert_eq!(places, ["/d", "/c", "/b", "/a", "add", "/jobs/1"]);
        assert!(read(&text, "bob@example.org").is_empty(), "what Ann chose is not for Bob");
    }

    #[test]
    fn what_others_left_there_is_not_followed() {
        for to in ["https://example.org/", "//example.org", "javascript:alert(1)", "/\\example.org", "nothing", ""] {
            let text = written(Vec::new(), "ann@example.org", hit(to));
            assert!(read(&text, "ann@example.org").is_empty(), "{to}");
        }
        for text in ["", "{", "[]", "null", &"x".repeat(30_000)] {
            assert!(read(text, "ann@example.org").is_empty());
        }
    }
}
