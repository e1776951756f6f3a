//! From bytes to what they mean: pure work, done apart from the server's own.

use super::known::Known;
use crate::{ids::ApplicationId, jobs::draft::is_link, session::sha256};
use calendar::{Invitation, Time};
use chrono::{DateTime, Utc};
use inbox::{Action, Applications, Kind, Message, Outcome, Stage, Unreadable, Verdict};
use serde::{Deserialize, Serialize};
use std::{collections::HashSet, io::Cursor};

/// Messages of one file that are looked at.
pub const MESSAGES: usize = 5_000;
/// Characters of a message's text that are kept.
const TEXT: usize = 4_000;
/// The most reasons and other applications that are kept.
const REASONS: usize = 12;
const OTHERS: usize = 10;

/// What a message says that an application should do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goes {
    Applied,
    Rejected,
    Interview,
    Offer,
}

/// An interview out of an invitation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// IANA name, where the invitation gives one.
    pub zone: Option<String>,
    pub place: String,
    pub link: Option<String>,
    pub people: Vec<String>,
    /// What the event is called in all calendars (RFC 5545, 3.8.4.7); empty where it has no name.
    #[serde(default)]
    pub uid: String,
    /// The address of who invites; empty where it is not said.
    #[serde(default)]
    pub organizer: String,
    /// It does not take place.
    #[serde(default)]
    pub cancelled: bool,
    /// When it was to begin by the invitation before, if there was one.
    #[serde(default)]
    pub instead_of: Option<DateTime<Utc>>,
}

impl Meeting {
    /// Whether it is as this reader would have written it.
    pub fn is_in_order(&self) -> bool {
        let lines = [&self.place, &self.uid, &self.organizer].into_iter().chain(&self.people).chain(&self.zone);
        lines.into_iter().all(|line| *line == clean(line, 300))
            && self.people.len() <= 20
            && self.link.as_deref().is_none_or(is_link)
            && self.starts_at <= self.ends_at
    }
}

/// A message as it is kept, sealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    #[serde(default)]
    pub message_id: String,
    pub from: String,
    pub subject: String,
    pub text: String,
    pub kind: String,
    pub confidence: u8,
    #[serde(default)]
    pub reasons: Vec<String>,
    pub goes: Option<Goes>,
    pub meeting: Option<Meeting>,
    #[serde(default)]
    pub or: Vec<ApplicationId>,
    /// Whether the application moved by it, once it was carried out.
    #[serde(default)]
    pub moved: Option<bool>,
}

/// A message that means something.
#[derive(Clone, Debug)]
pub struct Found {
    pub digest: String,
    pub sure: bool,
    pub application: ApplicationId,
    pub sent_at: Option<DateTime<Utc>>,
    pub kept: Kept,
}

/// What is in a file.
#[derive(Debug, Default)]
pub struct Read {
    /// Oldest first.
    pub found: Vec<Found>,
    /// Messages that were read.
    pub messages: usize,
    /// Those among them that were read before.
    pub known: usize,
    /// What could not be read, in words.
    pub problems: Vec<String>,
}

/// Where messages come from.
pub enum Source {
    /// A file: a mailbox or a single message.
    File(Vec<u8>),
    /// Each for itself, as a server gave it.
    Messages(Vec<Vec<u8>>),
}

impl Source {
    fn messages(self) -> Box<dyn Iterator<Item = Result<Message, Unreadable>>> {
        match self {
            Source::File(bytes) => Box::new(inbox::mbox::messages(Cursor::new(bytes))),
            Source::Messages(all) => Box::new(all.into_iter().map(|bytes| inbox::read(&bytes))),
        }
    }
}

/// Reads messages and finds out what each means. `before` are the digests of those read before, `zone` is where the person is.
pub fn read(source: Source, mut known: Known, before: &HashSet<String>, zone: chrono_tz::Tz) -> Read {
    let mut read = Read::default();
    let mut messages: Vec<(String, Message)> = Vec::new();
    let mut seen = HashSet::new();
    let one_by_one = matches!(source, Source::Messages(_));
    for message in source.messages() {
        match message {
            Ok(message) => {
                read.messages += 1;
                let digest = digest(&message);
                if before.contains(&digest) || !seen.insert(digest.clone()) {
                    read.known += 1;
                } else {
                    messages.push((digest, message));
                }
            }
            Err(problem @ (Unreadable::TooLarge { .. } | Unreadable::NoMessage)) => note(&mut read.problems, &problem),
            // What follows in a file is not to be told from it.
            Err(problem) => {
                note(&mut read.problems, &problem);
                if !one_by_one {
                    break;
                }
            }
        }
        if read.messages >= MESSAGES {
            read.problems.push("Only the first 5,000 messages were read. Export a shorter period for the rest.".into());
            break;
        }
    }
    // What came first is the beginning of the threads of what came after.
    messages.sort_by_key(|(_, message)| message.date);
    let mut applications = known.prepared();
    for (digest, message) in messages {
        if let Some(off) = called_off(&digest, &message, &known) {
            read.found.push(off);
            continue;
        }
        let verdict = inbox::understand(&message, &applications);
        let application = verdict.application.as_deref().and_then(|id| id.parse().ok());
        if let Some(application) = application.filter(|_| verdict.outcome != Outcome::Ignore) {
            if verdict.outcome == Outcome::Sure {
                follow(&mut known, &mut applications, &message, application);
            }
            let mut found = found(digest, message, verdict, application, zone);
            known.compare(&mut found);
            read.found.push(found);
        }
    }
    read
}

fn note(problems: &mut Vec<String>, problem: &Unreadable) {
    if problems.len() < REASONS {
        problems.push(problem.to_string());
    }
}

