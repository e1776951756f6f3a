use super::{End, Every, Repeat};
use crate::read::{date_time, day};
use crate::{wall, weekday};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use std::num::{NonZeroU16, NonZeroU32};

/// The weekdays as a rule lists them.
const WORKDAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

impl Repeat {
    /// The rule for other programs (`RRULE`, RFC 5545, 3.3.10), for somebody in `zone`: `FREQ=WEEKLY;INTERVAL=2`. The start
    /// is not in it.
    ///
    /// The standard leaves out months that are too short, so a day that not every month has is written as the last one of
    /// the days up to it.
    pub fn rule(&self, zone: Tz) -> String {
        let mut rule = String::from("FREQ=");
        rule.push_str(match self.every {
            Every::Day => "DAILY",
            Every::Weekdays | Every::Week => "WEEKLY",
            Every::Month => "MONTHLY",
            Every::Year => "YEARLY",
        });
        if self.interval.get() > 1 {
            rule.push_str(&format!(";INTERVAL={}", self.interval));
        }
        if self.every == Every::Weekdays {
            rule.push_str(&format!(";BYDAY={}", WORKDAYS.map(weekday::name).join(",")));
        }
        if let Some(days) = self.short_months() {
            if self.every == Every::Year {
                rule.push_str(&format!(";BYMONTH={}", self.start.month()));
            }
            let days: Vec<String> = days.map(|day| day.to_string()).collect();
            rule.push_str(&format!(";BYMONTHDAY={};BYSETPOS=-1", days.join(",")));
        }
        match self.end {
            End::Never => {}
            End::On(last) => rule.push_str(&format!(";UNTIL={}", end_of(last, zone).format("%Y%m%dT%H%M%SZ"))),
            End::After(times) => rule.push_str(&format!(";COUNT={times}")),
        }
        rule
    }

    /// Reads a rule for what begins at `start` in `zone`. `None` when it is no rule, or says what cannot be said here: other
    /// weekdays, other days of the month, or a day that short months are to be left out for.
    pub fn parse(rule: &str, start: NaiveDateTime, zone: Tz) -> Option<Self> {
        let parts = Parts::parse(rule.trim())?;
        let interval = parts.interval.unwrap_or(NonZeroU16::MIN);
        let end = match (parts.count, parts.until) {
            (None, None) => End::Never,
            (Some(times), None) => End::After(times),
            (None, Some(until)) => End::On(last_day(until, start, zone)?),
            (Some(_), Some(_)) => return None,
        };
        let repeat = |every| Self { start, every, interval, end };
        let is_workdays = parts.weekdays.as_deref().is_some_and(is_workdays);
        let is_own_weekday = parts.weekdays.as_deref().is_none_or(|days| days == [start.weekday()]);
        let is_own_month = parts.month.is_none_or(|month| month == start.month());
        let is_plain =
            parts.weekdays.is_none() && parts.month.is_none() && parts.days.is_none() && !parts.is_last_of_days;
        let repeat = match parts.frequency.as_str() {
            "DAILY" if is_plain => repeat(Every::Day),
            // Every other of the weekdays would run on through the weeks.
            "DAILY" if is_workdays && interval == NonZeroU16::MIN && parts.has_only_weekdays() => {
                repeat(Every::Weekdays)
            }
            "WEEKLY" if is_workdays && parts.has_only_weekdays() => repeat(Every::Weekdays),
            "WEEKLY" if is_own_weekday && parts.has_only_weekdays() => repeat(Every::Week),
            "MONTHLY" if parts.weekdays.is_none() && parts.month.is_none() => repeat(Every::Month),
            "YEARLY" if parts.weekdays.is_none() && is_own_month => repeat(Every::Year),
            _ => return None,
        };
        repeat.has_days(&parts).then_some(repeat)
    }

    /// The days of which the last is meant, where not every month (or, for years, not every February) has the start's day.
    fn short_months(&self) -> Option<std::ops::RangeInclusive<u32>> {
        let day = self.start.day();
        let is_short = match self.every {
            Every::Month => day > 28,
            Every::Year => (self.start.month(), day) == (2, 29),
            Every::Day | Every::Weekdays | Every::Week => false,
        };
        is_short.then_some(28..=day)
    }

