//! What kind of message it is, with everything that spoke for and against.

mod weigh;

use crate::rules::{Hit, Role, Rules};
use crate::words::{Sentence, sentences};
use crate::{Message, chance, senders};
use senders::{Service, service};
use std::collections::HashMap;
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The application arrived.
    Receipt,
    Rejection,
    /// To an interview or a call, with a time or with times to choose from.
    Invitation,
    /// A test or a task to do at home.
    Assessment,
    Offer,
    /// They ask for something.
    Question,
    /// A recruiter writes of their own accord.
    Outreach,
    /// Job alerts, newsletters, advertising.
    Alert,
    Other,
}

impl Kind {
    pub const ALL: [Kind; 9] = [
        Kind::Receipt,
        Kind::Rejection,
        Kind::Invitation,
        Kind::Assessment,
        Kind::Offer,
        Kind::Question,
        Kind::Outreach,
        Kind::Alert,
        Kind::Other,
    ];

    /// How data and logs write it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Receipt => "receipt",
            Kind::Rejection => "rejection",
            Kind::Invitation => "invitation",
            Kind::Assessment => "assessment",
            Kind::Offer => "offer",
            Kind::Question => "question",
            Kind::Outreach => "outreach",
            Kind::Alert => "alert",
            Kind::Other => "other",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Receipt => "a confirmation of receipt",
            Kind::Rejection => "a rejection",
            Kind::Invitation => "an invitation",
            Kind::Assessment => "a test or task",
            Kind::Offer => "an offer",
            Kind::Question => "a question",
            Kind::Outreach => "a recruiter's first message",
            Kind::Alert => "an alert or newsletter",
            Kind::Other => "something else",
        })
    }
}

/// What a piece of evidence tells about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    Kind(Kind),
    /// The message is about work at all.
    Work,
    /// It is about something else: an order, a loan, a flat.
    Elsewhere,
}

/// Where a piece of evidence stands. Offsets are bytes of that text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Subject {
        start: usize,
        end: usize,
    },
    Text {
        start: usize,
        end: usize,
    },
    ForwardedSubject {
        start: usize,
        end: usize,
    },
    ForwardedText {
        start: usize,
        end: usize,
    },
    /// A header, a link or an attached entry.
    Message,
}

/// One thing that spoke for or against.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    pub about: About,
    /// In percent, after what the sentence took away; below zero it speaks against.
    pub weight: i8,
    /// The words as they stand in the message, or what else was seen.
    pub said: String,
    pub place: Place,
    /// Why it counts less or the other way round; empty when it counts as it is.
    pub but: &'static str,
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = if self.weight < 0 { "against" } else { "for" };
        let about = match self.about {
            About::Kind(kind) => kind.to_string(),
            About::Work => "work".into(),
            About::Elsewhere => "another matter".into(),
        };
        write!(f, "\"{}\" speaks {way} {about} ({})", self.said, self.weight.unsigned_abs())?;
        if self.but.is_empty() { Ok(()) } else { write!(f, ", but {}", self.but) }
    }
}

/// A message's kind with what led to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognised {
    pub kind: Kind,
    /// How sure the kind is, 0 to 100, as far as the message itself goes.
    pub confidence: u8,
    /// How surely it speaks of work, 0 to 100.
    pub work: u8,
    /// How surely it speaks of another matter, 0 to 100.
    pub elsewhere: u8,
    /// Strongest first.
    pub evidence: Vec<Evidence>,
}

/// Says what kind of message this is.
pub fn recognise(message: &Message) -> Recognised {
    let mut collected = Collected::default();
    let passed_on = message.forwarded.as_ref();
    collected.text(&message.subject, 1.0, |start, end| Place::Subject { start, end });
    collected.text(&message.text, 1.0, |start, end| Place::Text { start, end });
    if let Some(inner) = passed_on {
        collected.text(&inner.subject, PASSED_ON, |start, end| Place::ForwardedSubject { start, end });
        collected.text(&inner.text, PASSED_ON, |start, end| Place::ForwardedText { start, end });
    }
    collected.facts(message);
    weigh::decide(collected.finish())
}

/// What a passed-on message says is said with less weight: it may be a story about somebody else.
const PASSED_ON: f64 = 0.85;
/// What is left of a phrase in a sentence about what may happen.
const HEDGED: f64 = 0.12;
/// How strongly a phrase speaks against its kind when it is denied.
const DENIED: f64 = 0.6;
/// What further phrases in the same sentence add: they tell the same thing again.
const AGAIN: f64 = 0.5;

#[derive(Default)]
struct Collected {
    /// The strongest match of each rule.
    by_rule: HashMap<usize, Evidence>,
    facts: Vec<Evidence>,
}

impl Collected {
    fn text(&mut self, text: &str, share: f64, place: fn(usize, usize) -> Place) {
        for words in sentences(text) {
            self.sentence(text, &words, share, place);
        }
    }

