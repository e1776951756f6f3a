use crate::Signature;
use chrono::NaiveDate;
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
    link_key: Option<String>,
    role_key: String,
    signature: Signature,
}

impl Traits {
    pub fn of(facts: &Facts<'_>) -> Self {
        Self {
            link_key: facts.link.and_then(boards::duplicate::link_key),
            role_key: format!(
                "{}|{}",
                boards::duplicate::company_key(facts.company),
                boards::duplicate::title_key(facts.title)
            ),
            signature: Signature::of(facts.text),
        }
    }

    /// The link without what does not name the posting: one way to find candidates.
    pub fn link_key(&self) -> Option<&str> {
        self.link_key.as_deref()
    }

    /// Company and title without legal form, marks and place: another way to find candidates.
    pub fn role_key(&self) -> &str {
        &self.role_key
    }

    /// The signature of the text; its bands are the third way to find candidates.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }
}
