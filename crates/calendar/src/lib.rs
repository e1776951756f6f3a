//! Calendars: events written for other programs to show, invitations read that other programs wrote, and tasks that repeat.
//!
//! [`Calendar::feed`] and [`Event::file`] write iCalendar (RFC 5545, with the additions of RFC 7986 and the methods of RFC 5546). Every
//! time zone used is described in the file, from the changes of its clocks that the zone database knows. [`read`] takes a file in:
//! bytes in, [`Invitation`]s out. [`Repeat`] tells when a task is due next.
//!
//! No web and no database here. Foreign bytes never panic, and everything taken in is bounded (see [`limits`]).
//!
//! # Why no library
//! - `icalendar` 0.17 reads by descending into components, so a small file of nested ones overflows the stack, which ends
//!   the process; one line that is no property refuses the whole file; and it describes no time zones.
//! - `calcard` 0.3 reads well and describes time zones. But it builds everything a file holds before one can count it, and it
//!   comes with JSCalendar, contacts and a mail parser: 39,000 lines and three crates that nothing else here needs, for what
//!   is 2,000 lines here. Whoever needs repeating events expanded should look at it again.
//! - `ical` 0.11 hands out lines and leaves their meaning to the caller, which is the large part.
//!
//! The rules of time come from `chrono` and `chrono-tz`, addresses from `url`.

mod event;
pub mod limits;
mod read;
mod repeat;
mod wall;
mod weekday;
mod write;

pub use event::{Calendar, Event, Person, Span, Status};
pub use read::{Invitation, Method, Moment, Reason, Recurrence, Time, Zone, read};
pub use repeat::{End, Every, Repeat};
