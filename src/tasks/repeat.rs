//! When a repeated task is due again, in wall-clock time: what a clock shows stays the same over changes to and from summer time.

use super::Repeat;
use crate::jobs::draft::is_sensible;
use chrono::{Datelike, Days, Months, NaiveDateTime};

/// More often nothing is repeated: every day for longer than the years that can be kept.
const MOST: u32 = 500_000;

/// The `n`th time (from 0) something is due that is first due at `anchor`. Always counted from the first: 31 January is followed
/// by 28 February and that by 31 March. None beyond the years that can be kept.
pub fn occurrence(anchor: NaiveDateTime, repeat: Repeat, n: u32) -> Option<NaiveDateTime> {
    let day = anchor.date();
    let day = match repeat {
        Repeat::None if n > 0 => return None,
        Repeat::None => day,
        Repeat::Daily => day.checked_add_days(Days::new(n.into()))?,
        Repeat::Weekly => day.checked_add_days(Days::new(u64::from(n) * 7))?,
        Repeat::Monthly => day.checked_add_months(Months::new(n))?,
        Repeat::Yearly => day.checked_add_months(Months::new(n.checked_mul(12)?))?,
        // The first can be on a weekend, where its person wants it so.
        Repeat::Weekdays if n == 0 => day,
        Repeat::Weekdays => {
            let weekday = day.weekday().num_days_from_monday();
            // Counted from the Friday before a weekend.
            let from = weekday.min(4);
            let back = day.checked_sub_days(Days::new((weekday - from).into()))?;
            let ahead = u64::from(from) + u64::from(n);
            back.checked_add_days(Days::new(ahead / 5 * 7 + ahead % 5 - u64::from(from)))?
        }
    };
    is_sensible(day).then(|| day.and_time(anchor.time()))
}

