//! Which other spellings a name gets, and whether the words of a text really are a given name.

use super::Mode;
use crate::words::{Gap, Token, base_form, fold_into, tokens};

/// Further ways to write `name`, each with the mode to look for it in.
pub(crate) fn spellings(name: &str, mode: Mode) -> Vec<(String, Mode)> {
    let words: Vec<Token> = tokens(name).collect();
    let mut out = Vec::new();
    let soft = words.iter().skip(1).all(|token| matches!(token.gap, Gap::Soft | Gap::Slash));
    if (2..=3).contains(&words.len()) && soft && !words[0].dotted && !name.contains('&') {
        let joined: String = words.iter().map(|token| token.of(name)).collect();
        // `CI/CD` as `CICD`; but not `Go to` run together, which is no more than two short words.
        if joined.len() >= 4 {
            out.push((joined, mode));
        }
    }
    if words.len() == 1
        && mode == Mode::Any
        && let Some(split) = split_humps(name)
    {
        out.push((split, Mode::Exact));
    }
    out
}

/// `JavaScript` as `Java Script`. Only with its capitals, since the parts are often common words.
fn split_humps(name: &str) -> Option<String> {
    let bytes = name.as_bytes();
    if !bytes.iter().all(u8::is_ascii_alphabetic) || !bytes[0].is_ascii_uppercase() {
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
pub(super) fn fits(text: &str, words: &[Token], name: &str, mode: Mode) -> Option<usize> {
    let (first, last) = (words.first()?, words.last()?);
    let dot = usize::from(name.starts_with('.'));
    if dot == 1 && !first.dotted {
        return None;
    }
    let start = first.start - dot;
    let shown = &text[start..last.end];
    if shown == name || (mode == Mode::Any && shown.eq_ignore_ascii_case(name)) {
        return Some(start);
    }
    let count = words.len();
    let sentence_case = name.bytes().skip(1).all(|byte| !byte.is_ascii_uppercase());
    for (i, (word, token)) in words.iter().zip(tokens(name)).enumerate() {
        if i > 0 && !gap_fits(word.gap, token.gap) {
            return None;
        }
        let (shown, wanted) = (word.of(text), token.of(name));
        let same = match mode {
            Mode::Any => loosely(shown, wanted, count > 1 && sentence_case),
            Mode::Exact | Mode::Context => exactly(shown, wanted),
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

/// A plural may stand for the singular. The singular stands for a plural only inside descriptive names: a "data
/// structure" is one of data structures, but a window is not Windows.
fn loosely(shown: &str, wanted: &str, may_be_singular: bool) -> bool {
    if shown.eq_ignore_ascii_case(wanted) || shown == "&" || wanted == "&" {
        return true;
    }
    plural(wanted) <= plural(shown) || may_be_singular
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
