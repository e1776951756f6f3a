//! Writes calendars, and what they have to say, for another implementation to read: `end2end/calendar/check.py`.
//!
//! `cargo run -p calendar --example sample -- FOLDER` writes `feed.ics`, `cancelled.ics` and `expected.json`.

use calendar::{Calendar, End, Event, Every, Person, Repeat, Span, Status};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde_json::{Value, json};
use std::error::Error;
use std::num::{NonZeroU16, NonZeroU32};
use std::path::PathBuf;

const ZONES: [Tz; 20] = [
    Tz::Europe__Berlin,
    Tz::Europe__London,
    Tz::Europe__Dublin,
    Tz::Europe__Kyiv,
    Tz::Europe__Moscow,
    Tz::America__New_York,
    Tz::America__Los_Angeles,
    Tz::America__St_Johns,
    Tz::America__Sao_Paulo,
    Tz::America__Santiago,
    Tz::America__Nuuk,
    Tz::Africa__Casablanca,
    Tz::Africa__Cairo,
    Tz::Asia__Kolkata,
    Tz::Asia__Kathmandu,
    Tz::Asia__Jerusalem,
    Tz::Australia__Sydney,
    Tz::Australia__Lord_Howe,
    Tz::Pacific__Auckland,
    Tz::Pacific__Chatham,
];

/// Times of a repeat that are told.
const TIMES: usize = 40;
/// The first year whose changes of the clocks are not in the zone data. Other implementations go on by the rules.
const KNOWN: i32 = 2100;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder")?);
    let events: Vec<Event> = spans()?.into_iter().enumerate().map(|(number, span)| event(number, span)).collect();
    let cancelled = Event { status: Status::Cancelled, sequence: 9, ..event(0, utc_hour("2026-05-04T10:00:00Z")?) };
    let expected = json!({
        "name": "Ann’s search; all of it, really",
        "zones": ZONES.map(|zone| zone.name()),
        "events": events.iter().map(told).collect::<Vec<_>>(),
        "cancelled": told(&cancelled),
        "repeats": repeats()?,
    });
    let now = "2026-01-02T03:04:05Z".parse()?;
    let calendar = Calendar { name: "Ann’s search; all of it, really".into(), events, now };
    std::fs::write(folder.join("feed.ics"), calendar.feed())?;
    std::fs::write(folder.join("cancelled.ics"), cancelled.file(now))?;
    std::fs::write(folder.join("expected.json"), serde_json::to_string_pretty(&expected)?)?;
    Ok(())
}

/// Events of every zone in the middle of each month and close to each change of its clocks; some in UTC, some whole days.
fn spans() -> Result<Vec<Span>, Box<dyn Error>> {
    let mut spans = vec![
        utc_hour("2026-02-01T23:30:00Z")?,
        Span::Days { first: "2026-03-28".parse()?, last: "2026-03-28".parse()? },
        Span::Days { first: "2027-12-30".parse()?, last: "2028-01-02".parse()? },
    ];
    for zone in ZONES {
        let zoned = |start: DateTime<Utc>| Span::Zoned {
            start: start.with_timezone(&zone),
            end: (start + TimeDelta::minutes(50)).with_timezone(&zone),
        };
        let offset = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local() - at.naive_utc();
        let mut day: DateTime<Utc> = "2026-01-01T12:00:00Z".parse()?;
        for number in 0..760 {
            let next = day + TimeDelta::days(1);
            if number % 30 == 0 {
                spans.push(zoned(day));
            }
            if offset(day) != offset(next) {
                let changed =
                    (0..1440).map(|minutes| day + TimeDelta::minutes(minutes)).find(|at| offset(*at) != offset(day));
                let near = |minutes: i64| changed.map(|changed| zoned(changed + TimeDelta::minutes(minutes)));
                spans.extend([-1500, -120, -61, -30, -1, 0, 1, 30, 61, 120, 1500].into_iter().filter_map(near));
            }
            day = next;
        }
    }
    Ok(spans)
}

