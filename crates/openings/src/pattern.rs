//! A small language for phrases; `data/closing.txt` explains its signs.

use crate::words::Word;
use std::collections::HashMap;
use std::ops::Range;

/// Words that `..` may stand for.
const GAP: usize = 3;

/// Many patterns, found by their first word.
pub struct Patterns {
    all: Vec<Vec<Part>>,
    by_first: HashMap<&'static str, Vec<usize>>,
}

enum Part {
    Word { any: Vec<&'static str>, optional: bool },
    Gap,
    Not(Vec<&'static str>),
    Begin,
    End,
}

impl Patterns {
    /// Reads a list of patterns. Names (`@name words`) have to stand above their use.
    pub fn of(list: &'static str) -> Self {
        let mut names: HashMap<&str, Vec<&'static str>> = HashMap::new();
        let mut all = Vec::new();
        let mut by_first: HashMap<&'static str, Vec<usize>> = HashMap::new();
        for line in list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let defined = line
                .strip_prefix('@')
                .and_then(|line| line.split_once(' '))
                .filter(|(name, words)| !names.contains_key(name) && !words.contains(' '));
            if let Some((name, words)) = defined {
                names.insert(name, words.split('|').collect());
                continue;
            }
            let parts: Vec<Part> =
                line.split(' ').filter(|part| !part.is_empty()).map(|part| read(part, &names)).collect();
            if let Some(Part::Word { any, .. }) = parts.iter().find(|part| matches!(part, Part::Word { .. })) {
                for word in any {
                    by_first.entry(word).or_default().push(all.len());
                }
                all.push(parts);
            }
        }
        Self { all, by_first }
    }

    /// The ranges of words that match, in the order in which they begin.
    pub fn found<'a>(&'a self, words: &'a [Word]) -> impl Iterator<Item = Range<usize>> + 'a {
        (0..words.len()).flat_map(move |at| {
            let begins = self.by_first.get(words[at].folded.as_str()).into_iter().flatten();
            begins.filter_map(move |&pattern| Some(at..matched(&self.all[pattern], words, at, at)?))
        })
    }
}

fn read(part: &'static str, names: &HashMap<&str, Vec<&'static str>>) -> Part {
    let list = |text: &'static str| -> Vec<&'static str> {
        match text.strip_prefix('@') {
            Some(name) => names.get(name).cloned().unwrap_or_default(),
            None => text.split('|').collect(),
        }
    };
    match part {
        ".." => Part::Gap,
        "^" => Part::Begin,
        "$" => Part::End,
        part => match (part.strip_prefix('!'), part.strip_suffix('?')) {
            (Some(words), _) => Part::Not(list(words)),
            (None, Some(words)) => Part::Word { any: list(words), optional: true },
            (None, None) => Part::Word { any: list(part), optional: false },
        },
    }
}

/// The word after a match of `parts` from word `at` on; all of it lies in the sentence of the first word.
fn matched(parts: &[Part], words: &[Word], first: usize, at: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(at) };
    let here = words.get(at).filter(|word| word.sentence == words[first].sentence);
    let is = |any: &[&str]| here.is_some_and(|word| any.contains(&word.folded.as_str()));
    match part {
        Part::Begin => {
            let begins = first == 0 || words[first - 1].sentence != words[first].sentence;
            if begins { matched(rest, words, first, at) } else { None }
        }
        Part::End => {
            if here.is_none() {
                matched(rest, words, first, at)
            } else {
                None
            }
        }
        Part::Not(any) => {
            if is(any) {
                None
            } else {
                matched(rest, words, first, at)
            }
        }
        Part::Word { any, optional } => {
            let with = if is(any) { matched(rest, words, first, at + 1) } else { None };
            with.or_else(|| if *optional { matched(rest, words, first, at) } else { None })
        }
        Part::Gap => (0..=GAP).find_map(|skipped| matched(rest, words, first, at + skipped)),
    }
}
