//! What an interview is, and what came of it.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What kind of interview it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema, sqlx::Type), sqlx(type_name = "TEXT", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum InterviewKind {
    Phone,
    Video,
    OnSite,
    Technical,
    Panel,
    TaskAtHome,
    Other,
}

impl InterviewKind {
    pub const ALL: [InterviewKind; 7] = [
        InterviewKind::Phone,
        InterviewKind::Video,
        InterviewKind::OnSite,
        InterviewKind::Technical,
        InterviewKind::Panel,
        InterviewKind::TaskAtHome,
        InterviewKind::Other,
    ];

    /// The stored and transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            InterviewKind::Phone => "phone",
            InterviewKind::Video => "video",
            InterviewKind::OnSite => "on_site",
            InterviewKind::Technical => "technical",
            InterviewKind::Panel => "panel",
            InterviewKind::TaskAtHome => "task_at_home",
            InterviewKind::Other => "other",
        }
    }

    /// How it reads on a page.
    pub fn label(self) -> &'static str {
        match self {
            InterviewKind::Phone => "Phone",
            InterviewKind::Video => "Video",
            InterviewKind::OnSite => "On site",
            InterviewKind::Technical => "Technical",
            InterviewKind::Panel => "Panel",
            InterviewKind::TaskAtHome => "Task at home",
            InterviewKind::Other => "Other",
        }
    }
}

impl FromStr for InterviewKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        InterviewKind::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

impl fmt::Display for InterviewKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema, sqlx::Type), sqlx(type_name = "TEXT", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum InterviewResult {
    /// It has not been yet.
    #[default]
    Planned,
    /// It has been; no word yet.
    Waiting,
    Passed,
    Failed,
    Cancelled,
}

impl InterviewResult {
    pub const ALL: [InterviewResult; 5] = [
        InterviewResult::Planned,
        InterviewResult::Waiting,
        InterviewResult::Passed,
        InterviewResult::Failed,
        InterviewResult::Cancelled,
    ];

    /// The stored and transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            InterviewResult::Planned => "planned",
            InterviewResult::Waiting => "waiting",
            InterviewResult::Passed => "passed",
            InterviewResult::Failed => "failed",
            InterviewResult::Cancelled => "cancelled",
        }
    }

    /// How it reads on a page.
    pub fn label(self) -> &'static str {
        match self {
            InterviewResult::Planned => "Planned",
            InterviewResult::Waiting => "Waiting for word",
            InterviewResult::Passed => "Passed",
            InterviewResult::Failed => "Failed",
            InterviewResult::Cancelled => "Cancelled",
        }
    }

    /// The badge's class.
    pub fn tone(self) -> &'static str {
        match self {
            InterviewResult::Planned => "info",
            InterviewResult::Waiting => "warn",
            InterviewResult::Passed => "good",
            InterviewResult::Failed => "bad",
            InterviewResult::Cancelled => "muted",
        }
    }
}

impl FromStr for InterviewResult {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        InterviewResult::ALL.into_iter().find(|result| result.as_str() == text).ok_or(())
    }
}

impl fmt::Display for InterviewResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
