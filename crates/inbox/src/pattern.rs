//! Patterns of words: `not .. move|proceed .. forward`, as data/phrases/en.txt explains them.

use crate::words::{Word, spaced};
use std::collections::HashMap;

#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    elements: Vec<Element>,
    /// As the file writes it.
    pub written: &'static str,
}

#[derive(Clone, Debug)]
enum Element {
    /// One of these; `optional` when it may be missing.
    Word { choices: Vec<Choice>, optional: bool },
    /// Up to so many words.
    Gap(usize),
}

/// Words that many patterns share, by the name of their list.
pub(crate) type Classes = HashMap<&'static str, Vec<Choice>>;

/// Reads the line of a class without its `@`.
pub(crate) fn class(line: &'static str) -> Result<(&'static str, Vec<Choice>), String> {
    let (name, words) = line.split_once(' ').ok_or_else(|| format!("@{line} has no words"))?;
    Ok((name, words.trim().split('|').map(choice).collect::<Result<_, _>>()?))
}

#[derive(Clone, Debug)]
pub(crate) struct Choice {
    text: String,
    prefix: bool,
}

/// How many characters of a word its place in the index is found by.
const KEY: usize = 3;

pub(crate) fn key(word: &str) -> &str {
    word.char_indices().nth(KEY).map_or(word, |(at, _)| &word[..at])
}

impl Pattern {
    /// Reads a pattern that may use these classes of words; the error says what is wrong with it.
    pub fn parse(written: &'static str, classes: &Classes) -> Result<Pattern, String> {
        let mut elements = Vec::new();
        for part in written.split_whitespace() {
            elements.push(match part {
                ".." => Element::Gap(4),
                "..." => Element::Gap(8),
                word => {
                    let optional = word.ends_with('?');
                    let mut choices = Vec::new();
                    for text in word.trim_end_matches('?').split('|') {
                        match text.strip_prefix('@') {
                            Some(name) => choices.extend_from_slice(
                                classes.get(name).ok_or_else(|| format!("there are no words called @{name}"))?,
                            ),
                            None => choices.push(choice(text)?),
                        }
                    }
                    Element::Word { choices, optional }
                }
            });
        }
        match (elements.first(), elements.last()) {
            (Some(Element::Word { optional: false, choices }), Some(Element::Word { .. })) => {
                if choices.iter().any(|choice| choice.prefix && choice.text.chars().count() < KEY) {
                    return Err(format!("\"{written}\" starts with too short a beginning"));
                }
                Ok(Pattern { elements, written })
            }
            _ => Err(format!("\"{written}\" must start with a word and end with one")),
        }
    }

    /// Beginnings of the words it can start with.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let choices = match self.elements.first() {
            Some(Element::Word { choices, .. }) => &choices[..],
            _ => &[],
        };
        choices.iter().map(|choice| key(&choice.text))
    }

    /// Is one of its words among these?
    pub fn has(&self, mut is: impl FnMut(&str) -> bool) -> bool {
        self.elements.iter().any(|element| match element {
            Element::Word { choices, optional: false } => choices.iter().any(|choice| is(&choice.text)),
            _ => false,
        })
    }

    /// Where a match that starts with the first of these words ends, as a number of words.
    pub fn matches(&self, words: &[Word]) -> Option<usize> {
        follow(&self.elements, words, 0)
    }
}

fn choice(text: &str) -> Result<Choice, String> {
    let prefix = text.ends_with('*');
    let plain = spaced(text.trim_end_matches('*'));
    let plain = plain.trim();
    if plain.is_empty() || plain.contains(' ') {
        return Err(format!("\"{text}\" is not one word"));
    }
    Ok(Choice { text: plain.to_owned(), prefix })
}

/// Gaps take as few words as they can. There are two or three in a pattern, so trying again stays cheap.
fn follow(elements: &[Element], words: &[Word], at: usize) -> Option<usize> {
    let Some((first, rest)) = elements.split_first() else { return Some(at) };
    match first {
        Element::Word { choices, optional } => {
            let fits = words.get(at).is_some_and(|word| {
                choices.iter().any(|c| if c.prefix { word.text.starts_with(&c.text) } else { word.text == c.text })
            });
            let taken = if fits { follow(rest, words, at + 1) } else { None };
            taken.or_else(|| if *optional { follow(rest, words, at) } else { None })
        }
        Element::Gap(most) => {
            (0..=*most).take_while(|skip| at + skip <= words.len()).find_map(|skip| follow(rest, words, at + skip))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::sentences;

    fn found(pattern: &'static str, text: &str) -> bool {
        let pattern = Pattern::parse(pattern, &Classes::new()).unwrap();
        sentences(text).iter().any(|words| (0..words.len()).any(|at| pattern.matches(&words[at..]).is_some()))
    }

    #[test]
    fn patterns_follow_the_words() {
        assert!(found("not .. move|proceed .. forward", "We will not be able to move you forward"));
        assert!(!found("not .. move forward", "We will not, as I said some time ago, move forward"));
        assert!(found("regret* a? word", "We regretted word"));
        assert!(found("für .. entschieden", "fuer oder für uns entschieden"));
        assert!(!found("offer you", "we offer. You know"));
    }

    #[test]
    fn bad_patterns_are_named() {
        for bad in ["", ".. a", "a ..", "a? b", "ab* c", "a|", "take-home test", "@none"] {
            assert!(Pattern::parse(bad, &Classes::new()).is_err(), "{bad}");
        }
    }
}
