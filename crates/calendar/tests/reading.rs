//! Invitations as other programs write them.

use calendar::{Invitation, Method, Person, Reason, Recurrence, Status, Time, Zone, limits, read};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

const OUTLOOK: &[u8] = include_bytes!("fixtures/outlook.ics");
const GOOGLE: &[u8] = include_bytes!("fixtures/google.ics");

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().expect("the test's own moment")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("the test's own day")
}

/// The one event of these lines.
fn event(lines: &[&str]) -> Invitation {
    let text = format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", lines.join("\r\n"));
    read(text.as_bytes()).expect("a calendar").remove(0)
}

/// Start and end of the event of these lines in UTC, and whose clocks tell the start.
fn moments(lines: &[&str]) -> (DateTime<Utc>, DateTime<Utc>, Zone) {
    match event(lines).time {
        Some(Time::Moments { start, end }) => (start.utc, end.utc, start.zone),
        other => panic!("not moments: {other:?}"),
    }
}

#[test]
fn outlook() {
    let events = read(OUTLOOK).expect("a calendar");
    let [first, second] = events.as_slice() else { panic!("two events") };
    assert_eq!(first.method, Some(Method::Request));
    assert_eq!((first.uid.as_str(), first.sequence), ("040000008200E00074C5B7101A82E008", 3));
    assert_eq!(first.summary, "Interview; second round");
    assert_eq!(first.location, "Microsoft Teams Meeting");
    assert!(first.description.starts_with("Hello Bob,\nsee you there.\n\nJoin: <https://teams."));
    assert_eq!(
        first.meeting.as_deref(),
        Some("https://teams.microsoft.com/l/meetup-join/19%3ainvented/0?context=%7b%7d")
    );
    let ann = Person { name: "Example, Ann".into(), address: "ann@example.org".into() };
    assert_eq!(first.organizer, Some(ann));
    assert_eq!(first.attendees, [Person { name: "Bob B. Example".into(), address: "bob+jobs@example.org".into() }]);
    assert_eq!(first.status, Some(Status::Confirmed));
    let Some(Time::Moments { start, end }) = &first.time else { panic!("moments") };
    assert_eq!((start.utc, end.utc), (utc("2026-03-26T13:00:00Z"), utc("2026-03-26T14:00:00Z")));
    assert_eq!(start.zone, Zone::Named(Tz::Europe__Berlin));

    let Some(Time::Moments { start, end }) = &second.time else { panic!("moments") };
    assert_eq!((start.utc, end.utc), (utc("2026-07-01T13:00:00Z"), utc("2026-07-01T14:30:00Z")));
    assert_eq!(start.zone, Zone::Described("(UTC-05:00) Head office, customized".into()));
    assert_eq!(second.rule.as_deref(), Some("FREQ=WEEKLY;COUNT=3;BYDAY=WE"));
    assert_eq!(second.meeting.as_deref(), Some("https://teams.microsoft.com/l/meetup-join/invented"));
}

#[test]
fn google() {
    let events = read(GOOGLE).expect("a calendar");
    let [call, visit] = events.as_slice() else { panic!("two events") };
    assert_eq!(call.meeting.as_deref(), Some("https://meet.google.com/abc-defg-hij"));
    assert_eq!(call.status, Some(Status::Tentative));
    assert_eq!(call.location, "");
    let Some(Time::Moments { start, .. }) = &call.time else { panic!("moments") };
    assert_eq!((start.utc, &start.zone), (utc("2026-07-10T13:00:00Z"), &Zone::Utc));
    assert_eq!(visit.time, Some(Time::Days { first: day("2026-07-11"), last: day("2026-07-12") }));
    assert_eq!(visit.url.as_deref(), Some("https://example.org/onsite"));
    assert_eq!(visit.meeting, None);
}

#[test]
fn zones() {
    let start = |line: &str| {
        let (start, _, zone) = moments(&[line]);
        (start.to_rfc3339(), zone)
    };
    let berlin = ("2026-07-01T07:00:00+00:00".to_owned(), Zone::Named(Tz::Europe__Berlin));
    assert_eq!(start("DTSTART;TZID=Europe/Berlin:20260701T090000"), berlin);
    assert_eq!(start("dtstart;tzid=\"/example.org/20240101/Europe/Berlin\":20260701T090000"), berlin);
    assert_eq!(start("DTSTART;TZID=w. europe standard time:20260701T090000"), berlin);
    let nine = "2026-07-01T09:00:00+00:00".to_owned();
    assert_eq!(start("DTSTART;TZID=Europe/Berlin:20260701T090000Z"), (nine.clone(), Zone::Utc));
    assert_eq!(start("DTSTART:20260701T090000"), (nine.clone(), Zone::Floating));
    assert_eq!(start("DTSTART;TZID=Nowhere:20260701T090000"), (nine, Zone::Unknown("Nowhere".into())));
}

