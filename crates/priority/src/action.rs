//! What is worth doing about an application.

use crate::facts::{Facts, Standing};
use serde::{Deserialize, Serialize};

/// Something to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// Answer an offer before it ends.
    Decide,
    Prepare,
    Thank,
    /// Apply before the posting closes.
    ApplyBefore,
    /// Do what is overdue.
    Tasks,
    FollowUp,
    Apply,
}

impl Doing {
    pub const ALL: [Doing; 7] =
        [Doing::Decide, Doing::Prepare, Doing::Thank, Doing::ApplyBefore, Doing::Tasks, Doing::FollowUp, Doing::Apply];

    /// Its word in keys and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Doing::Decide => "decide",
            Doing::Prepare => "prepare",
            Doing::Thank => "thank",
            Doing::ApplyBefore => "apply_before",
            Doing::Tasks => "tasks",
            Doing::FollowUp => "follow_up",
            Doing::Apply => "apply",
        }
    }

    /// The inverse of [`Doing::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Doing::ALL.into_iter().find(|doing| doing.as_str() == text)
    }
}

/// An action and what makes it worth doing now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    pub doing: Doing,
    /// Added to the application's score when actions are put in order: what has an hour comes before what has a week.
    pub urgency: u8,
}

/// A good match is worth applying to from here on.
const GOOD_MATCH: u8 = 60;
/// Days before something ends at which it is said.
const BEFORE_END: i64 = 7;
/// Hours before an interview at which preparing is said.
const BEFORE_INTERVIEW: i64 = 7 * 24;

/// What is worth doing, the most urgent first; `quiet_after` are the days of silence after which the person wants to ask.
pub fn actions(facts: &Facts, quiet_after: i64) -> Vec<Action> {
    let mut all = Vec::new();
    let mut add = |doing, urgency| all.push(Action { doing, urgency });
    if facts.standing == Standing::Over {
        return all;
    }
    let ends = facts.ends_in_days.filter(|days| *days >= 0);
    if facts.standing == Standing::Offer {
        // An offer without a day is waiting too.
        add(Doing::Decide, ends.map_or(60, |days| soon(days, 14, 100)));
    }
    if let Some(hours) = facts.interview_in_hours.filter(|hours| (0..=BEFORE_INTERVIEW).contains(hours)) {
        add(Doing::Prepare, soon(hours, BEFORE_INTERVIEW, 95));
    }
    let meets = facts.interview_in_hours.is_some_and(|hours| hours >= 0);
    if facts.standing == Standing::Interview && !meets && facts.unthanked_hours.is_none() {
        // They talk, and no day is known: still worth an hour.
        add(Doing::Prepare, 35);
    }
    if facts.unthanked_hours.is_some_and(|hours| (0..=72).contains(&hours)) {
        add(Doing::Thank, 55);
    }
    if facts.overdue_tasks > 0 {
        add(Doing::Tasks, 65);
    }
    if facts.standing == Standing::Interested {
        match ends.filter(|days| *days <= BEFORE_END) {
            Some(days) => add(Doing::ApplyBefore, soon(days, BEFORE_END, 80)),
            None if facts.match_score.is_some_and(|score| score >= GOOD_MATCH) => add(Doing::Apply, 30),
            None => {}
        }
    }
    let waits = matches!(facts.standing, Standing::Applied | Standing::Interview);
    if waits && !meets && facts.quiet_days >= quiet_after.max(1) {
        add(Doing::FollowUp, 45);
    }
    all.sort_by(|a, b| b.urgency.cmp(&a.urgency).then(a.doing.cmp(&b.doing)));
    all
}

/// `most` when there is no time left, half of it when there is `span`.
fn soon(left: i64, span: i64, most: u8) -> u8 {
    let left = left.clamp(0, span);
    let half = i64::from(most) / 2;
    u8::try_from(i64::from(most) - half * left / span.max(1)).unwrap_or(most)
}
