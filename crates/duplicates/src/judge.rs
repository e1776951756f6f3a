//! Holding two postings against each other.

mod agency;
mod own;
mod pair;
mod time;

use crate::{Traits, Verdict};
use pair::Pair;

pub use time::{GONE_DAYS, LATER_DAYS};

/// What the two are to each other; `None` when they are two openings, or nothing shows that they are one.
///
/// Whatever keeps openings apart decides first (see [`differences`]). Then, with one company, the link or the text must
/// agree, or title and place where one has no text; with two companies, one must be an agency, and its text the
/// other's.
pub fn judge(first: &Traits<'_>, second: &Traits<'_>) -> Option<Verdict> {
    let pair = Pair::of(first, second);
    if pair.has_nameless() || !pair.differences().is_empty() {
        return None;
    }
    own::judge(&pair).or_else(|| agency::judge(&pair))
}

/// What keeps two postings apart, each a sentence: `The titles name different levels: senior and junior.`
pub fn differences(first: &Traits<'_>, second: &Traits<'_>) -> Vec<String> {
    Pair::of(first, second).differences()
}
