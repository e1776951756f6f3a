//! Type-ahead over names and aliases.

use crate::taxonomy::{Role, RoleId, Skill, SkillId};
use crate::words::fold_into;
use aho_corasick::AhoCorasick;
use std::collections::HashSet;

/// A skill offered for what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub id: SkillId,
    pub name: String,
    pub category: String,
    /// The alias that matched, when it was not the name.
    pub via: Option<String>,
}

/// A role offered for what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleSuggestion {
    pub id: RoleId,
    pub name: String,
    pub field: String,
    /// The alias that matched, when it was not the name.
    pub via: Option<String>,
}

pub(crate) fn skill(id: SkillId, skill: &Skill, alias: Option<usize>) -> Suggestion {
    let via = alias.and_then(|at| skill.aliases.get(at)).cloned();
    Suggestion { id, name: skill.name.clone(), category: skill.category.clone(), via }
}

pub(crate) fn role(id: RoleId, role: &Role, alias: Option<usize>) -> RoleSuggestion {
    let via = alias.and_then(|at| role.aliases.get(at)).cloned();
    RoleSuggestion { id, name: role.name.clone(), field: role.field.clone(), via }
}

/// All names and aliases, folded, one a line, so that one pass over one string answers a keystroke.
#[derive(Debug)]
pub(crate) struct Index {
    text: String,
    lines: Vec<Line>,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    /// Where the text begins, after the line break.
    at: u32,
    target: u32,
    /// Position among the aliases; [`NAME`] for the name itself.
    alias: u32,
    /// Which letters and digits occur, one bit each.
    letters: u64,
}

const NAME: u32 = u32::MAX;

/// How many names of one target may crowd the best matches.
const NAMES_OF_ONE: usize = 16;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    Whole,
    Prefix,
    WordPrefix,
    Inside,
    Typo,
}

/// A target found, with the alias that matched unless it was the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub target: u32,
    pub alias: Option<usize>,
}

impl Index {
    pub fn new<'a>(names: impl Iterator<Item = (&'a str, &'a [String])>) -> Index {
        let mut index = Index { text: String::from("\n"), lines: Vec::new() };
        for (target, (name, aliases)) in (0..).zip(names) {
            index.push(name, target, NAME);
            for (alias, text) in (0..).zip(aliases) {
                index.push(text, target, alias);
            }
        }
        index
    }

    fn push(&mut self, name: &str, target: u32, alias: u32) {
        let at = self.text.len();
        push_folded(&mut self.text, name);
        let letters = letters(&self.text[at..]);
        self.text.push('\n');
        self.lines.push(Line { at: at as u32, target, alias, letters });
    }

    fn line(&self, number: usize) -> &str {
        let from = self.lines[number].at as usize;
        let to = self.lines.get(number + 1).map_or(self.text.len(), |next| next.at as usize);
        &self.text[from..to - 1]
    }

    pub fn search(&self, typed: &str, limit: usize) -> Vec<Found> {
        let mut wanted = String::from("\n");
        push_folded(&mut wanted, typed);
        let wanted = wanted.trim_end_matches([' ', '\n']);
        if wanted.len() < 2 || limit == 0 {
            return Vec::new();
        }
        let mut ranks = self.containing(wanted, limit);
        if ranks.is_empty() {
            self.add_typos(&wanted[1..], &mut ranks);
        }
        let order = |rank: &Rank| (rank.tier, rank.alias, rank.len, rank.line);
        // One letter begins thousands of names; only the best are worth sorting, with room for several names of one target.
        let enough = limit.saturating_mul(NAMES_OF_ONE);
        if ranks.len() > enough {
            ranks.select_nth_unstable_by_key(enough, order);
            ranks.truncate(enough);
        }
        ranks.sort_unstable_by_key(order);
        let mut seen = HashSet::new();
        let first = ranks.iter().map(|rank| self.lines[rank.line]).filter(|line| seen.insert(line.target));
        let found =
            first.map(|line| Found { target: line.target, alias: (line.alias != NAME).then_some(line.alias as usize) });
        found.take(limit).collect()
    }

    /// Lines that hold `wanted` (which begins with a line break): at their start, at the start of a word, or, from three letters on, anywhere.
    fn containing(&self, wanted: &str, limit: usize) -> Vec<Rank> {
        let mut ranks = Vec::new();
        // One or two letters are in nearly every name; where they begin one is enough.
        let short = wanted.chars().count() <= 3;
        let needle = if short { wanted } else { &wanted[1..] };
        self.scan(needle, usize::from(short), &mut ranks);
        if short && ranks.len() < limit {
            self.scan(&format!(" {}", &wanted[1..]), 1, &mut ranks);
        }
        ranks
    }

    fn scan(&self, needle: &str, skip: usize, ranks: &mut Vec<Rank>) {
        let Ok(searcher) = AhoCorasick::new([needle]) else { return };
        let len = needle.len() - skip;
        let mut last = None;
        for hit in searcher.find_iter(&self.text) {
            let at = hit.start() + skip;
            let number = self.lines.partition_point(|line| line.at as usize <= at) - 1;
            let tier = match self.text.as_bytes()[at - 1] {
                b'\n' if self.line(number).len() == len => Tier::Whole,
                b'\n' => Tier::Prefix,
                b' ' => Tier::WordPrefix,
                _ => Tier::Inside,
            };
            // A later hit in the same line can be the better one.
            match (last == Some(number), ranks.last_mut()) {
                (true, Some(rank)) => rank.tier = rank.tier.min(tier),
                _ => ranks.push(self.rank(number, tier)),
            }
            last = Some(number);
        }
    }

    /// Lines whose beginning is one slip away from `wanted`, two from eight letters on. The first letter counts as right, or
    /// swapped with the second.
    fn add_typos(&self, wanted: &str, ranks: &mut Vec<Rank>) {
        let typed: Vec<char> = wanted.chars().collect();
        if !(4..=40).contains(&typed.len()) {
            return;
        }
        let slips = if typed.len() >= 8 { 2 } else { 1 };
        let mask = letters(wanted);
        for (number, line) in self.lines.iter().enumerate() {
            if (mask & !line.letters).count_ones() as usize > slips {
                continue;
            }
            let text = self.line(number);
            let mut begins = text.chars();
            let (first, second) = (begins.next(), begins.next());
            if first != Some(typed[0]) && (first, second) != (Some(typed[1]), Some(typed[0])) {
                continue;
            }
            let near = (typed.len() - 1..=typed.len() + 1).any(|len| {
                let cut = text.char_indices().nth(len).map_or(text.len(), |(at, _)| at);
                strsim::osa_distance(wanted, &text[..cut]) <= slips
            });
            if near {
                ranks.push(self.rank(number, Tier::Typo));
            }
        }
    }

    fn rank(&self, number: usize, tier: Tier) -> Rank {
        // The name itself goes before an alias, within one tier.
        Rank { tier, alias: self.lines[number].alias != NAME, len: self.line(number).len(), line: number }
    }
}

