use crate::fold::fold;

/// A word of a part.
pub(super) struct Token {
    pub folded: String,
    /// Byte positions in the part.
    pub start: usize,
    pub end: usize,
    /// Every letter is a capital: `NSW`, `D.C.`
    pub capitals: bool,
}

/// The words of a part, cut at space and hyphens, and how many words with a digit were left out (postcodes, house numbers,
/// `3 days`).
pub(super) fn tokens(part: &str) -> (Vec<Token>, usize) {
    let mut out = Vec::new();
    let mut numbers = 0;
    let mut start = None;
    for (at, c) in part.char_indices().chain([(part.len(), ' ')]) {
        let cuts =
            c.is_whitespace() || matches!(c, '-' | '_' | '*' | '"' | '“' | '”' | '!' | '?' | '#' | '@' | '~' | '=');
        match start {
            None if !cuts => start = Some(at),
            Some(from) if cuts => {
                start = None;
                let word = part.get(from..at).unwrap_or("");
                if word.contains(|c: char| c.is_numeric()) {
                    numbers += 1;
                } else {
                    out.extend(token(word, from));
                }
            }
            _ => {}
        }
    }
    (out, numbers)
}

fn token(word: &str, start: usize) -> Option<Token> {
    let folded = fold(word);
    let mut letters = word.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek()?;
    let capitals = letters.all(char::is_uppercase);
    (!folded.is_empty()).then(|| Token { folded, start, end: start + word.len(), capitals })
}

/// `10115 Berlin`: four or five digits in front.
pub(super) fn starts_with_postcode(part: &str) -> bool {
    let first = part.split_whitespace().next().unwrap_or("");
    (4..=5).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_digit())
}
