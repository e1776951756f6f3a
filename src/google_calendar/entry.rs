//! An entry of the calendar as Google's API takes it.

use crate::session::sha256;
use calendar::{Event, Span, Status};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::{Map, Value, json};

/// Longer descriptions are cut, in characters: Google takes 8,192.
const LONGEST: usize = 8_000;

/// One entry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Made from ours, so that the same entry can never be there twice.
    pub id: String,
    /// What is sent.
    pub body: Value,
    /// Another one when anything of it changed.
    pub digest: String,
    pub ends_at: DateTime<Utc>,
}

impl Entry {
    /// None for what does not take place: Google calls that deleted.
    pub fn of(event: &Event) -> Option<Self> {
        if event.status == Status::Cancelled {
            return None;
        }
        let id = id(&event.uid);
        let body = body(&id, event);
        let digest = sha256(&body.to_string());
        Some(Entry { id, body, digest, ends_at: ends_at(&event.span) })
    }

    /// Whether Google has it as it is here, by what a list of theirs tells. Moments are compared as moments, however they are written.
    pub fn is_like(&self, theirs: &Value) -> bool {
        let moment = |time: &Value| time["dateTime"].as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
        let same_time = |name: &str| {
            let (ours, theirs) = (&self.body[name], &theirs[name]);
            match ours["date"].as_str() {
                Some(day) => theirs["date"] == day,
                None => moment(ours).is_some() && moment(ours) == moment(theirs),
            }
        };
        theirs["status"] != "cancelled"
            && theirs["summary"].as_str().map(str::trim) == self.body["summary"].as_str().map(str::trim)
            && same_time("start")
            && same_time("end")
    }
}

/// Letters `a` to `v` and digits, 5 to 1,024 of them: SHA-256 in hex is that. What stands after the @ may change with the site's address.
fn id(uid: &str) -> String {
    sha256(uid.split('@').next().unwrap_or_default())
}

fn body(id: &str, event: &Event) -> Value {
    let (start, end) = times(&event.span);
    // A deadline is no reason to look busy all day.
    let transparency = if matches!(event.span, Span::Days { .. }) { "transparent" } else { "opaque" };
    let alarms: Vec<Value> =
        event.alarms.iter().map(|minutes| json!({ "method": "popup", "minutes": minutes })).collect();
    let mut body = Map::from_iter([
        ("id".to_owned(), json!(id)),
        ("status".to_owned(), json!("confirmed")),
        ("summary".to_owned(), json!(event.summary)),
        ("description".to_owned(), json!(event.description.chars().take(LONGEST).collect::<String>())),
        ("location".to_owned(), json!(event.location)),
        ("start".to_owned(), start),
        ("end".to_owned(), end),
        ("transparency".to_owned(), json!(transparency)),
        ("reminders".to_owned(), json!({ "useDefault": false, "overrides": alarms })),
    ]);
    if let Some(url) = &event.url {
        body.insert("source".to_owned(), json!({ "title": "Career Co-Pilot", "url": url }));
    }
    Value::Object(body)
}

/// Start and end; the end of a day's entry is the first day after it.
fn times(span: &Span) -> (Value, Value) {
    match span {
        Span::Days { first, last } => {
            let after = (*last).max(*first).succ_opt().unwrap_or(*last);
            (json!({ "date": first.to_string() }), json!({ "date": after.to_string() }))
        }
        Span::Utc { start, end } => (moment(start, "UTC"), moment(end.max(start), "UTC")),
        Span::Zoned { start, end } => {
            let zone = start.timezone().name();
            (moment(start, zone), moment(end.max(start), zone))
        }
    }
}

fn moment<Tz: chrono::TimeZone>(at: &DateTime<Tz>, zone: &str) -> Value {
    json!({ "dateTime": at.fixed_offset().to_rfc3339_opts(chrono::SecondsFormat::Secs, false), "timeZone": zone })
}

