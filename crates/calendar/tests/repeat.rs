//! When tasks are due next.

use calendar::{End, Every, Repeat};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;
use std::num::{NonZeroU16, NonZeroU32};

const BERLIN: Tz = Tz::Europe__Berlin;

fn wall(text: &str) -> NaiveDateTime {
    text.parse().expect("the test's own time")
}

fn repeat(start: &str, every: Every, interval: u16) -> Repeat {
    let interval = NonZeroU16::new(interval).expect("the test's own interval");
    Repeat { start: wall(start), every, interval, end: End::Never }
}

fn after(times: u32) -> End {
    End::After(NonZeroU32::new(times).expect("the test's own number"))
}

/// What clocks in `zone` show at the first times.
fn times(repeat: Repeat, zone: Tz, count: usize) -> Vec<String> {
    let mut at = DateTime::<Utc>::MIN_UTC + TimeDelta::days(365);
    std::iter::from_fn(|| {
        at = repeat.next(at, zone)?;
        Some(at.with_timezone(&zone).naive_local().format("%Y-%m-%d %H:%M").to_string())
    })
    .take(count)
    .collect()
}

#[test]
fn the_clock_on_the_wall_decides() {
    let daily = repeat("2026-03-28T09:00:00", Every::Day, 1);
    assert_eq!(times(daily, BERLIN, 3), ["2026-03-28 09:00", "2026-03-29 09:00", "2026-03-30 09:00"]);
    let before = "2026-03-28T08:00:00Z".parse().expect("a moment");
    assert_eq!(daily.next(before, BERLIN).map(|at| at.to_rfc3339()), Some("2026-03-29T07:00:00+00:00".into()));
}

#[test]
fn a_time_that_is_skipped_moves_by_the_gap() {
    let daily = repeat("2026-03-28T02:30:00", Every::Day, 1);
    assert_eq!(times(daily, BERLIN, 3), ["2026-03-28 02:30", "2026-03-29 03:30", "2026-03-30 02:30"]);
}

#[test]
fn of_a_time_that_comes_twice_the_first_counts() {
    let daily = repeat("2026-10-25T02:30:00", Every::Day, 1);
    let first = daily.next("2026-10-24T22:00:00Z".parse().expect("a moment"), BERLIN).expect("it never ends");
    assert_eq!(first.to_rfc3339(), "2026-10-25T00:30:00+00:00");
    assert_eq!(daily.next(first, BERLIN).map(|at| at.to_rfc3339()), Some("2026-10-26T01:30:00+00:00".into()));
}

#[test]
fn short_months_have_their_last_day() {
    let monthly = repeat("2026-01-31T08:00:00", Every::Month, 1);
    assert_eq!(
        times(monthly, BERLIN, 5),
        ["2026-01-31 08:00", "2026-02-28 08:00", "2026-03-31 08:00", "2026-04-30 08:00", "2026-05-31 08:00"]
    );
    let yearly = repeat("2024-02-29T08:00:00", Every::Year, 2);
    assert_eq!(times(yearly, BERLIN, 3), ["2024-02-29 08:00", "2026-02-28 08:00", "2028-02-29 08:00"]);
}

#[test]
fn weekdays_are_monday_to_friday() {
    let weekdays = repeat("2026-01-08T08:00:00", Every::Weekdays, 1);
    assert_eq!(times(weekdays, BERLIN, 3), ["2026-01-08 08:00", "2026-01-09 08:00", "2026-01-12 08:00"]);
    let every_other_week = repeat("2026-01-08T08:00:00", Every::Weekdays, 2);
    assert_eq!(times(every_other_week, BERLIN, 3), ["2026-01-08 08:00", "2026-01-09 08:00", "2026-01-19 08:00"]);
    let from_sunday = repeat("2026-01-11T08:00:00", Every::Weekdays, 1);
    assert_eq!(times(from_sunday, BERLIN, 2), ["2026-01-12 08:00", "2026-01-13 08:00"]);
}

