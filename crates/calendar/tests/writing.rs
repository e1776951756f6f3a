//! What is written, line by line.

use calendar::{Calendar, Event, Person, Span, Status, read};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().expect("the test's own moment")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("the test's own day")
}

fn at(zone: Tz, text: &str) -> DateTime<Tz> {
    zone.from_local_datetime(&text.parse().expect("the test's own time")).earliest().expect("a time that exists")
}

fn interview() -> Event {
    Event {
        uid: "7f0c@example.org".into(),
        sequence: 2,
        created: utc("2026-01-05T10:00:00Z"),
        modified: utc("2026-01-06T11:30:00Z"),
        span: Span::Zoned {
            start: at(Tz::Europe__Berlin, "2026-03-27T10:00:00"),
            end: at(Tz::Europe__Berlin, "2026-03-27T11:00:00"),
        },
        summary: "Interview: Acme, Berlin; round 2".into(),
        description: "First line\nC:\\next\r\nlast".into(),
        location: "Room 5, 2nd floor".into(),
        url: Some("https://example.org/interviews/1?a=b,c;d".into()),
        organizer: Some(Person { name: "Ann \"A\" Example".into(), address: "ann@example.org".into() }),
        attendees: vec![Person { name: String::new(), address: "bob+jobs@example.org".into() }],
        status: Status::Confirmed,
        alarms: vec![15, 1440],
        categories: vec!["Interview".into(), "a,b".into()],
    }
}

const NOW: &str = "2026-01-07T08:00:00Z";

fn feed(events: Vec<Event>) -> String {
    Calendar { name: "Ann's search".into(), events, now: utc(NOW) }.feed()
}

fn has_lines(text: &str, lines: &[&str]) {
    let unfolded = text.replace("\r\n ", "");
    for line in lines {
        assert!(unfolded.split("\r\n").any(|one| one == *line), "no line {line:?} in\n{unfolded}");
    }
}

#[test]
fn a_feed_says_what_it_is() {
    let text = feed(vec![interview()]);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    has_lines(
        &text,
        &[
            "METHOD:PUBLISH",
            "NAME:Ann's search",
            "X-WR-CALNAME:Ann's search",
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
            "X-PUBLISHED-TTL:PT1H",
        ],
    );
}

#[test]
fn an_event_has_all_its_properties() {
    has_lines(
        &feed(vec![interview()]),
        &[
            "UID:7f0c@example.org",
            "SEQUENCE:2",
            "DTSTAMP:20260107T080000Z",
            "CREATED:20260105T100000Z",
            "LAST-MODIFIED:20260106T113000Z",
            "DTSTART;TZID=Europe/Berlin:20260327T100000",
            "DTEND;TZID=Europe/Berlin:20260327T110000",
            r"SUMMARY:Interview: Acme\, Berlin\; round 2",
            r"DESCRIPTION:First line\nC:\\next\nlast",
            r"LOCATION:Room 5\, 2nd floor",
            "URL:https://example.org/interviews/1?a=b,c;d",
            "ORGANIZER;CN=\"Ann 'A' Example\":mailto:ann@example.org",
            "ATTENDEE:mailto:bob+jobs@example.org",
            "STATUS:CONFIRMED",
            "TRANSP:OPAQUE",
            r"CATEGORIES:Interview,a\,b",
            "TRIGGER:-PT15M",
            "TRIGGER:-PT1440M",
        ],
    );
}

#[test]
fn a_cancelled_event_takes_itself_away() {
    let cancelled = Event { status: Status::Cancelled, sequence: 3, ..interview() };
    let file = cancelled.file(utc(NOW));
    has_lines(&file, &["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:3", "UID:7f0c@example.org"]);
    assert!(!file.contains("VALARM"));
    has_lines(&interview().file(utc(NOW)), &["METHOD:PUBLISH", "STATUS:CONFIRMED"]);
    // Other events of a feed are not cancelled with it.
    has_lines(&feed(vec![cancelled]), &["METHOD:PUBLISH", "STATUS:CANCELLED"]);
}

#[test]
fn whole_days_end_on_the_day_after() {
    let span = Span::Days { first: day("2026-02-27"), last: day("2026-02-28") };
    let text = feed(vec![Event { span, ..interview() }]);
    has_lines(&text, &["DTSTART;VALUE=DATE:20260227", "DTEND;VALUE=DATE:20260301", "TRANSP:TRANSPARENT"]);
    assert!(!text.contains("VTIMEZONE"));
    let span = Span::Days { first: day("2026-12-31"), last: day("2026-01-01") };
    has_lines(
        &feed(vec![Event { span, ..interview() }]),
        &["DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101"],
    );
}

