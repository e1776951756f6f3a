use crate::company::{self, Company};
use crate::requisition::{self, Requisition};
use crate::text::{self, Reading};
use crate::title::Title;
use crate::{Signature, limits};
use chrono::NaiveDate;
use places::Places;
use posting::{Remote, Salary};
use std::sync::OnceLock;

/// What is known of a posting.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub company: &'a str,
    pub title: &'a str,
    /// The place as written; empty when it names none.
    pub place: &'a str,
    pub remote: Option<Remote>,
    /// Readable text; leftovers of HTML do not hurt.
    pub text: &'a str,
    pub link: Option<&'a str>,
    pub salary: Option<&'a Salary>,
    /// Which source it came from, in any words that tell one from another.
    pub source: &'a str,
    /// The day it says it was posted.
    pub posted: Option<NaiveDate>,
    /// The day we first saw it.
    pub first_seen: NaiveDate,
    /// The day since when it is no longer in its source.
    pub gone_since: Option<NaiveDate>,
}

/// A posting made ready to be compared. Its text is read when it is first needed: of most candidates title and place
/// are enough. Keep it while several comparisons follow.
#[derive(Clone, Debug)]
pub struct Traits<'a> {
    pub(crate) company: Company,
    pub(crate) title: Title,
    pub(crate) places: Places,
    /// The words of the place, which titles often repeat.
    pub(crate) place_words: Vec<String>,
    pub(crate) remote: Option<Remote>,
    pub(crate) salary: Option<&'a Salary>,
    pub(crate) source: &'a str,
    /// The day it was posted, or first seen.
    pub(crate) start: NaiveDate,
    pub(crate) gone_since: Option<NaiveDate>,
    text: &'a str,
    reading: OnceLock<Reading>,
    signature: OnceLock<Signature>,
    link_key: Option<String>,
    role_key: String,
}

impl<'a> Traits<'a> {
    /// Takes names, places and days apart; the text waits.
    pub fn of(facts: &Facts<'a>) -> Self {
        let company = Company::of(facts.company);
        let title = Title::of(facts.title);
        let places = places::parse(facts.place);
        let mut place_words = text::words(&boards::text::line(facts.place, limits::LINE));
        place_words.extend(text::words(&places.places_label()));
        Self {
            role_key: format!("{}|{}", company.stem(), title.key(&place_words)),
            remote: facts.remote.or(places.remote),
            salary: facts.salary,
            source: facts.source,
            start: facts.posted.unwrap_or(facts.first_seen),
            gone_since: facts.gone_since,
            link_key: facts.link.and_then(boards::duplicate::link_key),
            text: facts.text,
            reading: OnceLock::new(),
            signature: OnceLock::new(),
            company,
            title,
            places,
            place_words,
        }
    }

    /// The link without what does not name the posting: one way to find candidates.
    pub fn link_key(&self) -> Option<&str> {
        self.link_key.as_deref()
    }

    /// Company and role without legal form, level, place, part of the company and marks, whatever the order of words:
    /// another way to find candidates, and the only one where a posting has no text.
    pub fn role_key(&self) -> &str {
        &self.role_key
    }

    /// Keys of the text, the third way to find candidates: the bands of its signature, and some of its sentences, which
    /// an agency or a board that shows the beginning keeps when it changes the rest. At most 20.
    pub fn text_keys(&self) -> Vec<i64> {
        let mut keys = self.signature().bands();
        keys.extend(&self.reading().sentence_keys);
        keys
    }

    /// The signature of the text.
    pub fn signature(&self) -> &Signature {
        self.signature.get_or_init(|| Signature::of_reading(self.reading()))
    }

    pub(crate) fn reading(&self) -> &Reading {
        self.reading.get_or_init(|| Reading::of(self.text))
    }

    /// The numbers it is told apart by.
    pub(crate) fn requisitions(&self) -> Vec<Requisition> {
        let mut found = requisition::find(&text::words(&self.title.written).join(" "));
        found.extend_from_slice(&self.reading().requisitions);
        found
    }

    /// The words by which the text shows that an agency wrote it.
    pub(crate) fn agency_words(&self) -> Option<&'static str> {
        company::agency_words(&self.reading().folded)
    }
}
