use crate::company::Company;
use crate::requisition::{self, Requisition};
use crate::text::{self, Reading};
use crate::title::Title;
use crate::{Signature, company, limits};
use chrono::NaiveDate;
use places::Places;
use posting::{Remote, Salary};

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

/// A posting made ready to be compared. Keep it while several comparisons follow.
#[derive(Clone, Debug)]
pub struct Traits {
    pub(crate) company: Company,
    pub(crate) title: Title,
    pub(crate) places: Places,
    /// The words of the place, which titles often repeat.
    pub(crate) place_words: Vec<String>,
    pub(crate) remote: Option<Remote>,
    pub(crate) reading: Reading,
    pub(crate) requisitions: Vec<Requisition>,
    /// The words by which the text shows that an agency wrote it.
    pub(crate) agency_words: Option<&'static str>,
    pub(crate) salary: Option<Salary>,
    pub(crate) source: String,
    /// The day it was posted, or first seen.
    pub(crate) start: NaiveDate,
    pub(crate) gone_since: Option<NaiveDate>,
    link_key: Option<String>,
    role_key: String,
    signature: Signature,
}

impl Traits {
    pub fn of(facts: &Facts<'_>) -> Self {
        let text = &facts.text[..facts.text.floor_char_boundary(limits::TEXT)];
        let company = Company::of(facts.company);
        let title = Title::of(facts.title);
        let places = places::parse(facts.place);
        let reading = Reading::of(text);
        let mut place_words = text::words(facts.place);
        place_words.extend(text::words(&places.places_label()));
        let mut requisitions = requisition::find(facts.title);
        requisitions.extend(requisition::find(text));
        Self {
            role_key: format!("{}|{}", company.key, title.key(&place_words)),
            signature: Signature::of_reading(&reading),
            remote: facts.remote.or(places.remote),
            agency_words: company::agency_words(&reading.folded),
            salary: facts.salary.cloned(),
            source: facts.source.to_owned(),
            start: facts.posted.unwrap_or(facts.first_seen),
            gone_since: facts.gone_since,
            link_key: facts.link.and_then(boards::duplicate::link_key),
            company,
            title,
            places,
            place_words,
            reading,
            requisitions,
        }
    }

    /// The link without what does not name the posting: one way to find candidates.
    pub fn link_key(&self) -> Option<&str> {
        self.link_key.as_deref()
    }

    /// Company and role without legal form, level, place and marks, whatever the order of words: another way to find
    /// candidates, and the only one where a posting has no text.
    pub fn role_key(&self) -> &str {
        &self.role_key
    }

    /// The signature of the text; its bands are the third way to find candidates.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    /// Whether an agency posted it, by its name or its words.
    pub(crate) fn is_agency(&self) -> bool {
        self.company.is_agency || self.agency_words.is_some()
    }
}