fn utc_hour(start: &str) -> Result<Span, Box<dyn Error>> {
    let start: DateTime<Utc> = start.parse()?;
    Ok(Span::Utc { start, end: start + TimeDelta::hours(1) })
}

fn event(number: usize, span: Span) -> Event {
    let at = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_000);
    Event {
        uid: format!("{number}@calendar.example.org"),
        sequence: u32::try_from(number % 7).unwrap_or(0),
        created: at,
        modified: at + TimeDelta::minutes(5),
        span,
        summary: format!("Interview № {number}; Zürich, 東京 — “a \\n b” {}", "😀".repeat(number % 40)),
        description: "One,\ntwo;\n\n\\three\\".repeat(number % 9),
        location: "2nd floor, Room 5; Example Street".into(),
        url: Some("https://example.org/applications/1?view=a,b;c".into()),
        organizer: Some(Person { name: "Example: Ann, \"Recruiting\"".into(), address: "ann@example.org".into() }),
        attendees: vec![Person { name: "Bob".into(), address: "bob+jobs@example.org".into() }],
        status: if number.is_multiple_of(5) { Status::Tentative } else { Status::Confirmed },
        alarms: if number.is_multiple_of(3) { vec![15, 24 * 60] } else { Vec::new() },
        categories: vec!["Interview".into(), "One, two".into()],
    }
}

/// What a reader has to find.
fn told(event: &Event) -> Value {
    let (start, end) = match &event.span {
        Span::Days { first, last } => (json!(first), json!(last.succ_opt())),
        Span::Utc { start, end } => (json!(start), json!(end)),
        Span::Zoned { start, end } => (json!(start.to_utc()), json!(end.to_utc())),
    };
    json!({
        "uid": event.uid,
        "sequence": event.sequence,
        "start": start,
        "end": end,
        "summary": event.summary,
        "description": event.description,
        "location": event.location,
        "url": event.url,
        "attendees": event.attendees.iter().map(|person| &person.address).collect::<Vec<_>>(),
        "status": format!("{:?}", event.status).to_uppercase(),
        "alarms": if event.status == Status::Cancelled { &[] } else { event.alarms.as_slice() },
        "categories": event.categories,
    })
}

/// Repeats of every kind, as rules and as the times they mean.
fn repeats() -> Result<Vec<Value>, Box<dyn Error>> {
    let starts: [NaiveDateTime; 5] = [
        "2026-01-31T09:00:00".parse()?,
        "2024-02-29T02:30:00".parse()?,
        "2026-03-24T02:30:00".parse()?,
        "2026-10-23T01:30:00".parse()?,
        "2026-01-30T23:59:00".parse()?,
    ];
    let last: NaiveDate = "2027-03-30".parse()?;
    let mut told = Vec::new();
    for zone in [Tz::Europe__Berlin, Tz::America__New_York, Tz::Australia__Lord_Howe, Tz::Asia__Kolkata] {
        for every in [Every::Day, Every::Weekdays, Every::Week, Every::Month, Every::Year] {
            for (start, interval) in starts.into_iter().flat_map(|start| [1, 2, 5].map(|interval| (start, interval))) {
                for end in [End::Never, End::On(last), End::After(NonZeroU32::MIN.saturating_add(6))] {
                    let interval = NonZeroU16::new(interval).ok_or("an interval of nothing")?;
                    let repeat = Repeat { start, every, interval, end };
                    told.push(json!({
                        "rule": repeat.rule(zone),
                        "zone": zone.name(),
                        "start": start,
                        "times": times(&repeat, zone),
                    }));
                }
            }
        }
    }
    Ok(told)
}

fn times(repeat: &Repeat, zone: Tz) -> Vec<DateTime<Utc>> {
    let mut at = DateTime::<Utc>::UNIX_EPOCH;
    std::iter::from_fn(|| {
        at = repeat.next(at, zone)?;
        Some(at)
    })
    .take_while(|at| at.year() < KNOWN)
    .take(TIMES)
    .collect()
}
