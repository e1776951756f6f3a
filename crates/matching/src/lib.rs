//! How well a job fits a person, 0 to 100, and why.
//!
//! The score is the sum of three parts, whole points each, so that it always adds up to what is shown:
//!
//! | part | most | rule |
//! | --- | --- | --- |
//! | skills | 50 | the share of the skills asked for that the person has; a required one weighs 2, a preferred one 1; a close relative counts for the part the caller gives it (half by convention); no skills known: 25 |
//! | location | 30 | see [`Reach`]; not known: 15 |
//! | experience | 20 | same level 20, one step apart 10, further 0; not known: 10 |
//!
//! Nothing here reads a clock, a database or a text: skills are [`Key`]s that the caller interned, so one [`Scorer`] ranks
//! ten thousand [`Job`]s in a few milliseconds, and two runs over the same input agree to the point.
//! [`Scorer::total`] is the fast way, [`Scorer::explain`] gives the same total with its evidence.

mod candidate;
mod change;
mod experience;
pub mod gap;
mod job;
mod keys;
mod location;
mod rank;
mod scorer;
mod skills;

pub use candidate::{Candidate, Relative};
pub use change::Change;
pub use experience::ExperienceReason;
pub use job::Job;
pub use keys::Key;
pub use location::{Clash, LocationReason, Reach};
pub use rank::rank;
pub use scorer::{Match, Part, Scorer};
pub use skills::{Matched, Missing, SkillsPart, SkillsReason};

/// The most points each part can give.
pub const SKILLS_WEIGHT: u8 = 50;
pub const LOCATION_WEIGHT: u8 = 30;
pub const EXPERIENCE_WEIGHT: u8 = 20;