#[test]
fn floating_times_are_told_by_the_readers_clocks() {
    let Some(Time::Moments { start, .. }) = event(&["DTSTART:20260701T090000"]).time else { panic!("moments") };
    assert!(start.is_floating());
    assert_eq!(start.in_zone(Tz::Asia__Tokyo), Some(utc("2026-07-01T00:00:00Z")));
    let Some(Time::Moments { start, .. }) = event(&["DTSTART:20260701T090000Z"]).time else { panic!("moments") };
    assert!(!start.is_floating());
    assert_eq!(start.in_zone(Tz::Asia__Tokyo), Some(utc("2026-07-01T09:00:00Z")));
}

#[test]
fn clocks_set_forward_and_back() {
    let start = |wall: &str| moments(&[&format!("DTSTART;TZID=Europe/Berlin:{wall}")]).0;
    assert_eq!(start("20260329T023000"), utc("2026-03-29T01:30:00Z"));
    assert_eq!(start("20261025T023000"), utc("2026-10-25T00:30:00Z"));
}

#[test]
fn ends() {
    let end = |line: &str| moments(&["DTSTART;TZID=Europe/Berlin:20260328T090000", line]).1;
    let start = utc("2026-03-28T08:00:00Z");
    assert_eq!(end("DTEND;TZID=Europe/London:20260328T100000"), utc("2026-03-28T10:00:00Z"));
    assert_eq!(end("DURATION:PT45M"), utc("2026-03-28T08:45:00Z"));
    // A day of the calendar has 23 hours here; 24 hours are 24 hours.
    assert_eq!(end("DURATION:P1D"), utc("2026-03-29T07:00:00Z"));
    assert_eq!(end("DURATION:PT24H"), utc("2026-03-29T08:00:00Z"));
    assert_eq!(end("DURATION:P1W"), utc("2026-04-04T07:00:00Z"));
    for nothing in [
        "X:",
        "DURATION:-PT5M",
        "DURATION:P",
        "DURATION:PT",
        "DURATION:P99999999999W",
        "DTEND:20250101T000000Z",
        "DTEND:soon",
    ] {
        assert_eq!(end(nothing), start, "{nothing}");
    }
}

#[test]
fn whole_days() {
    let days = |lines: &[&str]| match event(lines).time {
        Some(Time::Days { first, last }) => (first.to_string(), last.to_string()),
        other => panic!("not days: {other:?}"),
    };
    let one = ("2026-02-28".to_owned(), "2026-02-28".to_owned());
    assert_eq!(days(&["DTSTART;VALUE=DATE:20260228"]), one);
    assert_eq!(days(&["DTSTART:20260228", "DTEND:20260228"]), one);
    assert_eq!(days(&["DTSTART:20260228", "DTEND:20260301"]), one);
    assert_eq!(days(&["DTSTART:20260228", "DURATION:P2D"]), ("2026-02-28".to_owned(), "2026-03-01".to_owned()));
}

#[test]
fn a_cancellation_may_say_little() {
    let text = "BEGIN:VCALENDAR\nMETHOD:Cancel\nBEGIN:VEVENT\nUID:1\nSEQUENCE:4\nEND:VEVENT\nEND:VCALENDAR";
    let cancelled = read(text.as_bytes()).expect("a calendar").remove(0);
    assert!(cancelled.is_cancelled());
    assert_eq!((cancelled.uid.as_str(), cancelled.sequence, cancelled.time), ("1", 4, None));
    assert!(event(&["STATUS:CANCELLED"]).is_cancelled());
    assert!(!event(&["STATUS:CONFIRMED"]).is_cancelled());
}

#[test]
fn one_of_a_series_is_named() {
    let one = event(&["RECURRENCE-ID;TZID=Europe/Berlin:20260701T090000"]);
    assert!(matches!(one.recurrence, Some(Recurrence::Moment(at)) if at.utc == utc("2026-07-01T07:00:00Z")));
    let one = event(&["RECURRENCE-ID;VALUE=DATE:20260701"]);
    assert_eq!(one.recurrence, Some(Recurrence::Day(day("2026-07-01"))));
}

