//! Which application a message belongs to, with the reasons.

mod company;

use crate::words::spaced;
use crate::{Message, chance, registrable, senders};
use boards::duplicate::title_key;
use chrono::{Duration, NaiveDate};
use company::Company;
use senders::{Service, service};
use std::collections::HashSet;
use std::fmt;

/// An application as far as mail can tell it from others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    pub id: String,
    pub company: String,
    pub title: String,
    /// Of the posting's address and the company's site, but not those of job boards.
    pub domains: Vec<String>,
    /// Addresses of people who wrote or were written to.
    pub contacts: Vec<String>,
    /// Ids of messages that belong to it already.
    pub message_ids: Vec<String>,
    pub applied_on: Option<NaiveDate>,
}

/// One thing that connects a message with an application.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// It answers a message that belongs to the application.
    SameThread,
    Contact(String),
    /// It comes from the company's domain.
    Domain(String),
    /// It comes from the domain of one of the contacts.
    ContactDomain(String),
    /// The sender calls itself by the company's name.
    SenderName(String),
    CompanyInSubject,
    CompanyInText,
    TitleInSubject,
    TitleInText,
    /// Some words of the title are in it.
    TitleWords,
    /// It is older than the application.
    BeforeApplying,
    /// It came more than a year after.
    LongAfter,
    /// The title, or the thread, of another application at this company fits better.
    AnotherFits(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::SameThread => f.write_str("It answers a message of this application."),
            Reason::Contact(address) => write!(f, "{address} is a contact of this application."),
            Reason::Domain(domain) => write!(f, "It comes from {domain}, the company's domain."),
            Reason::ContactDomain(domain) => write!(f, "A contact of this application writes from {domain} as well."),
            Reason::SenderName(name) => write!(f, "The sender calls itself {name}."),
            Reason::CompanyInSubject => f.write_str("The subject names the company."),
            Reason::CompanyInText => f.write_str("The text names the company."),
            Reason::TitleInSubject => f.write_str("The subject names the position."),
            Reason::TitleInText => f.write_str("The text names the position."),
            Reason::TitleWords => f.write_str("It has words of the position's title."),
            Reason::BeforeApplying => f.write_str("It is older than the application."),
            Reason::LongAfter => f.write_str("It came more than a year after the application."),
            Reason::AnotherFits(title) => write!(f, "The application for {title} at this company fits better."),
        }
    }
}

/// An application that a message may belong to.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub id: String,
    /// How well it fits taken alone, 0 to 100.
    pub score: u8,
    /// Its share among the applications at this company, 0 to 100: 50 when two fit alike.
    pub share: u8,
    pub reasons: Vec<(Reason, i8)>,
}

impl Candidate {
    pub(crate) fn has(&self, is: impl Fn(&Reason) -> bool) -> bool {
        self.reasons.iter().any(|(reason, _)| is(reason))
    }
}

/// Somebody's applications, made ready to be asked often.
#[derive(Clone, Debug, Default)]
pub struct Applications {
    list: Vec<Prepared>,
    own: HashSet<String>,
}

#[derive(Clone, Debug)]
struct Prepared {
    known: Known,
    company: Company,
    /// With a space around each word.
    title: String,
    domains: HashSet<String>,
    contacts: HashSet<String>,
    contact_domains: HashSet<String>,
}

/// The parts of a message that are compared.
struct Facets<'m> {
    message: &'m Message,
    senders: Vec<&'m crate::Address>,
    subject: String,
    text: String,
    /// Sent by a service in somebody's name.
    service: bool,
}

impl Applications {
    /// `own` are the person's own addresses: what they wrote themselves tells nothing.
    pub fn new(known: Vec<Known>, own: &[&str]) -> Self {
        let own = own.iter().map(|address| address.trim().to_lowercase()).collect();
        Applications { list: known.into_iter().map(Prepared::new).collect(), own }
    }

