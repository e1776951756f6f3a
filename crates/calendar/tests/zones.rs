//! The description of each time zone, read as a program that knows no zone names.

use calendar::{Calendar, Event, Span, Status, Time, Zone, read};
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

fn utc(year: i32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, 1, 1, 0, 30, 0).single().expect("a new year")
}

/// A calendar of events from one year to another, a little more than a week apart, at all times of the day, and around each
/// change of the clocks.
fn events(zone: Tz, years: std::ops::Range<i32>) -> Vec<Event> {
    let (mut at, mut moments) = (utc(years.start), Vec::new());
    let offset = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local() - at.naive_utc();
    while at < utc(years.end) {
        moments.push(at);
        let next = at + TimeDelta::hours(223);
        if offset(at) != offset(next) {
            let changed = (0..223).map(|hours| at + TimeDelta::hours(hours)).find(|hour| offset(*hour) != offset(at));
            let near = |minutes| changed.map(|changed| changed + TimeDelta::minutes(minutes));
            moments.extend([-150, -90, -61, -31, -1, 0, 29, 59, 90, 150].into_iter().filter_map(near));
        }
        at = next;
    }
    moments.into_iter().enumerate().map(|(n, at)| event(n, at.with_timezone(&zone))).collect()
}

fn event(number: usize, start: DateTime<Tz>) -> Event {
    Event {
        uid: format!("{number}@example.org"),
        sequence: 0,
        created: utc(2020),
        modified: utc(2020),
        span: Span::Zoned { start, end: start + TimeDelta::minutes(45) },
        summary: "x".into(),
        description: String::new(),
        location: String::new(),
        url: None,
        organizer: None,
        attendees: Vec::new(),
        status: Status::Confirmed,
        alarms: Vec::new(),
        categories: Vec::new(),
    }
}

fn check(zone: Tz, years: std::ops::Range<i32>) {
    let events = events(zone, years.clone());
    let text = Calendar { name: "x".into(), events: events.clone(), now: utc(2020) }.feed();
    let masked = text
        .replace(&format!("TZID:{}\r\n", zone.name()), "TZID:Masked\r\n")
        .replace(&format!("TZID={}:", zone.name()), "TZID=Masked:")
        .replace(&format!("X-LIC-LOCATION:{}\r\n", zone.name()), "");
    let read = read(masked.as_bytes()).expect("what is written can be read");
    for (event, read) in events.iter().zip(read) {
        let Span::Zoned { start, end } = event.span else { panic!("all of them are zoned") };
        let Some(Time::Moments { start: read_start, end: read_end }) = read.time else { panic!("no time for {start}") };
        assert_eq!(
            (read_start.utc, read_end.utc),
            (start.to_utc(), end.to_utc()),
            "{zone} {years:?}: {start}\n{masked}"
        );
        assert!(matches!(read_start.zone, Zone::Utc | Zone::Described(_)), "{:?}", read_start.zone);
    }
}

#[test]
fn every_zone_tells_the_right_moments() {
    for zone in TZ_VARIANTS {
        check(zone, 2026..2027);
    }
}

#[test]
fn zones_whose_rules_have_changed() {
    for zone in [
        Tz::America__Sao_Paulo,
        Tz::Africa__Casablanca,
        Tz::Europe__Dublin,
        Tz::Europe__Istanbul,
        Tz::Asia__Kolkata,
        Tz::America__New_York,
        Tz::Pacific__Apia,
        Tz::Antarctica__Troll,
        Tz::Asia__Pyongyang,
        Tz::Africa__Cairo,
    ] {
        check(zone, 2005..2015);
        check(zone, 2014..2024);
        check(zone, 1975..1978);
        check(zone, 2096..2100);
    }
}
