use super::gather::Properties;
use super::invitation::{Moment, Time, Zone};
use super::lines::Line;
use super::zone::Described;
use super::{text, windows};
use crate::wall;
use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use std::collections::HashMap;
use std::str::FromStr;

/// The zones a file describes, by its names for them.
pub type Zones = HashMap<String, Described>;

/// When an event is; `None` when it has no start that can be read.
pub fn of(event: &Properties, zones: &Zones) -> Option<Time> {
    let duration = event.first("DURATION").and_then(|line| Duration::parse(&line.value));
    let end = event.first("DTEND").and_then(|line| value(line, zones));
    match value(event.first("DTSTART")?, zones)? {
        Value::Day(first) => {
            // The end of a file's event is the first day after it.
            let after = match (end, duration) {
                (Some(Value::Day(after)), _) => Some(after),
                (Some(Value::Moment(end)), _) => Some(end.wall.date()),
                (None, Some(duration)) => duration.after_day(first),
                (None, None) => None,
            };
            let last = after.and_then(|after| after.pred_opt()).map_or(first, |last| last.max(first));
            Some(Time::Days { first, last })
        }
        Value::Moment(start) => {
            let end = match (end, duration) {
                (Some(Value::Moment(end)), _) => Some(end),
                (Some(Value::Day(end)), _) => moment(end.and_time(NaiveTime::MIN), start.zone.clone(), zones),
                (None, Some(duration)) => duration.after(&start, zones),
                (None, None) => None,
            };
            let end = end.filter(|end| end.utc >= start.utc).unwrap_or_else(|| start.clone());
            Some(Time::Moments { start, end })
        }
    }
}

/// What a property of a date or a time says.
pub enum Value {
    Day(NaiveDate),
    Moment(Moment),
}

pub fn value(line: &Line, zones: &Zones) -> Option<Value> {
    if let Some(day) = day(&line.value) {
        return Some(Value::Day(day));
    }
    let (wall, is_utc) = date_time(&line.value)?;
    let name = line.parameter("TZID").map(text::label).unwrap_or_default();
    let zone = match name.as_str() {
        _ if is_utc => Zone::Utc,
        "" => Zone::Floating,
        _ => zone(name, zones),
    };
    moment(wall, zone, zones).map(Value::Moment)
}

/// What a `TZID` stands for: a name of the database of time zones, one of Windows, or what the file says of it.
fn zone(name: String, zones: &Zones) -> Zone {
    let described = zones.get(&name);
    let location = || described?.location.as_deref().and_then(known);
    match known(&name).or_else(|| windows::zone(&name)).or_else(location) {
        Some(tz) => Zone::Named(tz),
        None if described.is_some() => Zone::Described(name),
        None => Zone::Unknown(name),
    }
}

/// A name of the database, also where a maker has put its own before it: `/example.org/20240101/Europe/Berlin`.
fn known(name: &str) -> Option<Tz> {
    let starts = name.match_indices('/').map(|(at, _)| at + 1).take(8);
    std::iter::once(0).chain(starts).find_map(|at| Tz::from_str(&name[at..]).ok())
}

fn moment(wall: NaiveDateTime, zone: Zone, zones: &Zones) -> Option<Moment> {
    let utc = match &zone {
        Zone::Utc | Zone::Floating | Zone::Unknown(_) => wall.and_utc(),
        Zone::Named(tz) => wall::moment(wall, *tz)?,
        Zone::Described(name) => match zones.get(name).and_then(|described| described.offset(wall)) {
            Some(seconds) => wall.checked_sub_offset(FixedOffset::east_opt(seconds)?)?.and_utc(),
            None => return moment(wall, Zone::Unknown(name.clone()), zones),
        },
    };
    Some(Moment { utc, wall, zone })
}

/// `20260301`. Years from 1.
pub fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    NaiveDate::parse_from_str(text, "%Y%m%d").ok().filter(|day| day.year() > 0)
}

/// `20260301T090000`, and whether a `Z` says that it is in UTC.
pub fn date_time(text: &str) -> Option<(NaiveDateTime, bool)> {
    let text = text.trim();
    let (text, is_utc) = text.strip_suffix(['Z', 'z']).map_or((text, false), |text| (text, true));
    let (date, time) = text.split_once(['T', 't'])?;
    if time.len() != 6 || !time.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| time.get(range)?.parse::<u32>().ok();
    // A minute may have a 61st second, which no clock here shows.
    let time = NaiveTime::from_hms_opt(number(0..2)?, number(2..4)?, number(4..6)?.min(59))?;
    Some((day(date)?.and_time(time), is_utc))
}

/// How long an event takes (RFC 5545, 3.3.6). Days are days of the calendar, whatever clocks do; the rest is exact.
#[derive(Clone, Copy)]
struct Duration {
    days: u64,
    exact: TimeDelta,
}

impl Duration {
    /// `None` for what is negative or beyond a hundred years: events do not take that long.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('+').strip_prefix('P')?;
        let (mut days, mut seconds) = (0_u64, 0_u64);
        let mut rest = text.strip_prefix('T').unwrap_or(text);
        let mut is_time = rest.len() != text.len();
        while !rest.is_empty() {
            let (number, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
            let number: u64 = number.parse().ok().filter(|number| *number <= 4_000_000_000)?;
            let unit = after.chars().next()?;
            match (is_time, unit) {
                (false, 'W') => days += number * 7,
                (false, 'D') => days += number,
                (true, 'H') => seconds += number * 3600,
                (true, 'M') => seconds += number * 60,
                (true, 'S') => seconds += number,
                _ => return None,
            }
            rest = &after[1..];
            if let Some(time) = rest.strip_prefix('T') {
                (rest, is_time) = (time, true);
            }
            if days > 36_525 || seconds > 36_525 * 86_400 {
                return None;
            }
        }
        Some(Self { days, exact: TimeDelta::seconds(i64::try_from(seconds).ok()?) })
    }

    /// The first day after an event that begins on `day`.
    fn after_day(self, day: NaiveDate) -> Option<NaiveDate> {
        day.checked_add_days(Days::new(self.days + u64::try_from(self.exact.num_days()).ok()?))
    }

    fn after(self, start: &Moment, zones: &Zones) -> Option<Moment> {
        let days_later = start.wall.checked_add_days(Days::new(self.days))?;
        let days_later = if self.days == 0 { start.clone() } else { moment(days_later, start.zone.clone(), zones)? };
        let utc = days_later.utc.checked_add_signed(self.exact)?;
        Some(Moment { utc, wall: shown(utc, &days_later), zone: days_later.zone })
    }
}

/// What clocks show at `utc`, a little later than `before`.
fn shown(utc: DateTime<Utc>, before: &Moment) -> NaiveDateTime {
    match before.zone {
        Zone::Named(tz) => utc.with_timezone(&tz).naive_local(),
        // Descriptions are asked by what clocks show, so a change of them within the event is passed over.
        Zone::Utc | Zone::Floating | Zone::Unknown(_) | Zone::Described(_) => before.wall + (utc - before.utc),
    }
}