    /// The applications a message may belong to, best first. Empty for what the person wrote.
    pub fn candidates(&self, message: &Message) -> Vec<Candidate> {
        if self.own.contains(&message.from.address) && message.forwarded.is_none() {
            return Vec::new();
        }
        let facets = Facets::of(message);
        let mut found: Vec<(&Prepared, Vec<(Reason, i8)>)> = self
            .list
            .iter()
            .map(|one| (one, one.reasons(&facets)))
            .filter(|(_, reasons)| !reasons.is_empty())
            .collect();
        among_rivals(&mut found);
        let scores: Vec<f64> = found.iter().map(|(_, reasons)| score(reasons)).collect();
        let mut all: Vec<Candidate> = Vec::new();
        for (at, (one, reasons)) in found.iter().enumerate() {
            let odds = |at: usize| scores[at] / (1.0 - scores[at]);
            let total: f64 =
                (0..found.len()).filter(|&other| found[other].0.company.key == one.company.key).map(odds).sum();
            let share = if total > 0.0 { odds(at) / total } else { 1.0 };
            let (id, reasons) = (one.known.id.clone(), reasons.clone());
            all.push(Candidate { id, score: chance::percent(scores[at]), share: chance::percent(share), reasons });
        }
        all.retain(|candidate| candidate.score >= 10);
        all.sort_by_key(|candidate| std::cmp::Reverse((candidate.score, candidate.share)));
        all
    }
}

fn score(reasons: &[(Reason, i8)]) -> f64 {
    let pro = chance::any(reasons.iter().filter(|(_, weight)| *weight > 0).map(|(_, weight)| chance::of(*weight)));
    reasons.iter().filter(|(_, weight)| *weight < 0).fold(pro, |left, (_, weight)| left * (1.0 - chance::of(*weight)))
}

/// Of several applications at one company, the thread or the title tells which: the others lose what they share with it.
fn among_rivals(found: &mut [(&Prepared, Vec<(Reason, i8)>)]) {
    let thread = |reasons: &[(Reason, i8)]| reasons.iter().any(|(reason, _)| *reason == Reason::SameThread);
    let title = |reasons: &[(Reason, i8)]| {
        reasons.iter().any(|(reason, _)| matches!(reason, Reason::TitleInSubject | Reason::TitleInText))
    };
    for at in 0..found.len() {
        let better = found.iter().find(|(other, reasons)| {
            let mine = &found[at];
            let longer = !mine.0.title.contains(&*other.title) && other.title.contains(&*mine.0.title);
            other.known.id != mine.0.known.id
                && other.company.key == mine.0.company.key
                && ((thread(reasons) && !thread(&mine.1))
                    || (title(reasons) && !thread(&mine.1) && (!title(&mine.1) || longer)))
        });
        if let Some(better) = better.map(|(other, _)| other.known.title.clone()) {
            found[at].1.push((Reason::AnotherFits(better), -80));
        }
    }
}

impl<'m> Facets<'m> {
    fn of(message: &'m Message) -> Self {
        let mut senders = vec![&message.from];
        senders.extend(&message.reply_to);
        let mut subject = spaced(&message.subject);
        let mut text = spaced(&message.text) + &spaced(&message.signature);
        if let Some(inner) = &message.forwarded {
            senders.push(&inner.from);
            subject.push_str(&spaced(&inner.subject));
            text.push_str(&spaced(&inner.text));
        }
        let service = senders.iter().any(|one| {
            matches!(
                service(one.domain()),
                Some(Service::Tracker | Service::Board | Service::Test | Service::Scheduler)
            )
        });
        Facets { message, senders, subject, text, service }
    }
}

