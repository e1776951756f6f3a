//! Where a name's letters stand in a text without its meaning: `C-level`, `Vitamin C`, `Excel at`, `Rust Belt`.

use super::Mode;
use crate::words::common::is_common;
use crate::words::{Gap, Token, listed};
use std::ops::RangeInclusive;

/// Words before a single letter that make it a label: Vitamin C, Series B.
const LABELED: &str = "\
    annex appendix band block box building category chapter class column division exhibit floor form gate grade \
    group hepatitis item level licence license option part phase plan point rating round row schedule section \
    series size suite tier type usb vitamin zone";

/// Words after the first word of a sentence that make it a verb or a plain noun: "Excel at", "Access to", "Word of".
const PLAIN: &str = "\
    a about above across an as at beyond every from in into joy of our people quickly the their these this \
    through to your";

/// Words after a name that make it part of another name: Rust Belt, Spring Street, Oracle Park.
const TAILS: &str = "\
    avenue bay belt corp county festival gmbh inc island lake lane llc ltd park road semester street valley wharf";

/// Endings of web addresses written without `www`.
const DOMAINS: &str = "\
    ai app co com de dev eu io net org tech uk";

/// Whether the words at the given places, which read `name`, mean something else here. `unknown_before` says that the
/// word before them is in no name.
pub(super) fn forbids(
    text: &str,
    list: &[Token],
    places: RangeInclusive<usize>,
    name: &str,
    mode: Mode,
    unknown_before: bool,
) -> bool {
    let (first, last) = (*places.start(), *places.end());
    let before = if first > 0 { list.get(first - 1) } else { None };
    let after = list.get(last + 1);
    if is_address(text, list[last].end, after, name) {
        return true;
    }
    if first == last && name.chars().count() == 1 && single_letter_forbids(text, list[first], before, after) {
        return true;
    }
    if first == last
        && starts_upper(list[first].of(text))
        && after.is_some_and(|after| after.gap == Gap::Soft && listed(TAILS, after.of(text)))
    {
        return true;
    }
    if mode == Mode::Any {
        return first == last
            && unknown_before
            && before.is_some_and(|before| is_surname(text, before, &list[first], after));
    }
    if first != last {
        return false;
    }
    let Some(after) = after.filter(|after| matches!(after.gap, Gap::Soft)) else { return false };
    let next = after.of(text);
    let tight = after.start == list[last].end + 1 && !text.as_bytes()[list[last].end].is_ascii_whitespace();
    if text.as_bytes()[list[last].end] == b'-' && tight && !listed(COMPOUNDS, next) {
        return true;
    }
    if mode.needs_company() && next.len() == 4 && next.starts_with("20") && next.bytes().all(|b| b.is_ascii_digit()) {
        return true;
    }
    listed(PLAIN, next) && opens_sentence(text, list[first].start) && is_common(&name.to_lowercase())
}

/// What may follow a name and a hyphen without changing what the name means.
const COMPOUNDS: &str = "\
    based lang like native powered related specific style";

fn is_address(text: &str, end: usize, after: Option<&Token>, name: &str) -> bool {
    let rest = &text.as_bytes()[end..];
    match rest {
        [b'@', next, ..] => next.is_ascii_alphanumeric(),
        [b'.', next, ..] if next.is_ascii_lowercase() => {
            !name.contains('.') && after.is_some_and(|after| after.start == end + 1 && listed(DOMAINS, after.of(text)))
        }
        _ => false,
    }
}

fn single_letter_forbids(text: &str, word: Token, before: Option<&Token>, after: Option<&Token>) -> bool {
    let bytes = text.as_bytes();
    let previous = if word.start > 0 { bytes[word.start - 1] } else { b' ' };
    let next = bytes.get(word.end).copied().unwrap_or(b' ');
    let follows = bytes.get(word.end + 1).copied().unwrap_or(b' ');
    // C-level, R&D, C'mon, B.C., and the letters of such runs.
    if matches!(previous, b'-' | b'&' | b'\'' | b'.' | b'_' | b'*' | b'$') || text[..word.start].ends_with(['’', '‑'])
    {
        return true;
    }
    if matches!(next, b'&' | b'\'' | b'*' | b'_') || text[word.end..].starts_with(['’', '‑']) {
        return true;
    }
    if matches!(next, b'-' | b'.') && follows.is_ascii_alphanumeric() {
        return true;
    }
    if let Some(before) = before.filter(|_| word.gap == Gap::Soft) {
        let label = before.of(text);
        if listed(LABELED, label) || label == "&" {
            return true;
        }
        // An initial: John C. Miller.
        if next == b'.' && starts_upper(label) {
            return true;
        }
    }
    // A/C, and other pairs of letters.
    let pair = |other: &Token, gap: Gap| gap == Gap::Slash && other.end - other.start == 1;
    if before.is_some_and(|before| pair(before, word.gap)) || after.is_some_and(|after| pair(after, after.gap)) {
        return true;
    }
    // An initial that opens: C. Miller.
    next == b'.' && opens_sentence(text, word.start) && after.is_some_and(|after| starts_upper(after.of(text)))
}

/// Whether a plain word is the second half of a name such as Sagehen Plumbing: a capital it need not have, after a
/// capitalized word that no skill and no posting's own language knows.
fn is_surname(text: &str, before: &Token, word: &Token, after: Option<&Token>) -> bool {
    const OWN: &str = "\
        advanced basic broad clear current deep demonstrated desired effective essential excellent exceptional \
        experienced extensive formal good great hands key mandatory outstanding perform preferred previous prior \
        proficient proven provide relevant required senior solid some strong superior valid";
    let spoken =
        |word: &Token| matches!(word.of(text), "skills" | "experience" | "knowledge" | "Skills" | "Experience");
    word.gap == Gap::Soft
        && text.as_bytes()[word.start - 1] == b' '
        && starts_upper(before.of(text))
        && starts_upper(word.of(text))
        && word.of(text).chars().skip(1).all(char::is_lowercase)
        && !listed(OWN, before.of(text))
        && !after.is_some_and(spoken)
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase)
}

/// Whether nothing, a bullet or the end of a sentence stands before `start`.
pub(super) fn opens_sentence(text: &str, start: usize) -> bool {
    for c in text[..start].chars().rev() {
        match c {
            '\n' | '.' | '!' | '?' | ':' | ';' | '•' | '·' | '*' | '–' | '—' | '-' | '▪' | '●' => {
                return true;
            }
            c if c.is_whitespace() || matches!(c, '"' | '“' | '‘' | '\'') => {}
            _ => return false,
        }
    }
    true
}
