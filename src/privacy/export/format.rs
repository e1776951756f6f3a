//! What is in an exported file. A name or a field, once written, keeps its meaning; new ones may come.

use crate::{applications::ApplicationStatus, ids::*, jobs::draft::JobDraft};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The `format` of every manifest.
pub const FORMAT: &str = "career-copilot-export";
/// The newest version that is written and can be read.
pub const VERSION: u32 = 1;

pub const MANIFEST: &str = "manifest.json";
pub const PROFILE: &str = "profile.json";
pub const JOBS: &str = "jobs.json";
pub const APPLICATIONS: &str = "applications.json";
pub const ALERTS: &str = "alerts.json";

/// For whoever opens the file.
pub const README: &str = "\
Everything you keep at Career Co-Pilot, as of the moment in manifest.json.

Each .json file is text in UTF-8 (RFC 8259). Moments are RFC 3339 in UTC, days are YYYY-MM-DD.

manifest.json      what this is: format, version, when it was made
account.json       your address, name, roles, ways in, places you are signed in, access tokens (never the secrets
                   themselves), and what you agreed to
profile.json       your profile: the body of PUT /api/v1/profile
jobs.json          a list; `job` is the body of POST /api/v1/jobs; deleted_at where it rests in the bin
applications.json  a list; job_id is the id in jobs.json; steps are the statuses it had, oldest first
alerts.json        a list of the jobs you were told about
activity.json      a list of what happened to your data, oldest first
imports.json       a list of the postings that were read in and when; their rows are in jobs.json
account-log.json   what happened to your account, newest first
mail.json          a list of the messages sent to you that are still remembered, without texts that hold a link

It can be taken in again, here or at any other Career Co-Pilot: Account, Your data, \"Take a file in\".
Jobs, applications, alerts and the profile come back then.
";

#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub format: String,
    pub version: u32,
    pub made_at: DateTime<Utc>,
    /// The address of the site that made it.
    pub made_by: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedJob {
    pub id: JobId,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    #[serde(default)]
    pub deleted_at: Option<DateTime<Utc>>,
    /// 0 to 100; what it was when the file was made.
    #[serde(default)]
    pub match_score: Option<u8>,
    pub job: JobDraft,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedApplication {
    pub id: ApplicationId,
    pub job_id: JobId,
    pub status: ApplicationStatus,
    #[serde(default)]
    pub notes: String,
    #[serde(default)]
    pub applied_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    #[serde(default)]
    pub steps: Vec<ExportedStep>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedStep {
    pub status: ApplicationStatus,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedAlert {
    pub job_id: JobId,
    pub score: u8,
    pub created_at: DateTime<Utc>,
    #[serde(default)]
    pub read_at: Option<DateTime<Utc>>,
}
