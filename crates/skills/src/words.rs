//! Cutting text into words, the same way for the taxonomy's own names and for the text searched.
//!
//! A word is a run of letters and digits, with the symbols that belong to it: `C++`, `C#`. What stands between two
//! words is only classified, so `Node.js`, `Node JS` and `node-js` are the same two words.

pub(crate) mod common;
mod spelling;

pub(crate) use spelling::{base_form, fold_into};

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing: the `11` of `C++11`.
    Join,
    /// Something that can stand inside one name: spaces, a hyphen, a dot, an apostrophe, a wrapped line.
    Soft,
    /// A slash: part of `CI/CD`, but also between alternatives.
    Slash,
    /// Anything else ends a name.
    Hard,
}

/// One word of a text. `start..end` are bytes on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub start: usize,
    pub end: usize,
    pub gap: Gap,
    /// A dot stands before it that does not end a sentence or join two words: `.NET`.
    pub dotted: bool,
}

impl Token {
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }
}

/// The words of `text`, left to right, leaving out web and mail addresses.
pub(crate) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, first: true, skipped: false }
}

pub(crate) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    first: bool,
    skipped: bool,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let from = self.at;
            let start = word_start(self.text, from)?;
            let between = &self.text[from..start];
            if self.is_address(between, start) {
                self.at = start + self.text[start..].find(char::is_whitespace).unwrap_or(self.text.len() - start);
                self.skipped = true;
                continue;
            }
            let end = word_end(self.text, start);
            let dotted = between.ends_with('.')
                && !between.ends_with("..")
                && (between.len() > 1 || self.first || matches!(self.text.as_bytes()[from - 1], b'#' | b'+'))
                && self.text.as_bytes()[start].is_ascii_alphabetic();
            let gap = if self.first || self.skipped {
                Gap::Hard
            } else {
                let between = if dotted { &between[..between.len() - 1] } else { between };
                let gap = gap_of(between, &self.text[start..]);
                if dotted && gap == Gap::Join { Gap::Soft } else { gap }
            };
            self.first = false;
            self.skipped = false;
            self.at = end;
            return Some(Token { start, end, gap, dotted });
        }
    }
}

impl Tokens<'_> {
    fn is_address(&self, between: &str, start: usize) -> bool {
        if between == "@" && !self.first {
            return true;
        }
        let bytes = &self.text.as_bytes()[start..];
        let starts = |prefix: &[u8]| bytes.len() > prefix.len() && bytes[..prefix.len()].eq_ignore_ascii_case(prefix);
        matches!(bytes[0], b'h' | b'H' | b'w' | b'W' | b'm' | b'M')
            && (starts(b"http://") || starts(b"https://") || starts(b"www.") || starts(b"mailto:"))
    }
}

/// Whether `word` is one of the words in a text of words, in any case.
pub(crate) fn listed(words: &str, word: &str) -> bool {
    words.split_ascii_whitespace().any(|one| one.eq_ignore_ascii_case(word))
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn word_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_alphanumeric() || byte == b'&' {
            return Some(at);
        }
        if byte < 0x80 {
            at += 1;
            continue;
        }
        let c = text[at..].chars().next()?;
        if c.is_alphanumeric() {
            return Some(at);
        }
        at += c.len_utf8();
    }
    None
}

fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    if bytes[start] == b'&' {
        return start + 1;
    }
    let mut at = start;
    while at < bytes.len() {
        if bytes[at].is_ascii_alphanumeric() {
            at += 1;
        } else if bytes[at] < 0x80 {
            break;
        } else {
            match text[at..].chars().next() {
                Some(c) if c.is_alphanumeric() || is_mark(c) => at += c.len_utf8(),
                _ => break,
            }
        }
    }
    at + symbols_after(&bytes[at..])
}

/// How many of the following bytes belong to the word: the `++` of `C++`, the `#` of `C#`, the `+` of `A+`, but not
/// the plus between two words.
fn symbols_after(rest: &[u8]) -> usize {
    match rest {
        [b'#', ..] => 1,
        [b'+', b'+', ..] => 2,
        [b'+', next, ..] if next.is_ascii_alphanumeric() => 0,
        [b'+', ..] => 1,
        _ => 0,
    }
}

fn gap_of(between: &str, after: &str) -> Gap {
    match between.as_bytes() {
        [] => return Gap::Join,
        [b' ' | b'-' | b'.' | b'_' | b'\''] => return Gap::Soft,
        [b'/'] => return Gap::Slash,
        [b',', ..] => return Gap::Hard,
        _ if matches!(between, "’" | "‐" | "‑" | "–") => return Gap::Soft,
        _ => {}
    }
    let mut lines = 0;
    let mut slashes = 0;
    for c in between.chars() {
        match c {
            '\n' => lines += 1,
            '/' => slashes += 1,
            '\u{ad}' | '\u{200b}' | '\u{2060}' => {}
            c if c.is_whitespace() => {}
            _ => return Gap::Hard,
        }
    }
    match (lines, slashes) {
        (0, 0) => Gap::Soft,
        (0, 1) => Gap::Slash,
        // A list set one item a line must not run together; a wrapped sentence goes on in lower case.
        (1, 0) if after.starts_with(char::is_lowercase) => Gap::Soft,
        _ => Gap::Hard,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text).map(|token| token.of(text)).collect()
    }

    #[test]
    fn symbols_stay_with_their_word() {
        assert_eq!(cut("C, C++11/C# and F#."), ["C", "C++", "11", "C#", "and", "F#"]);
        assert_eq!(cut("Python+Django, A+ grade, 5+ years"), ["Python", "Django", "A+", "grade", "5+", "years"]);
        assert_eq!(cut("R&D"), ["R", "&", "D"]);
    }

    #[test]
    fn the_dot_of_dotnet_is_seen() {
        let dotted = |text: &str| tokens(text).filter(|token| token.dotted).map(|t| t.of(text).to_owned()).collect();
        let found: Vec<String> = dotted("C#, .NET and C#.NET, not example.net. Net pay...net");
        assert_eq!(found, ["NET", "NET"]);
    }

    #[test]
    fn gaps_tell_names_from_lists() {
        let gaps = |text: &str| tokens(text).map(|token| token.gap).skip(1).collect::<Vec<_>>();
        assert_eq!(gaps("front-end front  end"), [Gap::Soft; 3]);
        assert_eq!(gaps("CI/CD"), [Gap::Slash]);
        assert_eq!(gaps("a, b. c"), [Gap::Hard; 2]);
        assert_eq!(gaps("machine\nlearning"), [Gap::Soft]);
        assert_eq!(gaps("Product\nManagement"), [Gap::Hard]);
    }

    #[test]
    fn addresses_are_left_out() {
        assert_eq!(
            cut("see https://example.org/python/java now, mail hr@java.example now"),
            ["see", "now", "mail", "hr", "now"]
        );
    }
}
