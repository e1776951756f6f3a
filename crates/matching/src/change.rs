use crate::{
    Job, Key,
    location::{Reach, Wants},
    skills::Owned,
};
use posting::{Level, Remote};
use std::{cmp::Reverse, fmt};

/// One thing that would raise a score. The points are what it would add alone, exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// To have this skill.
    Learn { skill: Key, points: u8 },
    /// To name this place among the preferred ones.
    AddPlace { place: String, points: u8 },
    /// To take this way of working as well.
    TakeWay { way: Remote, points: u8 },
    /// To be willing to move.
    Relocate { points: u8 },
    /// To say where one wants to work; the points are the most that it can add.
    NamePlaces { points: u8 },
    /// To say one's level; the points are the most that it can add.
    NameLevel { points: u8 },
}

impl Change {
    pub fn points(&self) -> u8 {
        match *self {
            Change::Learn { points, .. }
            | Change::AddPlace { points, .. }
            | Change::TakeWay { points, .. }
            | Change::Relocate { points }
            | Change::NamePlaces { points }
            | Change::NameLevel { points } => points,
        }
    }
}

impl fmt::Display for Change {
    /// A sentence; [`Change::Learn`] reads as the continuation of the skill's name, which only the caller knows.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let points = self.points();
        let plural = if points == 1 { "point" } else { "points" };
        match self {
            Change::Learn { .. } => write!(f, "would add {points} {plural}"),
            Change::AddPlace { place, .. } => {
                write!(f, "Naming {place} as a place you would work would add {points} {plural}")
            }
            Change::TakeWay { way, .. } => {
                write!(f, "Taking {} work would add {points} {plural}", crate::location::words(*way))
            }
            Change::Relocate { .. } => write!(f, "Being willing to move would add {points} {plural}"),
            Change::NamePlaces { .. } => write!(f, "Saying where you want to work could add up to {points} {plural}"),
            Change::NameLevel { .. } => write!(f, "Saying how senior you are could add up to {points} {plural}"),
        }
    }
}

/// Skills beyond these add less, and a person reads no further.
const MOST_SKILLS: usize = 5;

/// What would raise the score of this job, most points first; skills before places before the level among equals.
pub(crate) fn changes(owned: &Owned, wants: &Wants, yours: Option<Level>, job: &Job) -> Vec<Change> {
    let mut out: Vec<Change> =
        owned.gains(job).into_iter().map(|(skill, points)| Change::Learn { skill, points }).collect();
    out.sort_by_key(|change| Reverse(change.points()));
    out.truncate(MOST_SKILLS);
    out.extend(location_changes(wants, job));
    if yours.is_none() && job.level().is_some() {
        out.push(Change::NameLevel { points: crate::EXPERIENCE_WEIGHT / 2 });
    }
    out.sort_by_key(|change| Reverse(change.points()));
    out
}

fn location_changes(wants: &Wants, job: &Job) -> Vec<Change> {
    let now = wants.score(job);
    let more = |other: Wants| other.score(job).saturating_sub(now);
    let mut out = Vec::new();
    let remote = job.remote() == Some(Remote::Remote);
    let verdict = wants.judge(job);
    if verdict.reach() == Reach::YoursUnknown {
        out.push(Change::NamePlaces { points: verdict.with(Reach::SameCity).score() - now });
    } else if !remote && let Some(place) = job.places().iter().find(|place| place.city.is_some()) {
        out.push(Change::AddPlace { place: place.label(), points: more(wants.with_place(place)) });
    }
    if let Some(way) = job.remote() {
        out.push(Change::TakeWay { way, points: more(wants.with_any_way()) });
    }
    out.push(Change::Relocate { points: more(wants.with_relocation()) });
    out.retain(|change| change.points() > 0);
    out
}