impl Prepared {
    fn new(known: Known) -> Self {
        let domains = known.domains.iter().map(|domain| registrable(domain));
        let domains = domains.filter(|domain| service(domain).is_none() && domain.contains('.')).collect();
        let contacts: HashSet<String> = known.contacts.iter().map(|address| address.trim().to_lowercase()).collect();
        let contact_domains = (contacts.iter().filter_map(|address| address.rsplit_once('@')))
            .map(|(_, domain)| registrable(domain))
            .filter(|domain| service(domain).is_none())
            .collect();
        let (company, title) = (Company::new(&known.company), spaced(&title_key(&known.title)));
        Prepared { known, company, title, domains, contacts, contact_domains }
    }

    fn reasons(&self, facets: &Facets<'_>) -> Vec<(Reason, i8)> {
        let mut found = Vec::new();
        let message = facets.message;
        let ids = message.in_reply_to.iter().chain(&message.references);
        if ids.into_iter().any(|id| self.known.message_ids.contains(id)) {
            found.push((Reason::SameThread, 98));
        }
        self.by_sender(facets, &mut found);
        self.by_name(facets, &mut found);
        // A title alone is everybody's.
        if !found.is_empty() {
            self.by_title(facets, &mut found);
        }
        if let (Some(date), Some(applied), false) = (message.date, self.known.applied_on, found.is_empty()) {
            let after = date.date_naive() - applied;
            if after < Duration::days(-1) {
                found.push((Reason::BeforeApplying, -75));
            } else if after > Duration::days(400) {
                found.push((Reason::LongAfter, -40));
            }
        }
        found
    }

    fn by_sender(&self, facets: &Facets<'_>, found: &mut Vec<(Reason, i8)>) {
        if let Some(one) = facets.senders.iter().find(|one| self.contacts.contains(&one.address)) {
            found.push((Reason::Contact(one.address.clone()), 94));
        }
        let registered: Vec<String> = facets.senders.iter().map(|one| registrable(one.domain())).collect();
        if let Some(domain) = registered.iter().find(|domain| self.domains.contains(*domain)) {
            found.push((Reason::Domain(domain.clone()), 95));
        } else if let Some(domain) = registered.iter().find(|domain| self.contact_domains.contains(*domain))
            && found.is_empty()
        {
            found.push((Reason::ContactDomain(domain.clone()), 40));
        }
    }

    fn by_name(&self, facets: &Facets<'_>, found: &mut Vec<(Reason, i8)>) {
        let lent = |in_name: i8, otherwise: i8| if facets.service { in_name } else { otherwise };
        if let Some(one) = facets.senders.iter().find(|one| self.company.is_sender(one)) {
            let name = if one.name.is_empty() { &one.address } else { &one.name };
            found.push((Reason::SenderName(name.clone()), lent(90, 50)));
        }
        // Half a name, or a word that is a name only sometimes, says less.
        if let Some(share) = self.company.named_in(&facets.subject, &facets.message.subject) {
            found.push((Reason::CompanyInSubject, (f64::from(lent(75, 62)) * share) as i8));
        }
        let said = facets.message.forwarded.as_ref().map_or("", |inner| &*inner.text);
        let text = if said.is_empty() { &facets.message.text } else { said };
        if let Some(share) = self.company.named_in(&facets.text, text) {
            found.push((Reason::CompanyInText, (f64::from(lent(70, 60)) * share) as i8));
        }
    }

    fn by_title(&self, facets: &Facets<'_>, found: &mut Vec<(Reason, i8)>) {
        let named = |text: &str| self.title.len() > 2 && text.contains(&*self.title);
        if named(&facets.subject) {
            found.push((Reason::TitleInSubject, 65));
        }
        if named(&facets.text) {
            found.push((Reason::TitleInText, 55));
        }
        if !named(&facets.subject) && !named(&facets.text) {
            let words: Vec<&str> = self.title.split(' ').filter(|word| word.len() > 3).collect();
            let there =
                |word: &&&str| [&facets.subject, &facets.text].iter().any(|text| text.contains(&format!(" {word} ")));
            let count = words.iter().filter(there).count();
            if count >= 2 && count * 2 > words.len() {
                found.push((Reason::TitleWords, 25));
            }
        }
    }
}
