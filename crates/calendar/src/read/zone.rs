use super::lines::Line;
use super::time::{date_time, day};
use crate::limits;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};
use std::ops::Range;
use std::str::FromStr;

/// The longest pause between two years of a rule that is looked at.
const INTERVAL: i32 = 4;

/// A time zone as a file describes it (`VTIMEZONE`, RFC 5545, 3.6.5).
#[derive(Default)]
pub struct Described {
    /// The zone's name in the database of time zones, where the file has it.
    pub location: Option<String>,
    observances: Vec<Observance>,
    /// Set while there are more of them than are taken in.
    is_full: bool,
}

/// When clocks are set, and how.
#[derive(Default)]
struct Observance {
    start: Option<NaiveDateTime>,
    /// Seconds east of UTC.
    from: Option<i32>,
    to: Option<i32>,
    dates: Vec<NaiveDateTime>,
    rule: Option<Yearly>,
}

/// A rule of one onset a year; the only ones that describe time zones.
#[derive(Default)]
struct Yearly {
    interval: i32,
    month: Option<u32>,
    /// With its place in the month, counted from its end when negative.
    weekday: Option<(Option<i8>, Weekday)>,
    month_days: Vec<u32>,
    until: Option<NaiveDateTime>,
    until_is_utc: bool,
    count: Option<i32>,
}

impl Described {
    pub fn begin_observance(&mut self) {
        self.is_full = self.observances.len() == limits::OBSERVANCES;
        if !self.is_full {
            self.observances.push(Observance::default());
        }
    }

    pub fn property(&mut self, line: &Line) {
        if line.name == "X-LIC-LOCATION" {
            self.location = Some(line.value.trim().to_owned());
        }
    }

    pub fn observance_property(&mut self, line: &Line) {
        let Some(observance) = self.observances.last_mut().filter(|_| !self.is_full) else { return };
        match line.name.as_str() {
            "DTSTART" => observance.start = date_time(&line.value).map(|(at, _)| at),
            "TZOFFSETFROM" => observance.from = offset(&line.value),
            "TZOFFSETTO" => observance.to = offset(&line.value),
            "RDATE" => observance.dates.extend(line.value.split(',').filter_map(date_time).map(|(at, _)| at)),
            "RRULE" => observance.rule = Yearly::parse(&line.value),
            _ => {}
        }
    }

    pub fn finish(mut self) -> Self {
        self.observances.retain(|one| one.start.is_some() && one.from.is_some() && one.to.is_some());
        self.observances.iter_mut().for_each(|one| one.dates.sort_unstable());
        self
    }

    /// Seconds east of UTC of clocks that show `wall`. Over a gap it is the offset before, in a doubled hour the first, as
    /// RFC 5545 has it. `None` when the description says nothing.
    pub fn offset(&self, wall: NaiveDateTime) -> Option<i32> {
        let begun = self.observances.iter().filter_map(|one| Some((one.latest(wall)?, one)));
        match begun.max_by_key(|(onset, _)| *onset) {
            Some((onset, one)) => {
                let (from, to) = (one.from?, one.to?);
                let gap = TimeDelta::seconds((to - from).max(0).into());
                Some(if wall - onset < gap { from } else { to })
            }
            None => self.observances.iter().min_by_key(|one| one.start)?.from,
        }
    }
}

impl Observance {
    /// The last onset that is not after `wall`.
    fn latest(&self, wall: NaiveDateTime) -> Option<NaiveDateTime> {
        let start = self.start.filter(|start| *start <= wall)?;
        let dated = self.dates[..self.dates.partition_point(|date| *date <= wall)].last().copied();
        let ruled = self.rule.as_ref().and_then(|rule| rule.latest(start, self.from.unwrap_or(0), wall));
        [Some(start), dated, ruled].into_iter().flatten().max()
    }
}

