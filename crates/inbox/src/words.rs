//! Text as sentences of plain words: lower case, without accents, contractions written out, links left out.

use crate::limits;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub text: String,
    /// Bytes of the text it was read from, on character boundaries.
    pub start: usize,
    pub end: usize,
}

pub(crate) type Sentence = Vec<Word>;

/// Words before a full stop that does not end the sentence.
const ABBREVIATED: &[&str] =
    &["dr", "mr", "mrs", "ms", "prof", "ref", "nr", "no", "str", "st", "ca", "bzw", "ggf", "mme"];

pub(crate) fn sentences(text: &str) -> Vec<Sentence> {
    let mut all = Vec::new();
    let mut sentence = Sentence::new();
    let mut line_start = 0;
    let mut count = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if count >= limits::WORDS {
            break;
        }
        if c.is_alphanumeric() {
            if text[at..].starts_with("http://") || text[at..].starts_with("https://") {
                while chars.next_if(|(_, c)| !c.is_whitespace()).is_some() {}
                continue;
            }
            let mut word = Word { text: String::new(), start: at, end: at + c.len_utf8() };
            fold_into(&mut word.text, c);
            while let Some((at, c)) = chars.next_if(|(_, c)| c.is_alphanumeric()) {
                fold_into(&mut word.text, c);
                word.end = at + c.len_utf8();
            }
            let joined = text[..word.start].ends_with(['\'', '’']);
            push(&mut sentence, word, joined);
            count += 1;
        } else if ends_sentence(c, chars.peek().map(|next| next.1), &sentence, at - line_start) {
            all.extend((!sentence.is_empty()).then(|| std::mem::take(&mut sentence)));
        }
        if c == '\n' {
            line_start = at + 1;
        }
        if sentence.len() >= limits::SENTENCE_WORDS {
            all.push(std::mem::take(&mut sentence));
        }
    }
    all.extend((!sentence.is_empty()).then_some(sentence));
    all
}

fn ends_sentence(c: char, next: Option<char>, sentence: &[Word], line: usize) -> bool {
    match c {
        '!' | '?' | ';' | '|' | '•' | '·' => true,
        '.' | ':' => {
            let last = sentence.last().map_or("", |word| &*word.text);
            next.is_none_or(char::is_whitespace)
                && !ABBREVIATED.contains(&last)
                && (last.len() > 2 || !last.bytes().all(|byte| byte.is_ascii_digit()))
        }
        // A line that stops early was ended on purpose; a long one was wrapped.
        '\n' => line < 45 || next.is_none_or(|next| next == '\n' || next == '-'),
        _ => false,
    }
}

/// Adds a word, undoing contractions: "won't" is "will not", "we'd" is "we would", "cannot" is "can not".
fn push(sentence: &mut Sentence, mut word: Word, joined: bool) {
    if joined && let Some(last) = sentence.last_mut() {
        if word.text == "t" && last.text.ends_with('n') {
            last.text = match &*last.text {
                "won" => "will".into(),
                "can" => "can".into(),
                "shan" => "shall".into(),
                other => other[..other.len() - 1].into(),
            };
            word.text = "not".into();
        } else if let Some(whole) = match &*word.text {
            "ll" => Some("will"),
            "d" => Some("would"),
            "ve" => Some("have"),
            "re" => Some("are"),
            "m" => Some("am"),
            _ => None,
        } {
            word.text = whole.into();
        }
    }
    if word.text == "cannot" {
        sentence.push(Word { text: "can".into(), ..word });
        word.text = "not".into();
    }
    sentence.push(word);
}

/// The words of a name or a title with one space around each: ` acme data `, to be searched as whole words.
pub(crate) fn spaced(text: &str) -> String {
    let mut out = String::from(" ");
    for c in text.chars() {
        if c.is_alphanumeric() {
            fold_into(&mut out, c);
        } else if matches!(c, '+' | '#') && !out.ends_with(' ') {
            out.push(c);
        } else if !out.ends_with(' ') && !matches!(c, '\u{ad}' | '\u{200b}') {
            out.push(' ');
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

/// Adds a character in lower case without its accent.
pub(crate) fn fold_into(out: &mut String, c: char) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    for c in c.to_lowercase() {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => out.push('a'),
            'ç' => out.push('c'),
            'è' | 'é' | 'ê' | 'ë' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' => out.push('i'),
            'ñ' => out.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => out.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => out.push('u'),
            'ß' => out.push_str("ss"),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            '\u{300}'..='\u{36f}' => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let joined = |sentence: &Sentence| sentence.iter().map(|word| &*word.text).collect::<Vec<_>>().join(" ");
        sentences(text).iter().map(joined).collect()
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        assert_eq!(
            read("We met Dr. Lund at 10.30 there. It's on 1. Oktober."),
            ["we met dr lund at 10 30 there", "it s on 1 oktober"]
        );
        assert_eq!(read("Hi Sam,\nthanks!\n\nBye"), ["hi sam", "thanks", "bye"]);
        assert_eq!(
            read("This line is long enough that a program has wrapped it\nhere. See https://example.org/a?b=c for it"),
            ["this line is long enough that a program has wrapped it here", "see for it"]
        );
    }

    #[test]
    fn words_are_plain() {
        assert_eq!(
            read("We won’t, can't, cannot, don't; we'd, you'll"),
            ["we will not can not can not do not", "we would you will"]
        );
        assert_eq!(read("Größe d'Été n'a"), ["grosse d ete n a"]);
        assert_eq!(spaced("C++ / Ingénieur"), " c++ ingenieur ");
    }
}
