//! Splitting a description by its headings: what one does, what is asked for, what would be nice, what is offered.

use crate::text::{Phrases, bullet, folded};
use crate::{limits, text};
use std::sync::LazyLock;

mod headings;

/// What a part of a description is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Before the first heading, or under one that names none of the others.
    #[default]
    Open,
    Responsibilities,
    Requirements,
    /// Nice to have.
    Preferred,
    /// What the work is done with.
    Tools,
    /// Pay, benefits, place, equal treatment, how to apply: says nothing about what one must know.
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
    /// Under a heading that mostly opens a description of the role in prose.
    is_weak: bool,
}

/// The lines of a description, each with the part it stands in. Takes text as [`crate::html::to_text`] makes it, and
/// other plain text too.
pub fn split(text: &str) -> Vec<Line<'_>> {
    let mut state = State::default();
    let mut lines = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        state.take(line, &mut lines);
    }
    lines
}

/// Longer lines after a list are prose that rounds off the posting, no part of the list.
const PROSE_BYTES: usize = 160;

#[derive(Default)]
struct State {
    kind: Kind,
    /// The heading that opened the part has nothing under it yet.
    fresh: bool,
    /// The part has headings of its own, which do not end it.
    has_subheadings: bool,
    /// The heading alone does not prove what follows: `About the role`.
    is_weak: bool,
    has_items: bool,
}

impl State {
    fn take<'a>(&mut self, line: &'a str, lines: &mut Vec<Line<'a>>) {
        if let Some(item) = bullet(line) {
            // `- Required:` over further items is a heading that looks like an item.
            if let Some(kind) = item.strip_suffix(':').and_then(headings::known).filter(|_| self.asks()) {
                self.open(kind, false);
                lines.push(self.line(item, false, true));
                return;
            }
            (self.fresh, self.has_items) = (false, true);
            lines.push(self.line(without_number(item), true, false));
        } else if let Some(found) = headings::found(line) {
            match found {
                headings::Found::Known(kind) => self.open(kind, headings::is_weak(line)),
                // Directly under a heading, or under one that has several, or among the benefits: still the same part.
                headings::Found::Unknown if self.fresh || self.has_subheadings || self.kind == Kind::Offer => {
                    self.has_subheadings |= self.fresh;
                    self.fresh = false;
                }
                headings::Found::Unknown => self.open(Kind::Open, false),
            }
            lines.push(self.line(line, false, true));
        } else if let Some((heading, rest)) = line.split_once(':').filter(|(heading, _)| heading.len() <= 60)
            && let Some(kind) = headings::known(heading)
        {
            self.open(kind, false);
            lines.push(self.line(heading, false, true));
            if !rest.trim().is_empty() {
                self.fresh = false;
                lines.push(self.line(rest.trim(), false, false));
            }
        } else {
            if self.has_items && line.len() > PROSE_BYTES && self.kind != Kind::Offer {
                self.open(Kind::Open, false);
            }
            self.fresh = false;
            lines.push(self.line(line, false, false));
        }
    }

    fn asks(&self) -> bool {
        matches!(self.kind, Kind::Requirements | Kind::Preferred)
    }

    fn open(&mut self, kind: Kind, is_weak: bool) {
        *self = State { kind, fresh: kind != Kind::Open, has_subheadings: false, is_weak, has_items: false };
    }

    fn line<'a>(&self, text: &'a str, is_item: bool, is_heading: bool) -> Line<'a> {
        Line { kind: self.kind, text, is_item, is_heading, is_weak: self.is_weak }
    }
}

/// `4. Knead` → `Knead`.
fn without_number(item: &str) -> &str {
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    match item[digits..].strip_prefix(['.', ')']) {
        Some(rest) if (1..=2).contains(&digits) && rest.starts_with(' ') => rest.trim_start(),
        _ => item,
    }
}

/// What one does: the items under the headings for it, or where none has items, the last list before what is asked for.
pub fn responsibilities(lines: &[Line<'_>]) -> Vec<String> {
    let listed = items(lines, Kind::Responsibilities, false);
    if !listed.is_empty() {
        return listed;
    }
    let end = lines.iter().position(|line| line.kind == Kind::Requirements).unwrap_or(0);
    let mut lists = lines[..end].rsplit(|line| line.is_heading);
    let last = lists.find(|part| part.iter().filter(|line| line.is_item && line.kind == Kind::Open).count() >= 3);
    let listed = last.map(|part| items(part, Kind::Open, false)).unwrap_or_default();
    if listed.is_empty() { items(lines, Kind::Responsibilities, true) } else { listed }
}

/// What is asked for, without the wishes.
pub fn requirements(lines: &[Line<'_>]) -> Vec<String> {
    let listed = items(lines, Kind::Requirements, false);
    if listed.is_empty() { items(lines, Kind::Requirements, true) } else { listed }
}

/// The bullets of the parts of one kind, or (`prose`) their sentences. Bounded.
fn items(lines: &[Line<'_>], wanted: Kind, prose: bool) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for line in lines.iter().filter(|line| line.kind == wanted && !line.is_heading && line.is_item != prose) {
        if line.is_item {
            push(&mut items, line.text);
        } else if !line.is_weak {
            sentences(line.text).for_each(|sentence| push(&mut items, sentence));
        }
    }
    items
}

fn push(items: &mut Vec<String>, item: &str) {
    let item = text::line(item, limits::ITEM_CHARS);
    let is_tag = item.starts_with('#') && !item.contains(' ');
    let is_label = item.ends_with(':') && item.len() < 40;
    let is_aside = folded(&item).starts_with("preferred:");
    if item.chars().count() > 2
        && !is_tag
        && !is_label
        && !is_aside
        && items.len() < limits::ITEMS
        && !items.contains(&item)
    {
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

static WISHES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "nice to have; nice-to-have; nice to haves; preferred; preferably; prefer; a plus; is a bonus; a bonus; \
     bonus points; bonus if; bonus:; would be a plus; big plus; huge plus; desirable; desired; ideally; \
     advantageous; an advantage; a strong advantage; would be great; would be nice; not required; optional; \
     optionally; extra points; von vorteil; wünschenswert; idealerweise; ein plus; gerne auch; atout; serait un \
     plus; deseable; é um diferencial; plus points; bonus for",
    )
});

/// Does a sentence call what it names a wish rather than a must?
pub fn is_wish(sentence: &str) -> bool {
    let sentence = folded(sentence);
    WISHES.any(&sentence)
}
