//! The gap from the person's jobs and profile; kept until either changes.

use super::{Asker, Demand, Learn, SkillGap};
use crate::{
    error::{Error, Result},
    jobs::{
        scoring::{self, Fitter, Reader},
        store::{self, Rankable},
    },
    profile::{self, Profile},
    session::Who,
    state::App,
};
use matching::{Key, gap};
use std::{collections::HashMap, sync::Arc};

const MISSING: usize = 50;
const MARKET: usize = 20;
const ASKERS: usize = 5;

/// The gap over all jobs but archived ones.
pub async fn gap(app: &App, who: &Who) -> Result<Arc<SkillGap>> {
    app.cache.get(who, "skill-gap", compute(app, who)).await
}

async fn compute(app: &App, who: &Who) -> Result<SkillGap> {
    let profile = profile::store::get(app, who.user).await?;
    let jobs = store::market(&app.db, who.user).await?;
    let fitter = match scoring::fitter(app, who.user).await? {
        Some(fitter) => fitter,
        None => Arc::new(Fitter::nobody(app.taxonomy())),
    };
    tokio::task::spawn_blocking(move || compare(profile, &jobs, &fitter)).await.map_err(Error::internal)
}

/// The gap between a profile and its jobs.
fn compare(profile: Profile, jobs: &[Rankable], fitter: &Fitter) -> SkillGap {
    let mut reader = Reader::new(fitter);
    let ranked: Vec<matching::Job> = jobs.iter().map(|job| reader.job(&job.facts())).collect();
    let names: HashMap<Key, &String> = jobs
        .iter()
        .flat_map(|job| job.asks.0.required.iter().chain(&job.asks.0.preferred))
        .map(|name| (reader.key(name), name))
        .collect();
    let found = gap::compute(&fitter.scorer, &ranked);
    let name = |key: Key| names.get(&key).map_or_else(|| fitter.own_name(key), |name| (*name).clone());
    let demand = |demand: &gap::Demand| Demand {
        skill: name(demand.skill),
        jobs: demand.jobs as u32,
        share: demand.share as f32,
        have: demand.have,
        asked_by: demand.in_jobs.iter().take(ASKERS).filter_map(|at| jobs.get(*at)).map(asker).collect(),
    };
    SkillGap {
        user_skills: profile.skills.into_iter().map(|skill| skill.name).collect(),
        coverage: found.coverage.map_or(0, |share| (share * 100.0).round() as u8),
        jobs: found.jobs as u32,
        missing: found.missing.iter().take(MISSING).map(demand).collect(),
        top_market: found.market.iter().take(MARKET).map(demand).collect(),
        learn_next: found
            .learn_next
            .iter()
            .map(|learn| Learn { skill: name(learn.skill), reason: learn.to_string(), jobs: learn.jobs as u32 })
            .collect(),
    }
}

fn asker(job: &Rankable) -> Asker {
    Asker { id: job.id, company: job.company.clone(), title: job.title.clone() }
}
