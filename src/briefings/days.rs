//! Days where a person is: when they begin, and how they are said.

use crate::tasks::clock;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

/// The moments of one or more days, the end left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

impl Span {
    /// So many days from this one on. A day on which the clocks change has 23 or 25 hours.
    pub fn of(zone: Tz, first: NaiveDate, days: u64) -> Self {
        Span { from: start(zone, first), until: start(zone, after(first, days)) }
    }

    /// Whether a moment is in it.
    pub fn has(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && at < self.until
    }
}

/// When a day begins there.
pub fn start(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    clock::moment(zone, midnight).unwrap_or(midnight.and_utc())
}

/// So many days later.
pub fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// So many days earlier.
pub fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

/// "14:30"
pub fn time(zone: Tz, at: DateTime<Utc>) -> String {
    clock::local(zone, at).format("%H:%M").to_string()
}

/// "Friday, 27 November 2026"
pub fn long(day: NaiveDate) -> String {
    day.format("%A, %-d %B %Y").to_string()
}

/// "16 to 22 November 2026"
pub fn range(first: NaiveDate, last: NaiveDate) -> String {
    let start = match () {
        () if first.year() != last.year() => "%-d %B %Y",
        () if first.month() != last.month() => "%-d %B",
        () => "%-d",
    };
    format!("{} to {}", first.format(start), last.format("%-d %B %Y"))
}

/// "27 Nov"
pub fn short(day: NaiveDate) -> String {
    day.format("%-d %b").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_as_long_as_it_is_there() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let hours = |zone, text| {
            let span = Span::of(zone, day(text), 1);
            (span.until - span.from).num_minutes()
        };
        assert_eq!(hours(Tz::Europe__Berlin, "2026-03-29"), 23 * 60);
        assert_eq!(hours(Tz::Europe__Berlin, "2026-10-25"), 25 * 60);
        assert_eq!(hours(Tz::Europe__Berlin, "2026-11-27"), 24 * 60);
        // There the day itself begins an hour late, and half an hour is what the clocks change by.
        assert_eq!(hours(Tz::Africa__Cairo, "2026-04-24"), 23 * 60);
        assert_eq!(hours(Tz::Australia__Lord_Howe, "2026-10-04"), 23 * 60 + 30);
        let kiritimati = Span::of(Tz::Pacific__Kiritimati, day("2026-11-27"), 1);
        assert_eq!(kiritimati.from.to_rfc3339(), "2026-11-26T10:00:00+00:00");
        assert!(kiritimati.has(kiritimati.from) && !kiritimati.has(kiritimati.until));
        let week = Span::of(Tz::Europe__Berlin, day("2026-10-19"), 7);
        assert_eq!((week.until - week.from).num_hours(), 7 * 24 + 1);
    }

    #[test]
    fn days_have_names() {
        let day: NaiveDate = "2026-11-27".parse().expect("a day");
        assert_eq!((long(day).as_str(), short(day).as_str()), ("Friday, 27 November 2026", "27 Nov"));
        let to = |last: &str| range(day, last.parse().expect("a day"));
        assert_eq!(to("2026-11-29"), "27 to 29 November 2026");
        assert_eq!(to("2026-12-03"), "27 November to 3 December 2026");
        assert_eq!(to("2027-01-03"), "27 November 2026 to 3 January 2027");
        assert_eq!(time(Tz::Asia__Kolkata, "2026-11-27T09:00:00Z".parse().expect("a moment")), "14:30");
    }
}
