//! Splitting a description by its headings: what one does, what is asked for, what would be nice, what is offered.

use crate::text::{bullet, folded, has_phrase};
use crate::{limits, text};

mod headings;

/// What a part of a description is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Before the first heading, or under one that names none of the others.
    Open,
    Responsibilities,
    Requirements,
    /// Nice to have.
    Preferred,
    /// Pay, benefits, equal treatment, how to apply: says nothing about what one must know.
    Offer,
}

/// One line of a description and the part it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    pub kind: Kind,
    /// Without a bullet.
    pub text: &'a str,
    pub is_item: bool,
    pub is_heading: bool,
}

/// Goes through a text line by line, keeping track of the part.
pub struct Lines<'a> {
    lines: std::str::Lines<'a>,
    kind: Kind,
    /// The rest of a line whose start was a heading: `Requirements: Rust, SQL`.
    rest: Option<&'a str>,
}

impl<'a> Lines<'a> {
    /// The lines of a text as [`crate::html::to_text`] makes it; other plain text is taken too.
    pub fn of(text: &'a str) -> Self {
        Lines { lines: text.lines(), kind: Kind::Open, rest: None }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        if let Some(rest) = self.rest.take() {
            return Some(Line { kind: self.kind, text: rest, is_item: false, is_heading: false });
        }
        let line = self.lines.by_ref().map(str::trim).find(|line| !line.is_empty())?;
        if let Some(item) = bullet(line) {
            return Some(Line { kind: self.kind, text: item, is_item: true, is_heading: false });
        }
        if let Some(kind) = headings::kind_of(line) {
            self.kind = kind;
            return Some(Line { kind, text: line, is_item: false, is_heading: true });
        }
        if let Some((heading, rest)) = line.split_once(':')
            && let Some(kind) = headings::known(heading)
        {
            self.kind = kind;
            self.rest = Some(rest.trim()).filter(|rest| !rest.is_empty());
            return Some(Line { kind, text: heading, is_item: false, is_heading: true });
        }
        Some(Line { kind: self.kind, text: line, is_item: false, is_heading: false })
    }
}

/// The items under the headings of one kind: its bullets, or where it has none its sentences. Bounded.
pub fn items(description: &str, wanted: Kind) -> Vec<String> {
    let lines: Vec<Line<'_>> = Lines::of(description).filter(|line| line.kind == wanted && !line.is_heading).collect();
    let has_bullets = lines.iter().any(|line| line.is_item);
    let mut items: Vec<String> = Vec::new();
    for line in lines {
        // Prose beside bullets introduces or rounds off.
        if has_bullets && !line.is_item {
            continue;
        }
        if line.is_item || line.text.len() < 160 {
            push(&mut items, line.text);
        } else {
            for sentence in sentences(line.text) {
                push(&mut items, sentence);
            }
        }
    }
    items
}

fn push(items: &mut Vec<String>, item: &str) {
    let item = text::line(item, limits::ITEM_CHARS);
    if item.chars().count() > 2 && items.len() < limits::ITEMS && !items.contains(&item) {
        items.push(item);
    }
}

/// The sentences of a line. `e.g.`, `Node.js` and `5.5` do not end one: the next must start with a capital or a digit.
pub fn sentences(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.trim().is_empty() {
            return None;
        }
        let end = rest
            .char_indices()
            .filter(|(_, c)| matches!(c, '.' | '!' | '?' | ';'))
            .map(|(at, c)| (at + c.len_utf8(), c))
            .find(|&(end, c)| {
                let mut after = rest[end..].chars();
                let space = after.next().is_none_or(char::is_whitespace);
                let next = rest[end..].trim_start().chars().next();
                let starts = next.is_none_or(|c| c.is_uppercase() || c.is_numeric() || !c.is_alphanumeric());
                space && (c == ';' || (starts && !ends_with_abbreviation(&rest[..end])))
            })
            .map_or(rest.len(), |(end, _)| end);
        let (sentence, after) = rest.split_at(end);
        rest = after;
        Some(sentence.trim())
    })
    .filter(|sentence| !sentence.is_empty())
}

fn ends_with_abbreviation(text: &str) -> bool {
    ["e.g.", "i.e.", "etc.", "incl.", "approx.", "z.B.", "bzw.", "u.a.", "ca.", "Inc.", "Sr.", "vs.", "No.", "St."]
        .iter()
        .any(|short| text.ends_with(short))
}

/// Does a sentence call what it names a wish rather than a must?
pub fn is_wish(sentence: &str) -> bool {
    const WISHES: &[&str] = &[
        "nice to have",
        "nice-to-have",
        "nice to haves",
        "preferred",
        "preferably",
        "prefer",
        "a plus",
        "is a bonus",
        "a bonus",
        "bonus points",
        "bonus if",
        "bonus:",
        "would be a plus",
        "big plus",
        "huge plus",
        "desirable",
        "desired",
        "ideally",
        "advantageous",
        "an advantage",
        "a strong advantage",
        "would be great",
        "would be nice",
        "not required",
        "optional",
        "optionally",
        "extra points",
        "von vorteil",
        "wünschenswert",
        "idealerweise",
        "ein plus",
        "gerne auch",
        "atout",
        "serait un plus",
        "deseable",
        "é um diferencial",
        "plus points",
        "bonus for",
    ];
    let sentence = folded(sentence);
    WISHES.iter().any(|wish| has_phrase(&sentence, wish))
}
