//! A text folded in one go, with its lines and where its sentences end.

use super::fold::{Kind, fold as fold_char, kind};
use std::ops::Range;

/// A folded text: words separated by one space, lines by a line break, and no empty line.
#[derive(Default)]
pub struct Folded {
    pub text: String,
    pub lines: Vec<Line>,
}

/// A line of it.
#[derive(Default)]
pub struct Line {
    bytes: Range<usize>,
    /// Its words, counted from the first of the text.
    pub words: Range<usize>,
    /// The words after which a sentence ends.
    ends: Vec<usize>,
    pub is_item: bool,
    /// It ends as sentences do.
    pub is_closed: bool,
    pub has_digits: bool,
}

impl Folded {
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.text.split([' ', '\n']).filter(|word| !word.is_empty())
    }

    pub fn of(&self, line: &Line) -> &str {
        &self.text[line.bytes.clone()]
    }
}

impl Line {
    /// The words of each sentence.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(self.words.start).chain(self.ends.iter().copied());
        let ends = self.ends.iter().copied().chain(std::iter::once(self.words.end));
        starts.zip(ends).map(|(start, end)| start..end)
    }
}

pub fn fold(text: &str) -> Folded {
    let mut folded = Folded { text: String::with_capacity(text.len()), lines: Vec::new() };
    let mut count = 0;
    for raw in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let line = one_line(raw, &mut folded.text, count);
        if line.words.is_empty() {
            continue;
        }
        count = line.words.end;
        folded.text.push('\n');
        folded.lines.push(line);
    }
    folded
}

fn one_line(raw: &str, out: &mut String, first: usize) -> Line {
    let start = out.len();
    let mut count = first;
    let mut in_word = false;
    let mut ends = Vec::new();
    let mut has_digits = false;
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match kind(c) {
            Kind::Nothing => continue,
            Kind::Sign if !in_word => continue,
            Kind::Letter if !in_word => {
                if count > first {
                    out.push(' ');
                }
                count += 1;
                in_word = true;
            }
            Kind::Letter | Kind::Sign => {}
            Kind::Other => {
                in_word = false;
                let is_end = matches!(c, ';') || (matches!(c, '.' | '!' | '?') && chars.peek() == Some(&' '));
                if is_end && ends.last() != Some(&count) {
                    ends.push(count);
                }
                continue;
            }
        }
        has_digits |= c.is_ascii_digit();
        fold_char(c, out);
    }
    if ends.last() == Some(&count) {
        ends.pop();
    }
    Line {
        bytes: start..out.len(),
        words: first..count,
        ends,
        is_item: boards::text::bullet(raw).is_some(),
        is_closed: raw.ends_with(['.', ',', ';', '…']),
        has_digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_folded_lines_with_sentences() {
        let folded = fold("Über uns:\n\n • Wir backen. Täglich; in C++!\n--\n3 Öfen, e\u{301}tage");
        assert_eq!(folded.text, "uber uns\nwir backen taglich in c++\n3 ofen etage\n");
        assert_eq!(folded.words().count(), 10);
        let [_, second, third] = &folded.lines[..] else { panic!("three lines") };
        assert_eq!(folded.of(second), "wir backen taglich in c++");
        assert_eq!(second.sentences().collect::<Vec<_>>(), [2..4, 4..5, 5..7]);
        assert!(second.is_item && !third.is_item && third.has_digits);
    }
}
