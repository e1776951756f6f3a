//! What a person agreed to, by version of the text: the terms, and each use of their data that is theirs to allow.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod store;

/// Something to agree to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// The rules of this place; given by opening an account.
    Terms,
    /// Texts may be sent to the AI provider the person sets up.
    Ai,
    /// Figures of the person's search may be counted, without a name, into what others compare theirs with.
    Benchmarks,
    /// Mail about new features.
    ProductMail,
}

impl Purpose {
    pub const ALL: [Purpose; 4] = [Purpose::Terms, Purpose::Ai, Purpose::Benchmarks, Purpose::ProductMail];

    /// The stored and transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Terms => "terms",
            Purpose::Ai => "ai",
            Purpose::Benchmarks => "benchmarks",
            Purpose::ProductMail => "product_mail",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == text)
    }

    /// The day the text of now was written. A new text needs a new word: change it with the text.
    pub fn version(self) -> &'static str {
        "2026-11-21"
    }

    /// What is agreed to, short and in full.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Purpose::Terms => ("The terms", "The rules of this place, as the privacy page tells them."),
            Purpose::Ai => (
                "An AI provider",
                "Texts of yours, such as a resume or a posting, may be sent to the AI provider you set up yourself. Without it, everything is worked out here.",
            ),
            Purpose::Benchmarks => (
                "Benchmarks",
                "Figures of your search, such as how many applications led to an interview, may be counted without your name into what others compare theirs with.",
            ),
            Purpose::ProductMail => ("News by mail", "A message now and then about what is new here."),
        }
    }
}

/// Where the person stands on one purpose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Consent {
    pub purpose: Purpose,
    /// Whether they agree to the text of now.
    pub given: bool,
    /// The text of now, by the day it was written.
    pub version: String,
    /// The text they last said something about.
    pub answered_version: Option<String>,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub answered_at: Option<DateTime<Utc>>,
}
