use serde::{Deserialize, Serialize};
use std::fmt;

/// Where the work is done. Absent (an `Option`) means the posting does not say.
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remote {
    Remote,
    Hybrid,
    Onsite,
}

impl Remote {
    pub const ALL: [Remote; 3] = [Remote::Remote, Remote::Hybrid, Remote::Onsite];

    /// The stored and transmitted form: `remote`, `hybrid`, `onsite`.
    pub fn as_str(self) -> &'static str {
        match self {
            Remote::Remote => "remote",
            Remote::Hybrid => "hybrid",
            Remote::Onsite => "onsite",
        }
    }

    /// How it reads on a page.
    pub fn label(self) -> &'static str {
        match self {
            Remote::Remote => "Remote",
            Remote::Hybrid => "Hybrid",
            Remote::Onsite => "On site",
        }
    }

    /// How it reads beside a place; None where the place says it already, as `Remote, Europe` does.
    pub fn beside(self, place: &str) -> Option<&'static str> {
        let label = self.label();
        (!place.to_lowercase().contains(&label.to_lowercase())).then_some(label)
    }

    /// The inverse of [`Remote::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Remote::ALL.into_iter().find(|remote| remote.as_str() == text)
    }
}

impl fmt::Display for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_says_it_says_it_once() {
        assert_eq!(Remote::Remote.beside("Remote, Europe"), None);
        assert_eq!(Remote::Remote.beside("Lyon, France"), Some("Remote"));
        assert_eq!(Remote::Hybrid.beside("Remote"), Some("Hybrid"));
    }
}
