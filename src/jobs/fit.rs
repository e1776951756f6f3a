//! How a job fits, in parts a person can check. Computed by `scoring` from `crates/matching`; these are the words for it.

use serde::{Deserialize, Serialize};

/// A match score with its parts; `total` is their sum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    pub total: u8,
    pub skills: SkillsFit,
    pub location: PartFit,
    pub experience: PartFit,
    /// What would raise the score most, as sentences; at most three.
    pub would_change: Vec<String>,
}

/// The skills part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SkillsFit {
    /// 0 to `weight`.
    pub score: u8,
    pub weight: u8,
    pub matched: Vec<String>,
    pub missing: Vec<String>,
    /// Asked for and not held, but a relative is: `(asked for, held)`. Half a match each.
    pub related: Vec<(String, String)>,
    pub reason: String,
}

/// The location or the experience part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PartFit {
    /// 0 to `weight`.
    pub score: u8,
    pub weight: u8,
    pub reason: String,
}