    /// Whether a rule means the days that are meant here.
    fn has_days(&self, parts: &Parts) -> bool {
        match (self.every, self.short_months()) {
            (Every::Month | Every::Year, Some(days)) => {
                parts.is_last_of_days && parts.days.as_ref().is_some_and(|listed| listed.iter().copied().eq(days))
            }
            // A day of the month without a month would be one in each.
            (Every::Year, None) if parts.days.is_some() && parts.month.is_none() => false,
            (Every::Month | Every::Year, None) => {
                !parts.is_last_of_days && parts.days.as_ref().is_none_or(|listed| *listed == [self.start.day()])
            }
            (Every::Day | Every::Weekdays | Every::Week, _) => true,
        }
    }
}

/// A rule taken apart.
#[derive(Default)]
struct Parts {
    frequency: String,
    interval: Option<NonZeroU16>,
    count: Option<NonZeroU32>,
    until: Option<Until>,
    weekdays: Option<Vec<Weekday>>,
    month: Option<u32>,
    days: Option<Vec<u32>>,
    is_last_of_days: bool,
}

#[derive(Clone, Copy)]
enum Until {
    Day(NaiveDate),
    Moment { at: NaiveDateTime, is_utc: bool },
}

impl Parts {
    fn parse(rule: &str) -> Option<Self> {
        let rule = rule.strip_prefix("RRULE:").unwrap_or(rule);
        let mut parts = Self::default();
        for part in rule.split(';') {
            let (key, value) = part.split_once('=')?;
            match key.to_ascii_uppercase().as_str() {
                "FREQ" => parts.frequency = value.to_ascii_uppercase(),
                "INTERVAL" => parts.interval = Some(value.parse().ok()?),
                "COUNT" => parts.count = Some(value.parse().ok()?),
                "UNTIL" => parts.until = Some(Until::parse(value)?),
                "BYDAY" => parts.weekdays = Some(value.split(',').map(weekday::parse).collect::<Option<_>>()?),
                "BYMONTH" => parts.month = Some(value.parse().ok()?),
                "BYMONTHDAY" => parts.days = Some(value.split(',').map(|day| day.parse().ok()).collect::<Option<_>>()?),
                "BYSETPOS" if value == "-1" => parts.is_last_of_days = true,
                // Weeks begin on Monday here; it matters only to the weekdays of every other week.
                "WKST" if value.eq_ignore_ascii_case("MO") => {}
                _ => return None,
            }
        }
        Some(parts)
    }

    fn has_only_weekdays(&self) -> bool {
        self.month.is_none() && self.days.is_none() && !self.is_last_of_days
    }
}

impl Until {
    fn parse(text: &str) -> Option<Self> {
        let moment = || date_time(text).map(|(at, is_utc)| Self::Moment { at, is_utc });
        day(text).map(Self::Day).or_else(moment)
    }
}

fn is_workdays(days: &[Weekday]) -> bool {
    days.len() == WORKDAYS.len() && WORKDAYS.iter().all(|day| days.contains(day))
}

/// The last second of a day.
fn end_of(last: NaiveDate, zone: Tz) -> chrono::DateTime<Utc> {
    let midnight = last.checked_add_days(Days::new(1)).unwrap_or(last).and_time(NaiveTime::MIN);
    let end = wall::moment(midnight, zone).unwrap_or_else(|| midnight.and_utc());
    end - TimeDelta::seconds(1)
}

/// The last day on which something that comes at `start`'s time of the day still comes.
fn last_day(until: Until, start: NaiveDateTime, zone: Tz) -> Option<NaiveDate> {
    let last = match until {
        Until::Day(day) => return Some(day),
        Until::Moment { at, is_utc: true } => at.and_utc().with_timezone(&zone).naive_local(),
        Until::Moment { at, is_utc: false } => at,
    };
    if last.time() < start.time() { last.date().pred_opt() } else { Some(last.date()) }
}
