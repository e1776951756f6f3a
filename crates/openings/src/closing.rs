//! What a text itself says about its end.

mod day;

use crate::pattern::Patterns;
use crate::words::{Word, words};
use std::sync::LazyLock;

pub use day::closing_day;

static CLOSING: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(include_str!("../data/closing.txt")));

/// Words before it in its sentence that make a condition or a promise of it. Folded.
const IF: &[&str] = &[
    "if", "until", "till", "once", "when", "whenever", "unless", "whether", "before", "after", "only", "never", "not",
    "while", "wenn", "falls", "sobald", "bis", "nachdem", "ob", "solange", "nicht", "nie", "dass", "si", "quand",
    "lorsque", "lorsqu", "jusqu", "jusque", "avant", "apres", "tant", "hasta", "cuando", "mientras", "antes", "tras",
    "finche", "quando", "fino", "zodra", "totdat", "tot", "indien", "wanneer", "ate", "enquanto", "quando", "nar",
    "tills", "gdy", "dopoki",
];

/// The words of a posting that say it is closed: `no longer accepting applications`, `Die Stelle ist besetzt`. `None`
/// when there are none, or what looks like them is denied, a condition, or about a day to come.
///
/// The answer is a part of `text`, so that it can be shown where it stands.
pub fn closing_words(text: &str) -> Option<&str> {
    let words = words(text);
    let mut said = CLOSING.found(&words).filter(|found| !is_conditional(&words, found.start));
    let first = said.next()?;
    // What begins within goes on with the same words.
    let end = said.take_while(|next| next.start < first.end).map(|next| next.end).fold(first.end, usize::max);
    text.get(words[first.start].bytes.start..words[end - 1].bytes.end)
}

/// Whether a word before it in its sentence says "if" or "until".
fn is_conditional(words: &[Word], at: usize) -> bool {
    let sentence = words[at].sentence;
    let before = words[..at].iter().rev().take_while(|word| word.sentence == sentence);
    before.into_iter().any(|word| IF.contains(&word.folded.as_str()))
}