#[test]
fn it_ends_when_it_is_to() {
    let weekly = repeat("2026-01-01T08:00:00", Every::Week, 1);
    let twice = Repeat { end: after(2), ..weekly };
    assert_eq!(times(twice, BERLIN, 9), ["2026-01-01 08:00", "2026-01-08 08:00"]);
    let until = Repeat { end: End::On("2026-01-15".parse().expect("a day")), ..weekly };
    assert_eq!(times(until, BERLIN, 9).len(), 3);
}

#[test]
fn far_ends_of_the_calendar_are_no_trouble() {
    for every in [Every::Day, Every::Weekdays, Every::Week, Every::Month, Every::Year] {
        for start in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
            let repeat = Repeat { start, every, interval: NonZeroU16::MAX, end: End::Never };
            for after in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
                for zone in [BERLIN, Tz::Pacific__Apia] {
                    let _ = (repeat.next(after, zone), repeat.rule(zone));
                }
            }
            let last = Repeat { end: End::On(NaiveDate::MAX), ..repeat };
            let _ = last.rule(BERLIN);
        }
    }
}

#[test]
fn rules_are_those_of_the_standard() {
    let rule = |start, every, interval| repeat(start, every, interval).rule(BERLIN);
    assert_eq!(rule("2026-01-01T08:00:00", Every::Day, 1), "FREQ=DAILY");
    assert_eq!(rule("2026-01-01T08:00:00", Every::Week, 2), "FREQ=WEEKLY;INTERVAL=2");
    assert_eq!(rule("2026-01-01T08:00:00", Every::Weekdays, 1), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
    assert_eq!(rule("2026-01-28T08:00:00", Every::Month, 1), "FREQ=MONTHLY");
    assert_eq!(rule("2026-01-30T08:00:00", Every::Month, 1), "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1");
    assert_eq!(rule("2024-02-29T08:00:00", Every::Year, 1), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1");
    let ends =
        Repeat { end: End::On("2026-07-31".parse().expect("a day")), ..repeat("2026-01-01T08:00:00", Every::Day, 1) };
    assert_eq!(ends.rule(BERLIN), "FREQ=DAILY;UNTIL=20260731T215959Z");
    assert_eq!(Repeat { end: after(3), ..ends }.rule(BERLIN), "FREQ=DAILY;COUNT=3");
}

#[test]
fn rules_of_others_are_read_where_they_mean_the_same() {
    // A Thursday.
    let start = wall("2026-01-08T08:00:00");
    let every = |rule| Repeat::parse(rule, start, BERLIN).map(|repeat| repeat.every);
    assert_eq!(every("RRULE:FREQ=WEEKLY;WKST=MO;BYDAY=TH"), Some(Every::Week));
    assert_eq!(every("freq=daily;byday=mo,tu,we,th,fr"), Some(Every::Weekdays));
    assert_eq!(every("FREQ=MONTHLY;BYMONTHDAY=8"), Some(Every::Month));
    assert_eq!(every("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=8"), Some(Every::Year));
    for other in [
        "",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=MO,WE",
        "FREQ=MONTHLY;BYDAY=2TH",
        "FREQ=MONTHLY;BYMONTHDAY=9",
        "FREQ=YEARLY;BYMONTHDAY=8",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=2;UNTIL=20260301",
        "FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=DAILY;BYHOUR=9",
    ] {
        assert_eq!(every(other), None, "{other}");
    }
    // The standard leaves February out here.
    assert_eq!(Repeat::parse("FREQ=MONTHLY", wall("2026-01-31T08:00:00"), BERLIN), None);
    let until = |rule| Repeat::parse(rule, start, BERLIN).map(|repeat| repeat.end);
    let on = |text: &str| Some(End::On(text.parse().expect("a day")));
    assert_eq!(until("FREQ=DAILY;UNTIL=20260120"), on("2026-01-20"));
    assert_eq!(until("FREQ=DAILY;UNTIL=20260120T070000Z"), on("2026-01-20"));
    assert_eq!(until("FREQ=DAILY;UNTIL=20260120T065959Z"), on("2026-01-19"));
}

fn any_repeat() -> impl Strategy<Value = Repeat> {
    let every = prop::sample::select(vec![Every::Day, Every::Weekdays, Every::Week, Every::Month, Every::Year]);
    let day = |days: i64| NaiveDate::default() + TimeDelta::days(days);
    let end = prop_oneof![
        Just(End::Never),
        (1..500_u32).prop_map(after),
        (18_000..30_000_i64).prop_map(move |days| End::On(day(days)))
    ];
    let start = (18_000..24_000_i64, 0..1440_i64)
        .prop_map(move |(days, minutes)| day(days).and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minutes));
    (start, every, 1..40_u16, end).prop_map(|(start, every, interval, end)| {
        let interval = NonZeroU16::new(interval).expect("from 1 on");
        Repeat { start, every, interval, end }
    })
}

fn any_zone() -> impl Strategy<Value = Tz> {
    prop::sample::select(chrono_tz::TZ_VARIANTS.to_vec())
}

/// Whether it comes on a day, told without the arithmetic of the crate.
fn is_due(repeat: &Repeat, day: NaiveDate) -> bool {
    let start = repeat.start.date();
    let interval = i64::from(repeat.interval.get());
    let months =
        i64::from((day.year() - start.year()) * 12 + day.month0().cast_signed() - start.month0().cast_signed());
    let is_last = day.succ_opt().is_some_and(|next| next.day() == 1);
    let is_same_day = day.day() == start.day() || day.day() < start.day() && is_last;
    let week = |day: NaiveDate| day.week(Weekday::Mon).first_day();
    day >= start
        && match repeat.every {
            Every::Day => (day - start).num_days() % interval == 0,
            Every::Week => (day - start).num_days() % (7 * interval) == 0,
            Every::Month => is_same_day && months % interval == 0,
            Every::Year => is_same_day && months % (12 * interval) == 0,
            Every::Weekdays => {
                day.weekday().num_days_from_monday() < 5 && (week(day) - week(start)).num_weeks() % interval == 0
            }
        }
}

proptest! {
    #[test]
    fn times_are_those_of_the_calendar(repeat in any_repeat(), zone in any_zone(), later in 0..4000_i64) {
        let repeat = Repeat { end: End::Never, ..repeat };
        let after = repeat.start.and_utc() + TimeDelta::days(later);
        let mut day = after.date_naive() - TimeDelta::days(2);
        if let Some(next) = repeat.next(after, zone) {
            prop_assert!(next > after);
            // No day in between was due, and this one is, or the one before when clocks were set forward over midnight.
            let on = next.with_timezone(&zone).date_naive();
            prop_assert!(is_due(&repeat, on) || is_due(&repeat, on - TimeDelta::days(1)));
            day = day.max(after.with_timezone(&zone).date_naive() + TimeDelta::days(1));
            while day < on - TimeDelta::days(1) {
                prop_assert!(!is_due(&repeat, day), "{} was due before {}", day, next);
                day += TimeDelta::days(1);
            }
        }
    }

    #[test]
    fn it_comes_as_often_as_it_is_to(repeat in any_repeat(), zone in any_zone(), count in 1..30_u32) {
        let repeat = Repeat { end: after(count), ..repeat };
        let mut at = repeat.start.and_utc() - TimeDelta::days(3);
        let mut found = 0;
        while let Some(next) = repeat.next(at, zone) {
            prop_assert!(next > at);
            at = next;
            found += 1;
        }
        prop_assert_eq!(found, count);
    }

    #[test]
    fn a_rule_says_all_but_the_start(repeat in any_repeat(), zone in any_zone()) {
        let rule = repeat.rule(zone);
        prop_assert_eq!(Repeat::parse(&rule, repeat.start, zone), Some(repeat), "{}", rule);
    }

    #[test]
    fn any_text_may_be_a_rule(rule in "(FREQ|INTERVAL|COUNT|UNTIL|BYDAY|BYMONTHDAY|BYSETPOS|[A-Z]{0,3}|;|=|,|DAILY|YEARLY|MONTHLY|[0-9]{0,12}|-1|MO|\\PC){0,12}", repeat in any_repeat()) {
        let _ = Repeat::parse(&rule, repeat.start, BERLIN);
    }
}
