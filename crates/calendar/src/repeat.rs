//! Tasks that come again.

mod dates;
mod rule;

use crate::wall;
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use std::num::{NonZeroU16, NonZeroU32};

/// A task that comes again at the same time of the day, whatever clocks do.
///
/// A time that clocks are set forward over moves by as much; of one that they show twice, the first counts. A month that is too
/// short has its last day: from 31 January on, it is 28 February, then 31 March.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// What clocks show the first time. Among [`Every::Weekdays`], a start at a weekend waits for the next week that is due.
    pub start: NaiveDateTime,
    pub every: Every,
    /// 2 is every other day, week, month or year; with [`Every::Weekdays`], the weekdays of every other week.
    pub interval: NonZeroU16,
    pub end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    Day,
    /// Monday to Friday.
    Weekdays,
    Week,
    Month,
    Year,
}

/// When it stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Never,
    /// The last day on which it may come, as the calendar on the wall has it.
    On(NaiveDate),
    /// How often it comes, the first time counted.
    After(NonZeroU32),
}

impl Repeat {
    /// The first time after `after` that it comes to somebody in `zone`; `None` when it has ended.
    pub fn next(&self, after: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        // A day for the zone, and one for clocks set forward over a whole day: islands have changed sides of the date line.
        let day = after.naive_utc().date().checked_sub_days(Days::new(2)).unwrap_or(NaiveDate::MIN);
        let about = self.number_about(day);
        (about..).map_while(|number| self.time(number, zone)).find(|at| *at > after)
    }

    /// When it comes for the `number`th time, counted from 0.
    fn time(&self, number: u64, zone: Tz) -> Option<DateTime<Utc>> {
        let day = self.day(number)?;
        let is_over = match self.end {
            End::Never => false,
            End::On(last) => day > last,
            End::After(times) => number >= u64::from(times.get()),
        };
        if is_over { None } else { wall::moment(day.and_time(self.start.time()), zone) }
    }
}
