//! What a message says.

use super::Kind;
use crate::ids::JobId;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Longest title and body, in characters; a device shows less, and more could become longer than [`super::cipher::LONGEST`].
const LONGEST_TITLE: usize = 120;
const LONGEST_BODY: usize = 300;

/// A message while it waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Content {
    /// Something is due.
    Reminder {
        title: String,
        body: String,
        path: String,
    },
    /// Jobs arrived that match.
    Matches(Matches),
    Test,
}

/// Jobs that arrived and match, and the best of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matches {
    pub count: usize,
    /// 0 to 100.
    pub score: u8,
    pub job: JobId,
    pub title: String,
    pub company: String,
}

impl Matches {
    /// Those that waited and those that came since.
    pub fn and(self, later: Matches) -> Matches {
        let count = self.count.saturating_add(later.count);
        let best = if later.score > self.score { later } else { self };
        Matches { count, ..best }
    }
}

impl Content {
    /// What the browser gets: JSON of at most [`super::cipher::LONGEST`] bytes.
    pub fn payload(&self, kind: Kind, topic: &str) -> String {
        let (title, body, path) = match self {
            Content::Reminder { title, body, path } => (title.clone(), body.clone(), path.clone()),
            Content::Matches(Matches { count: 1, score, job, title, company }) => {
                (format!("New match: {score} of 100"), format!("{title} at {company}"), format!("/jobs/{job}"))
            }
            Content::Matches(Matches { count, title, company, .. }) => {
                (format!("{count} new matches"), format!("Led by {title} at {company}"), "/alerts".to_owned())
            }
            Content::Test => {
                ("It works".to_owned(), "This is how you will be told.".to_owned(), "/applications/tasks".to_owned())
            }
        };
        let (title, body) = (cut(&title, LONGEST_TITLE), cut(&body, LONGEST_BODY));
        json!({ "kind": kind, "title": title, "body": body, "path": path, "tag": topic }).to_string()
    }
}

/// The text, or its beginning.
fn cut(text: &str, most: usize) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    if text.chars().nth(most).is_none() {
        return plain.collect();
    }
    plain.take(most.saturating_sub(1)).chain(['…']).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::cipher, *};

    fn matches(count: usize, score: u8, title: &str) -> Matches {
        Matches { count, score, job: JobId(uuid::Uuid::nil()), title: title.into(), company: "Acme Mills".into() }
    }

    fn read(content: &Content) -> serde_json::Value {
        serde_json::from_str(&content.payload(Kind::Match, "matches")).expect("JSON")
    }

    #[test]
    fn matches_become_one_led_by_the_best() {
        let three = matches(1, 70, "Miller").and(matches(1, 90, "Baker")).and(matches(1, 80, "Cook"));
        let said = read(&Content::Matches(three));
        assert_eq!((&said["title"], &said["body"]), (&json!("3 new matches"), &json!("Led by Baker at Acme Mills")));
        assert_eq!(
            (&said["path"], &said["tag"], &said["kind"]),
            (&json!("/alerts"), &json!("matches"), &json!("match"))
        );
        let said = read(&Content::Matches(matches(1, 70, "Miller")));
        assert_eq!(said["title"], "New match: 70 of 100");
        assert_eq!(said["path"], "/jobs/00000000-0000-0000-0000-000000000000");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        for piece in ["ä", "\u{1f9c0}", "\u{0}", "\\", "a"] {
            let text = piece.repeat(5_000);
            let content = Content::Reminder { title: text.clone(), body: text, path: "/applications/tasks".into() };
            let payload = content.payload(Kind::Task, "topic");
            assert!(payload.len() <= cipher::LONGEST, "{} bytes", payload.len());
            assert!(read(&content)["title"].as_str().is_some_and(|title| title.ends_with('…')));
        }
        assert_eq!(cut("Call", 4), "Call");
        assert_eq!(cut("Called", 4), "Cal…");
    }
}
