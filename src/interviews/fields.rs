//! The interview form's texts, turned into an [`InterviewDraft`]. A field that cannot be read is named, and nothing else is lost.

use super::{Interview, InterviewKind, InterviewResult, actions, draft::InterviewDraft, store, words};
use crate::{
    acts::Done,
    error::{Check, Error, Result},
    events,
    ids::{ApplicationId, InterviewId},
    profile,
    session::Who,
    state::App,
};
use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;

/// How long an interview takes whose end is left empty.
const USUAL: Duration = Duration::hours(1);

/// As typed.
pub struct InterviewFields {
    pub round: String,
    pub kind: String,
    pub starts_at: String,
    pub ends_at: String,
    pub time_zone: String,
    pub place: String,
    pub link: String,
    pub people: String,
    pub preparation: String,
    pub result: String,
    pub notes: String,
    pub thanked_at: String,
}

impl InterviewFields {
    /// Adds an interview to an application.
    pub async fn add(self, app: &App, who: &Who, id: ApplicationId, move_along: bool) -> Result<Done> {
        let own = profile::store::get(app, who.user).await?.time_zone;
        let draft = InterviewDraft { move_along, ..self.draft(&own, None)? };
        actions::add(app, who, id, draft).await
    }

    /// Changes an interview.
    pub async fn change(self, app: &App, who: &Who, id: InterviewId, version: Option<i64>) -> Result<Done> {
        let before = store::get(app, who.user, id).await?;
        let draft = InterviewDraft { version, ..self.draft(&before.time_zone, Some(&before))? };
        actions::rewrite(app, who, id, draft).await
    }

    fn draft(self, own: &str, before: Option<&Interview>) -> Result<InterviewDraft> {
        let zone = if self.time_zone.trim().is_empty() { own } else { self.time_zone.trim() };
        let zone: Option<Tz> = zone.parse().ok();
        // A form knows minutes, and an hour that comes twice but once: what was not touched stays the moment it was.
        let kept = |text: &str, at: Option<DateTime<Utc>>| {
            let same = before.zip(zone).is_some_and(|(before, zone)| before.time_zone == zone.name());
            at.filter(|at| same && zone.is_some_and(|zone| words::typed(*at, zone) == text.trim().replace(' ', "T")))
        };
        let moment = |text: &str, at: Option<DateTime<Utc>>| {
            kept(text, at).or_else(|| events::local(zone.unwrap_or(Tz::UTC), text))
        };
        let starts = moment(&self.starts_at, before.map(|before| before.starts_at));
        let ends = if self.ends_at.trim().is_empty() {
            starts.map(|at| at + USUAL)
        } else {
            moment(&self.ends_at, before.map(|before| before.ends_at))
        };
        let thanked = moment(&self.thanked_at, before.and_then(|before| before.thanked_at));
        let round = self.round.trim().parse::<i64>();
        let (kind, result) = (self.kind.parse::<InterviewKind>(), self.result.parse::<InterviewResult>());
        let time = "Please enter a date and a time, such as 2026-11-27 14:30.";
        let choose = "Please choose one of the list.";
        let mut check = Check::default();
        check
            .that(self.round.trim().is_empty() || round.is_ok(), "round", "Please use a round from 1 to 99.")
            .that(kind.is_ok(), "kind", choose)
            .that(self.result.is_empty() || result.is_ok(), "result", choose)
            .that(starts.is_some(), "starts_at", time)
            .that(ends.is_some() || starts.is_none() && self.ends_at.trim().is_empty(), "ends_at", time)
            .that(zone.is_some(), "time_zone", "Please use a name such as Europe/Berlin.")
            .that(self.thanked_at.trim().is_empty() || thanked.is_some(), "thanked_at", time);
        // Where a moment is missing, another one stands in, so that everything else is looked at as well.
        let starts_at = starts.unwrap_or_default();
        let draft = InterviewDraft {
            round: round.unwrap_or(1),
            kind: kind.unwrap_or(InterviewKind::Other),
            starts_at,
            ends_at: ends.unwrap_or(starts_at + USUAL),
            time_zone: zone.map(|zone| zone.name().to_owned()),
            place: self.place,
            link: Some(self.link),
            people: self.people.lines().map(str::to_owned).collect(),
            preparation: self.preparation,
            result: result.unwrap_or_default(),
            notes: self.notes,
            thanked_at: thanked,
            move_along: false,
            version: None,
        };
        let unread = check.done();
        let mut all = unread.as_ref().err().map(Error::fields).unwrap_or_default();
        if let Err(error) = draft.clone().checked(own) {
            for (field, message) in error.fields() {
                // Of an end there is nothing to say while there is no start.
                if !(field == "ends_at" && starts.is_none()) {
                    all.entry(field).or_insert(message);
                }
            }
        }
        if all.is_empty() { Ok(draft) } else { Err(Error::Invalid(all)) }
    }
}
