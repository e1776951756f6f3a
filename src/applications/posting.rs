//! A posting as it was when somebody applied to it: it stays readable when the link dies and the job record is edited.

use chrono::{DateTime, NaiveDate, Utc};
use posting::Salary;
use serde::{Deserialize, Serialize};

/// What was kept of the posting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedPosting {
    pub company: String,
    pub title: String,
    pub location: String,
    pub description: String,
    #[serde(default)]
    pub responsibilities: Vec<String>,
    #[serde(default)]
    pub requirements: Vec<String>,
    #[serde(default)]
    pub salary: Option<Salary>,
    #[serde(default)]
    pub url: Option<String>,
    #[serde(default, deserialize_with = "crate::wire::maybe_day")]
    pub date_posted: Option<NaiveDate>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub saved_at: DateTime<Utc>,
}

#[cfg(feature = "ssr")]
impl SavedPosting {
    /// Of a job as it is at this moment.
    pub fn of(job: crate::jobs::Job, at: DateTime<Utc>) -> Self {
        SavedPosting {
            company: job.company,
            title: job.title,
            location: job.location,
            description: job.description,
            responsibilities: job.responsibilities,
            requirements: job.requirements,
            salary: job.salary,
            url: job.url,
            date_posted: job.date_posted,
            saved_at: at,
        }
    }
}