/// Later messages of the thread belong to the same application.
fn follow(known: &mut Known, applications: &mut Applications, message: &Message, id: ApplicationId) {
    if !message.id.is_empty() && known.add_message(id, &message.id) {
        *applications = known.prepared();
    }
}

/// A meeting that does not take place, if the message says so and the meeting is one of ours. Where it is not who invited who says it,
/// somebody has to look.
fn called_off(digest: &str, message: &Message, known: &Known) -> Option<Found> {
    let events = calendar::read(message.calendar.as_deref()?).ok()?;
    let event = events.into_iter().find(|event| event.is_cancelled() && !event.uid.is_empty())?;
    let (application, held) = known.meeting(&event.uid)?;
    let organizer = event.organizer.map(|person| person.address.to_lowercase()).unwrap_or_default();
    let sender = message.from.address.to_lowercase();
    let domain = |address: &str| address.rsplit_once('@').map(|(_, domain)| inbox::registrable(domain));
    let theirs = [&organizer, &sender].into_iter().all(|address| domain(address) == domain(&held.organizer));
    let sure = theirs && !held.organizer.is_empty() && message.forwarded.is_none();
    let why = if sure {
        "Who invited takes the invitation back."
    } else {
        "It takes an invitation back, and does not come from who invited."
    };
    let meeting = Meeting { cancelled: true, instead_of: Some(held.starts_at), ..held.clone() };
    Some(Found {
        digest: digest.to_owned(),
        sure,
        application,
        sent_at: message.date,
        kept: Kept {
            from: sender_of(message),
            subject: clean(&message.subject, 300),
            text: clean(&message.text, TEXT),
            message_id: message.id.clone(),
            kind: "a cancellation".to_owned(),
            confidence: if sure { 98 } else { 70 },
            reasons: vec![why.to_owned()],
            goes: None,
            meeting: Some(meeting),
            or: Vec::new(),
            moved: None,
        },
    })
}

/// Who wrote it, for the eye.
fn sender_of(message: &Message) -> String {
    let from = match (message.from.name.as_str(), message.from.address.as_str()) {
        ("", address) => address.to_owned(),
        (name, address) => [name, " <", address, ">"].concat(),
    };
    clean(&from, 400)
}

/// What a message is known again by.
fn digest(message: &Message) -> String {
    if !message.id.is_empty() {
        return sha256(&message.id);
    }
    let date = message.date.map(|date| date.timestamp().to_string()).unwrap_or_default();
    sha256(&[&message.from.address, &message.subject, &message.text, &date].map(String::as_str).join("\0"))
}

fn found(digest: String, message: Message, verdict: Verdict, application: ApplicationId, zone: chrono_tz::Tz) -> Found {
    let goes = verdict.actions.iter().find_map(|action| match action {
        Action::SetStage(Stage::Applied) => Some(Goes::Applied),
        Action::SetStage(Stage::Rejected) => Some(Goes::Rejected),
        Action::SetStage(Stage::Interview) => Some(Goes::Interview),
        Action::SetStage(Stage::Offer) => Some(Goes::Offer),
        Action::MakeInterview | Action::Note => None,
    });
    let meeting = message.calendar.as_deref().filter(|_| verdict.kind == Kind::Invitation);
    let meeting = meeting.and_then(|bytes| calendar::read(bytes).ok()).and_then(|all| meeting_of(all, zone));
    let text = match &message.forwarded {
        Some(inner) if message.text.trim().is_empty() => &inner.text,
        _ => &message.text,
    };
    Found {
        digest,
        sure: verdict.outcome == Outcome::Sure,
        application,
        sent_at: message.date,
        kept: Kept {
            from: sender_of(&message),
            subject: clean(&message.subject, 300),
            text: clean(text, TEXT),
            message_id: message.id.clone(),
            kind: verdict.kind.to_string(),
            confidence: verdict.confidence,
            reasons: verdict.reasons.iter().take(REASONS).map(|one| clean(one, 300)).collect(),
            goes,
            meeting,
            or: verdict.or.iter().filter_map(|id| id.parse().ok()).take(OTHERS).collect(),
            moved: None,
        },
    }
}

/// The first event that takes place at a time.
fn meeting_of(all: Vec<Invitation>, zone: chrono_tz::Tz) -> Option<Meeting> {
    all.into_iter().filter(|event| !event.is_cancelled()).find_map(|event| {
        let Some(Time::Moments { start, end }) = &event.time else { return None };
        let (starts_at, ends_at) = (start.in_zone(zone)?, end.in_zone(zone)?);
        let named = match &start.zone {
            calendar::Zone::Named(zone) => Some(zone.name().to_owned()),
            _ => None,
        };
        let people = event.organizer.iter().chain(&event.attendees).map(|person| match person.name.as_str() {
            "" => person.address.clone(),
            name => name.to_owned(),
        });
        Some(Meeting {
            starts_at,
            // An interview has a length.
            ends_at: if ends_at > starts_at { ends_at } else { starts_at + chrono::Duration::hours(1) },
            zone: named,
            place: clean(&event.location, 300),
            link: event.meeting.clone().or_else(|| event.url.clone()).filter(|link| is_link(link)),
            uid: clean(&event.uid, 300),
            organizer: event
                .organizer
                .as_ref()
                .map(|person| clean(&person.address.to_lowercase(), 300))
                .unwrap_or_default(),
            cancelled: false,
            instead_of: None,
            people: people.map(|name| clean(&name, 200)).filter(|name| !name.is_empty()).take(20).collect(),
        })
    })
}

/// A text of somebody else's as it may be kept.
fn clean(text: &str, most: usize) -> String {
    text.replace('\0', "").trim().chars().take(most).collect()
}
