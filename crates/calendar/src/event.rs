use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

/// A calendar that others subscribe to.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// What readers call it.
    pub name: String,
    pub events: Vec<Event>,
    /// When it is written; `DTSTAMP` of every event.
    pub now: DateTime<Utc>,
}

/// An entry of a calendar. Readers know it by `uid`, and take a change when `sequence` has grown.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The same for as long as the event lives, and nobody else's.
    pub uid: String,
    pub sequence: u32,
    pub created: DateTime<Utc>,
    pub modified: DateTime<Utc>,
    pub span: Span,
    pub summary: String,
    pub description: String,
    pub location: String,
    pub url: Option<String>,
    pub organizer: Option<Person>,
    pub attendees: Vec<Person>,
    pub status: Status,
    /// Minutes before the start at which to remind.
    pub alarms: Vec<u32>,
    pub categories: Vec<String>,
}

/// When an event is. Years from 1 to 9999 can be written.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    /// Whole days, wherever one is; `last` belongs to it.
    Days { first: NaiveDate, last: NaiveDate },
    /// Moments shown in time zones, which may differ. An end that is not after the start is left out.
    Zoned { start: DateTime<Tz>, end: DateTime<Tz> },
    /// Moments that each reader shows in their own zone. An end that is not after the start is left out.
    Utc { start: DateTime<Utc>, end: DateTime<Utc> },
}

/// Whether an event takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Tentative,
    Confirmed,
    Cancelled,
}

/// Somebody who invites or is invited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Empty when unknown.
    pub name: String,
    /// An e-mail address. What is read may name another kind of address, or none.
    pub address: String,
}