fn ends_at(span: &Span) -> DateTime<Utc> {
    let end_of = |day: NaiveDate| day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN).and_utc();
    match span {
        Span::Days { first, last } => end_of((*last).max(*first)),
        Span::Utc { end, .. } => *end,
        Span::Zoned { end, .. } => end.with_timezone(&Utc),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDate, TimeZone};

    fn event(span: Span) -> Event {
        let now = DateTime::UNIX_EPOCH;
        Event {
            uid: "interview-0190b6d5-7c2e-7000-8000-000000000001@jobs.example.org".into(),
            sequence: 3,
            created: now,
            modified: now,
            span,
            summary: "Interview: Baker at Acme Mills".into(),
            description: "Link: https://meet.example.org/abc".into(),
            location: "Mill Lane 1".into(),
            url: Some("https://jobs.example.org/applications/1".into()),
            organizer: None,
            attendees: Vec::new(),
            status: Status::Confirmed,
            alarms: vec![60],
            categories: Vec::new(),
        }
    }

    fn in_paris() -> Span {
        let at = |hour| chrono_tz::Europe::Paris.with_ymd_and_hms(2027, 3, 29, hour, 0, 0).single().expect("a time");
        Span::Zoned { start: at(15), end: at(16) }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn an_interview_has_its_times_and_its_zone() {
        let entry = Entry::of(&event(in_paris())).expect("it takes place");
        assert_eq!(
            entry.body,
            json!({
                "id": entry.id, "status": "confirmed", "summary": "Interview: Baker at Acme Mills",
                "description": "Link: https://meet.example.org/abc", "location": "Mill Lane 1",
                "start": { "dateTime": "2027-03-29T15:00:00+02:00", "timeZone": "Europe/Paris" },
                "end": { "dateTime": "2027-03-29T16:00:00+02:00", "timeZone": "Europe/Paris" },
                "transparency": "opaque",
                "reminders": { "useDefault": false, "overrides": [{ "method": "popup", "minutes": 60 }] },
                "source": { "title": "Career Co-Pilot", "url": "https://jobs.example.org/applications/1" },
            })
        );
        assert_eq!(entry.ends_at.to_string(), "2027-03-29 14:00:00 UTC");
        assert!((5..=1024).contains(&entry.id.len()) && entry.id.chars().all(|c| matches!(c, 'a'..='v' | '0'..='9')));
    }

    #[test]
    fn a_day_ends_at_the_next() {
        let entry =
            Entry::of(&event(Span::Days { first: day("2027-02-28"), last: day("2027-02-28") })).expect("an entry");
        assert_eq!(
            (&entry.body["start"], &entry.body["end"]),
            (&json!({ "date": "2027-02-28" }), &json!({ "date": "2027-03-01" }))
        );
        assert_eq!(entry.body["transparency"], "transparent");
    }

    #[test]
    fn the_id_stays_and_the_digest_follows() {
        let first = Entry::of(&event(in_paris())).expect("an entry");
        let mut moved = event(in_paris());
        (moved.uid, moved.summary) = (moved.uid.replace("jobs.example.org", "other.example.org"), "Another".into());
        let moved = Entry::of(&moved).expect("an entry");
        assert_eq!(first.id, moved.id);
        assert_ne!(first.digest, moved.digest);
        // What only calendar files tell is no change.
        let again = Entry::of(&Event { sequence: 9, modified: Utc::now(), ..event(in_paris()) }).expect("an entry");
        assert_eq!(first.digest, again.digest);
        assert!(Entry::of(&Event { status: Status::Cancelled, ..event(in_paris()) }).is_none());
    }

    #[test]
    fn an_end_before_the_start_and_a_long_text_are_put_right() {
        let at = DateTime::UNIX_EPOCH;
        let odd = Event {
            description: "ä".repeat(20_000),
            ..event(Span::Utc { start: at, end: at - chrono::Duration::hours(1) })
        };
        let entry = Entry::of(&odd).expect("an entry");
        assert_eq!(entry.body["start"], entry.body["end"]);
        assert_eq!(entry.body["description"].as_str().map(|text| text.chars().count()), Some(LONGEST));
    }

    #[test]
    fn theirs_is_compared_by_what_it_means() {
        let entry = Entry::of(&event(in_paris())).expect("an entry");
        let theirs = json!({
            "id": entry.id, "status": "confirmed", "summary": "Interview: Baker at Acme Mills ",
            "start": { "dateTime": "2027-03-29T13:00:00Z" }, "end": { "dateTime": "2027-03-29T14:00:00Z" },
        });
        assert!(entry.is_like(&theirs));
        for (name, value) in [
            ("status", json!("cancelled")),
            ("summary", json!("Another")),
            ("start", json!({ "dateTime": "2027-03-29T12:00:00Z" })),
            ("end", json!({ "date": "2027-03-30" })),
            ("end", Value::Null),
        ] {
            let mut other = theirs.clone();
            other[name] = value;
            assert!(!entry.is_like(&other), "{other}");
        }
    }
}