#[derive(Clone, Copy, Debug)]
struct Rank {
    tier: Tier,
    alias: bool,
    len: usize,
    line: usize,
}

/// Lower case, plain letters, one space for everything between words; symbols that make a name (`c++`, `.net`) stay.
fn push_folded(out: &mut String, name: &str) {
    let from = out.len();
    let mut folded = String::with_capacity(name.len());
    fold_into(&mut folded, name);
    for c in folded.chars() {
        if c.is_alphanumeric() || matches!(c, '+' | '#' | '.' | '&') {
            out.push(c);
        } else if out.len() > from && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if out.len() > from && out.ends_with(' ') {
        out.pop();
    }
}

fn letters(text: &str) -> u64 {
    text.bytes().fold(0, |mask, byte| match byte {
        b'a'..=b'z' => mask | 1 << (byte - b'a'),
        b'0'..=b'9' => mask | 1 << (26 + byte - b'0'),
        _ => mask,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(typed: &str, limit: usize) -> Vec<(u32, Option<usize>)> {
        let names = [
            ("Kubernetes", vec!["k8s".to_owned()]),
            ("Machine learning", vec!["ML".to_owned()]),
            ("C++", vec![]),
            ("C#", vec!["C sharp".to_owned()]),
            ("C", vec![]),
            (".NET", vec!["dotnet".to_owned()]),
            ("E-learning", vec![]),
            ("JavaScript", vec!["JS".to_owned()]),
        ];
        let index = Index::new(names.iter().map(|(name, aliases)| (*name, aliases.as_slice())));
        index.search(typed, limit).into_iter().map(|hit| (hit.target, hit.alias)).collect()
    }

    #[test]
    fn prefix_before_word_before_inside_before_typo() {
        assert_eq!(found("c", 9), [(4, None), (3, None), (2, None)]);
        assert_eq!(found("C++", 9), [(2, None)]);
        assert_eq!(found("learn", 9), [(6, None), (1, None)]);
        assert_eq!(found("script", 9), [(7, None)]);
        assert_eq!(found("kubernets", 9), [(0, None)]);
        assert_eq!(found("kuberentes", 9), [(0, None)]);
        assert_eq!(found("K8S", 9), [(0, Some(0))]);
        assert_eq!(found(".n", 9), [(5, None)]);
    }

    #[test]
    fn nothing_for_nothing() {
        assert!(found("", 9).is_empty() && found("  ", 9).is_empty() && found("k", 0).is_empty());
        assert!(found("\n", 9).is_empty() && found("zzzzzz", 9).is_empty());
    }
}
