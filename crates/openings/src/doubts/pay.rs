//! Pay that is not named, and places where it has to be.

use super::{Doubt, Signals};
use crate::words::words;

/// Places whose law asks postings to name a pay range, as it stood in 2026, for employers of some size. Only those that
/// are beyond doubt: states and provinces by name or, behind a comma, by letters; countries by name.
const REQUIRED: &[(&str, &str)] = &[
    ("california", "California"),
    ("colorado", "Colorado"),
    ("washington state", "Washington"),
    ("seattle", "Washington"),
    ("new york", "New York"),
    ("illinois", "Illinois"),
    ("minnesota", "Minnesota"),
    ("hawaii", "Hawaii"),
    ("vermont", "Vermont"),
    ("maryland", "Maryland"),
    ("massachusetts", "Massachusetts"),
    ("new jersey", "New Jersey"),
    ("british columbia", "British Columbia"),
    ("austria", "Austria"),
    ("osterreich", "Austria"),
];
/// Their letters, of which each is read only behind a comma: `Denver, CO`.
const LETTERS: &[(&str, &str)] = &[
    ("CA", "California"),
    ("CO", "Colorado"),
    ("WA", "Washington"),
    ("NY", "New York"),
    ("IL", "Illinois"),
    ("MN", "Minnesota"),
    ("HI", "Hawaii"),
    ("VT", "Vermont"),
    ("MD", "Maryland"),
    ("MA", "Massachusetts"),
    ("NJ", "New Jersey"),
    ("BC", "British Columbia"),
];

/// That no pay is named: more where the law asks for it.
pub fn missing(signals: &Signals<'_>) -> Option<Doubt> {
    if signals.pay_named {
        return None;
    }
    Some(match required_in(signals.place) {
        Some(place) => Doubt {
            reason: "It names no pay, though the law of its place asks most employers to.".into(),
            evidence: format!("The place is in {place}."),
            weight: 20,
        },
        None => Doubt {
            reason: "It names no pay.".into(),
            evidence: "Neither its source nor its text names an amount.".into(),
            weight: 10,
        },
    })
}

/// The place, among those whose law asks for pay, that the words name.
fn required_in(place: &str) -> Option<&'static str> {
    let all: Vec<String> = words(place).into_iter().map(|word| word.folded).collect();
    let names = |name: &str| {
        let name: Vec<&str> = name.split(' ').collect();
        all.windows(name.len()).any(|some| some == name)
    };
    let letters = || place.split(',').skip(1).filter_map(|part| part.split_whitespace().next());
    let by_name = REQUIRED.iter().find(|(name, _)| names(name));
    by_name.or_else(|| LETTERS.iter().find(|(two, _)| letters().any(|part| part == *two))).map(|(_, place)| *place)
}
