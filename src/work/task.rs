//! What can be done in the background.
//!
//! Another kind of work is a variant of [`Task`], one of [`Kind`] (with its word, its limit and its place in [`Kind::ALL`]), and an arm
//! in `handlers.rs`. Payloads are stored: a variant keeps its name and its fields, or what waits cannot be read any more.

use crate::{
    briefings,
    ids::{SearchId, SourceId, UserId},
    schedule::Schedule,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// One thing to do. It carries ids only: what they stand for is looked up when it is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum Task {
    /// Reads a source and takes in what it has.
    FetchSource { source: SourceId },
    /// Looks whether the postings of a source are still open.
    CheckOpenings { source: SourceId },
    /// Holds postings that arrived against everybody's searches.
    Look,
    /// Brings a person what was found for them.
    Deliver { user: UserId },
    /// Holds everything known against a search that is new or was changed.
    Backfill { user: UserId, search: SearchId },
    /// Makes a person's briefing of a day.
    Brief { user: UserId, kind: briefings::Kind, day: NaiveDate },
    /// One page of the people in a time zone for whom something of the schedule is due; puts in the next one.
    FanOut { schedule: Schedule, zone: String, planned: DateTime<Utc>, after: Option<UserId> },
}

/// The kinds of work: each has room of its own, so that much of one holds up no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Kind {
    FetchSource,
    CheckOpenings,
    Look,
    Deliver,
    Backfill,
    Brief,
    FanOut,
}

impl Kind {
    /// All of them, as they are numbered.
    pub const ALL: [Kind; 7] =
        [Kind::FetchSource, Kind::CheckOpenings, Kind::Look, Kind::Deliver, Kind::Backfill, Kind::Brief, Kind::FanOut];

    /// The stored form, and the one of metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::FetchSource => "fetch_source",
            Kind::CheckOpenings => "check_openings",
            Kind::Look => "look",
            Kind::Deliver => "deliver",
            Kind::Backfill => "backfill",
            Kind::Brief => "brief",
            Kind::FanOut => "fan_out",
        }
    }

    /// As many as are carried out at the same time by one server.
    pub fn at_once(self) -> usize {
        match self {
            Kind::FetchSource => 4,
            Kind::CheckOpenings | Kind::Deliver | Kind::Brief => 2,
            Kind::Look | Kind::Backfill | Kind::FanOut => 1,
        }
    }

    /// Whether it has to be done once more when it is asked for while it is under way: it may have looked already.
    pub fn looks_again(self) -> bool {
        match self {
            Kind::Look | Kind::Deliver | Kind::Backfill => true,
            Kind::FetchSource | Kind::CheckOpenings | Kind::Brief | Kind::FanOut => false,
        }
    }
}

impl Task {
    /// Which kind it is of.
    pub fn kind(&self) -> Kind {
        match self {
            Task::FetchSource { .. } => Kind::FetchSource,
            Task::CheckOpenings { .. } => Kind::CheckOpenings,
            Task::Look => Kind::Look,
            Task::Deliver { .. } => Kind::Deliver,
            Task::Backfill { .. } => Kind::Backfill,
            Task::Brief { .. } => Kind::Brief,
            Task::FanOut { .. } => Kind::FanOut,
        }
    }
}

/// How pressing something is among others of its kind. It moves the turn and does not decide it: what has waited long enough comes
/// before what is more pressing and new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// Somebody waits for it.
    Now,
    Usual,
    /// Whenever there is time.
    Later,
}

impl Priority {
    /// How much later than at its time its turn comes.
    pub fn behind(self) -> TimeDelta {
        match self {
            Priority::Now => TimeDelta::zero(),
            Priority::Usual => TimeDelta::minutes(10),
            Priority::Later => TimeDelta::hours(2),
        }
    }
}

/// What to put into the queue.
#[derive(Clone, Debug)]
pub struct Order {
    pub task: Task,
    pub priority: Priority,
    /// Not before.
    pub run_at: DateTime<Utc>,
    /// Of orders with the same words only one waits or is under way.
    pub once: Option<String>,
    /// Whom it is done for: they see how far it is, and it goes when their account does.
    pub user: Option<UserId>,
}
