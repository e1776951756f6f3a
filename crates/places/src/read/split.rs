/// How a part of an alternative is joined to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    Start,
    Comma,
    Dash,
    /// Within one run of words: `Sydney NSW`.
    Space,
}

const CUTS: [char; 15] = [';', '/', '|', '(', ')', '[', ']', '{', '}', '\n', '\r', '•', '·', '&', '+'];

/// One of several places that a text names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alternative<'a> {
    pub text: &'a str,
    /// It stands in brackets and may explain what is before them: `Atlanta (GA)`.
    pub bracketed: bool,
}

/// Cuts a text where one place ends and another begins: `;`, `/`, `|`, brackets, new lines, `or`, `and`.
pub(super) fn alternatives(text: &str) -> Vec<Alternative<'_>> {
    let mut out = Vec::new();
    let mut bracketed = false;
    for piece in text.split_inclusive(CUTS) {
        let mut words = piece.chars();
        let end = words.next_back().filter(|c| CUTS.contains(c));
        let body = if end.is_some() { words.as_str() } else { piece };
        let from = out.len();
        cut_at_words(body, &mut out);
        if let Some(first) = out.get_mut(from) {
            first.bracketed = bracketed;
        }
        bracketed = matches!(end, Some('(' | '[' | '{'));
    }
    out.retain(|alternative| !alternative.text.trim().is_empty());
    out
}

/// Cuts at the words `or`, `and`, `und`, `oder`, but keeps `Portland, OR` and names such as `Trinidad and Tobago` whole.
fn cut_at_words<'a>(piece: &'a str, out: &mut Vec<Alternative<'a>>) {
    let mut start = 0;
    let mut word_start = 0;
    while let Some(word) = piece.get(word_start..).map(first_word).filter(|word| !word.is_empty()) {
        let next = word_start + word.len();
        let bare = word.trim();
        let before = piece.get(start..word_start).unwrap_or("");
        let after = piece.get(next..).unwrap_or("");
        let joins = ["or", "and", "und", "oder", "ou", "et"].iter().any(|joint| bare.eq_ignore_ascii_case(joint));
        let state = bare == "OR" && (before.trim_end().ends_with(',') || after.trim().is_empty());
        if joins && !state && !part_of_name(before, after) {
            out.push(Alternative { text: before, bracketed: false });
            start = next;
        }
        word_start = next;
    }
    out.extend(piece.get(start..).map(|text| Alternative { text, bracketed: false }));
}

/// A word with the space that follows it.
fn first_word(text: &str) -> &str {
    let letters = text.find(char::is_whitespace).unwrap_or(text.len());
    let rest = text.get(letters..).unwrap_or("");
    let space = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
    text.get(..letters + space).unwrap_or(text)
}

/// Second halves of names that hold an "and".
const AFTER_AND: &[&str] = &[
    "tobago",
    "león",
    "leon",
    "herzegovina",
    "barbuda",
    "nevis",
    "labrador",
    "kashmir",
    "caicos",
    "futuna",
    "wear",
    "country",
    "principe",
    "príncipe",
    "miquelon",
    "grenadines",
    "hove",
    "mcdonald",
    "jan",
    "eastern",
    "central",
    "north",
    "africa",
    "caribbean",
];

fn part_of_name(before: &str, after: &str) -> bool {
    let mut words =
        after.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    let first = words.next().unwrap_or_default();
    let first = if first == "the" { words.next().unwrap_or_default() } else { first };
    AFTER_AND.contains(&first.as_str()) || (first == "new" && before.trim_end().ends_with("Australia"))
}

/// The parts of one alternative: cut at commas, colons and free-standing dashes.
pub(super) fn parts(alternative: &str) -> Vec<(Joint, &str)> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut joint = Joint::Start;
    for (at, c) in alternative.char_indices() {
        let next = match c {
            ',' | '،' | '、' | '，' => Joint::Comma,
            '–' | '—' | ':' | '>' | '→' => Joint::Dash,
            '-' if stands_free(alternative, at) => Joint::Dash,
            _ => continue,
        };
        out.extend(alternative.get(start..at).map(|part| (joint, part)));
        start = at + c.len_utf8();
        joint = next;
    }
    out.extend(alternative.get(start..).map(|part| (joint, part)));
    out.retain(|(_, part)| !part.trim().is_empty());
    out
}

fn stands_free(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let after = text.get(at + 1..).and_then(|text| text.chars().next());
    [before, after].into_iter().any(|side| side.is_none_or(char::is_whitespace))
}
