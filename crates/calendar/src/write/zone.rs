use super::lines::Lines;
use super::onsets::{self, Onset, Shift, offset};
use crate::weekday;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc, Weekday};
use chrono_tz::Tz;

/// Years after the last event whose changes of the clocks are written out one by one, where no rule tells them.
const COMING_YEARS: i32 = 2;
/// Further years in which a rule has to hold to be written as one.
const PROOF_YEARS: i32 = 10;
/// Years of which the zone data know the changes of the clocks.
const KNOWN: std::ops::Range<i32> = 1900..2100;

/// A stretch of a zone's history: clocks are set in the same way at each of the onsets.
struct Observance {
    shift: Shift,
    onsets: Vec<NaiveDateTime>,
    /// When set, `onsets` is the first, and the rule tells the others for good.
    rule: Option<Yearly>,
}

/// `BYMONTH` and `BYDAY` of a yearly rule, at the time of the day of the first onset.
#[derive(Clone, Copy, PartialEq)]
struct Yearly {
    month: u32,
    /// 1 to 4, or -1 for the last.
    nth: i8,
    weekday: Weekday,
}

/// Writes the `VTIMEZONE` of a zone for events from `first` to `last`.
pub fn write(lines: &mut Lines, zone: Tz, first: DateTime<Utc>, last: DateTime<Utc>) {
    lines.raw("BEGIN:VTIMEZONE");
    lines.raw(&format!("TZID:{}", zone.name()));
    lines.raw(&format!("X-LIC-LOCATION:{}", zone.name()));
    for observance in observances(zone, first, last) {
        let kind = if observance.shift.daylight { "DAYLIGHT" } else { "STANDARD" };
        lines.raw(&format!("BEGIN:{kind}"));
        lines.raw(&format!("TZOFFSETFROM:{}", offset(observance.shift.from)));
        lines.raw(&format!("TZOFFSETTO:{}", offset(observance.shift.to)));
        lines.text("TZNAME", &observance.shift.name);
        let onsets: Vec<String> = observance.onsets.iter().map(|at| at.format("%Y%m%dT%H%M%S").to_string()).collect();
        if let Some(first) = onsets.first() {
            lines.raw(&format!("DTSTART:{first}"));
        }
        if let Some(Yearly { month, nth, weekday }) = observance.rule {
            lines.raw(&format!("RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{}", weekday::name(weekday)));
        }
        // The first stands here again: some readers take either the one or the others.
        if onsets.len() > 1 {
            lines.raw(&format!("RDATE:{}", onsets.join(",")));
        }
        lines.raw(&format!("END:{kind}"));
    }
    lines.raw("END:VTIMEZONE");
}

fn observances(zone: Tz, first: DateTime<Utc>, last: DateTime<Utc>) -> Vec<Observance> {
    let begin = new_year(first.year() - 1);
    let shown = new_year(last.year() + 1 + COMING_YEARS);
    let proof = new_year(last.year() + 1 + COMING_YEARS + PROOF_YEARS);
    let onsets = onsets::between(zone, begin, proof);
    let mut out = Vec::new();
    if onsets.first().is_none_or(|onset| onset.at > first) {
        out.push(before(zone, begin, onsets.first()));
    }
    let mut groups: Vec<(Shift, Vec<Onset>)> = Vec::new();
    for onset in onsets {
        match groups.iter_mut().find(|(shift, _)| *shift == onset.shift) {
            Some((_, group)) => group.push(onset),
            None => groups.push((onset.shift.clone(), vec![onset])),
        }
    }
    for (shift, group) in groups {
        let tail = if proof.year() < KNOWN.end { tail(&group, proof.year() - 1) } else { None };
        let (listed, ruled) = match tail {
            Some((at, _)) if group[at].at < shown => group.split_at(at),
            _ => (group.as_slice(), [].as_slice()),
        };
        let listed: Vec<_> = listed.iter().filter(|onset| onset.at < shown).map(Onset::wall).collect();
        if !listed.is_empty() {
            out.push(Observance { shift: shift.clone(), onsets: listed, rule: None });
        }
        if let (Some(onset), Some((_, rule))) = (ruled.first(), tail) {
            out.push(Observance { shift, onsets: vec![onset.wall()], rule: Some(rule) });
        }
    }
    out
}

/// What holds from the beginning until clocks are set for the first time.
fn before(zone: Tz, begin: DateTime<Utc>, next: Option<&Onset>) -> Observance {
    let mut shift = onsets::standing(zone, begin);
    shift.daylight = next.is_some_and(|next| onsets::is_ahead(zone, begin, next.at));
    let epoch = NaiveDateTime::default();
    let at = if next.is_none() { epoch.min(begin.naive_utc()) } else { begin.naive_utc() };
    Observance { shift, onsets: vec![at], rule: None }
}

/// From which onset on a rule tells all of them, one in each year up to `last_year`; and the rule.
fn tail(group: &[Onset], last_year: i32) -> Option<(usize, Yearly)> {
    let last = group.last()?.wall();
    let rules = candidates(last.date());
    let lengths = rules.map(|rule| {
        let fits = |(back, onset): &(i32, &Onset)| {
            let wall = onset.wall();
            wall.year() == last_year - back && wall.time() == last.time() && candidates(wall.date()).contains(&rule)
        };
        ((0..).zip(group.iter().rev()).take_while(fits).count(), rule)
    });
    let (length, rule) = lengths.into_iter().max_by_key(|(length, _)| *length)?;
    (length >= PROOF_YEARS.unsigned_abs() as usize).then_some((group.len() - length, rule))
}

/// The two ways of naming a day by its weekday: counted from the start of the month, or its last. On the days in between
/// both are the same.
fn candidates(date: NaiveDate) -> [Yearly; 2] {
    let (month, weekday) = (date.month(), date.weekday());
    let from_start = match date.day() {
        1..=7 => 1,
        8..=14 => 2,
        15..=21 => 3,
        22..=28 => 4,
        _ => -1,
    };
    let is_last = date.day() + 7 > u32::from(date.num_days_in_month());
    let nth = if is_last { -1 } else { from_start };
    [Yearly { month, nth: from_start, weekday }, Yearly { month, nth, weekday }]
}

fn new_year(year: i32) -> DateTime<Utc> {
    let year = year.clamp(KNOWN.start, KNOWN.end);
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(chrono::NaiveTime::MIN).and_utc()
}
