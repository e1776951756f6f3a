use crate::jobs::JobStatus;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Where an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema, sqlx::Type), sqlx(type_name = "TEXT", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum ApplicationStatus {
    Interested,
    Applied,
    Interview,
    Offer,
    Accepted,
    Rejected,
    Withdrawn,
}

use ApplicationStatus::{Accepted, Applied, Interested, Interview, Offer, Rejected, Withdrawn};

impl ApplicationStatus {
    pub const ALL: [ApplicationStatus; 7] = [Interested, Applied, Interview, Offer, Accepted, Rejected, Withdrawn];

    /// The stored and transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            Interested => "interested",
            Applied => "applied",
            Interview => "interview",
            Offer => "offer",
            Accepted => "accepted",
            Rejected => "rejected",
            Withdrawn => "withdrawn",
        }
    }

    /// How it reads on a page.
    pub fn label(self) -> &'static str {
        match self {
            Interested => "Interested",
            Applied => "Applied",
            Interview => "Interview",
            Offer => "Offer",
            Accepted => "Accepted",
            Rejected => "Rejected",
            Withdrawn => "Withdrawn",
        }
    }

    /// The badge's class.
    pub fn tone(self) -> &'static str {
        self.job_status().tone()
    }

    /// What the job's status is while its application has this one.
    pub fn job_status(self) -> JobStatus {
        match self {
            Interested => JobStatus::NotApplied,
            Applied => JobStatus::Applied,
            Interview => JobStatus::Interview,
            Offer => JobStatus::Offer,
            Accepted => JobStatus::Accepted,
            Rejected => JobStatus::Rejected,
            Withdrawn => JobStatus::Withdrawn,
        }
    }

    /// The application status that goes with a job's; an archived job says nothing about its application.
    pub fn of_job(status: JobStatus) -> Option<Self> {
        ApplicationStatus::ALL.into_iter().find(|own| own.job_status() == status)
    }

    /// True from the moment the application was sent.
    pub fn is_sent(self) -> bool {
        self != Interested
    }
}

impl FromStr for ApplicationStatus {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        ApplicationStatus::ALL.into_iter().find(|status| status.as_str() == text).ok_or(())
    }
}

impl fmt::Display for ApplicationStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
