//! Foreign bytes: whatever they are, reading ends with an answer, in time, and within bounds.

use calendar::{Calendar, Event, Invitation, Person, Span, Status, Time, limits, read};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use std::time::{Duration, Instant};

const FIXTURES: [&[u8]; 2] = [include_bytes!("fixtures/outlook.ics"), include_bytes!("fixtures/google.ics")];

fn check(bytes: &[u8]) -> Vec<Invitation> {
    let events = read(bytes).unwrap_or_default();
    assert!(events.len() <= limits::EVENTS);
    for event in &events {
        for label in [&event.uid, &event.summary, &event.location] {
            assert!(label.chars().count() <= limits::LABEL_CHARS);
            assert!(!label.contains(char::is_control));
        }
        assert!(event.description.chars().count() <= limits::DESCRIPTION_CHARS);
        assert!(event.attendees.len() <= limits::ATTENDEES);
        for person in event.attendees.iter().chain(&event.organizer) {
            assert!(person.name.chars().count() <= limits::LABEL_CHARS);
            assert!(person.address.chars().count() <= limits::LABEL_CHARS);
        }
        for link in event.url.iter().chain(&event.meeting) {
            assert!(link.len() <= limits::URL_CHARS && link.starts_with("http"));
        }
        match &event.time {
            Some(Time::Days { first, last }) => assert!(first <= last),
            Some(Time::Moments { start, end }) => {
                assert!(start.utc <= end.utc);
                assert!(start.in_zone(Tz::Pacific__Apia).is_some());
            }
            None => {}
        }
    }
    events
}

/// Lines that the reader knows, with values that fit and that do not.
fn lines() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "BEGIN",
        "END",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "TZID",
        "UID",
        "SUMMARY",
        "DESCRIPTION",
        "ORGANIZER",
        "ATTENDEE",
        "RECURRENCE-ID",
        "URL",
        "SEQUENCE",
        "",
    ]);
    let parameter = prop::sample::select(vec![
        "",
        ";TZID=x",
        ";TZID=Europe/Berlin",
        ";VALUE=DATE",
        ";CN=\"a:b\"",
        ";CN=\"",
        ";=",
        ";CN=^",
        ";CN",
        ";TZID=/",
        ";X=ä",
    ]);
    let value = prop::sample::select(vec![
        ":VCALENDAR",
        ":VEVENT",
        ":VTIMEZONE",
        ":STANDARD",
        ":DAYLIGHT",
        ":VALARM",
        ":20260329T023000",
        ":00010101T000000Z",
        ":99991231T235959",
        ":16010101T020000",
        ":20260229",
        ":20260228",
        ":PT1H",
        ":P36525D",
        ":PT4000000000S",
        ":P1Wä",
        ":FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        ":FREQ=YEARLY;BYDAY=-5MO;BYMONTH=2;UNTIL=00010101T000000Z",
        ":FREQ=YEARLY;COUNT=2147483647;INTERVAL=4",
        ":FREQ=YEARLY;BYMONTHDAY=31,99;BYDAY=SU",
        ":FREQ=YEARLY;BYMONTH=4294967295",
        ":+2359",
        ":-235959",
        ":+9999",
        ":x",
        ":",
        ":mailto:%",
        ":mailto:%C3%",
        ":https://zoom.us/j/%00",
        "",
        ":\\",
        ":4294967296",
    ]);
    prop::collection::vec((name, parameter, value).prop_map(|(a, b, c)| format!("{a}{b}{c}")), 0..60)
        .prop_map(|lines| lines.join("\r\n"))
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[ -~\r\n\t;,:\\\\\"äß€😀]{0,200}"]
}

/// The lines that neither begin nor end anything.
fn flat(lines: &str) -> String {
    let flat = lines.lines().filter(|line| !line.starts_with("BEGIN") && !line.starts_with("END"));
    flat.collect::<Vec<_>>().join("\r\n")
}

