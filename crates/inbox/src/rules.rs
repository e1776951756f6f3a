//! The phrases of data/phrases, in one index for all languages: mail mixes them.

use crate::kind::{About, Kind};
use crate::pattern::{self, Classes, Pattern};
use crate::words::Word;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const FILES: [(&str, &str); 3] = [
    ("en.txt", include_str!("../data/phrases/en.txt")),
    ("de.txt", include_str!("../data/phrases/de.txt")),
    ("fr.txt", include_str!("../data/phrases/fr.txt")),
];

/// What a phrase does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    SpeaksOf(About),
    /// Says that its sentence tells what may happen, not what happens.
    Hedge,
    Negation,
}

pub(crate) struct Rule {
    pub role: Role,
    /// In percent; below zero it speaks against.
    pub weight: i8,
    pub pattern: Pattern,
    /// It contains a negation itself, so that one in the sentence does not turn it round.
    pub negates: bool,
}

pub(crate) struct Rules {
    pub list: Vec<Rule>,
    /// By the first letters of the first word.
    index: HashMap<String, Vec<usize>>,
}

/// A rule that matched, with its first word and the one after its last.
#[derive(Clone, Copy)]
pub(crate) struct Hit<'r> {
    pub number: usize,
    pub rule: &'r Rule,
    pub from: usize,
    pub to: usize,
}

impl Rules {
    pub fn builtin() -> &'static Rules {
        static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::read().0);
        &RULES
    }

    fn read() -> (Rules, Vec<String>) {
        let mut list = Vec::new();
        let mut bad = Vec::new();
        for (file, text) in FILES {
            let mut role = None;
            let mut classes = Classes::new();
            for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
                if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                    role = role_named(name);
                    if role.is_none() {
                        bad.push(format!("{file}: there is no section \"{name}\""));
                    }
                    continue;
                }
                let read = match line.strip_prefix('@') {
                    Some(line) => pattern::class(line).map(|(name, words)| drop(classes.insert(name, words))),
                    None => rule(role, line, &classes).map(|rule| list.push(rule)),
                };
                bad.extend(read.err().map(|what| format!("{file}: {what}")));
            }
        }
        let mut not: HashSet<String> = HashSet::new();
        for rule in list.iter().filter(|rule| rule.role == Role::Negation) {
            not.extend(rule.pattern.written.split('|').map(str::to_owned));
        }
        let mut index: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, rule) in list.iter_mut().enumerate() {
            rule.negates = rule.pattern.has(|word| not.contains(word));
            for key in rule.pattern.keys() {
                let numbers = index.entry(key.to_owned()).or_default();
                if numbers.last() != Some(&number) {
                    numbers.push(number);
                }
            }
        }
        (Rules { list, index }, bad)
    }

    /// Every rule that matches somewhere in a sentence, at each place it does.
    pub fn hits<'r>(&'r self, words: &[Word]) -> Vec<Hit<'r>> {
        let mut hits = Vec::new();
        for from in 0..words.len() {
            let Some(numbers) = self.index.get(pattern::key(&words[from].text)) else { continue };
            for &number in numbers {
                let rule = &self.list[number];
                if let Some(len) = rule.pattern.matches(&words[from..]) {
                    hits.push(Hit { number, rule, from, to: from + len });
                }
            }
        }
        hits
    }
}

fn rule(role: Option<Role>, line: &'static str, classes: &Classes) -> Result<Rule, String> {
    let (weight, pattern) = line.split_once(char::is_whitespace).ok_or_else(|| format!("\"{line}\" has no pattern"))?;
    let weight: i8 = weight.parse().map_err(|_| format!("\"{line}\" has no weight"))?;
    if !(-99..=99).contains(&weight) {
        return Err(format!("\"{line}\" weighs more than 99"));
    }
    let role = role.ok_or_else(|| format!("\"{line}\" stands under no section"))?;
    Ok(Rule { role, weight, pattern: Pattern::parse(pattern.trim(), classes)?, negates: false })
}

fn role_named(name: &str) -> Option<Role> {
    Some(match name {
        "job" => Role::SpeaksOf(About::Work),
        "elsewhere" => Role::SpeaksOf(About::Elsewhere),
        "hedge" => Role::Hedge,
        "not" => Role::Negation,
        name => Role::SpeaksOf(About::Kind(Kind::ALL.into_iter().find(|kind| kind.name() == name)?)),
    })
}

/// What is wrong with the data files, one sentence each. Empty when all is well.
pub fn problems() -> Vec<String> {
    let (rules, mut bad) = Rules::read();
    let mut seen = HashSet::new();
    for rule in &rules.list {
        if !seen.insert((format!("{:?}", rule.role), rule.pattern.written)) {
            bad.push(format!("\"{}\" stands twice under {:?}", rule.pattern.written, rule.role));
        }
    }
    bad.extend(crate::senders::problems());
    bad
}
