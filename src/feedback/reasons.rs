//! Why a job is a good match, or not.

use super::Verdict;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The reason of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema, sqlx::Type), sqlx(type_name = "TEXT", rename_all = "snake_case"))]
#[cfg_attr(feature = "ssr", schema(as = FeedbackReason))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Role,
    Skills,
    Company,
    Pay,
    Place,
    NotMyField,
    TooJunior,
    TooSenior,
    LackingSkills,
    SeenElsewhere,
    /// Jobs of such a title and such skills, whoever has them.
    LessLikeThis,
    Other,
}

/// The reasons of a good match.
const UP: [Reason; 5] = [Reason::Role, Reason::Skills, Reason::Company, Reason::Pay, Reason::Place];
/// The reasons against one.
const DOWN: [Reason; 10] = [
    Reason::NotMyField,
    Reason::TooJunior,
    Reason::TooSenior,
    Reason::Pay,
    Reason::Place,
    Reason::Company,
    Reason::LackingSkills,
    Reason::SeenElsewhere,
    Reason::LessLikeThis,
    Reason::Other,
];

impl Reason {
    /// Those a verdict can have.
    pub fn of(verdict: Verdict) -> &'static [Reason] {
        match verdict {
            Verdict::Up => &UP,
            Verdict::Down => &DOWN,
        }
    }

    /// The stored and transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Role => "role",
            Reason::Skills => "skills",
            Reason::Company => "company",
            Reason::Pay => "pay",
            Reason::Place => "place",
            Reason::NotMyField => "not_my_field",
            Reason::TooJunior => "too_junior",
            Reason::TooSenior => "too_senior",
            Reason::LackingSkills => "lacking_skills",
            Reason::SeenElsewhere => "seen_elsewhere",
            Reason::LessLikeThis => "less_like_this",
            Reason::Other => "other",
        }
    }

    /// How it reads on a page.
    pub fn label(self) -> &'static str {
        match self {
            Reason::Role => "The role",
            Reason::Skills => "The skills",
            Reason::Company => "The company",
            Reason::Pay => "The pay",
            Reason::Place => "The place",
            Reason::NotMyField => "Not my field",
            Reason::TooJunior => "Too junior",
            Reason::TooSenior => "Too senior",
            Reason::LackingSkills => "Skills I lack",
            Reason::SeenElsewhere => "Seen elsewhere",
            Reason::LessLikeThis => "Less like this",
            Reason::Other => "Something else",
        }
    }
}

impl FromStr for Reason {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        UP.iter().chain(&DOWN).copied().find(|reason| reason.as_str() == text).ok_or(())
    }
}
