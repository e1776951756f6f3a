//! What the day holds.

use super::{For, due};
use crate::{
    briefings::content::{Few, Match, Morning, Step},
    error::Result,
    jobs::recommend::{self, Recommendation},
    next,
};

/// Jobs and actions shown.
const TOP: u32 = 5;

pub async fn gather(about: &For<'_>) -> Result<Morning> {
    let (app, who) = (about.app, about.who);
    let best = recommend::recommendations(app, who, TOP).await?;
    let actions = next::actions::top(app, who, TOP as usize).await?;
    Ok(Morning {
        due: Few::of(due::on(about, about.day).await?),
        overdue: Few::of(due::overdue(about).await?),
        matches: best.iter().map(|one| of(one, about)).collect(),
        alerts: Few::default(),
        actions: actions
            .into_iter()
            .map(|action| Step { application_id: action.application_id, text: action.text, reason: action.reason })
            .collect(),
    })
}

fn of(one: &Recommendation, about: &For<'_>) -> Match {
    let reasons = [&one.fit.skills.reason, &one.fit.location.reason, &one.fit.experience.reason];
    Match {
        job_id: one.job.id,
        title: one.job.title.clone(),
        company: one.job.company.clone(),
        location: one.job.location.clone(),
        score: one.fit.total,
        reasons: reasons.into_iter().filter(|reason| !reason.is_empty()).cloned().collect(),
        new: one.job.created_at >= about.since,
    }
}
