//! Is a posting still open, and may it not be a real opening?
//!
//! [`closing_words`] finds sentences that say it is over, [`closing_day`] the last day to apply. [`standing`] puts them
//! together with what its source shows. [`doubts`] lists what speaks against a real opening behind it; it is a note
//! ([`worth_a_note`]) and never part of a score.
//!
//! No web and no database here. Foreign text never panics.

mod closing;
mod doubts;
mod pattern;
mod standing;
mod words;

pub use closing::{closing_day, closing_words};
pub use doubts::{Doubt, NOTE_FROM, Signals, doubts, worth_a_note};
pub use standing::{Facts, GONE_READINGS, STALE_DAYS, Standing, Why, standing};
