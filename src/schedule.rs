//! What is done at its time of day, in each time zone that people are in.

pub mod fan;
pub mod planner;
pub mod store;
pub mod times;

use chrono::{NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

/// What there is to do at its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Schedule {
    /// Reads the sources.
    Ingest,
    /// Looks whether postings are still open.
    Openings,
    /// The morning's briefing.
    Morning,
    /// The evening's summary.
    Evening,
    /// The week's report.
    Weekly,
}

impl Schedule {
    /// All of them.
    pub const ALL: [Schedule; 5] =
        [Schedule::Ingest, Schedule::Openings, Schedule::Morning, Schedule::Evening, Schedule::Weekly];

    /// The stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Schedule::Ingest => "ingest",
            Schedule::Openings => "openings",
            Schedule::Morning => "morning",
            Schedule::Evening => "evening",
            Schedule::Weekly => "weekly",
        }
    }

    /// Whether it asks sources for something.
    pub fn scrapes(self) -> bool {
        matches!(self, Schedule::Ingest | Schedule::Openings)
    }

    /// When a clock where the people are shows that it is time, and on which day of the week where it is not every day.
    pub fn time(self) -> (Option<Weekday>, NaiveTime) {
        let (day, hour) = match self {
            Schedule::Openings => (None, 2),
            Schedule::Ingest => (None, 4),
            Schedule::Weekly => (Some(Weekday::Mon), 7),
            Schedule::Morning => (None, 8),
            Schedule::Evening => (None, 20),
        };
        (day, NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default())
    }
}
