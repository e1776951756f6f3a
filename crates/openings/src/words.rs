//! Words of a text, folded, each with where it stands and in which sentence.

use std::ops::Range;

/// Bytes of a text that are looked at.
const TEXT: usize = 60_000;

/// A word in lower case and without accents.
#[derive(Clone, Debug)]
pub struct Word {
    pub folded: String,
    pub bytes: Range<usize>,
    pub sentence: u32,
}

/// The words of a text. A sentence ends with its sign, with a line, and at a bracket or a star.
pub fn words(text: &str) -> Vec<Word> {
    let text = &text[..text.floor_char_boundary(TEXT)];
    let mut words: Vec<Word> = Vec::new();
    let mut sentence = 0;
    let mut open = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() {
            if !open {
                words.push(Word { folded: String::new(), bytes: at..at, sentence });
                open = true;
            }
            if let Some(word) = words.last_mut() {
                fold(c, &mut word.folded);
                word.bytes.end = at + c.len_utf8();
            }
            continue;
        }
        if matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}') {
            continue;
        }
        open = false;
        let next = chars.peek().map(|(_, next)| *next);
        let ends = match c {
            '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
            '\n' | '\r' | ';' | '[' | ']' | '(' | ')' | '*' | '|' | '·' | '•' | '<' | '>' => true,
            _ => false,
        };
        sentence += u32::from(ends);
    }
    // The full stop of `30. April` and of `1.` is none.
    for at in 1..words.len() {
        let is_ordinal =
            words[at - 1].folded.bytes().all(|byte| byte.is_ascii_digit()) && words[at - 1].folded.len() <= 2;
        let follows = &text[words[at - 1].bytes.end..words[at].bytes.start];
        if is_ordinal && follows.trim() == "." && !follows.contains('\n') {
            words[at].sentence = words[at - 1].sentence;
        }
    }
    words
}

fn fold(c: char, out: &mut String) {
    for c in c.to_lowercase() {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => out.push('a'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' => out.push('i'),
            'ł' => out.push('l'),
            'ñ' | 'ń' => out.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => out.push('o'),
            'ś' | 'š' => out.push('s'),
            'ß' => out.push_str("ss"),
            'ù' | 'ú' | 'û' | 'ü' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            '\u{307}' => {}
            c => out.push(c),
        }
    }
}
