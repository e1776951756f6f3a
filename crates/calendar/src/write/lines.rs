/// Octets of a line, its end not counted (RFC 5545, 3.1).
const LINE_OCTETS: usize = 75;

/// The lines of a file, folded as they are added.
#[derive(Default)]
pub struct Lines(String);

impl Lines {
    /// Adds a line that is already in the format's own words.
    pub fn raw(&mut self, line: &str) {
        let mut room = LINE_OCTETS;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE_OCTETS - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Adds a property whose value is text.
    pub fn text(&mut self, name: &str, value: &str) {
        self.raw(&format!("{name}:{}", escaped(value)));
    }

    /// Adds a property whose value is text, unless there is nothing to say.
    pub fn text_if_any(&mut self, name: &str, value: &str) {
        if !value.trim().is_empty() {
            self.text(name, value);
        }
    }

    pub fn finish(self) -> String {
        self.0
    }
}

/// Text as a value (RFC 5545, 3.3.11). Control characters have no place in it and are left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' => out.push_str("\\n"),
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Text as the value of a parameter. Its quotes become single ones: the escape for them (RFC 6868) shows up as it is
/// in readers that do not know it.
pub fn quoted(text: &str) -> String {
    let inner: String = text.chars().map(|c| if c == '"' { '\'' } else { c }).map(spaced).collect();
    format!("\"{}\"", inner.trim())
}

/// An address as a value, where nothing is escaped: what cannot stand in an address is percent-encoded.
pub fn address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.trim().bytes() {
        match byte {
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => out.push_str(&format!("%{byte:02X}")),
            0x21..=0x7e => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn spaced(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}
