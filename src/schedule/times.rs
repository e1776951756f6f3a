//! When something of the schedule is due where a clock may skip an hour, or a day, or show an hour twice.

use super::Schedule;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// Clocks are moved by a multiple of this.
const STEP: TimeDelta = TimeDelta::minutes(15);
/// Days that are looked at: what is due once a week is due within them, whatever day is left out.
const NEAR: usize = 15;

/// The moment of a day when a clock there first shows that time, or a later one where it is skipped. None for a day that does not
/// come, or is over before.
pub fn moment(zone: Tz, day: NaiveDate, time: NaiveTime) -> Option<DateTime<Utc>> {
    let mut shown = day.and_time(time);
    while shown.date() == day {
        if let Some(found) = shown.and_local_timezone(zone).earliest() {
            return Some(found.with_timezone(&Utc));
        }
        shown = shown.checked_add_signed(STEP)?;
    }
    None
}

/// The newest time something was due in a zone, now included: its day there, and its moment.
pub fn newest(schedule: Schedule, zone: Tz, now: DateTime<Utc>) -> Option<(NaiveDate, DateTime<Utc>)> {
    let today = now.with_timezone(&zone).date_naive();
    let back = std::iter::successors(Some(today), NaiveDate::pred_opt);
    days(schedule, back, zone).find(|(_, at)| *at <= now)
}

/// The next time something will be due in a zone.
pub fn next(schedule: Schedule, zone: Tz, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let today = now.with_timezone(&zone).date_naive();
    let ahead = std::iter::successors(Some(today), NaiveDate::succ_opt);
    days(schedule, ahead, zone).map(|(_, at)| at).find(|at| *at > now)
}

/// The times something is due on these days.
fn days(
    schedule: Schedule,
    days: impl Iterator<Item = NaiveDate>,
    zone: Tz,
) -> impl Iterator<Item = (NaiveDate, DateTime<Utc>)> {
    let (weekday, time) = schedule.time();
    let fits = move |day: &NaiveDate| weekday.is_none_or(|weekday| day.weekday() == weekday);
    days.take(NEAR).filter(fits).filter_map(move |day| Some((day, moment(zone, day, time)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const ZONES: [Tz; 8] = [
        Tz::Europe__Berlin,
        Tz::America__New_York,
        Tz::Pacific__Apia,
        Tz::Asia__Kathmandu,
        Tz::Australia__Lord_Howe,
        Tz::America__Sao_Paulo,
        Tz::Africa__Casablanca,
        Tz::UTC,
    ];

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn time(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).expect("a time")
    }

    #[test]
    fn a_skipped_hour_is_made_up_for_and_a_double_one_counts_once() {
        let berlin = |day_text: &str, hour| moment(Tz::Europe__Berlin, day(day_text), time(hour, 0));
        assert_eq!(berlin("2026-03-28", 2), Some(at("2026-03-28T01:00:00Z")));
        assert_eq!(
            berlin("2026-03-29", 2),
            Some(at("2026-03-29T01:00:00Z")),
            "there is no two o'clock; it is three then"
        );
        assert_eq!(berlin("2026-03-29", 4), Some(at("2026-03-29T02:00:00Z")));
        assert_eq!(berlin("2026-10-25", 2), Some(at("2026-10-25T00:00:00Z")), "the first of two");
        assert_eq!(berlin("2026-10-25", 4), Some(at("2026-10-25T03:00:00Z")));
        let howe = |day_text: &str| moment(Tz::Australia__Lord_Howe, day(day_text), time(2, 0));
        assert_eq!(howe("2026-10-04"), Some(at("2026-10-03T15:30:00Z")), "half an hour is left out");
        assert_eq!(howe("2026-04-05"), Some(at("2026-04-04T15:30:00Z")), "half an hour comes twice, up to then");
        assert_eq!(moment(Tz::Pacific__Apia, day("2011-12-30"), time(8, 0)), None, "there was no such day");
        assert_eq!(moment(Tz::Asia__Kathmandu, day("2026-06-01"), time(8, 0)), Some(at("2026-06-01T02:15:00Z")));
    }

    /// Whoever looks about every hour through whole years finds each thing due exactly once on each day that comes.
    #[test]
    fn everything_is_due_once_a_day_through_whole_years() {
        for (zone, from, to) in ZONES
            .iter()
            .flat_map(|zone| [(*zone, "2025-12-30T00:00:00Z", "2027-01-03T00:00:00Z")])
            .chain([(Tz::Pacific__Apia, "2011-06-01T00:00:00Z", "2012-06-01T00:00:00Z")])
        {
            for schedule in Schedule::ALL {
                let (from, to) = (at(from), at(to));
                let mut seen: BTreeMap<NaiveDate, DateTime<Utc>> = BTreeMap::new();
                let mut now = from;
                while now < to {
                    let (day, moment) = newest(schedule, zone, now).expect("it was due once");
                    assert!(moment <= now, "{zone} {schedule:?} {now}");
                    let known = *seen.entry(day).or_insert(moment);
                    assert_eq!(known, moment, "{zone} {schedule:?} {day}");
                    let next = next(schedule, zone, now).expect("it will be");
                    assert!(next > now, "{zone} {schedule:?} {now}");
                    now += TimeDelta::minutes(61);
                }
                let moments: Vec<_> = seen.values().collect();
                assert!(moments.is_sorted_by(|a, b| a < b), "{zone} {schedule:?}");
                let (weekday, wanted) = schedule.time();
                let mut awaited = *seen.keys().next().expect("a day");
                for (day, moment) in &seen {
                    let shown = moment.with_timezone(&zone).naive_local();
                    assert_eq!(shown.date(), *day, "{zone} {schedule:?}");
                    let late = shown.time() - wanted;
                    assert!(late >= TimeDelta::zero() && late <= TimeDelta::hours(1), "{zone} {schedule:?} {shown}");
                    assert!(weekday.is_none_or(|weekday| day.weekday() == weekday), "{zone} {day}");
                    while awaited < *day {
                        // Samoa went over the date line.
                        assert_eq!((zone, awaited), (Tz::Pacific__Apia, self::day("2011-12-30")), "{schedule:?}");
                        awaited = awaited.succ_opt().expect("a day");
                    }
                    let step = if weekday.is_some() { 7 } else { 1 };
                    awaited = day.checked_add_days(chrono::Days::new(step)).expect("a day");
                }
            }
        }
    }

    #[test]
    fn what_comes_next_is_what_is_newest_then() {
        for zone in ZONES {
            for schedule in Schedule::ALL {
                let mut now = at("2026-01-01T00:00:00Z");
                for _ in 0..60 {
                    let next = next(schedule, zone, now).expect("it will be due");
                    assert_eq!(newest(schedule, zone, next).map(|(_, at)| at), Some(next), "{zone} {schedule:?}");
                    let before = next - TimeDelta::microseconds(1);
                    assert!(newest(schedule, zone, before).is_some_and(|(_, at)| at < next));
                    now = next;
                }
            }
        }
    }
}
