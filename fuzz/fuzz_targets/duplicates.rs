//! Two postings: a verdict does not hang on their order, and a posting that is there twice is one.
#![no_main]

use arbitrary::Arbitrary;
use chrono::{Days, NaiveDate};
use duplicates::{Facts, Signature, Traits, differences, judge};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Given<'a> {
    company: &'a str,
    title: &'a str,
    place: &'a str,
    text: &'a str,
    link: Option<&'a str>,
    posted: Option<u16>,
    gone: Option<u16>,
}

impl<'a> Given<'a> {
    fn facts(&self) -> Facts<'a> {
        let day = |days: u16| NaiveDate::default() + Days::new(days.into());
        Facts {
            company: self.company,
            title: self.title,
            place: self.place,
            remote: None,
            text: self.text,
            link: self.link,
            salary: None,
            source: "one",
            posted: self.posted.map(day),
            first_seen: NaiveDate::default(),
            gone_since: self.gone.map(day),
        }
    }
}

fuzz_target!(|given: (Given<'_>, Given<'_>)| {
    let (one, two) = (Traits::of(&given.0.facts()), Traits::of(&given.1.facts()));
    let kinds = [judge(&one, &two), judge(&two, &one)].map(|verdict| verdict.map(|verdict| verdict.kind));
    assert_eq!(kinds[0], kinds[1]);
    assert_eq!(differences(&one, &two).is_empty(), differences(&two, &one).is_empty());
    assert!(differences(&one, &one).is_empty());
    let signature = one.signature();
    assert_eq!(Signature::from_bytes(&signature.to_bytes()).as_ref(), Some(signature));
    let likeness = signature.likeness(two.signature());
    assert!((0.0..=1.0).contains(&likeness) && likeness == two.signature().likeness(signature));
});
