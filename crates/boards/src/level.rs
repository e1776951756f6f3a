//! How senior a posting is, told from its title, else from the years it asks for.

use crate::sections::{self, Line};
use crate::text::{folded, has_phrase};
use posting::Level;

mod title;
mod years;

pub use title::of_title;

/// The level of a posting, `None` when neither title nor text tells.
///
/// The title's own words go first (`Senior`, `Staff Engineer`, `Engineer II`, `VP`); two levels joined (`Mid/Senior`)
/// give the lower, which opens the door. Else the years of experience that the text asks for: under 2 entry, 2–4 mid,
/// from 5 senior.
pub fn guess(title: &str, text: &str) -> Option<Level> {
    of_title(title).or_else(|| years::level(years::asked(&sections::split(text))?))
}

/// The same, for a text that is already split.
pub(crate) fn guess_from(title: &str, lines: &[Line<'_>]) -> Option<Level> {
    of_title(title).or_else(|| years::level(years::asked(lines)?))
}

/// What a feed's or a person's level word means: `Mid-level`, `Entry-level`, `Director`, `Internship`. `None` for `Any`.
pub fn stated(word: &str) -> Option<Level> {
    let word = folded(word);
    let is = |words: &str| words.split("; ").any(|known| has_phrase(&word, known));
    if is("any; all levels; not specified; n/a") {
        None
    } else if is("executive; director; vp; c-level; head; chief") {
        Some(Level::Executive)
    } else if is("manager; lead; principal; staff; supervisor") {
        Some(Level::Lead)
    } else if is("entry; entry-level; entry level; junior; intern; internship; graduate; trainee; beginner; student") {
        Some(Level::Entry)
    } else if is("mid; midweight; mid-level; middle; intermediate; medior; associate; regular") {
        Some(Level::Mid)
    } else if is("senior; sr; expert; experienced") {
        Some(Level::Senior)
    } else {
        None
    }
}
