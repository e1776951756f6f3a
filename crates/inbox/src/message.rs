use crate::body::{self, Forwarded};
use crate::{limits, mime, senders};
use boards::text;
use chrono::{DateTime, Utc};
use mail_parser::{Address as Parsed, HeaderName, HeaderValue};

/// A message as far as its meaning goes. Plain data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    /// Without angle brackets; empty when there is none.
    pub id: String,
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
    pub from: Address,
    pub to: Vec<Address>,
    pub reply_to: Option<Address>,
    pub date: Option<DateTime<Utc>>,
    pub subject: String,
    /// What the sender wrote: readable text without history, signature and what was forwarded.
    pub text: String,
    pub quoted: String,
    pub signature: String,
    pub forwarded: Option<Forwarded>,
    /// Hosts of the links in it, lower case, each once.
    pub links: Vec<String>,
    /// An entry for a calendar (iCalendar), as it came.
    pub calendar: Option<Vec<u8>>,
    /// It says how to leave the list it was sent to.
    pub list_unsubscribe: bool,
    /// `auto-generated`, `auto-replied`; empty when the header is missing.
    pub auto_submitted: String,
    /// `bulk`, `list`, `junk`; empty when the header is missing.
    pub precedence: String,
}

/// Somebody who sends or gets mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    pub name: String,
    /// Lower case.
    pub address: String,
}

impl Address {
    pub fn new(name: &str, address: &str) -> Self {
        let address = text::line(address, limits::ID_BYTES).to_lowercase();
        Address { name: text::line(name, limits::LABEL_CHARS), address }
    }

    /// What stands behind the `@`; empty without one.
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// What stands before the `@`.
    pub fn local(&self) -> &str {
        self.address.rsplit_once('@').map_or(&*self.address, |(local, _)| local)
    }
}

/// Why a mailbox or a message could not be read. The sentences are for people.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("Message {number} is larger than 25 MB and was left out.")]
    TooLarge { number: usize },
    #[error("The mailbox holds more than 50,000 messages; the rest was not read. Export a shorter period.")]
    TooMany,
    #[error("The mailbox is larger than 200 MB; the rest was not read. Export a shorter period.")]
    MailboxTooLarge,
    #[error("This is not a mail message: it has neither a sender nor a subject.")]
    NoMessage,
    #[error("The mailbox could not be read.")]
    Broken(#[source] std::io::Error),
}

/// Reads one message (`.eml`). Broken MIME and unknown character sets are read as far as they go.
pub fn read(raw: &[u8]) -> Result<Message, Unreadable> {
    if raw.len() > limits::MESSAGE_BYTES {
        return Err(Unreadable::TooLarge { number: 1 });
    }
    let parts = mime::walk(raw);
    let head = mime::head(raw).ok_or(Unreadable::NoMessage)?;
    let mut message = Message {
        id: ids(head.header(HeaderName::MessageId)).into_iter().next().unwrap_or_default(),
        in_reply_to: ids(head.header(HeaderName::InReplyTo)),
        references: ids(head.header(HeaderName::References)),
        from: addresses(head.from()).into_iter().next().unwrap_or_default(),
        to: addresses(head.to()),
        reply_to: addresses(head.reply_to()).into_iter().next(),
        date: head
            .date()
            .filter(|date| date.is_valid())
            .and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)),
        subject: text::line(head.subject().unwrap_or_default(), limits::LABEL_CHARS),
        list_unsubscribe: head.header_raw(HeaderName::ListUnsubscribe).is_some(),
        auto_submitted: word(head.header_raw("Auto-Submitted")),
        precedence: word(head.header_raw("Precedence")),
        links: senders::linked_hosts(parts.texts.iter().map(|text| &*text.source)),
        calendar: parts.calendar,
        ..Message::default()
    };
    if message.from.address.is_empty() && message.subject.is_empty() {
        return Err(Unreadable::NoMessage);
    }
    let split = body::split(&message.subject, parts.texts.iter().map(mime::Text::readable));
    message.text = split.text;
    message.quoted = split.quoted;
    message.signature = split.signature;
    message.forwarded = split.forwarded.or(parts.forwarded);
    Ok(message)
}

fn addresses(parsed: Option<&Parsed<'_>>) -> Vec<Address> {
    parsed.map_or_else(Vec::new, |parsed| {
        let all = parsed.iter().take(limits::ITEMS);
        all.map(|one| Address::new(one.name().unwrap_or_default(), one.address().unwrap_or_default()))
            .filter(|one| !one.address.is_empty())
            .collect()
    })
}

fn ids(value: Option<&HeaderValue<'_>>) -> Vec<String> {
    let list: Vec<&str> = match value {
        Some(HeaderValue::Text(id)) => vec![id],
        // A chain that is too long keeps its end, which is nearest.
        Some(HeaderValue::TextList(list)) => list.iter().rev().take(limits::ITEMS).rev().map(|id| &**id).collect(),
        _ => Vec::new(),
    };
    let plain = list.into_iter().map(|id| id.trim().trim_matches(['<', '>']));
    plain.filter(|id| !id.is_empty() && id.len() <= limits::ID_BYTES).map(str::to_owned).collect()
}

fn word(header: Option<&str>) -> String {
    let first = header.unwrap_or_default().split([';', ' ', '\r', '\n']).find(|part| !part.is_empty());
    text::line(first.unwrap_or_default(), 40).to_lowercase()
}
