//! What a briefing holds, by kind. Kept sealed, and handed to programs; `words.rs` says it to people.

use crate::ids::{ApplicationId, JobId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Of a list no more are kept; the rest is a number.
pub const MOST: usize = 5;

/// What a briefing holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = BriefingContent)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    Morning(Morning),
    Evening(Evening),
    Weekly(Weekly),
}

/// The first of a list, and how many more there are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Few<T> {
    pub items: Vec<T>,
    /// How many were left out.
    pub more: u32,
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Few { items: Vec::new(), more: 0 }
    }
}

impl<T> Few<T> {
    /// The first ones of all.
    pub fn of(mut all: Vec<T>) -> Self {
        let more = count(all.len().saturating_sub(MOST));
        all.truncate(MOST);
        Few { items: all, more }
    }

    /// How many there are with those left out.
    pub fn count(&self) -> u32 {
        count(self.items.len()).saturating_add(self.more)
    }
}

/// A length as it is kept.
pub fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// What the day holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Morning {
    pub due: Few<Due>,
    /// Tasks that were due before today.
    pub overdue: Few<Due>,
    /// The best jobs not applied to, at most five.
    pub matches: Vec<Match>,
    /// Alerts since the briefing before.
    pub alerts: Few<Raised>,
    /// What is worth doing about applications, at most five.
    pub actions: Vec<Step>,
}

/// What the day brought.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Evening {
    pub done: Few<Did>,
    /// Jobs that were added.
    pub jobs: u32,
    pub moved: Few<Moved>,
    /// What is due tomorrow.
    pub tomorrow: Few<Due>,
}

/// A week, Monday to Sunday.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Weekly {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub sent: Count,
    /// First answers to applications: an interview, an offer, a rejection.
    pub answers: Count,
    /// Interviews that took place.
    pub interviews: Count,
    /// Changes of stage.
    pub moved: Count,
    /// Jobs that were added.
    pub jobs: Count,
    /// Those of them that scored at or above the person's threshold.
    pub matches: Count,
    /// Of what was sent in the ninety days before the week's end.
    pub rate: Rate,
    /// The same, a week earlier.
    pub rate_before: Rate,
    /// Which stages applications went from and to, the most frequent first.
    pub moves: Few<Flow>,
    /// How long applications have been in their stages.
    pub standing: Few<Standing>,
    /// Where the week's jobs came from, those with the most matches first.
    pub sources: Few<Origin>,
    /// Applications that went quiet in this week.
    pub stale: Few<Stale>,
}

/// A number of the week, and of the week before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Count {
    pub now: u32,
    pub before: u32,
}

/// How many applications were answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Rate {
    pub answered: u32,
    pub sent: u32,
}

/// What something due is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Task,
    /// A reminder of something that is due later.
    Reminder,
    Interview,
    /// The last day to decide on an offer.
    Decision,
    /// The last day to apply.
    Closing,
}

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Due {
    pub what: What,
    pub title: String,
    /// What it is for, and the like; may be empty.
    pub about: String,
    /// The time where the person is, `14:30`; of overdue things the day; empty for the whole day.
    pub at: String,
    /// Where it is on this site.
    pub path: String,
}

/// A job that fits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Match {
    pub job_id: JobId,
    pub title: String,
    pub company: String,
    pub location: String,
    /// 0 to 100.
    pub score: u8,
    /// What the parts of the score say.
    pub reasons: Vec<String>,
    /// Whether it arrived since the briefing before.
    pub new: bool,
}

/// An alert.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Raised {
    pub job_id: JobId,
    pub title: String,
    pub company: String,
    pub score: u8,
}

/// Something worth doing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Step {
    pub application_id: ApplicationId,
    pub text: String,
    pub reason: String,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Did {
    pub text: String,
    pub about: String,
    pub path: String,
}

/// An application that changed its stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Moved {
    pub application_id: ApplicationId,
    pub title: String,
    pub company: String,
    pub from: String,
    pub to: String,
}

/// How many applications went from one stage to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Flow {
    pub from: String,
    pub to: String,
    pub count: u32,
}

/// How long applications have been in a stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Standing {
    /// The stage's key, and its name.
    pub stage: String,
    pub name: String,
    pub count: u32,
    /// The median.
    pub days: u32,
}

/// What a source brought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, sqlx::FromRow)]
pub struct Origin {
    pub source: String,
    #[sqlx(try_from = "i64")]
    pub jobs: u32,
    #[sqlx(try_from = "i64")]
    pub matches: u32,
}

/// An application nothing has happened to for a while.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Stale {
    pub application_id: ApplicationId,
    pub title: String,
    pub company: String,
    pub stage: String,
    pub days: u32,
}

impl Content {
    /// Whether it says anything that is due or new.
    pub fn is_news(&self) -> bool {
        match self {
            Content::Morning(morning) => {
                morning.due.count() + morning.overdue.count() + morning.alerts.count() > 0
                    || morning.matches.iter().any(|one| one.new)
            }
            Content::Evening(evening) => {
                evening.done.count() + evening.jobs + evening.moved.count() + evening.tomorrow.count() > 0
            }
            Content::Weekly(week) => {
                [week.sent, week.answers, week.interviews, week.moved, week.jobs, week.matches]
                    .iter()
                    .any(|count| count.now > 0)
                    || week.stale.count() > 0
            }
        }
    }
}