/// The next time after `after` and after the `nth` time, with its number; None when there is none.
pub fn next(anchor: NaiveDateTime, repeat: Repeat, nth: u32, after: NaiveDateTime) -> Option<(u32, NaiveDateTime)> {
    // Times grow with their number, so it is found by halving.
    let (mut low, mut high) = (nth.checked_add(1)?, MOST);
    while low < high {
        let middle = low + (high - low) / 2;
        if occurrence(anchor, repeat, middle).is_none_or(|time| time > after) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    let found = occurrence(anchor, repeat, low)?;
    (found > after).then_some((low, found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::clock;
    use chrono::Weekday;
    use proptest::prelude::*;

    fn time(text: &str) -> NaiveDateTime {
        text.parse().expect("a time")
    }

    fn days(anchor: &str, repeat: Repeat, n: u32) -> Vec<String> {
        let all = (0..n).map(|n| occurrence(time(anchor), repeat, n).expect("a time"));
        all.map(|at| at.format("%a %-d %b %Y %H:%M").to_string()).collect()
    }

    #[test]
    fn the_end_of_a_month_is_counted_from_the_first_day() {
        let all = days("2027-01-31T09:00:00", Repeat::Monthly, 4);
        assert_eq!(
            all,
            ["Sun 31 Jan 2027 09:00", "Sun 28 Feb 2027 09:00", "Wed 31 Mar 2027 09:00", "Fri 30 Apr 2027 09:00"]
        );
        let all = days("2028-02-29T18:30:00", Repeat::Yearly, 5);
        assert_eq!((all[1].as_str(), all[4].as_str()), ("Wed 28 Feb 2029 18:30", "Sun 29 Feb 2032 18:30"));
    }

    #[test]
    fn weekdays_leave_weekends_out() {
        let all = days("2026-12-03T10:00:00", Repeat::Weekdays, 4);
        assert_eq!(
            all,
            ["Thu 3 Dec 2026 10:00", "Fri 4 Dec 2026 10:00", "Mon 7 Dec 2026 10:00", "Tue 8 Dec 2026 10:00"]
        );
        let all = days("2026-12-05T10:00:00", Repeat::Weekdays, 3);
        assert_eq!(all, ["Sat 5 Dec 2026 10:00", "Mon 7 Dec 2026 10:00", "Tue 8 Dec 2026 10:00"]);
        assert_eq!(occurrence(time("2026-12-05T10:00:00"), Repeat::Weekdays, 6), Some(time("2026-12-14T10:00:00")));
    }

    #[test]
    fn the_clock_shows_the_same_after_the_change_to_winter_time() {
        let berlin = chrono_tz::Europe::Berlin;
        let anchor = time("2026-10-24T09:00:00");
        let at = |n| clock::moment(berlin, occurrence(anchor, Repeat::Daily, n).expect("a time")).expect("a moment");
        assert_eq!((at(1) - at(0)).num_hours(), 25);
        assert_eq!(clock::said(berlin, at(1)), "Sun 25 Oct 2026, 09:00");
    }

    #[test]
    fn what_was_missed_is_left_out() {
        let anchor = time("2026-11-02T09:00:00");
        let next = |nth, after| next(anchor, Repeat::Weekly, nth, time(after));
        assert_eq!(next(0, "2026-11-02T09:00:00"), Some((1, time("2026-11-09T09:00:00"))));
        assert_eq!(next(0, "2026-11-25T12:00:00"), Some((4, time("2026-11-30T09:00:00"))));
        // Done before it was due: not the same one again.
        assert_eq!(next(3, "2026-11-09T12:00:00"), Some((4, time("2026-11-30T09:00:00"))));
        assert_eq!(super::next(anchor, Repeat::None, 0, anchor), None);
        assert_eq!(next(0, "2999-12-31T23:59:59"), None);
    }

    fn repeats() -> impl Strategy<Value = Repeat> {
        prop::sample::select(&Repeat::ALL[1..])
    }

    fn times() -> impl Strategy<Value = NaiveDateTime> {
        // 1950 to 2400, to the minute.
        (-10_000_000_i64..226_000_000)
            .prop_map(|minutes| chrono::DateTime::from_timestamp(minutes * 60, 0).expect("a moment").naive_utc())
    }

    proptest! {
        #[test]
        fn times_grow_and_keep_their_hour(anchor in times(), repeat in repeats(), n in 0_u32..2_000) {
            if let (Some(one), Some(two)) = (occurrence(anchor, repeat, n), occurrence(anchor, repeat, n + 1)) {
                prop_assert!(one < two);
                prop_assert_eq!(two.time(), anchor.time());
                if repeat == Repeat::Weekdays {
                    prop_assert!(!matches!(two.weekday(), Weekday::Sat | Weekday::Sun));
                    prop_assert!((two - one).num_days() <= 3);
                }
                if repeat == Repeat::Monthly {
                    // The same day, or the last of a month that does not have it.
                    let last = two.date().succ_opt().expect("a day").day() == 1;
                    prop_assert!(two.day() == anchor.day() || (last && two.day() < anchor.day()));
                }
            }
        }

        #[test]
        fn the_next_is_the_first_after(anchor in times(), repeat in repeats(), nth in 0_u32..500, later in 0_i64..4_000_000) {
            let after = anchor + chrono::Duration::minutes(later);
            if let Some((n, found)) = next(anchor, repeat, nth, after) {
                prop_assert!(n > nth && found > after);
                prop_assert_eq!(occurrence(anchor, repeat, n), Some(found));
                prop_assert!(n == nth + 1 || occurrence(anchor, repeat, n - 1).is_some_and(|before| before <= after));
            }
        }

        #[test]
        fn every_time_has_a_moment_where_a_person_is(anchor in times(), n in 0_u32..800, zone in prop::sample::select(&chrono_tz::TZ_VARIANTS[..])) {
            if let Some(time) = occurrence(anchor, Repeat::Daily, n) {
                let moment = clock::moment(zone, time);
                // A whole day can be left out where the date line moved.
                if let Some(at) = moment {
                    let shown = clock::local(zone, at);
                    prop_assert!((shown - time).num_hours().abs() <= 1, "{} {} {}", zone, time, shown);
                }
            }
        }
    }
}