    fn sentence(&mut self, text: &str, words: &Sentence, share: f64, place: fn(usize, usize) -> Place) {
        let hits = Rules::builtin().hits(words);
        let hedged = hits.iter().any(|hit| hit.rule.role == Role::Hedge);
        let only = ["only", "nur", "seulement"];
        let denials: Vec<usize> = (hits.iter().filter(|hit| hit.rule.role == Role::Negation))
            .map(|hit| hit.from)
            .filter(|&at| words.get(at + 1).is_none_or(|next| !only.contains(&&*next.text)))
            .collect();
        let mut found: Vec<(usize, Evidence)> = Vec::new();
        for hit in &hits {
            let Role::SpeaksOf(about) = hit.rule.role else { continue };
            let (chance, but) = in_context(hit, about, hedged, &denials);
            let (start, end) = (words[hit.from].start, words[hit.to - 1].end);
            let weight = (chance * share * 100.0).round() as i8;
            let said = text[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
            found.push((hit.number, Evidence { about, weight, said, place: place(start, end), but }));
        }
        found.sort_by_key(|(_, evidence)| std::cmp::Reverse(evidence.weight.unsigned_abs()));
        let mut told: Vec<About> = Vec::new();
        for (number, mut evidence) in found {
            if told.contains(&evidence.about) {
                evidence.weight = (f64::from(evidence.weight) * AGAIN).round() as i8;
            } else {
                told.push(evidence.about);
            }
            let best = self.by_rule.entry(number).or_insert_with(|| evidence.clone());
            if evidence.weight.unsigned_abs() > best.weight.unsigned_abs() {
                *best = evidence;
            }
        }
    }

    /// What headers, links and parts tell.
    fn facts(&mut self, message: &Message) {
        let mut add = |about, weight, said: &str| {
            self.facts.push(Evidence { about, weight, said: said.into(), place: Place::Message, but: "" });
        };
        let sender = service(message.from.domain());
        match sender {
            Some(Service::Tracker) => add(About::Work, 60, "sent by an applicant-tracking system"),
            Some(Service::Board) => add(About::Work, 40, "sent by a job board"),
            Some(Service::Test) => add(About::Kind(Kind::Assessment), 70, "sent by a place to take tests"),
            _ => {}
        }
        for host in &message.links {
            match service(host) {
                Some(Service::Scheduler) => add(About::Kind(Kind::Invitation), 50, host),
                Some(Service::Test) => add(About::Kind(Kind::Assessment), 50, host),
                _ => {}
            }
        }
        if let Some(calendar) = &message.calendar {
            let cancelled = calendar.windows(13).any(|window| window.eq_ignore_ascii_case(b"METHOD:CANCEL"));
            let weight = if cancelled { -60 } else { 65 };
            add(About::Kind(Kind::Invitation), weight, "an entry for the calendar");
        }
        if message.list_unsubscribe {
            add(About::Kind(Kind::Alert), 30, "it can be unsubscribed from");
        }
        if matches!(&*message.precedence, "bulk" | "list" | "junk") {
            add(About::Kind(Kind::Alert), 30, "sent in bulk");
        }
        let local = message.from.local();
        if ["newsletter", "alert", "jobagent", "jobmail", "marketing", "digest"].iter().any(|word| local.contains(word))
        {
            add(About::Kind(Kind::Alert), 70, local);
        }
        if message.auto_submitted.starts_with("auto-replied") {
            add(About::Elsewhere, 70, "an automatic reply");
        }
    }

    fn finish(self) -> Vec<Evidence> {
        let mut all: Vec<Evidence> =
            self.by_rule.into_values().chain(self.facts).filter(|one| one.weight != 0).collect();
        // The order must not depend on the order of a hash map.
        all.sort_by(|a, b| {
            let key = |one: &Evidence| std::cmp::Reverse(one.weight.unsigned_abs());
            key(a)
                .cmp(&key(b))
                .then_with(|| a.said.cmp(&b.said))
                .then_with(|| format!("{:?}", a.about).cmp(&format!("{:?}", b.about)))
        });
        all
    }
}

/// The chance of a phrase, as its sentence leaves it; below zero it speaks against.
fn in_context(hit: &Hit<'_>, about: About, hedged: bool, denials: &[usize]) -> (f64, &'static str) {
    let chance = chance::of(hit.rule.weight) * if hit.rule.weight < 0 { -1.0 } else { 1.0 };
    let About::Kind(kind) = about else { return (chance, "") };
    if chance < 0.0 || matches!(kind, Kind::Alert | Kind::Outreach | Kind::Other) {
        return (chance, "");
    }
    // In German the negation follows: "… anbieten können wir Ihnen nicht".
    let denied = denials.iter().any(|&at| at + 4 >= hit.from && at < hit.to + 2);
    if denied && !hedged && !hit.rule.negates && kind != Kind::Rejection {
        return (-chance * DENIED, "it is denied");
    }
    if hedged && kind != Kind::Receipt {
        return (chance * HEDGED, "it is only a possibility");
    }
    (chance, "")
}
