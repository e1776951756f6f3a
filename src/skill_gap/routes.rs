//! REST of the skill gap.

use super::{Demand, compute};
use crate::{error::Result, session::Who, state::App};
use axum::{Json, extract::State};
use serde::Serialize;

#[derive(Serialize, utoipa::ToSchema)]
pub struct MissingSkill {
    skill: String,
    /// Number of jobs that ask for it.
    jobs: u32,
    /// 0 to 1.
    share: f32,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct MarketSkill {
    skill: String,
    jobs: u32,
    share: f32,
    have: bool,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct LearnNext {
    skill: String,
    reason: String,
    jobs: u32,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Gap {
    user_skills: Vec<String>,
    missing_skills: Vec<MissingSkill>,
    top_market_skills: Vec<MarketSkill>,
    /// 0 to 100.
    skill_coverage_percentage: u8,
    /// At most five.
    recommendations: Vec<LearnNext>,
}

/// What the person's jobs ask for against what the person has.
#[utoipa::path(get, path = "/skill-gap", tag = "skills", responses((status = 200, body = Gap)))]
pub async fn get(State(app): State<App>, who: Who) -> Result<Json<Gap>> {
    let gap = compute::gap(&app, &who).await?;
    let missing = |d: &Demand| MissingSkill { skill: d.skill.clone(), jobs: d.jobs, share: d.share };
    let market = |d: &Demand| MarketSkill { skill: d.skill.clone(), jobs: d.jobs, share: d.share, have: d.have };
    Ok(Json(Gap {
        user_skills: gap.user_skills.clone(),
        missing_skills: gap.missing.iter().map(missing).collect(),
        top_market_skills: gap.top_market.iter().map(market).collect(),
        skill_coverage_percentage: gap.coverage,
        recommendations: gap
            .learn_next
            .iter()
            .map(|learn| LearnNext { skill: learn.skill.clone(), reason: learn.reason.clone(), jobs: learn.jobs })
            .collect(),
    }))
}