#[test]
fn an_end_that_is_no_end_is_left_out() {
    let start = utc("2026-05-01T09:00:00Z");
    let text = feed(vec![Event { span: Span::Utc { start, end: start }, ..interview() }]);
    has_lines(&text, &["DTSTART:20260501T090000Z"]);
    assert!(!text.contains("DTEND"));
}

#[test]
fn the_second_pass_of_an_hour_is_written_in_utc() {
    let second = utc("2026-10-25T01:30:00Z").with_timezone(&Tz::Europe__Berlin);
    let first = utc("2026-10-25T00:30:00Z").with_timezone(&Tz::Europe__Berlin);
    let text = feed(vec![Event { span: Span::Zoned { start: first, end: second }, ..interview() }]);
    has_lines(&text, &["DTSTART;TZID=Europe/Berlin:20261025T023000", "DTEND:20261025T013000Z"]);
}

#[test]
fn lines_are_short_and_letters_whole() {
    let summary = "ä€😀".repeat(60);
    let text = feed(vec![Event { summary: summary.clone(), ..interview() }]);
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']));
    }
    assert!(text.replace("\r\n ", "").contains(&summary));
}

#[test]
fn nothing_typed_becomes_a_line_of_its_own() {
    let mean = "x\r\nEND:VEVENT\nBEGIN:VEVENT\u{0}\u{7f}\u{85}".to_owned();
    let event = Event {
        uid: mean.clone(),
        summary: mean.clone(),
        description: mean.clone(),
        location: mean.clone(),
        url: Some(mean.clone()),
        organizer: Some(Person { name: mean.clone(), address: mean.clone() }),
        categories: vec![mean.clone()],
        ..interview()
    };
    let text = Calendar { name: mean, events: vec![event], now: utc(NOW) }.feed();
    assert_eq!(text.matches("\r\nBEGIN:VEVENT\r\n").count(), 1);
    assert_eq!(text.matches("\r\nEND:VEVENT\r\n").count(), 1);
    assert_eq!(read(text.as_bytes()).expect("what is written can be read").len(), 1);
}

#[test]
fn a_stable_rule_is_written_as_one() {
    let text = feed(vec![interview()]);
    has_lines(
        &text,
        &[
            "TZID:Europe/Berlin",
            "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0200",
            "TZNAME:CEST",
            "DTSTART:20250330T020000",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "DTSTART:20251026T030000",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        ],
    );
    assert!(!text.contains("RDATE"));
    assert_eq!(text.matches("BEGIN:STANDARD").count() + text.matches("BEGIN:DAYLIGHT").count(), 2);
}

#[test]
fn each_zone_used_is_described_once() {
    let abroad = Event {
        uid: "2".into(),
        span: Span::Zoned {
            start: at(Tz::Asia__Kolkata, "2026-06-01T09:00:00"),
            end: at(Tz::America__New_York, "2026-06-01T12:00:00"),
        },
        ..interview()
    };
    let text = feed(vec![interview(), abroad, interview()]);
    for zone in ["Europe/Berlin", "Asia/Kolkata", "America/New_York"] {
        assert_eq!(text.matches(&format!("\r\nTZID:{zone}\r\n")).count(), 1, "{zone}");
    }
    has_lines(&text, &["TZNAME:IST", "DTSTART:19700101T000000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"]);
}

#[test]
fn daylight_saving_time_is_ahead_of_standard_time() {
    let zone = |zone: Tz| {
        let span = Span::Zoned { start: at(zone, "2026-07-01T09:00:00"), end: at(zone, "2026-07-01T10:00:00") };
        feed(vec![Event { span, ..interview() }])
    };
    for (tz, daylight) in
        [(Tz::Europe__Dublin, "+0100"), (Tz::Africa__Casablanca, "+0100"), (Tz::Australia__Sydney, "+1100")]
    {
        let text = zone(tz);
        let described: Vec<&str> = text.split("BEGIN:DAYLIGHT").skip(1).collect();
        assert!(!described.is_empty(), "{tz}");
        for one in described {
            let observance = one.split("END:DAYLIGHT").next().unwrap_or_default();
            assert!(observance.contains(&format!("TZOFFSETTO:{daylight}\r\n")), "{tz}: {observance}");
        }
    }
    // Ramadan follows the moon.
    assert!(zone(Tz::Africa__Casablanca).contains("RDATE:"));
}
