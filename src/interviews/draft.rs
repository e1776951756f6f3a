//! An interview as somebody wants it: over REST or from a form. Validated here, once.

use super::{Interview, InterviewKind, InterviewResult};
use crate::{
    error::{Check, Result},
    ids::{ApplicationId, InterviewId},
    jobs::draft::{is_link, is_sensible},
};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// The last round there can be.
pub const LAST_ROUND: i64 = 99;
/// The longest an interview can take.
const LONGEST_DAYS: i64 = 7;
/// Longest place, in characters.
const LINE: usize = 300;
/// The most people, and the longest entry in characters.
const PEOPLE: usize = 50;
const PERSON: usize = 200;
/// Longest preparation and notes, in characters.
const TEXT: usize = 20_000;

/// The body of `POST /applications/{id}/interviews` and `PUT /interviews/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InterviewDraft {
    /// From 1; 1 when absent.
    #[serde(default = "first")]
    #[schema(minimum = 1, maximum = 99)]
    pub round: i64,
    #[serde(rename = "type")]
    pub kind: InterviewKind,
    pub starts_at: DateTime<Utc>,
    /// After the start, by at most seven days.
    pub ends_at: DateTime<Utc>,
    /// The IANA name of the zone the times are meant in; the profile's when absent.
    #[serde(default)]
    #[schema(format = "time-zone")]
    pub time_zone: Option<String>,
    #[serde(default)]
    #[schema(max_length = 300)]
    pub place: String,
    #[serde(default)]
    #[schema(format = "link", max_length = 2_000)]
    pub link: Option<String>,
    #[serde(default)]
    #[schema(max_items = 50, max_length = 200)]
    pub people: Vec<String>,
    /// Markdown.
    #[serde(default)]
    #[schema(max_length = 20_000)]
    pub preparation: String,
    /// `planned` when absent.
    #[serde(default)]
    pub result: InterviewResult,
    /// How it went: Markdown.
    #[serde(default)]
    #[schema(max_length = 20_000)]
    pub notes: String,
    /// When thanks were sent.
    #[serde(default)]
    pub thanked_at: Option<DateTime<Utc>>,
    /// Of a new one: moves the application to the first interview stage where it stands before one.
    #[serde(default)]
    pub move_along: bool,
    /// Of a change: the version that was read; a change since then is a conflict.
    #[serde(default)]
    pub version: Option<i64>,
}

fn first() -> i64 {
    1
}

/// A moment as both databases keep it.
fn cut(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at)
}

impl InterviewDraft {
    /// Trims, drops empty entries, and names everything that is wrong. `own` is the zone where none is named.
    pub fn checked(mut self, own: &str) -> Result<Self> {
        self.place = self.place.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
        self.link = self.link.map(|link| link.trim().to_owned()).filter(|link| !link.is_empty());
        for person in &mut self.people {
            *person = person.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
        }
        self.people.retain(|person| !person.is_empty());
        for text in [&mut self.preparation, &mut self.notes] {
            *text = text.replace('\0', "").trim().to_owned();
        }
        let zone = self.time_zone.as_deref().map(str::trim).filter(|zone| !zone.is_empty()).unwrap_or(own);
        let zone = zone.parse::<chrono_tz::Tz>();
        (self.starts_at, self.ends_at) = (cut(self.starts_at), cut(self.ends_at));
        self.thanked_at = self.thanked_at.map(cut);
        let sensible = |at: DateTime<Utc>| is_sensible(at.date_naive());
        let years = "Please enter a time from the years 1900 to 2999.";
        let mut check = Check::default();
        check
            .that((1..=LAST_ROUND).contains(&self.round), "round", "Please use a round from 1 to 99.")
            .that(sensible(self.starts_at), "starts_at", years)
            .that(sensible(self.ends_at), "ends_at", years)
            .that(self.ends_at > self.starts_at, "ends_at", "The end must be after the start.")
            .that(
                self.ends_at - self.starts_at <= Duration::days(LONGEST_DAYS),
                "ends_at",
                "An interview can take seven days at most.",
            )
            .that(zone.is_ok(), "time_zone", "Please use a name such as Europe/Berlin.")
            .that(self.place.chars().count() <= LINE, "place", "Please use at most 300 characters.")
            .that(
                self.link.as_deref().is_none_or(is_link),
                "link",
                "Please enter a full link that starts with https:// or http://.",
            )
            .that(self.people.len() <= PEOPLE, "people", "Please keep this to 50 people.")
            .that(
                self.people.iter().all(|person| person.chars().count() <= PERSON),
                "people",
                "Please keep each line under 200 characters.",
            )
            .that(self.preparation.chars().count() <= TEXT, "preparation", "Please use at most 20,000 characters.")
            .that(self.notes.chars().count() <= TEXT, "notes", "Please use at most 20,000 characters.")
            .that(self.thanked_at.is_none_or(sensible), "thanked_at", years);
        check.done()?;
        self.time_zone = zone.ok().map(|zone| zone.name().to_owned());
        Ok(self)
    }

