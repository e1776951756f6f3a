use chrono::{DateTime, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{OffsetComponents, OffsetName, Tz};

/// A moment at which the clocks of a zone are set anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Onset {
    pub at: DateTime<Utc>,
    pub shift: Shift,
}

/// What is done to the clocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Seconds east of UTC before and after.
    pub from: i32,
    pub to: i32,
    /// What the time after it is called: `CEST`, `-03`.
    pub name: String,
    /// Whether the time after it is daylight saving time.
    pub daylight: bool,
}

impl Onset {
    /// What clocks would have shown, had they not been set: observances are written in these.
    pub fn wall(&self) -> NaiveDateTime {
        self.at.naive_utc() + TimeDelta::seconds(self.shift.from.into())
    }
}

/// How clocks stand at a moment, as though they had always stood so.
pub fn standing(zone: Tz, at: DateTime<Utc>) -> Shift {
    let here = zone.offset_from_utc_datetime(&at.naive_utc());
    let seconds = here.fix().local_minus_utc();
    let name = here.abbreviation().map_or_else(|| nameless(seconds), ToOwned::to_owned);
    Shift { from: seconds, to: seconds, name, daylight: false }
}

/// Every change of the clocks after `from`, up to `until`.
pub fn between(zone: Tz, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Onset> {
    let mut found = Vec::new();
    let mut day = from;
    while day < until {
        let next = (day + TimeDelta::days(1)).min(until);
        if seconds(zone, day) == seconds(zone, next) {
            day = next;
        } else {
            day = first_change(zone, day, next);
            found.push(Onset { at: day, shift: shift(zone, day) });
        }
    }
    found
}

/// The first moment after `before` at which clocks stand differently; at `after` they do.
fn first_change(zone: Tz, before: DateTime<Utc>, after: DateTime<Utc>) -> DateTime<Utc> {
    let (mut before, mut after) = (before, after);
    let then = seconds(zone, before);
    while after - before > TimeDelta::seconds(1) {
        let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
        if seconds(zone, middle) == then { before = middle } else { after = middle }
    }
    after
}

fn shift(zone: Tz, at: DateTime<Utc>) -> Shift {
    let before = at - TimeDelta::seconds(1);
    Shift { from: seconds(zone, before), daylight: is_ahead(zone, at, before), ..standing(zone, at) }
}

/// Whether clocks are ahead of standard time, seen from a moment before or after their next change.
///
/// Ireland's law calls the winter's time the exception, and Morocco's that of Ramadan. Readers expect daylight saving time to be
/// ahead of standard time, so whichever is ahead is called that.
pub fn is_ahead(zone: Tz, at: DateTime<Utc>, other: DateTime<Utc>) -> bool {
    let saved = |at: DateTime<Utc>| zone.offset_from_utc_datetime(&at.naive_utc()).dst_offset();
    saved(at) > TimeDelta::zero() || saved(at) == TimeDelta::zero() && saved(other) < TimeDelta::zero()
}

fn seconds(zone: Tz, at: DateTime<Utc>) -> i32 {
    zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()
}

/// What a time is called that has no name of its own, as the zone database has it: `-03`, `+0545`.
fn nameless(seconds: i32) -> String {
    let offset = offset(seconds);
    offset.strip_suffix("00").map(ToOwned::to_owned).unwrap_or(offset)
}

/// `+0530`, with seconds where there are any: local mean times have them.
pub fn offset(seconds: i32) -> String {
    let (sign, away) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs());
    let (hours, minutes, rest) = (away / 3600, away / 60 % 60, away % 60);
    if rest == 0 { format!("{sign}{hours:02}{minutes:02}") } else { format!("{sign}{hours:02}{minutes:02}{rest:02}") }
}
