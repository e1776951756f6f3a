use serde::{Deserialize, Serialize};
use std::fmt;

/// How senior a role or a person is. Ordered: the distance between two levels is the difference of their steps.
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Entry,
    Mid,
    Senior,
    Lead,
    Executive,
}

impl Level {
    pub const ALL: [Level; 5] = [Level::Entry, Level::Mid, Level::Senior, Level::Lead, Level::Executive];

    /// The stored and transmitted form: `entry`, `mid`, `senior`, `lead`, `executive`.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Entry => "entry",
            Level::Mid => "mid",
            Level::Senior => "senior",
            Level::Lead => "lead",
            Level::Executive => "executive",
        }
    }

    /// How it reads on a page: `Entry level`, `Mid level`, …
    pub fn label(self) -> &'static str {
        match self {
            Level::Entry => "Entry level",
            Level::Mid => "Mid level",
            Level::Senior => "Senior",
            Level::Lead => "Lead",
            Level::Executive => "Executive",
        }
    }

    /// The inverse of [`Level::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Level::ALL.into_iter().find(|level| level.as_str() == text)
    }

    /// Steps between two levels, 0 to 4.
    pub fn distance(self, other: Level) -> u8 {
        (self as u8).abs_diff(other as u8)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
