use serde::{Deserialize, Serialize};
use std::fmt;

/// Where a job stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum JobStatus {
    #[default]
    NotApplied,
    Applied,
    Interview,
    Offer,
    Rejected,
    Accepted,
    Withdrawn,
    Archived,
}

impl JobStatus {
    pub const ALL: [JobStatus; 8] = [
        JobStatus::NotApplied,
        JobStatus::Applied,
        JobStatus::Interview,
        JobStatus::Offer,
        JobStatus::Rejected,
        JobStatus::Accepted,
        JobStatus::Withdrawn,
        JobStatus::Archived,
    ];

    /// The stored and transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            JobStatus::NotApplied => "not_applied",
            JobStatus::Applied => "applied",
            JobStatus::Interview => "interview",
            JobStatus::Offer => "offer",
            JobStatus::Rejected => "rejected",
            JobStatus::Accepted => "accepted",
            JobStatus::Withdrawn => "withdrawn",
            JobStatus::Archived => "archived",
        }
    }

    /// How it reads on a page.
    pub fn label(self) -> &'static str {
        match self {
            JobStatus::NotApplied => "Not applied",
            JobStatus::Applied => "Applied",
            JobStatus::Interview => "Interview",
            JobStatus::Offer => "Offer",
            JobStatus::Rejected => "Rejected",
            JobStatus::Accepted => "Accepted",
            JobStatus::Withdrawn => "Withdrawn",
            JobStatus::Archived => "Archived",
        }
    }

    /// The badge's class.
    pub fn tone(self) -> &'static str {
        match self {
            JobStatus::NotApplied | JobStatus::Withdrawn | JobStatus::Archived => "muted",
            JobStatus::Applied => "info",
            JobStatus::Interview => "accent",
            JobStatus::Offer | JobStatus::Accepted => "good",
            JobStatus::Rejected => "bad",
        }
    }

    /// The inverse of [`JobStatus::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        JobStatus::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

impl fmt::Display for JobStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
