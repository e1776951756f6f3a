//! Moments of interviews in the words of their zone.

use super::Interview;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// A moment as a form has it: `2026-11-27T14:30`.
pub fn typed(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string()
}

/// Day and times in the interview's own zone: "Fri, 27 Nov 2026, 14:30–15:30".
pub fn when(interview: &Interview) -> String {
    let zone = zone(interview);
    let day = interview.starts_at.with_timezone(&zone).format("%a, %-d %b %Y");
    format!("{day}, {}", times(interview, zone))
}

/// Start and end: "14:30–15:30", with the day of an end on another one.
pub fn times(interview: &Interview, zone: Tz) -> String {
    let (from, to) = (interview.starts_at.with_timezone(&zone), interview.ends_at.with_timezone(&zone));
    let format = if from.date_naive() == to.date_naive() { "%H:%M" } else { "%a, %-d %b, %H:%M" };
    format!("{}–{}", from.format("%H:%M"), to.format(format))
}

/// The interview's own zone.
pub fn zone(interview: &Interview) -> Tz {
    interview.time_zone.parse().unwrap_or(Tz::UTC)
}

/// The day a moment belongs to: "Friday, 27 November 2026".
pub fn day(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%A, %-d %B %Y").to_string()
}
