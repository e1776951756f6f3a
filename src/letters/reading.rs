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
}

/// A message as it is kept, sealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    pub message_id: String,
    pub from: String,
    pub subject: String,
    pub text: String,
    pub kind: String,
    pub confidence: u8,
    pub reasons: Vec<String>,
    pub goes: Option<Goes>,
    pub meeting: Option<Meeting>,
    pub or: Vec<ApplicationId>,
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

/// Reads a mailbox or a single message, and finds out what each message means. `before` are the digests of those read before, `zone`
/// is where the person is.
pub fn read(bytes: Vec<u8>, mut known: Known, before: &HashSet<String>, zone: chrono_tz::Tz) -> Read {
    let mut read = Read::default();
    let mut messages: Vec<(String, Message)> = Vec::new();
    let mut seen = HashSet::new();
    for message in inbox::mbox::messages(Cursor::new(bytes)) {
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
            Err(problem) => {
                note(&mut read.problems, &problem);
                break;
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
        let verdict = inbox::understand(&message, &applications);
        let application = verdict.application.as_deref().and_then(|id| id.parse().ok());
        if let Some(application) = application.filter(|_| verdict.outcome != Outcome::Ignore) {
            if verdict.outcome == Outcome::Sure {
                follow(&mut known, &mut applications, &message, application);
            }
            read.found.push(found(digest, message, verdict, application, zone));
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
    let from = match (message.from.name.as_str(), message.from.address.as_str()) {
        ("", address) => address.to_owned(),
        (name, address) => [name, " <", address, ">"].concat(),
    };
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
            from: clean(&from, 400),
            subject: clean(&message.subject, 300),
            text: clean(text, TEXT),
            message_id: message.id.clone(),
            kind: verdict.kind.to_string(),
            confidence: verdict.confidence,
            reasons: verdict.reasons.iter().take(REASONS).map(|one| clean(one, 300)).collect(),
            goes,
            meeting,
            or: verdict.or.iter().filter_map(|id| id.parse().ok()).take(OTHERS).collect(),
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
            link: event.meeting.or(event.url).filter(|link| is_link(link)),
            people: people.map(|name| clean(&name, 200)).filter(|name| !name.is_empty()).take(20).collect(),
        })
    })
}

/// A text of somebody else's as it may be kept.
fn clean(text: &str, most: usize) -> String {
    text.replace('\0', "").trim().chars().take(most).collect()
}
