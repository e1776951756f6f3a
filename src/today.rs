//! The home page: what matters now.

use crate::{
    briefings::BriefingLine,
    error::Result,
    feedback::LeftOut,
    jobs::{JobLine, JobStatus},
    next::NextAction,
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod gather;
pub mod page;
#[cfg(feature = "ssr")]
pub mod routes;

/// Everything the home page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dashboard {
    pub total_jobs: i64,
    pub total_applications: i64,
    pub interviews: i64,
    pub offers: i64,
    pub by_status: Vec<(JobStatus, i64)>,
    /// The best five not yet applied to.
    pub recommended: Vec<JobLine>,
    /// What is not among them for what the person said.
    pub left_out: LeftOut,
    /// 0 to 100; absent without jobs that ask for skills.
    pub coverage: Option<u8>,
    pub activity: Vec<ActivityLine>,
    /// What is worth doing about applications, the most pressing first.
    pub actions: Vec<NextAction>,
    /// What else is worth doing.
    pub next_steps: Vec<NextStep>,
    /// The newest of today's briefings, if it was not read.
    pub briefing: Option<BriefingLine>,
    /// False while the profile says nothing to compare.
    pub scored: bool,
}

/// One thing that happened, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivityLine {
    #[serde(deserialize_with = "crate::wire::moment")]
    pub at: DateTime<Utc>,
    /// The event's kind: chooses the icon.
    pub kind: String,
    pub text: String,
    /// Where it leads, if anywhere.
    pub href: Option<String>,
}

/// Something worth doing next, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextStep {
    pub text: String,
    pub reason: String,
    pub href: String,
}

/// The signed-in person's home page.
#[server]
pub async fn load_dashboard() -> Result<Dashboard> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            Ok((*gather::dashboard(&app, &who).await?).clone())
        }
        .await,
    )
}
