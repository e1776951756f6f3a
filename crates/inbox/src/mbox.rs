//! Taking a mailbox file apart, message by message: mboxo and mboxrd, either kind of line end, or a single message.

use crate::{Message, Unreadable, limits};
use std::io::{BufRead, Read};

/// The raw messages of a mailbox. A message that is too large is refused by name and the next one follows; after what
/// ends the reading (too many messages, too many bytes, a reader that fails) nothing follows.
pub struct Mbox<R> {
    reader: R,
    line: Vec<u8>,
    /// The line in `line` starts the next message and was not used yet.
    pending: bool,
    blank_before: bool,
    /// Does the file hold `From ` lines at all? A single message has none.
    single: bool,
    read: u64,
    number: usize,
    done: bool,
}

/// The messages of a mailbox, read.
pub fn messages<R: BufRead>(reader: R) -> impl Iterator<Item = Result<Message, Unreadable>> {
    Mbox::new(reader).map(|raw| crate::read(&raw?))
}

impl<R: BufRead> Mbox<R> {
    pub fn new(reader: R) -> Self {
        Mbox {
            reader,
            line: Vec::new(),
            pending: false,
            blank_before: true,
            single: false,
            read: 0,
            number: 0,
            done: false,
        }
    }

    /// Takes the next line, or as much of it as a message may have. False at the end.
    fn next_line(&mut self) -> Result<bool, Unreadable> {
        self.line.clear();
        let most = limits::MESSAGE_BYTES as u64 + 1;
        let taken = self.reader.by_ref().take(most).read_until(b'\n', &mut self.line).map_err(Unreadable::Broken)?;
        self.read += taken as u64;
        if self.read > limits::MAILBOX_BYTES {
            return Err(Unreadable::MailboxTooLarge);
        }
        Ok(taken > 0)
    }

    /// Reads up to the line that starts the next message, or to the end.
    fn next_message(&mut self) -> Result<Option<Vec<u8>>, Unreadable> {
        while !self.pending {
            if !self.next_line()? {
                return Ok(None);
            }
            if is_separator(&self.line) {
                break;
            }
            if !is_blank(&self.line) {
                self.single = true;
                break;
            }
        }
        if self.number >= limits::MESSAGES {
            return Err(Unreadable::TooMany);
        }
        self.number += 1;
        let mut message = Vec::new();
        if self.single {
            message.extend_from_slice(&self.line);
        }
        self.pending = false;
        self.blank_before = false;
        let mut whole = true;
        while self.next_line()? {
            if !self.single && self.blank_before && is_separator(&self.line) {
                self.pending = true;
                break;
            }
            self.blank_before = is_blank(&self.line);
            let line = if self.single { &self.line[..] } else { unescaped(&self.line) };
            whole &= message.len() + line.len() <= limits::MESSAGE_BYTES;
            if whole {
                message.extend_from_slice(line);
            }
        }
        if whole { Ok(Some(message)) } else { Err(Unreadable::TooLarge { number: self.number }) }
    }
}

impl<R: BufRead> Iterator for Mbox<R> {
    type Item = Result<Vec<u8>, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let next = self.next_message();
        self.done = !matches!(next, Ok(Some(_)) | Err(Unreadable::TooLarge { .. }));
        next.transpose()
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

/// `From sender Thu Oct  1 09:00:00 2026`: people also start paragraphs with "From", but not with a time in it.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let rest = &rest[..rest.len().min(300)];
    rest.windows(5).any(|w| {
        w[0].is_ascii_digit() && w[1].is_ascii_digit() && w[2] == b':' && w[3].is_ascii_digit() && w[4].is_ascii_digit()
    })
}

/// `>From ` in a mailbox stands for `From ` in the message, `>>From ` for `>From `.
fn unescaped(line: &[u8]) -> &[u8] {
    let rest = line.iter().position(|&byte| byte != b'>').map_or(line, |at| &line[at..]);
    if rest.len() < line.len() && rest.starts_with(b"From ") { &line[1..] } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(data: &[u8]) -> Vec<String> {
        Mbox::new(data).map(|raw| String::from_utf8(raw.unwrap()).unwrap()).collect()
    }

    #[test]
    fn messages_start_at_separators_after_a_blank_line() {
        let two = "From a@example.org Thu Oct  1 09:00:00 2026\nSubject: one\n\nFrom here on:\n\nFrom the team\n>From you\n>>From us\n\nFrom b@example.org Thu Oct  1 09:00:01 2026\nSubject: two\n\nend\n";
        let expected =
            ["Subject: one\n\nFrom here on:\n\nFrom the team\nFrom you\n>From us\n\n", "Subject: two\n\nend\n"];
        assert_eq!(raw(two.as_bytes()), expected);
        assert_eq!(raw(two.replace('\n', "\r\n").as_bytes()), expected.map(|text| text.replace('\n', "\r\n")));
    }

    #[test]
    fn a_single_message_is_taken_as_it_is() {
        let one = "Subject: one\n\n>From me\n\nFrom b@example.org Thu Oct  1 09:00:01 2026\n";
        assert_eq!(raw(one.as_bytes()), [one]);
        assert_eq!(raw(b""), Vec::<String>::new());
        assert_eq!(raw(b"\n\n"), Vec::<String>::new());
    }

    #[test]
    fn a_message_that_is_too_large_is_passed_over() {
        let head = b"From a@example.org Thu Oct  1 09:00:00 2026\n";
        let mut data = [&head[..], b"Subject: big\n\n", &vec![b'a'; limits::MESSAGE_BYTES + 7], b"\n\n"].concat();
        data.extend_from_slice(head);
        data.extend_from_slice(b"Subject: small\n\n");
        let found: Vec<_> = Mbox::new(&data[..]).collect();
        assert!(matches!(found[0], Err(Unreadable::TooLarge { number: 1 })));
        assert_eq!(found[1].as_deref().unwrap(), b"Subject: small\n\n");
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_mailbox_has_an_end() {
        let many = "From a@example.org Thu Oct  1 09:00:00 2026\n\n".repeat(limits::MESSAGES + 5);
        let found: Vec<_> = Mbox::new(many.as_bytes()).collect();
        assert_eq!(found.len(), limits::MESSAGES + 1);
        assert!(matches!(found.last(), Some(Err(Unreadable::TooMany))));
        let endless = std::io::BufReader::new(std::io::repeat(b'a'));
        let found: Vec<_> = Mbox::new(endless).collect();
        assert!(matches!(found[..], [Err(Unreadable::MailboxTooLarge)]));
    }
}
