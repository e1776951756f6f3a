//! One opening out of its postings: each detail from the best source that has it.

use super::{Stored, store::Row};
use boards::Format;
use std::cmp::Reverse;

/// How much a source's details are worth: the employer's own board before a site that lists others' postings, and that before
/// what was taken from running text.
fn worth(source: &str) -> u8 {
    match Format::parse(source) {
        Some(Format::HackerNews | Format::Feed) => 0,
        Some(
            Format::Adzuna
            | Format::Arbeitnow
            | Format::Himalayas
            | Format::Jobicy
            | Format::RemoteOk
            | Format::Remotive
            | Format::TheMuse
            | Format::WeWorkRemotely,
        ) => 1,
        Some(Format::WebPage) => 2,
        Some(_) => 3,
        None => 1,
    }
}

/// The opening of postings that are the same one; None without any. Open postings come before closed ones, better sources before
/// others, and of equals the one that came first.
pub fn merged(mut postings: Vec<Row>) -> Option<Stored> {
    postings.retain(Row::is_of_employer);
    postings.sort_by_key(|row| (row.closed(), Reverse(worth(row.source())), row.first_seen));
    let sources = postings.iter().map(|row| row.source_id).collect();
    let first_seen = postings.iter().map(|row| row.first_seen).min()?;
    let mut ordered = postings.into_iter();
    let best = ordered.next()?;
    let mut opening: Stored = best.into();
    for other in ordered.map(Stored::from) {
        fill(&mut opening, other);
    }
    Some(Stored { sources, first_seen, ..opening })
}

/// What the better one does not say.
fn fill(opening: &mut Stored, other: Stored) {
    if opening.location.is_empty() {
        opening.location = other.location;
    }
    opening.remote = opening.remote.or(other.remote);
    opening.level = opening.level.or(other.level);
    opening.salary = opening.salary.take().or(other.salary);
    opening.date_posted = opening.date_posted.min(other.date_posted).or(opening.date_posted).or(other.date_posted);
    opening.closes_on = opening.closes_on.or(other.closes_on);
    opening.url = opening.url.take().or(other.url);
    if opening.description.is_empty() {
        (opening.description, opening.asks) = (other.description, other.asks);
        (opening.tech_stack, opening.requirements) = (other.tech_stack, other.requirements);
        opening.responsibilities = other.responsibilities;
    }
}
