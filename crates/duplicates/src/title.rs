//! What a title says, in parts: the role, its level, its shift, hours and term.

mod kin;
mod lists;

use crate::{limits, text::words};
use kin::kin;
use lists::{FILLING, GROUPS, LEVELS, SPELLINGS};

/// A title taken apart.
#[derive(Clone, Debug)]
pub struct Title {
    pub written: String,
    /// The words that name the role, each once, without marks of equal treatment.
    core: Vec<String>,
    /// Names of levels: `senior`, `2`.
    levels: Vec<&'static str>,
    /// What it says of shift, hours and term; each with the group in which it excludes others.
    terms: Vec<(Group, &'static str)>,
    /// Hours a week, when it names them.
    hours: Option<String>,
}

/// Of things in one group, an opening has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Shift,
    Hours,
    Term,
}

impl Group {
    fn name(self) -> &'static str {
        match self {
            Group::Shift => "shifts",
            Group::Hours => "hours",
            Group::Term => "kinds of contract",
        }
    }
}

impl Title {
    pub fn of(title: &str) -> Self {
        let written = boards::text::line(title, limits::LINE);
        let key = boards::duplicate::title_key(&written);
        let mut all: Vec<String> = words(&key)
            .into_iter()
            .map(|word| SPELLINGS.iter().find(|(from, _)| *from == word).map_or(word, |(_, to)| (*to).into()))
            .collect();
        let hours = take_hours(&mut all);
        let mut terms = Vec::new();
        let mut levels: Vec<&'static str> = Vec::new();
        let mut core: Vec<String> = Vec::new();
        let mut at = 0;
        while at < all.len() {
            let rest = &all[at..];
            if let Some((group, name, length)) = term(rest) {
                if !terms.contains(&(group, name)) {
                    terms.push((group, name));
                }
                at += length;
                continue;
            }
            let word = rest[0].as_str();
            if let Some((_, name)) =
                LEVELS.iter().find(|(known, _)| *known == word).filter(|_| at > 0 || !numeral(word))
            {
                if !levels.contains(name) {
                    levels.push(name);
                }
            } else if !FILLING.contains(&word) && !core.iter().any(|known| kin(known, word)) {
                core.push(word.into());
            }
            at += 1;
        }
        levels.sort_unstable();
        Self { written, core, levels, terms, hours }
    }

    /// The words of the role but for `ignored` ones, sorted: equal for titles that differ in order and marks.
    pub fn key(&self, ignored: &[String]) -> String {
        let mut core: Vec<&str> = self.core.iter().filter(|word| !ignored.contains(word)).map(String::as_str).collect();
        core.sort_unstable();
        core.join(" ")
    }

    /// What of level, shift, hours and term speaks against one opening.
    pub fn conflicts(&self, other: &Title) -> Vec<String> {
        let mut found = Vec::new();
        if self.levels != other.levels {
            let name = |levels: &[&str]| if levels.is_empty() { "none".to_owned() } else { levels.join(" ") };
            found.push(format!(
                "The titles name different levels: {} and {}.",
                name(&self.levels),
                name(&other.levels)
            ));
        }
        for group in [Group::Shift, Group::Hours, Group::Term] {
            let of = |title: &Title| -> Vec<&'static str> {
                title.terms.iter().filter(|(of, _)| *of == group).map(|(_, name)| *name).collect()
            };
            let (mine, theirs) = (of(self), of(other));
            if !mine.is_empty() && !theirs.is_empty() && !mine.iter().any(|name| theirs.contains(name)) {
                let (mine, theirs) = (mine.join(", "), theirs.join(", "));
                found.push(format!("The titles name different {}: {mine} and {theirs}.", group.name()));
            }
        }
        if let (Some(mine), Some(theirs)) = (&self.hours, &other.hours)
            && mine != theirs
        {
            found.push(format!("The titles name different hours: {mine} and {theirs}."));
        }
        found
    }

    /// What one of them says of shift, hours or term and the other leaves open; what most openings are (full time,
    /// permanent) goes without saying.
    pub fn only_one_says(&self, other: &Title) -> Option<&'static str> {
        let special = |title: &Title| -> Vec<(Group, &'static str)> {
            title.terms.iter().filter(|(_, name)| !matches!(*name, "full time" | "permanent")).copied().collect()
        };
        let lone = |one: &Title, two: &Title| {
            special(one).into_iter().find(|(group, _)| !two.terms.iter().any(|(there, _)| there == group))
        };
        lone(self, other).or_else(|| lone(other, self)).map(|(_, name)| name)
    }

    /// How the roles compare; `ignored` are words that say nothing here, such as those of the place.
    pub fn relation(&self, other: &Title, ignored: &[String]) -> Relation {
        let beyond = |one: &Title, two: &Title| -> Vec<String> {
            let known = |word: &String| two.core.iter().any(|there| kin(word, there)) || ignored.contains(word);
            one.core.iter().filter(|word| !known(word)).cloned().collect()
        };
        let (mine, theirs) = (beyond(self, other), beyond(other, self));
        let shared = self.core.iter().filter(|word| other.core.iter().any(|there| kin(word, there))).count();
        match (mine.is_empty(), theirs.is_empty()) {
            (true, true) => Relation::Equal,
            (true, false) if shared > 0 => Relation::Wider(theirs),
            (false, true) if shared > 0 => Relation::Wider(mine),
            (false, false) if shared > 0 && joined(&mine) == joined(&theirs) => Relation::Equal,
            _ => Relation::Apart(mine.join(" "), theirs.join(" ")),
        }
    }
}

/// How two titles' roles compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    Equal,
    /// One says these words more.
    Wider(Vec<String>),
    /// Each says what the other does not.
    Apart(String, String),
}

/// `Care Co-ordinator` and `Care Coordinator`.
fn joined(words: &[String]) -> String {
    let mut words = words.to_vec();
    words.sort_unstable();
    words.concat()
}

fn numeral(word: &str) -> bool {
    matches!(word, "i" | "ii" | "iii" | "iv" | "v") || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The longest term that the words begin with.
fn term(words: &[String]) -> Option<(Group, &'static str, usize)> {
    let first = words.first()?.as_str();
    GROUPS
        .iter()
        .flat_map(|(group, name, forms)| forms.iter().map(move |form| (*group, *name, *form)))
        .filter(|(.., form)| form.starts_with(first))
        .filter_map(|(group, name, form)| {
            let length = form.split(' ').count();
            let same = words.len() >= length && form.split(' ').zip(words).all(|(one, two)| one == two);
            same.then_some((group, name, length))
        })
        .max_by_key(|(_, _, length)| *length)
}

/// `20 hours`, `39 Stunden`, `0.6 FTE`: taken out of the words.
fn take_hours(words: &mut Vec<String>) -> Option<String> {
    let unit = words.iter().position(|word| {
        matches!(
            word.as_str(),
            "hours" | "hrs" | "stunden" | "std" | "fte" | "heures" | "horas" | "h/week" | "wochenstunden"
        )
    })?;
    let numbers = words[..unit].iter().rev().take_while(|word| word.bytes().all(|byte| byte.is_ascii_digit())).count();
    if numbers == 0 {
        return None;
    }
    let taken: Vec<String> = words.drain(unit - numbers..=unit).collect();
    Some(taken.join(" "))
}
