//! The numbers by which employers tell their openings apart: `Req ID: R-4711`, `Kennziffer 12/2026`.

use crate::text::words;

/// A number and the word before it. Numbers under different words are not compared: an aggregator has its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requisition {
    pub label: &'static str,
    pub number: String,
}

/// Words that a number follows, folded.
const LABELS: &[&str] = &[
    "req",
    "requisition",
    "job id",
    "job number",
    "job code",
    "job no",
    "posting id",
    "position number",
    "vacancy number",
    "announcement number",
    "kennziffer",
    "referenznummer",
    "stellennummer",
    "stellen id",
    "job nr",
    "ausschreibungsnummer",
    "reference",
    "referencia",
    "reference number",
    "ref",
    "numero de oferta",
    "reference de l offre",
];
/// Words that may stand between.
const BETWEEN: &[&str] = &["id", "nr", "no", "number", "code", "num", "numero", "n"];
/// No more are read from one text.
const MOST: usize = 8;

/// The requisition numbers that a title or a text names.
pub fn find(text: &str) -> Vec<Requisition> {
    let mut found = Vec::new();
    for line in text.lines() {
        // Numbers keep what is between their parts, so the line is split at white space.
        let raw: Vec<&str> = line.split_whitespace().collect();
        let folded: Vec<String> = raw.iter().map(|word| words(word).join(" ")).collect();
        for at in 0..raw.len() {
            if found.len() >= MOST {
                return found;
            }
            let Some((label, length)) = label_at(&folded[at..]) else { continue };
            let mut next = at + length;
            while folded.get(next).is_some_and(|word| word.is_empty() || BETWEEN.contains(&word.as_str())) {
                next += 1;
            }
            if let Some(number) = folded.get(next).map(|word| word.replace(' ', "")).filter(|word| is_number(word)) {
                found.push(Requisition { label, number });
            }
        }
    }
    found
}

fn label_at(words: &[String]) -> Option<(&'static str, usize)> {
    LABELS
        .iter()
        .copied()
        .filter_map(|label| {
            let length = label.split(' ').count();
            let same = words.len() >= length && label.split(' ').zip(words).all(|(one, two)| one == two);
            same.then_some((label, length))
        })
        .max_by_key(|(_, length)| *length)
}

fn is_number(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits >= 3 && word.len() <= 24 && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Two numbers under one word that are not the same, where no number agrees.
pub fn apart<'a>(one: &'a [Requisition], two: &'a [Requisition]) -> Option<(&'a str, &'a str)> {
    if one.iter().any(|a| two.contains(a)) {
        return None;
    }
    let differ =
        |a: &'a Requisition| two.iter().find(|b| b.label == a.label).map(|b| (a.number.as_str(), b.number.as_str()));
    one.iter().find_map(differ)
}
