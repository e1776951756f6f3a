//! What the person's jobs ask for against what the person has.

use crate::{error::Result, ids::JobId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod compute;
pub mod page;
#[cfg(feature = "ssr")]
pub mod routes;

/// A posting that asks for a skill.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asker {
    pub id: JobId,
    pub company: String,
    pub title: String,
}

/// A skill by how many of the person's jobs ask for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Demand {
    pub skill: String,
    /// Number of jobs that ask for it.
    pub jobs: u32,
    /// 0 to 1: of all jobs that ask for any skill.
    pub share: f32,
    pub have: bool,
    /// The newest postings that ask for it, at most five.
    pub asked_by: Vec<Asker>,
}

/// A skill worth learning next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Learn {
    pub skill: String,
    pub reason: String,
    pub jobs: u32,
}

/// The gap.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SkillGap {
    pub user_skills: Vec<String>,
    /// 0 to 100: of all that the jobs ask for, counted by demand, how much the person has.
    pub coverage: u8,
    /// Number of jobs it was worked out from.
    pub jobs: u32,
    /// Not held, by demand, at most 50.
    pub missing: Vec<Demand>,
    /// Asked for most, at most 20.
    pub top_market: Vec<Demand>,
    /// At most five.
    pub learn_next: Vec<Learn>,
}

/// The signed-in person's gap.
#[server]
pub async fn load_skill_gap() -> Result<SkillGap> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            Ok((*compute::gap(&app, &who).await?).clone())
        }
        .await,
    )
}
