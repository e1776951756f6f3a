//! Which other spellings a name gets, and whether the words of a text really are a given name.

use super::Mode;
use crate::taxonomy::Key;
use crate::words::common::is_common;
use crate::words::{Gap, Token, base_form, fold_into, listed, tokens};

/// `front-end` as `frontend`, `CI/CD` as `CICD`, `Power BI` as `PowerBI`: a name of two or three words that shows more
/// than plain words and spaces is also written as one.
pub(super) fn run_together(name: &str, key: &Key) -> Option<String> {
    let plain = name.bytes().skip(1).all(|byte| byte.is_ascii_lowercase() || byte == b' ');
    if plain || !(2..=3).contains(&key.count()) || key.broken || key.odd {
        return None;
    }
    let mut joined = String::with_capacity(name.len());
    joined.extend(tokens(name).map(|token| token.of(name)));
    (joined.len() >= 4).then_some(joined)
}

/// `JavaScript` as `Java Script`. Only with its capitals, since the parts are often common words.
pub(super) fn split_humps(name: &str) -> Option<String> {
    let bytes = name.as_bytes();
    if !bytes.iter().all(u8::is_ascii_alphabetic) || !bytes.first().is_some_and(u8::is_ascii_uppercase) {
        return None;
    }
    let humps: Vec<usize> = (1..bytes.len()).filter(|&i| bytes[i].is_ascii_uppercase()).collect();
    match humps[..] {
        [at] if at >= 3 && bytes.len() - at >= 2 => Some(format!("{} {}", &name[..at], &name[at..])),
        _ => None,
    }
}

/// Whether the words are `name` under `mode`; where the match starts, since a leading dot may belong to it.
/// The base forms are known to agree.
pub(super) fn fits(text: &str, words: &[Token], name: &str, mode: Mode, guarded: bool) -> Option<usize> {
    let (first, last) = (words.first()?, words.last()?);
    let dot = usize::from(name.starts_with('.'));
    if dot == 1 && !first.dotted {
        return None;
    }
    let start = first.start - dot;
    let shown = &text[start..last.end];
    if shown == name || (!mode.is_exact() && shown.eq_ignore_ascii_case(name) && !guarded) {
        return Some(start);
    }
    let count = words.len();
    let sentence_case = name.bytes().skip(1).all(|byte| !byte.is_ascii_uppercase());
    for (i, (word, token)) in words.iter().zip(tokens(name)).enumerate() {
        if i > 0 && !gap_fits(word.gap, token.gap) {
            return None;
        }
        let (shown, wanted) = (word.of(text), token.of(name));
        let same = if mode.is_exact() {
            exactly(shown, wanted)
        } else {
            loosely(shown, wanted, i > 0 && i + 1 == count && sentence_case)
        };
        if !same {
            return None;
        }
    }
    Some(start)
}

fn gap_fits(shown: Gap, wanted: Gap) -> bool {
    match wanted {
        Gap::Slash => shown != Gap::Hard,
        _ => matches!(shown, Gap::Join | Gap::Soft),
    }
}

/// Whether all words but the last are those of `name`, in any case. Where the match starts.
pub(super) fn fits_but_last(text: &str, words: &[Token], name: &str) -> Option<usize> {
    let same = words[..words.len() - 1].iter().zip(tokens(name)).zip(0..).all(|((word, token), i)| {
        (i == 0 || gap_fits(word.gap, token.gap)) && loosely(word.of(text), token.of(name), false)
    });
    same.then(|| words[0].start)
}

/// Whether the words are those of `name` before its last, one or many.
pub(super) fn done_to(text: &str, words: &[Token], name: &str) -> bool {
    let count = words.len();
    let same = |(i, (word, token)): (usize, (&Token, Token))| loosely(word.of(text), token.of(name), i + 1 == count);
    words.iter().zip(tokens(name)).enumerate().all(same)
}

/// Whether a name has a word that must keep its capitals.
pub(super) fn is_guarded(name: &str) -> bool {
    let capitals = name.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_uppercase));
    capitals && name.split([' ', '-', '/']).any(is_guarded_word)
}

/// `OR` and `IT` and `REST`: capitals that tell a name from an everyday word.
fn is_guarded_word(word: &str) -> bool {
    const LITTLE: &str =
        "all am an and are as at be by can do for go he if in is it me my no of on or so the to up us we who";
    word.len() >= 2
        && word.bytes().all(|byte| byte.is_ascii_uppercase())
        && (listed(LITTLE, word) || is_common(&word.to_ascii_lowercase()))
}

/// A plural may stand for the singular. The singular stands for a plural only at the end of descriptive names: a "data
/// structure" is one of data structures, but a window is not Windows.
fn loosely(shown: &str, wanted: &str, may_be_singular: bool) -> bool {
    if is_guarded_word(wanted) {
        return shown == wanted;
    }
    if shown.eq_ignore_ascii_case(wanted) || shown == "&" || wanted == "&" {
        return true;
    }
    let (many, wanted_many) = (plural(shown), plural(wanted));
    if many && !wanted_many && wanted.len() >= 2 && !wanted.bytes().any(|byte| byte.is_ascii_lowercase()) {
        // `APIs`, but Leeds is not the plural of LEED.
        return shown.starts_with(wanted);
    }
    wanted_many <= many || may_be_singular
}

fn plural(word: &str) -> bool {
    let mut folded = String::with_capacity(word.len());
    fold_into(&mut folded, super::bare(word));
    base_form(&mut folded)
}

/// `APIs` and `Python3` are as exact as `API` and `Python`.
fn exactly(shown: &str, wanted: &str) -> bool {
    match shown.strip_prefix(wanted) {
        Some("") => true,
        Some("s") => wanted.len() >= 2 && wanted.bytes().all(|byte| byte.is_ascii_uppercase()),
        Some(rest) => wanted.len() >= 3 && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'+'),
        None => false,
    }
}
