//! Walking the parts of a message. The walk is ours, so that depth and number are bounded; headers, encodings and character
//! sets of each leaf are `mail-parser`'s work.

use crate::body::Forwarded;
use crate::message::Address;
use crate::{body, limits};
use boards::{html, text};
use mail_parser::{ContentType, MessageParser, MimeHeaders, PartType};

/// What a message has to read.
#[derive(Default)]
pub(crate) struct Parts {
    pub texts: Vec<Text>,
    pub calendar: Option<Vec<u8>>,
    /// A message that came inside as a whole.
    pub forwarded: Option<Forwarded>,
}

pub(crate) struct Text {
    pub source: String,
    pub html: bool,
}

impl Text {
    /// Text for people, line by line.
    pub fn readable(&self) -> String {
        if self.html { html::to_text(without_history(&self.source)) } else { self.source.clone() }
    }
}

/// HTML up to the quoted history that mail programs mark as such. A quote that is all there is stays.
fn without_history(source: &str) -> &str {
    let lower = source.to_ascii_lowercase();
    let marks = ["<blockquote type=\"cite\"", "<blockquote class=\"gmail_quote\"", "<div id=\"appendonsend\""];
    let end = marks.iter().filter_map(|mark| lower.find(mark)).min().unwrap_or(source.len());
    let kept = &source[..end];
    if html::to_text(kept).is_empty() { source } else { kept }
}

/// The headers of a message.
pub(crate) fn head(raw: &[u8]) -> Option<mail_parser::Message<'_>> {
    MessageParser::default().parse_headers(split_head(raw).0)
}

pub(crate) fn walk(raw: &[u8]) -> Parts {
    let mut budget = limits::MIME_PARTS;
    part(raw, limits::MIME_DEPTH, &mut budget)
}

/// Headers, as far as they are looked at, and body.
fn split_head(raw: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    while at < raw.len() {
        let end = raw[at..].iter().position(|&byte| byte == b'\n').map_or(raw.len(), |n| at + n + 1);
        if matches!(&raw[at..end], b"\n" | b"\r\n") {
            return (&raw[..at.min(limits::HEADER_BYTES)], &raw[end..]);
        }
        at = end;
    }
    (&raw[..raw.len().min(limits::HEADER_BYTES)], &[])
}

fn part(raw: &[u8], depth: usize, budget: &mut usize) -> Parts {
    if depth == 0 || *budget == 0 {
        return Parts::default();
    }
    *budget -= 1;
    let (head, body) = split_head(raw);
    let Some(parsed) = MessageParser::default().parse_headers(head) else {
        // A part without headers is plain text.
        return plain(&String::from_utf8_lossy(&body[..body.len().min(limits::PART_BYTES)]));
    };
    let content = parsed.content_type();
    let main = content.map_or("text", ContentType::ctype).to_ascii_lowercase();
    let sub = content.and_then(ContentType::subtype).unwrap_or("plain").to_ascii_lowercase();
    let attached = parsed.content_disposition().is_some_and(ContentType::is_attachment);
    match (&*main, &*sub) {
        ("multipart", sub) => match content.and_then(|content| content.attribute("boundary")) {
            Some(boundary) => several(body, boundary, sub == "alternative", depth, budget),
            None => Parts::default(),
        },
        ("message", "rfc822") => whole_message(body, depth, budget),
        ("text", "calendar") | ("application", "ics") => {
            Parts { calendar: decoded(head, body, limits::CALENDAR_BYTES).map(Leaf::bytes), ..Parts::default() }
        }
        ("text", "plain" | "html") if !attached => match decoded(head, body, limits::PART_BYTES) {
            Some(leaf) => Parts { texts: vec![leaf.text(sub == "html")], ..Parts::default() },
            None => Parts::default(),
        },
        _ => Parts::default(),
    }
}

fn plain(source: &str) -> Parts {
    Parts { texts: vec![Text { source: source.to_owned(), html: false }], ..Parts::default() }
}

fn several(body: &[u8], boundary: &str, alternative: bool, depth: usize, budget: &mut usize) -> Parts {
    let mut all = Parts::default();
    for raw in between(body, boundary.as_bytes(), *budget) {
        let one = part(raw, depth - 1, budget);
        all.texts.extend(one.texts);
        all.calendar = all.calendar.or(one.calendar);
        all.forwarded = all.forwarded.or(one.forwarded);
    }
    if alternative {
        // The plain one, unless it only says that there is another.
        let length =
            |html: bool| all.texts.iter().filter(|t| t.html == html).map(|t| t.readable().len()).sum::<usize>();
        let (plain, rich) = (length(false), length(true));
        let html = rich > 0 && (plain < 20 || (plain < 200 && rich > plain * 2));
        all.texts.retain(|text| text.html == html);
    }
    all
}

/// The parts between lines of a boundary, without the text before the first.
fn between<'r>(body: &'r [u8], boundary: &[u8], most: usize) -> Vec<&'r [u8]> {
    let mut parts = Vec::new();
    let mut start = None;
    let mut at = 0;
    while at < body.len() && parts.len() < most {
        let end = body[at..].iter().position(|&byte| byte == b'\n').map_or(body.len(), |n| at + n + 1);
        if let Some(rest) = body[at..end].strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary)) {
            let last = rest.trim_ascii() == b"--";
            if last || rest.trim_ascii().is_empty() {
                parts.extend(start.map(|start| &body[start..at]));
                start = (!last).then_some(end);
                if last {
                    return parts;
                }
            }
        }
        at = end;
    }
    // A boundary that is never closed: the message was cut.
    parts.extend(start.map(|start| &body[start..]));
    parts
}

fn whole_message(body: &[u8], depth: usize, budget: &mut usize) -> Parts {
    let inner = part(body, depth - 1, budget);
    let Some(head) = head(body) else { return Parts::default() };
    let from = head.from().and_then(|from| from.first());
    let from = from.map(|one| Address::new(one.name().unwrap_or_default(), one.address().unwrap_or_default()));
    let subject = text::line(head.subject().unwrap_or_default(), limits::LABEL_CHARS);
    let text = body::split("", inner.texts.iter().map(Text::readable)).text;
    let forwarded = Forwarded { from: from.unwrap_or_default(), subject, text };
    Parts { forwarded: Some(forwarded), calendar: inner.calendar, ..Parts::default() }
}

struct Leaf(PartType<'static>);

impl Leaf {
    fn bytes(self) -> Vec<u8> {
        match self.0 {
            PartType::Text(text) | PartType::Html(text) => text.into_owned().into_bytes(),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.into_owned(),
            _ => Vec::new(),
        }
    }

    fn text(self, html: bool) -> Text {
        let source = match self.0 {
            PartType::Text(text) | PartType::Html(text) => text.into_owned(),
            other => String::from_utf8_lossy(&Leaf(other).bytes()).into_owned(),
        };
        Text { source, html }
    }
}

/// The content of a leaf, of which at most `most` bytes are looked at.
fn decoded(head: &[u8], body: &[u8], most: usize) -> Option<Leaf> {
    let raw = [head, b"\r\n", &body[..body.len().min(most)]].concat();
    let mut parsed = MessageParser::default().parse(&raw)?;
    let first = (!parsed.parts.is_empty()).then(|| parsed.parts.swap_remove(0))?;
    Some(Leaf(first.into_owned().body))
}
