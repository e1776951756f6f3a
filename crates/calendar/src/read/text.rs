use crate::limits;

/// A short text: one line.
pub fn label(text: &str) -> String {
    let text = unescaped(text, limits::LABEL_CHARS);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A long text: paragraphs as they are.
pub fn paragraphs(text: &str) -> String {
    unescaped(text, limits::DESCRIPTION_CHARS).trim().to_owned()
}

/// Undoes the escapes of text (RFC 5545, 3.3.11). A backslash before anything else is kept: it was meant.
fn unescaped(text: &str, limit: usize) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    let mut left = limit;
    while let Some(c) = chars.next() {
        let plain = match (c, chars.peek()) {
            ('\\', Some('n' | 'N')) => '\n',
            ('\\', Some(next @ ('\\' | ';' | ',' | ':' | '"'))) => *next,
            _ => {
                if left > 0 && (!c.is_control() || matches!(c, '\n' | '\t')) {
                    out.push(c);
                    left -= 1;
                }
                continue;
            }
        };
        chars.next();
        if left == 0 {
            break;
        }
        out.push(plain);
        left -= 1;
    }
    out
}
