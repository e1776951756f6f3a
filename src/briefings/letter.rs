//! A briefing as a message: one sheet, laid out as HTML and as text.
//!
//! The names in it come from postings, and so from strangers. They are data: escaped, cut, and made so that no mailbox turns them
//! into links; every address in a message is one of this site.

use super::{Kind, UNSUBSCRIBE, sheet::Sheet};
use crate::mail::Message;

mod html;
mod text;

/// What a message says beside the sheet.
pub struct Frame<'a> {
    /// The address of this site.
    pub site: &'a str,
    pub kind: Kind,
    /// Lets its holder end messages of this kind, and nothing else.
    pub token: &'a str,
}

impl Frame<'_> {
    /// The whole address of a path.
    fn address(&self, path: &str) -> String {
        [self.site, path].concat()
    }

    /// Where a click ends messages like this one.
    pub fn unsubscribe(&self) -> String {
        format!("{}{UNSUBSCRIBE}?token={}", self.site, self.token)
    }

    fn why(&self) -> String {
        let often = match self.kind {
            Kind::Morning => "every morning",
            Kind::Evening => "every evening",
            Kind::Weekly => "every Monday",
        };
        format!("You asked for this {often}.")
    }
}

/// The message with a sheet in it.
pub fn message(subject: &str, sheet: &Sheet, frame: &Frame<'_>) -> Message {
    Message {
        kind: "briefing",
        subject: subject.to_owned(),
        text: text::write(sheet, frame),
        html: html::write(subject, sheet, frame),
        link_until: None,
        unsubscribe: Some(frame.unsubscribe()),
    }
}

/// A name that no mailbox takes for an address: a word joiner, which nobody sees, keeps its parts apart.
fn unlinked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        let next = chars.peek().copied().unwrap_or(' ');
        let joins = match c {
            '.' => before.is_alphanumeric() && next.is_alphabetic(),
            '@' => next.is_alphanumeric(),
            ':' => next == '/',
            _ => false,
        };
        if joins {
            out.push('\u{2060}');
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests;
