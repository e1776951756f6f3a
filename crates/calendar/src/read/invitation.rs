use crate::event::{Person, Status};
use crate::wall;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

/// An event as somebody else's program wrote it. Texts are unescaped, of bounded length and without control characters
/// except line ends and tabs; they are a stranger's and to be treated as such.
#[derive(Clone, Debug, PartialEq)]
pub struct Invitation {
    /// What the sender wants done; `None` in files that say nothing or what is not known.
    pub method: Option<Method>,
    /// Empty when the file gives none.
    pub uid: String,
    pub sequence: u32,
    /// Which one of a series this is about, where it is about one.
    pub recurrence: Option<Recurrence>,
    /// `None` when the file names no start that can be read, which a cancellation need not.
    pub time: Option<Time>,
    pub summary: String,
    pub description: String,
    pub location: String,
    /// A web address that the event names as its own.
    pub url: Option<String>,
    /// Where to join online: a field for it, or a link of a known service in the address, location or description.
    pub meeting: Option<String>,
    pub organizer: Option<Person>,
    pub attendees: Vec<Person>,
    pub status: Option<Status>,
    /// The rule it repeats by, as written: `FREQ=WEEKLY;COUNT=3`. Only the first time is read.
    pub rule: Option<String>,
}

impl Invitation {
    /// Whether it says that the event does not take place.
    pub fn is_cancelled(&self) -> bool {
        self.method == Some(Method::Cancel) || self.status == Some(Status::Cancelled)
    }
}

/// What a calendar file is sent for (RFC 5546, 1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Publish,
    Request,
    Reply,
    Add,
    Cancel,
    Refresh,
    Counter,
    DeclineCounter,
}

/// One of a series, named by when it was to begin.
#[derive(Clone, Debug, PartialEq)]
pub enum Recurrence {
    Day(NaiveDate),
    Moment(Moment),
}

/// When an invitation's event is.
#[derive(Clone, Debug, PartialEq)]
pub enum Time {
    /// Whole days; `last` belongs to it.
    Days { first: NaiveDate, last: NaiveDate },
    /// The end is not before the start, and the same where the file names none.
    Moments { start: Moment, end: Moment },
}

/// A moment, as a file writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// For [floating](Moment::is_floating) ones what `wall` would be in UTC.
    pub utc: DateTime<Utc>,
    /// What clocks there show.
    pub wall: NaiveDateTime,
    pub zone: Zone,
}

impl Moment {
    /// Whether it depends on where one is, or on a zone nobody knows.
    pub fn is_floating(&self) -> bool {
        matches!(self.zone, Zone::Floating | Zone::Unknown(_))
    }

    /// The moment for somebody in `zone`: that is another one only when it is floating. `None` only at the far ends of the
    /// calendar.
    pub fn in_zone(&self, zone: Tz) -> Option<DateTime<Utc>> {
        if self.is_floating() { wall::moment(self.wall, zone) } else { Some(self.utc) }
    }
}

/// Whose clocks a moment is told by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Zone {
    Utc,
    Named(Tz),
    /// A name that only the file explains, with the offset from there.
    Described(String),
    /// A name that nothing explains.
    Unknown(String),
    /// Whoever reads it.
    Floating,
}
