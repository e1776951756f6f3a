//! One posting, from a page, a text or a board's answer: what is found, where it is from, and what is not made up.

mod answers;
mod hostile;
mod pages;
mod texts;

use boards::Finder;
use boards::single::Found;
use skills::Taxonomy;

fn finder() -> Finder {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 3, 10).expect("a day");
    Finder::new(Taxonomy::builtin()).on(today)
}

/// Title, company and place, where each is from; empty for what was not found.
fn names(found: &Found) -> [(String, String); 3] {
    let posting = &found.posting;
    [("title", &posting.title), ("company", &posting.company), ("location", &posting.location)].map(|(field, value)| {
        let from = found.from.get(field).map(|from| from.origin.to_string()).unwrap_or_default();
        assert_eq!(value.is_empty(), from.is_empty(), "{field}: {found:?}");
        (value.clone(), from)
    })
}

fn is(found: &Found, expected: [(&str, &str); 3], what: &str) {
    let expected = expected.map(|(value, from)| (value.to_owned(), from.to_owned()));
    assert_eq!(names(found), expected, "{what}");
}