    /// A new interview of a checked draft.
    pub fn made(self, application_id: ApplicationId, at: DateTime<Utc>) -> Interview {
        Interview {
            id: InterviewId::fresh(),
            application_id,
            round: self.round,
            kind: self.kind,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            time_zone: self.time_zone.unwrap_or_else(|| "UTC".into()),
            place: self.place,
            link: self.link,
            people: self.people,
            preparation: self.preparation,
            result: self.result,
            notes: self.notes,
            thanked_at: self.thanked_at,
            version: 1,
            sequence: 0,
            created_at: at,
            updated_at: at,
        }
    }
}

impl From<Interview> for InterviewDraft {
    /// The interview as it is, to be changed in part.
    fn from(interview: Interview) -> Self {
        InterviewDraft {
            round: interview.round,
            kind: interview.kind,
            starts_at: interview.starts_at,
            ends_at: interview.ends_at,
            time_zone: Some(interview.time_zone),
            place: interview.place,
            link: interview.link,
            people: interview.people,
            preparation: interview.preparation,
            result: interview.result,
            notes: interview.notes,
            thanked_at: interview.thanked_at,
            move_along: false,
            version: None,
        }
    }
}

impl Interview {
    /// Whether both say the same, whenever and however often they were changed.
    pub fn says_the_same(&self, other: &Interview) -> bool {
        let Interview { version, sequence, created_at, updated_at, .. } = *other;
        Interview { version, sequence, created_at, updated_at, ..self.clone() } == *other
    }

    /// What this becomes when it is to say what `other` says: its version, and for calendars its sequence, go on.
    pub fn changed_to(&self, other: Interview, at: DateTime<Utc>) -> Interview {
        let same = self.is_the_same_in_calendars(&other);
        Interview {
            id: self.id,
            application_id: self.application_id,
            version: self.version + 1,
            sequence: self.sequence + i64::from(!same),
            created_at: self.created_at,
            updated_at: at,
            ..other
        }
    }

    /// Whether a calendar shows the same of both.
    fn is_the_same_in_calendars(&self, other: &Interview) -> bool {
        let off = |one: &Interview| one.result == InterviewResult::Cancelled;
        (self.round, self.kind, self.starts_at, self.ends_at)
            == (other.round, other.kind, other.starts_at, other.ends_at)
            && (&self.time_zone, &self.place, &self.link) == (&other.time_zone, &other.place, &other.link)
            && off(self) == off(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> InterviewDraft {
        let text = r#"{"type": "video", "starts_at": "2026-11-27T14:30:00Z", "ends_at": "2026-11-27T15:30:00Z"}"#;
        serde_json::from_str(text).expect("a draft")
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = InterviewDraft {
            round: 0,
            ends_at: draft().starts_at,
            time_zone: Some("Mars/Olympus".into()),
            place: "x".repeat(301),
            link: Some("javascript:alert(1)".into()),
            people: vec!["x".repeat(201)],
            preparation: "x".repeat(TEXT + 1),
            ..draft()
        };
        let fields = wrong.checked("UTC").expect_err("much is wrong").fields();
        let named: Vec<&str> = fields.keys().map(String::as_str).collect();
        assert_eq!(named, ["ends_at", "link", "people", "place", "preparation", "round", "time_zone"]);
        let long = InterviewDraft { ends_at: draft().starts_at + Duration::days(8), ..draft() };
        assert!(long.checked("UTC").expect_err("too long").fields()["ends_at"].contains("seven days"));
    }

    #[test]
    fn only_what_a_calendar_shows_raises_the_sequence() {
        let draft = draft().checked("Europe/Berlin").expect("it is in order");
        assert_eq!(draft.time_zone.as_deref(), Some("Europe/Berlin"));
        let first = draft.made(ApplicationId::fresh(), Utc::now());
        let noted = first.changed_to(Interview { notes: "Went well".into(), ..first.clone() }, Utc::now());
        assert_eq!((noted.version, noted.sequence), (2, 0));
        let passed = noted.changed_to(Interview { result: InterviewResult::Passed, ..noted.clone() }, Utc::now());
        assert_eq!((passed.version, passed.sequence), (3, 0));
        let moved = passed.changed_to(Interview { place: "Room 4".into(), ..passed.clone() }, Utc::now());
        assert_eq!((moved.version, moved.sequence), (4, 1));
        let off = moved.changed_to(Interview { result: InterviewResult::Cancelled, ..moved.clone() }, Utc::now());
        assert_eq!((off.version, off.sequence), (5, 2));
        assert!(!off.says_the_same(&moved) && moved.says_the_same(&Interview { version: 9, ..moved.clone() }));
    }
}