#[test]
fn people_may_be_written_oddly() {
    let organizer = |line: &str| event(&[line]).organizer.map(|person| (person.name, person.address));
    let person = |name: &str, address: &str| Some((name.to_owned(), address.to_owned()));
    assert_eq!(organizer("ORGANIZER:ann@example.org"), person("", "ann@example.org"));
    assert_eq!(organizer("ORGANIZER;CN=\"A ^'x^' ^n B\":mailto:a@example.org"), person("A \"x\" B", "a@example.org"));
    assert_eq!(organizer("ORGANIZER;EMAIL=a@example.org:urn:uuid:1"), person("", "a@example.org"));
    assert_eq!(organizer("ORGANIZER;CN=X:mailto:100%zz%C3%A4@example.org"), person("X", "100%zzä@example.org"));
}

#[test]
fn meetings_are_found_and_look_alikes_are_not() {
    let in_text = |text: &str| event(&[&format!("DESCRIPTION:{text}")]).meeting;
    for (text, link) in [
        ("Join https://example.zoom.us/j/123?pwd=x.", "https://example.zoom.us/j/123?pwd=x"),
        ("<a href=\"https://meet.google.com/abc\">here</a>", "https://meet.google.com/abc"),
        ("(https://example.webex.com/meet/ann)", "https://example.webex.com/meet/ann"),
        ("https://example.org/a then https://teams.live.com/meet/9", "https://teams.live.com/meet/9"),
    ] {
        assert_eq!(in_text(text).as_deref(), Some(link));
    }
    for text in [
        "https://zoom.us.example.org/j/1",
        "https://notzoom.us/j/1",
        "https://example.org/zoom.us/j/1",
        "https://zoom.us@example.org/j/1",
        "https://ann:x@zoom.us/j/1",
        "https://zoom.us/",
        "http://zoom.us/j/1",
    ] {
        assert_eq!(in_text(text), None, "{text}");
    }
    assert_eq!(event(&["LOCATION:https://zoom.us/j/7"]).meeting.as_deref(), Some("https://zoom.us/j/7"));
    for mean in ["javascript:alert(1)", "https://a@example.org/", "file:///etc/hosts", "example.org"] {
        let lines = [format!("URL:{mean}"), format!("X-GOOGLE-CONFERENCE:{mean}")];
        let event = event(&lines.each_ref().map(String::as_str));
        assert_eq!((event.url, event.meeting), (None, None), "{mean}");
    }
}

#[test]
fn texts_are_unescaped() {
    let long = event(&[r"SUMMARY:a\, b\; c\\n \x", r"DESCRIPTION:one\ntwo\Nthree\\n"]);
    assert_eq!(long.summary, r"a, b; c\n \x");
    assert_eq!(long.description, "one\ntwo\nthree\\n");
}

#[test]
fn lines_may_be_folded_within_a_letter() {
    let text = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:M\xc3\n \xa4rz\r\n\t und\n\nthis is no line\nUID:1\nEND:VEVENT\nEND:VCALENDAR\n";
    let event = read(text).expect("a calendar").remove(0);
    assert_eq!((event.summary.as_str(), event.uid.as_str()), ("März und", "1"));
}

#[test]
fn what_is_no_calendar_is_refused_with_a_reason() {
    for (bytes, reason) in [
        (b"".as_slice(), Reason::NoCalendar),
        (b"<html>", Reason::NoCalendar),
        (b"BEGIN:VCARD\nEND:VCARD", Reason::NoCalendar),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR", Reason::NoEvent),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x", Reason::Cut),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\nEND:VEVENT", Reason::Nesting),
    ] {
        assert_eq!(read(bytes), Err(reason), "{}", String::from_utf8_lossy(bytes));
        assert!(reason.to_string().ends_with('.'));
    }
    let deep = "BEGIN:VCALENDAR\n".to_owned() + &"BEGIN:VEVENT\n".repeat(100_000);
    assert_eq!(read(deep.as_bytes()), Err(Reason::Nesting));
    assert_eq!(read(&vec![b'x'; limits::FILE_BYTES + 1]), Err(Reason::TooLarge));
    let many = "BEGIN:VCALENDAR\n".to_owned() + &"BEGIN:VEVENT\nEND:VEVENT\n".repeat(limits::EVENTS + 1);
    assert_eq!(read(many.as_bytes()), Err(Reason::TooManyEvents));
}

#[test]
fn the_windows_names_are_told_apart() {
    for (name, zone) in [
        ("Pacific Standard Time", Tz::America__Los_Angeles),
        ("GMT Standard Time", Tz::Europe__London),
        ("India Standard Time", Tz::Asia__Kolkata),
        ("E. South America Standard Time", Tz::America__Sao_Paulo),
        ("UTC-11", Tz::Etc__GMTPlus11),
    ] {
        assert_eq!(moments(&[&format!("DTSTART;TZID={name}:20260701T090000")]).2, Zone::Named(zone));
    }
}
