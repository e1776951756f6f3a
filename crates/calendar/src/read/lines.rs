use crate::limits;

/// One property as it stands in a file: `NAME;KEY=value:value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// In capitals.
    pub name: String,
    /// Keys in capitals, values without their quotes.
    pub parameters: Vec<(String, String)>,
    /// As written: text is still escaped.
    pub value: String,
}

impl Line {
    pub fn parameter(&self, key: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// `None` when it is no property.
    fn parse(text: &str) -> Option<Self> {
        let end = text.find([';', ':'])?;
        let (name, mut rest) = text.split_at(end);
        let name = name.trim();
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return None;
        }
        let mut parameters = Vec::new();
        while let Some(after) = rest.strip_prefix(';') {
            let end = after.find(['=', ';', ':'])?;
            let (key, after) = after.split_at(end);
            let (value, after) = match after.strip_prefix('=') {
                Some(after) => parameter_value(after)?,
                None => (String::new(), after),
            };
            if parameters.len() < limits::PARAMETERS {
                parameters.push((key.trim().to_ascii_uppercase(), value));
            }
            rest = after;
        }
        let value = rest.strip_prefix(':')?.to_owned();
        Some(Self { name: name.to_ascii_uppercase(), parameters, value })
    }
}

/// The value of a parameter, and what follows it. Quotes may hold what would end it.
fn parameter_value(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut rest = text;
    loop {
        if let Some(inside) = rest.strip_prefix('"') {
            let (quoted, after) = inside.split_once('"')?;
            value.push_str(quoted);
            rest = after;
        }
        let end = rest.find(['"', ';', ':'])?;
        let (plain, after) = rest.split_at(end);
        value.push_str(plain);
        rest = after;
        if !rest.starts_with('"') {
            return Some((uncaret(&value), rest));
        }
    }
}

/// Undoes the escapes of parameters (RFC 6868).
fn uncaret(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let escaped = if c == '^' { chars.clone().next() } else { None };
        let plain = match escaped {
            Some('n') => '\n',
            Some('\'') => '"',
            Some('^') => '^',
            _ => {
                out.push(c);
                continue;
            }
        };
        out.push(plain);
        chars.next();
    }
    out
}

/// The properties of a file, unfolded. What is no property is passed over.
pub fn of(bytes: &[u8]) -> impl Iterator<Item = Line> {
    Unfolded { rest: bytes }.filter_map(|line| Line::parse(String::from_utf8_lossy(&line).trim_end()))
}

/// Lines put together again. They are bytes until then, because some programs fold in the middle of a letter.
struct Unfolded<'a> {
    rest: &'a [u8],
}

impl Iterator for Unfolded<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let is_end = |b: &u8| matches!(b, b'\r' | b'\n');
        let mut line = Vec::new();
        while !self.rest.is_empty() {
            let end = self.rest.iter().position(is_end).unwrap_or(self.rest.len());
            let (piece, after) = self.rest.split_at(end);
            line.extend(piece.iter().take(limits::LINE_BYTES.saturating_sub(line.len())));
            self.rest = &after[after.iter().take_while(|b| is_end(b)).count()..];
            match self.rest.split_first() {
                Some((b' ' | b'\t', after)) => self.rest = after,
                _ if line.is_empty() => {}
                _ => return Some(line),
            }
        }
        (!line.is_empty()).then_some(line)
    }
}
