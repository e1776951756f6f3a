//! What is in an exported file. A name or a field, once written, keeps its meaning; new ones may come.

use crate::{
    applications::{ApplicationStatus, SavedPosting, history::Actor, stages::Colour},
    feedback::{About, Reason, Shown, Verdict},
    ids::*,
    interviews::{InterviewKind, InterviewResult},
    jobs::draft::JobDraft,
    offers::{Pay, Terms, talk::Speaker},
    searches::Criteria,
    sent::DocumentKind,
    tasks::{Remind, Repeat},
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

/// The `format` of every manifest.
pub const FORMAT: &str = "career-copilot-export";
/// The newest version that is written and can be read.
pub const VERSION: u32 = 1;

pub const MANIFEST: &str = "manifest.json";
pub const PROFILE: &str = "profile.json";
pub const JOBS: &str = "jobs.json";
pub const APPLICATIONS: &str = "applications.json";
pub const CONTACTS: &str = "contacts.json";
pub const ALERTS: &str = "alerts.json";
pub const STAGES: &str = "stages.json";
pub const TASKS: &str = "tasks.json";
pub const OFFERS: &str = "offers.json";
pub const TALK: &str = "salary-talk.json";
pub const LETTERS: &str = "letters.json";
pub const VIEWS: &str = "views.json";
pub const FEEDBACK: &str = "feedback.json";
pub const HIDDEN: &str = "hidden-companies.json";
pub const SEARCHES: &str = "searches.json";

/// For whoever opens the file.
pub const README: &str = "\
Everything you keep at Career Co-Pilot, as of the moment in manifest.json.

Each .json file is text in UTF-8 (RFC 8259). Moments are RFC 3339 in UTC, days are YYYY-MM-DD.

manifest.json      what this is: format, version, when it was made
account.json       your address, name, roles, ways in, places you are signed in, access tokens (never the secrets
                   themselves), and what you agreed to
profile.json       your profile: the body of PUT /api/v1/profile
picture.png        your picture, if there is one; or .jpeg, .webp, .gif
jobs.json          a list; `job` is the body of POST /api/v1/jobs; deleted_at where it rests in the bin
stages.json        your pipeline from left to right: each stage's name, colour and the status it stands for
applications.json  a list; job_id is the id in jobs.json; stage is the key of one in stages.json; steps are the stages it
                   had, oldest first; posting is the text as it was then; deleted_at where it rests in the bin;
                   interviews and documents are those of it, contacts the ids of those in contacts.json
contacts.json      a list of the people you know at companies
tasks.json         a list; application_id is the id in applications.json; anchor is when the first of a repeated task was due
                   where you were, nth which of them it is; deleted_at where it rests in the bin
offers.json        a list, one of an application and those in the bin; what is absent is unknown
salary-talk.json   a list of what was said about pay
letters.json       a list of the mail of others that was read for your applications, and what became of it
mailbox.json       the mailbox you connected, if there is one; never its password
google-calendar.json  the calendar you connected, if there is one; never what opens it
reminders.json     how you want to be reminded; quiet_from and quiet_until are minutes of your day
briefings.json     a list of what you were told in the mornings, in the evenings, and about weeks
briefing-settings.json  which of them you get by mail
sources.json       a list of the places you have jobs looked for in, or not, in your order
devices.json       a list of the browsers that show you messages; never what messages could be sent to them by
views.json         a list of the filters you keep under a name
searches.json      a list of what you look for; criteria is as in the body of POST /api/v1/searches; deleted_at where it rests in the bin
matches.json       a list of the postings your searches found; job_id is the id in jobs.json of what each became
match-days.json    a list of how many there were on which day, and how many were left out
alerts.json        a list of the jobs you were told about
feedback.json      a list of what you said about jobs: about is what the job was, shown what the page showed of it then
hidden-companies.json  a list of the companies whose jobs you do not want to see
kept-apart.json    a list of the postings that you said are another opening
activity.json      a list of what happened to your data, oldest first
imports.json       a list of the postings that were read in and when; their rows are in jobs.json
application-imports.json  a list of the tables of applications that were read in and when
account-log.json   what happened to your account, newest first
mail.json          a list of the messages sent to you that are still remembered, without texts that hold a link

It can be taken in again, here or at any other Career Co-Pilot: Account, Your data, \"Take a file in\".
Jobs, applications with their interviews, tasks, offers and mail, contacts, views, searches, alerts, what you said about jobs,
hidden companies, the profile and the picture come back then.
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
    pub stage: String,
    #[serde(default)]
    pub notes: String,
    #[serde(default)]
    pub applied_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    #[serde(default)]
    pub steps: Vec<ExportedStep>,
    #[serde(default)]
    pub posting: Option<SavedPosting>,
    #[serde(default)]
    pub interviews: Vec<ExportedInterview>,
    #[serde(default)]
    pub contacts: Vec<ExportedLink>,
    #[serde(default)]
    pub documents: Vec<ExportedDocument>,
    #[serde(default)]
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedInterview {
    pub round: i64,
    #[serde(rename = "type")]
    pub kind: InterviewKind,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub time_zone: String,
    #[serde(default)]
    pub place: String,
    #[serde(default)]
    pub link: Option<String>,
    #[serde(default)]
    pub people: Vec<String>,
    #[serde(default)]
    pub preparation: String,
    #[serde(default)]
    pub result: InterviewResult,
    #[serde(default)]
    pub notes: String,
    #[serde(default)]
    pub thanked_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A contact an application has to do with.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedLink {
    pub id: ContactId,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedContact {
    pub id: ContactId,
    pub name: String,
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    pub company: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub link: Option<String>,
    #[serde(default)]
    pub notes: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedDocument {
    #[serde(rename = "type")]
    pub kind: DocumentKind,
    pub name: String,
    #[serde(default)]
    pub label: String,
    pub sent_at: DateTime<Utc>,
    #[serde(default)]
    pub link: Option<String>,
    #[serde(default)]
    pub note: String,
    pub created_at: DateTime<Utc>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedStep {
    pub status: ApplicationStatus,
    #[serde(default)]
    pub stage: String,
    pub at: DateTime<Utc>,
    #[serde(default)]
    pub recorded_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub actor: Option<Actor>,
    #[serde(default)]
    pub note: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedStage {
    pub key: String,
    pub name: String,
    pub status: ApplicationStatus,
    pub colour: Colour,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedTask {
    #[serde(default)]
    pub application_id: Option<ApplicationId>,
    pub title: String,
    #[serde(default)]
    pub notes: String,
    #[serde(default)]
    pub due_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub repeat: Repeat,
    #[serde(default)]
    pub anchor: Option<NaiveDateTime>,
    #[serde(default)]
    pub nth: u32,
    #[serde(default)]
    pub remind: Remind,
    #[serde(default)]
    pub done_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    #[serde(default)]
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedOffer {
    pub application_id: ApplicationId,
    pub terms: Terms,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    #[serde(default)]
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedTalk {
    pub application_id: ApplicationId,
    pub said_on: NaiveDate,
    pub by: Speaker,
    #[serde(default)]
    pub pay: Option<Pay>,
    #[serde(default)]
    pub note: String,
    pub created_at: DateTime<Utc>,
    #[serde(default)]
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedAlert {
    pub job_id: JobId,
    pub score: u8,
    pub created_at: DateTime<Utc>,
    #[serde(default)]
    pub read_at: Option<DateTime<Utc>>,
}

/// Filters under a name.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedView {
    pub name: String,
    pub query: String,
}

/// What was said about a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedFeedback {
    pub job_id: JobId,
    pub verdict: Verdict,
    #[serde(default)]
    pub reason: Option<Reason>,
    #[serde(default)]
    pub note: String,
    pub about: About,
    #[serde(default)]
    pub shown: Shown,
    pub given_at: DateTime<Utc>,
}

/// A company whose jobs are left out.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedHidden {
    pub company: String,
    pub created_at: DateTime<Utc>,
}

/// A search of the file.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedSearch {
    pub name: String,
    pub active: bool,
    pub criteria: Criteria,
    pub looked_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    #[serde(default)]
    pub deleted_at: Option<DateTime<Utc>>,
}