impl Yearly {
    /// `None` for rules that do not describe a time zone.
    fn parse(text: &str) -> Option<Self> {
        let mut rule = Self { interval: 1, ..Self::default() };
        for (key, value) in text.split(';').filter_map(|part| part.split_once('=')) {
            let value = value.trim();
            match key.trim().to_ascii_uppercase().as_str() {
                "FREQ" if !value.eq_ignore_ascii_case("YEARLY") => return None,
                "INTERVAL" => rule.interval = value.parse().ok().filter(|years| (1..=INTERVAL).contains(years))?,
                "BYMONTH" => rule.month = Some(value.parse().ok()?),
                "BYDAY" => rule.weekday = Some(weekday(value)?),
                "BYMONTHDAY" => {
                    rule.month_days = value.split(',').filter_map(|day| day.parse().ok()).take(31).collect()
                }
                "COUNT" => rule.count = Some(value.parse().ok().filter(|count| *count > 0)?),
                "UNTIL" => {
                    let (at, is_utc) = match date_time(value) {
                        Some(found) => found,
                        None => (day(value)?.and_time(NaiveTime::MIN) + TimeDelta::days(1), false),
                    };
                    (rule.until, rule.until_is_utc) = (Some(at), is_utc);
                }
                _ => {}
            }
        }
        Some(rule)
    }

    fn latest(&self, start: NaiveDateTime, from: i32, wall: NaiveDateTime) -> Option<NaiveDateTime> {
        let until = self.until.map(|at| if self.until_is_utc { at + TimeDelta::seconds(from.into()) } else { at });
        let end = until.map_or(wall, |until| until.min(wall));
        let years = end.year().checked_sub(start.year())?;
        let last_year = start.year() + years - years.rem_euclid(self.interval);
        let counted =
            self.count.map_or(i32::MAX, |count| start.year().saturating_add((count - 1).saturating_mul(self.interval)));
        let last_year = last_year.min(counted);
        // In a year that has just begun, the last onset was in the one before; one without such a day has none.
        (0..3)
            .filter_map(|back| Some(self.day(last_year - back * self.interval, start)?.and_time(start.time())))
            .find(|onset| (start..=end).contains(onset))
    }

    fn day(&self, year: i32, start: NaiveDateTime) -> Option<NaiveDate> {
        let month = self.month.unwrap_or_else(|| start.month());
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let days = u32::from(first.num_days_in_month());
        match &self.weekday {
            Some((Some(nth), weekday)) if *nth < 0 => {
                let last = NaiveDate::from_ymd_opt(year, month, days)?;
                let back = last.weekday().days_since(*weekday) + 7 * (u32::from(nth.unsigned_abs()) - 1);
                first.with_day(days.checked_sub(back)?)
            }
            Some((Some(nth), weekday)) => {
                NaiveDate::from_weekday_of_month_opt(year, month, *weekday, nth.unsigned_abs())
            }
            Some((None, weekday)) => {
                let days = if self.month_days.is_empty() { (1..=days).collect() } else { self.month_days.clone() };
                days.iter().filter_map(|day| first.with_day(*day)).find(|day| day.weekday() == *weekday)
            }
            None => first.with_day(self.month_days.first().copied().unwrap_or_else(|| start.day())),
        }
    }
}

/// `-1SU`, `2SU`, `SU`.
fn weekday(text: &str) -> Option<(Option<i8>, Weekday)> {
    let at = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (nth, name) = text.split_at(at);
    let nth = match nth {
        "" => None,
        nth => Some(i8::from_str(nth).ok().filter(|nth| (1..=5).contains(&nth.unsigned_abs()))?),
    };
    Some((nth, crate::weekday::parse(name)?))
}

/// `+0200`, `-1130`, `+001730`: seconds.
fn offset(text: &str) -> Option<i32> {
    let text = text.trim();
    let (sign, digits) = match text.split_at_checked(1)? {
        ("-", digits) => (-1, digits),
        ("+", digits) => (1, digits),
        _ => return None,
    };
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number = |range: Range<usize>| digits.get(range).map_or(Some(0), |two| two.parse::<i32>().ok());
    let seconds = number(0..2)? * 3600 + number(2..4)? * 60 + number(4..6)?;
    (seconds < 24 * 3600).then_some(sign * seconds)
}
