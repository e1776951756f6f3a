use crate::{closing_day, closing_words};
use chrono::NaiveDate;

/// Whole readings of its source that a posting must be missing from before it counts as gone: one alone may be a
/// mistake.
pub const GONE_READINGS: u32 = 2;
/// Days after which a posting that names no last day is called stale. Most openings are filled within six to eight
/// weeks.
pub const STALE_DAYS: i64 = 60;

/// What is known about whether a posting is open.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub today: NaiveDate,
    /// The day it says it was posted.
    pub posted: Option<NaiveDate>,
    /// The day we first saw it.
    pub first_seen: NaiveDate,
    /// The day its source last showed it.
    pub last_seen: NaiveDate,
    /// How many whole readings of its source, one after the other, it was missing from.
    pub missing_for: u32,
    /// The status that its own page answered, when it was asked.
    pub status: Option<u16>,
    /// The last day to apply that the source names.
    pub closes_on: Option<NaiveDate>,
    /// Its text, or that of its page.
    pub text: &'a str,
}

/// Why a posting counts as closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// No longer in its source.
    Gone,
    /// Its page answers that there is nothing.
    NoPage,
    /// It says so.
    Said,
    /// Its last day is over.
    DayOver,
}

impl Why {
    pub const ALL: [Why; 4] = [Why::Gone, Why::NoPage, Why::Said, Why::DayOver];

    /// The stored and transmitted form: `gone`, `no_page`, `said`, `day_over`.
    pub fn as_str(self) -> &'static str {
        match self {
            Why::Gone => "gone",
            Why::NoPage => "no_page",
            Why::Said => "said",
            Why::DayOver => "day_over",
        }
    }

    /// The inverse of [`Why::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Why::ALL.into_iter().find(|why| why.as_str() == text)
    }
}

/// Whether a posting is open, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Open,
    Closed {
        why: Why,
        reason: String,
    },
    /// Perhaps open, but old.
    Stale {
        days: i64,
        reason: String,
    },
}

/// Whether the posting is open.
///
/// What its page answers and says goes before what its source shows, because boards keep old entries; a last day that
/// its source names goes before one read out of the text. Without any sign of an end, age makes it stale, not closed. A
/// page that cannot be reached (any status but 404 and 410) says nothing.
pub fn standing(facts: &Facts<'_>) -> Standing {
    let closed = |why, reason| Standing::Closed { why, reason };
    if let Some(status @ (404 | 410)) = facts.status {
        return closed(Why::NoPage, format!("Its page is no longer there (it answers {status})."));
    }
    if let Some(words) = closing_words(facts.text) {
        return closed(Why::Said, format!("It says “{}”.", in_short(words)));
    }
    let start = facts.posted.unwrap_or(facts.first_seen);
    let last_day = facts.closes_on.or_else(|| closing_day(facts.text, start));
    if let Some(day) = last_day.filter(|day| *day < facts.today) {
        return closed(Why::DayOver, format!("The last day to apply was {}.", day.format("%-d %B %Y")));
    }
    if facts.missing_for >= GONE_READINGS {
        let day = facts.last_seen.format("%-d %B %Y");
        let times = facts.missing_for;
        return closed(Why::Gone, format!("It was last in its source on {day} and missing {times} times since."));
    }
    let days = (facts.today - start).num_days();
    if last_day.is_none() && days > STALE_DAYS {
        return Standing::Stale { days, reason: format!("It was posted {days} days ago and names no last day.") };
    }
    Standing::Open
}

/// Words on one line.
fn in_short(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
