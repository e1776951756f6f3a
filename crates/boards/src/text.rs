//! Making foreign text fit to show and to search: one kind of space, one kind of bullet, nothing invisible.

mod phrases;

pub use phrases::Phrases;

/// One line: inner runs of white space become one space, invisible characters go, at most `max_chars` characters.
pub fn line(text: &str, max_chars: usize) -> String {
    let mut out = String::with_capacity(text.len().min(max_chars * 4));
    let mut space = false;
    let mut count = 0;
    for c in text.chars() {
        if c.is_whitespace() || is_blank(c) {
            space = !out.is_empty();
        } else if !is_invisible(c) {
            if count + usize::from(space) >= max_chars {
                break;
            }
            if space {
                out.push(' ');
                count += 1;
                space = false;
            }
            out.push(c);
            count += 1;
        }
    }
    out
}

/// Several lines: each tidied, list items marked `- `, at most one blank line in a row and none inside a list, at most
/// `max_bytes` bytes (cut on a character boundary).
pub fn block(text: &str, max_bytes: usize) -> String {
    let mut out = String::with_capacity(text.len().min(max_bytes));
    let mut blank = false;
    let mut after_item = false;
    for raw in text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']) {
        let tidied = line(raw, usize::MAX / 8);
        if tidied.is_empty() {
            blank = !out.is_empty();
            continue;
        }
        let item = bullet(&tidied);
        // A marker on a line of its own, as some editors copy it, belongs to the text after it and says nothing alone.
        if item == Some("") {
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank && !(after_item && item.is_some()) { "\n\n" } else { "\n" });
        }
        match item {
            Some(item) => {
                out.push_str("- ");
                out.push_str(item);
            }
            None => out.push_str(&tidied),
        }
        after_item = item.is_some();
        blank = false;
        if out.len() > max_bytes {
            break;
        }
    }
    cut(&mut out, max_bytes);
    out
}

/// The text of a list item without its marker; `None` when the line is not one.
pub fn bullet(line: &str) -> Option<&str> {
    let mut chars = line.chars();
    let marker = chars.next()?;
    let rest = chars.as_str();
    match marker {
        '•' | '◦' | '▪' | '▫' | '‣' | '●' | '○' | '■' | '□' | '◾' | '◽' | '➢' | '➤' | '➡' | '✓' | '✔' | '✅'
        | '⁃' | '∙' | '·' | '►' | '▸' | '▶' | '➔' | '➜' | '→' | '🔹' | '🔸' | '🔷' | '🔶' | '👉' | '\u{f0b7}'
        | '\u{f0a7}' => Some(rest.trim_start_matches('\u{fe0f}').trim_start()),
        '-' | '*' | '–' | '—' => {
            let item = rest.trim_start();
            (rest.is_empty() || item.len() < rest.len()).then_some(item)
        }
        _ => None,
    }
}

/// Shortens to at most `max_bytes` bytes without splitting a character.
pub fn cut(text: &mut String, max_bytes: usize) {
    text.truncate(text.floor_char_boundary(max_bytes));
    let kept = text.trim_end().len();
    text.truncate(kept);
}

/// Lower case, straight apostrophes, one space between words: for comparing with phrases.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        match c {
            '’' | '‘' | '´' | '`' => {
                if std::mem::take(&mut space) {
                    out.push(' ');
                }
                out.push('\'');
            }
            c if c.is_whitespace() || is_blank(c) => space = !out.is_empty(),
            c if is_invisible(c) => {}
            c => {
                if std::mem::take(&mut space) {
                    out.push(' ');
                }
                out.extend(c.to_lowercase());
            }
        }
    }
    out
}

/// Is `needle` in `hay` as whole words? Both folded.
pub fn has_phrase(hay: &str, needle: &str) -> bool {
    phrase_at(hay, needle).is_some()
}

/// The byte offset of `needle` in `hay` as whole words. Both folded.
pub fn phrase_at(hay: &str, needle: &str) -> Option<usize> {
    if needle.is_empty() {
        return None;
    }
    hay.match_indices(needle).map(|(at, _)| at).find(|&at| is_whole(hay, at, at + needle.len()))
}

/// Does this stretch neither start nor end inside a word?
fn is_whole(hay: &str, start: usize, end: usize) -> bool {
    let inside = &hay[start..end];
    let cut = |outer: Option<char>, inner: Option<char>| {
        outer.is_some_and(char::is_alphanumeric) && inner.is_some_and(char::is_alphanumeric)
    };
    !cut(hay[..start].chars().next_back(), inside.chars().next())
        && !cut(hay[end..].chars().next(), inside.chars().next_back())
}

