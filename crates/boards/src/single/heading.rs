//! One line that names a posting, taken apart: `Baker at Acme Mills in Berlin | Jobs`, `Acme Mills sucht Bäcker (m/w/d)`.

use super::words::{ARTICLES, AT, BEFORE, HIRING, IN, company, is_empty, is_role, is_site};
use crate::Finder;
use crate::feeds::role::is_place;

/// What divides parts of a line where no word does.
const BETWEEN: [&str; 9] = [" | ", " · ", " • ", " – ", " — ", " - ", " :: ", " » ", " / "];
/// Lines longer than this are prose.
const LONGEST: usize = 300;

/// What a line names; empty where it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    pub title: String,
    pub company: String,
    pub place: String,
}

/// Takes the title of a page apart: every part of it counts.
pub fn split(line: &str, finder: &Finder) -> Parts {
    if line.len() > LONGEST {
        return Parts::default();
    }
    if let Some(parts) = said(line, finder) {
        return parts;
    }
    let pieces = pieces(line);
    let mut found = Parts::default();
    let mut names = Vec::new();
    for piece in pieces.into_iter().map(without_start).filter(|piece| !is_empty(piece) && !is_site(piece)) {
        if found.place.is_empty() && is_place(piece) && !is_role(piece, finder) && piece.len() <= 80 {
            found.place = piece.to_owned();
        } else {
            names.push(piece);
        }
    }
    // The first is the title, unless only another one names a role.
    let at = names.iter().position(|name| is_role(name, finder)).unwrap_or(0);
    if at < names.len() {
        let title = names.remove(at);
        let (title, place) = at_place(title);
        found.title = title.to_owned();
        if found.place.is_empty() {
            found.place = place.to_owned();
        }
    }
    found.company = names.into_iter().find_map(company).unwrap_or_default();
    found
}

/// Takes a line apart that says in words who looks for whom; `None` where it does not say it.
pub fn said(line: &str, finder: &Finder) -> Option<Parts> {
    if line.len() > LONGEST {
        return None;
    }
    // What pages add behind it.
    let line = line.split(" | ").next().unwrap_or(line).trim().trim_end_matches(['.', '!', ':']);
    if let Some((before, after)) = parted(line, &HIRING) {
        let title = without_any(without_any(after, &ARTICLES), &ARTICLES);
        let (title, place) = at_place(title);
        let company = company(before)?;
        let is_name = before.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
        return (is_name && !is_pronoun(&company) && title.len() <= 150).then(|| Parts {
            title: tidy(title),
            company,
            place: place.to_owned(),
        });
    }
    let line = without_start(line);
    let (title, rest) = parted(line, &AT)?;
    let (name, place) = company_and_place(rest);
    let company = company(name)?;
    let is_name = company.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    (is_name
        && title.len() <= 150
        && !is_empty(title)
        && (is_role(title, finder) || title.split_whitespace().count() <= 6))
        .then(|| Parts { title: tidy(without_any(title, &ARTICLES)), company, place: place.to_owned() })
}

/// Company and place of what stands behind the word between: `Acme Mills in Berlin`, `Acme Mills (Berlin)`, `Acme - Berlin, Germany`.
pub fn company_and_place(text: &str) -> (&str, &str) {
    let text = text.trim();
    let signs = BETWEEN.iter().chain(&[", ", " ("]);
    let mut cuts: Vec<(usize, &str)> = signs.flat_map(|sign| text.match_indices(sign)).collect();
    cuts.sort_unstable();
    for (at, sign) in cuts {
        let rest = &text[at + sign.len()..];
        let rest = if sign == " (" { rest.trim_end_matches(')') } else { rest };
        let place = place_first(rest);
        if !place.is_empty() && !is_legal_form(place) {
            return (text[..at].trim(), place);
        }
    }
    let (company, place) = at_place(text);
    if place.is_empty() { (pieces(company).first().copied().unwrap_or(company), "") } else { (company, place) }
}

/// The place that a text begins with, before anything else that is divided from it; empty where it is none.
fn place_first(text: &str) -> &str {
    let first = pieces(text).first().copied().unwrap_or_default();
    let named = first.chars().next().is_some_and(char::is_uppercase) || first.starts_with(|c: char| c.is_ascii_digit());
    if named && first.len() <= 80 && is_place(first) { first } else { "" }
}

/// `Inc, Berlin`: the comma belongs to the company's name.
fn is_legal_form(text: &str) -> bool {
    let first = text.split([',', ' ']).next().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
    ["inc", "llc", "ltd", "gmbh", "ag", "se", "kg", "corp", "co", "plc", "sa", "sas", "sarl", "sl", "bv"]
        .contains(&first.as_str())
}

/// A text and the known place it ends with: `Baker in Berlin`, `Boulanger à Lyon`.
fn at_place(text: &str) -> (&str, &str) {
    let lower = text.to_ascii_lowercase();
    let all = IN.iter().filter_map(|sign| lower.rfind(sign).map(|at| (at, sign.len())));
    all.map(|(at, length)| (text[..at].trim(), place_first(text[at + length..].trim())))
        .find(|(before, place)| !before.is_empty() && !place.is_empty())
        .unwrap_or((text, ""))
}

/// The parts of a line; a hyphen inside a word parts nothing.
fn pieces(line: &str) -> Vec<&str> {
    let mut parts = vec![line];
    for sign in BETWEEN {
        parts = parts.into_iter().flat_map(|part| part.split(sign)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn without_start(text: &str) -> &str {
    without_any(text, &BEFORE)
}

fn without_any<'a>(text: &'a str, starts: &[&str]) -> &'a str {
    starts.iter().filter_map(|start| after(text, start)).min_by_key(|rest| rest.len()).unwrap_or(text)
}

/// What stands behind a start, which is folded: in any case, and with any apostrophe.
fn after<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in start.chars() {
        let c = rest.next()?;
        let c = if matches!(c, '’' | '‘') { '\'' } else { c };
        if !c.to_lowercase().eq(std::iter::once(wanted)) {
            return None;
        }
    }
    Some(rest.as_str().trim_start())
}

/// Parts a text at the first of these that stands in it, in any case; never at its beginning or end.
fn parted<'a>(text: &'a str, between: &[&str]) -> Option<(&'a str, &'a str)> {
    // Only ASCII changes, so that places stay the same.
    let lower = text.to_ascii_lowercase();
    let found = between.iter().filter_map(|sign| lower.find(sign).map(|at| (at, sign.len())));
    let (at, length) = found.min_by_key(|(at, length)| (*at, usize::MAX - length))?;
    let (before, after) = (text[..at].trim(), text[at + length..].trim());
    (!before.is_empty() && !after.is_empty()).then_some((before, after))
}

fn is_pronoun(text: &str) -> bool {
    let text = crate::text::folded(text);
    let last = text.rsplit(' ').next().unwrap_or_default();
    [
        "we",
        "who",
        "team",
        "company",
        "client",
        "customer",
        "you",
        "i",
        "they",
        "wir",
        "unternehmen",
        "kunde",
        "nous",
        "client",
        "entreprise",
        "empresa",
        "cliente",
        "nosotros",
    ]
    .contains(&last)
}

fn tidy(text: &str) -> String {
    text.trim().trim_end_matches([',', ';', ':', '-', '–', '.', '!']).trim().to_owned()
}
