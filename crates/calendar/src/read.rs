//! Invitations out of calendar files that others send.

mod event;
mod gather;
mod invitation;
mod lines;
mod meeting;
mod text;
mod time;
mod windows;
mod zone;

use crate::limits;
pub use invitation::{Invitation, Method, Moment, Recurrence, Time, Zone};
pub(crate) use time::{date_time, day};

/// Why nothing could be read. Shows as a sentence that says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    #[error("The file is larger than {} MB. Export fewer events at once.", limits::FILE_BYTES / (1024 * 1024))]
    TooLarge,
    #[error("This is not a calendar file. Choose one that ends in .ics.")]
    NoCalendar,
    #[error("The calendar file ends too early. Download it again.")]
    Cut,
    #[error("The parts of the calendar file do not fit together. Ask for it again, or enter the event by hand.")]
    Nesting,
    #[error("The file holds more than {} events. Export fewer at once.", limits::EVENTS)]
    TooManyEvents,
    #[error("There is no event in the calendar file.")]
    NoEvent,
}

/// Reads every event of a calendar file, in the order of the file. What is damaged within an event is left out of it.
///
/// # Errors
/// [`Reason`] when the bytes are no calendar, hold no event, or more than [`limits`] allow.
pub fn read(bytes: &[u8]) -> Result<Vec<Invitation>, Reason> {
    if bytes.len() > limits::FILE_BYTES {
        return Err(Reason::TooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let gathered = gather::gather(bytes)?;
    if gathered.events.is_empty() {
        return Err(Reason::NoEvent);
    }
    Ok(gathered.events.iter().map(|event| event::read(event, &gathered.zones)).collect())
}