/// Undoes UTF-8 that was read as Windows-1252 somewhere on its way (`â€™` for `’`), a habit of some feeds. Text that
/// does not show it comes back as it is.
pub fn without_mojibake(text: &str) -> String {
    let suspicious = ["â€", "Ã¤", "Ã¶", "Ã¼", "Ã©", "Ã¨", "Â ", "Â\u{a0}", "ðŸ", "ÃŸ", "Ã³", "Ã±", "Ã¡", "â\u{80}"];
    if !suspicious.iter().any(|mark| text.contains(mark)) {
        return text.to_owned();
    }
    // Only some stretches may be damaged, so each run of characters that one byte could have made is tried alone.
    let mut out = String::with_capacity(text.len());
    let mut run = Vec::new();
    let mut written = String::new();
    for c in text.chars() {
        match single_byte(c).filter(|&byte| byte >= 0x80) {
            Some(byte) => {
                run.push(byte);
                written.push(c);
            }
            None => {
                flush_run(&mut out, &mut run, &mut written);
                out.push(c);
            }
        }
    }
    flush_run(&mut out, &mut run, &mut written);
    out
}

fn flush_run(out: &mut String, run: &mut Vec<u8>, written: &mut String) {
    match std::str::from_utf8(run) {
        Ok(repaired) => out.push_str(repaired),
        Err(_) => out.push_str(written),
    }
    run.clear();
    written.clear();
}

/// The byte that Windows-1252 writes for this character.
fn single_byte(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0..=0xff => u8::try_from(code).ok(),
        _ => WINDOWS_1252.iter().position(|&known| known == c).map(|i| 0x80 + i as u8),
    }
}

/// What Windows-1252 means by 0x80–0x9F; the five it leaves open stand for themselves.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Text of a file: UTF-8 (with or without a mark), UTF-16 with a mark, else Windows-1252, which every byte fits.
pub fn decode(data: &[u8]) -> String {
    match data {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(data) {
            Ok(text) => text.to_owned(),
            Err(_) => data
                .iter()
                .map(|&byte| match byte {
                    0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
                    _ => char::from(byte),
                })
                .collect(),
        },
    }
}

fn utf16(data: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = data.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Spaces that `char::is_whitespace` does not count.
fn is_blank(c: char) -> bool {
    matches!(c, '\u{2800}' | '\u{3164}')
}

/// Control, zero-width and direction characters: they show nothing and break searches.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffc}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line("  Senior \u{a0}\n Baker\u{200b}  ", 300), "Senior Baker");
        assert_eq!(line("ééééé", 3), "ééé");
        assert_eq!(line("ab cd", 3), "ab");
    }

    #[test]
    fn a_block_keeps_paragraphs_and_marks_items() {
        let text = "About us\r\n\r\n\r\nWe bake.\n\n • Knead\n\n * Bake\n– Sell\n\nCome!\n";
        assert_eq!(block(text, 1000), "About us\n\nWe bake.\n\n- Knead\n- Bake\n- Sell\n\nCome!");
        assert_eq!(block("-5 degrees\n-\n3–5 years", 1000), "-5 degrees\n3–5 years");
        assert_eq!(block("äöü", 3), "ä");
    }

    #[test]
    fn phrases_are_whole_words() {
        assert!(has_phrase("lead the team", "lead"));
        assert!(!has_phrase("mislead the team", "lead"));
        assert!(has_phrase("c++ and more", "c++"));
        assert!(has_phrase("a plus", "plus"));
    }

    #[test]
    fn mojibake_is_undone_only_where_it_is() {
        assert_eq!(without_mojibake("Weâ€™re in KÃ¶ln – déjà vu"), "We’re in Köln – déjà vu");
        assert_eq!(without_mojibake("São Paulo, Göteborg"), "São Paulo, Göteborg");
    }

    #[test]
    fn files_of_other_days_decode() {
        assert_eq!(decode(b"\xef\xbb\xbfK\xc3\xb6ln"), "Köln");
        assert_eq!(decode(b"K\xf6ln \x80"), "Köln €");
        assert_eq!(decode(&[0xff, 0xfe, b'K', 0, 0xf6, 0]), "Kö");
    }
}