proptest! {
    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        check(&bytes);
        let within = [b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n".as_slice(), &bytes, b"\nEND:VEVENT\nEND:VCALENDAR\n"].concat();
        check(&within);
    }

    #[test]
    fn known_words_in_any_order(zone in lines(), event in lines()) {
        check(event.as_bytes());
        let whole = format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:x\r\nBEGIN:STANDARD\r\n{}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n\
             BEGIN:VEVENT\r\nDTSTART;TZID=x:20260329T023000\r\n{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            flat(&zone),
            flat(&event),
        );
        prop_assert_eq!(check(whole.as_bytes()).len(), 1);
    }

    #[test]
    fn mangled_calendars(
        which in 0..FIXTURES.len(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..40_usize), 1..12),
    ) {
        let mut bytes = FIXTURES[which].to_vec();
        for (at, byte, drop) in cuts {
            let at = at.index(bytes.len().max(1));
            let end = (at + drop).min(bytes.len());
            bytes.splice(at.min(end)..end, [byte]);
        }
        check(&bytes);
    }

    #[test]
    fn what_is_written_is_read_again(
        (summary, description, name) in (any_text(), any_text(), any_text()),
        (seconds, minutes) in (0..4_000_000_000_i64, 1..10_000_i64),
        zone in prop::sample::select(chrono_tz::TZ_VARIANTS.to_vec()),
    ) {
        let start = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::seconds(seconds);
        let end = start + TimeDelta::minutes(minutes);
        let event = Event {
            uid: "1@example.org".into(),
            sequence: 7,
            created: start,
            modified: start,
            span: Span::Zoned { start: start.with_timezone(&zone), end: end.with_timezone(&zone) },
            summary: summary.clone(),
            description: description.clone(),
            location: summary.clone(),
            url: Some("https://example.org/a?b=%20".into()),
            organizer: Some(Person { name: name.clone(), address: "ann@example.org".into() }),
            attendees: Vec::new(),
            status: Status::Tentative,
            alarms: vec![5],
            categories: Vec::new(),
        };
        let text = Calendar { name, events: vec![event.clone()], now: start }.feed();
        for line in text.split("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']));
        }
        let read = check(text.as_bytes()).remove(0);
        let words = |text: &str| {
            let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).collect();
            kept.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        prop_assert_eq!(read.summary, words(&summary));
        prop_assert_eq!(words(&read.description), words(&description));
        prop_assert_eq!((read.uid, read.sequence, read.url, read.status), (event.uid, 7, event.url, Some(Status::Tentative)));
        let Some(Time::Moments { start: read_start, end: read_end }) = read.time else { panic!("moments") };
        prop_assert_eq!((read_start.utc, read_end.utc), (start, end));
    }
}

/// The worst files of the largest size that came to mind, each with what is slow about it.
#[test]
fn large_files_end_in_time() {
    let fill = |head: &str, body: &str, tail: &str| {
        let times = (limits::FILE_BYTES - head.len() - tail.len()) / body.len();
        format!("{head}{}{tail}", body.repeat(times)).into_bytes()
    };
    let (head, tail) = ("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "\nEND:VEVENT\nEND:VCALENDAR\n");
    let event = "BEGIN:VEVENT\nDTSTART;TZID=x:99990101T000000\nDTEND;TZID=x:99990101T010000\nRECURRENCE-ID;TZID=x:99990101T0\nEND:VEVENT\n";
    let zone_tail = format!("END:VTIMEZONE\n{}END:VCALENDAR\n", event.repeat(limits::EVENTS));
    let zone_head = "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:x\n";
    let rule = "BEGIN:STANDARD\nDTSTART:00010101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=SU;BYMONTHDAY=31,31,31,31\nEND:STANDARD\n";
    let dates_head =
        format!("{zone_head}BEGIN:STANDARD\nDTSTART:00010101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\n");
    let files = [
        ("empty lines", fill(head, "\n", tail)),
        ("folds", fill(head, "x\n ", tail)),
        ("one line", fill(&format!("{head}DESCRIPTION:"), "\\", tail)),
        ("properties", fill(head, "ATTENDEE:x\n", tail)),
        ("parameters", fill(&format!("{head}X"), ";A=\"\"", tail)),
        ("quotes", fill(&format!("{head}X;A="), "\"\"", tail)),
        ("links", fill(&format!("{head}DESCRIPTION:"), "https://zoom.us/", tail)),
        ("nesting", fill(head, "BEGIN:VEVENT\n", "")),
        ("parts", fill("BEGIN:VCALENDAR\n", "BEGIN:X\nEND:X\n", "END:VCALENDAR\n")),
        ("observances", fill(zone_head, rule, &zone_tail)),
        ("dates", fill(&dates_head, "RDATE:20260101T000000,20270101T000000\n", &format!("END:STANDARD\n{zone_tail}"))),
    ];
    for (what, bytes) in files {
        assert!(bytes.len() <= limits::FILE_BYTES);
        let begun = Instant::now();
        check(&bytes);
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(10), "{what} took {took:?}");
        println!("{what}: {took:?}");
    }
}
