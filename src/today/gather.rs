//! Gathers the home page from the features that own the rows.

use super::{ActivityLine, Dashboard, NextStep};
use crate::{
    applications::{self, ApplicationLine, ApplicationStatus},
    error::Result,
    events::{self, Activity},
    jobs::{self, JobStatus, scoring},
    profile,
    session::Who,
    skill_gap,
    state::App,
};
use chrono::{Duration, Utc};
use std::sync::Arc;

/// Days without an answer after which asking is reasonable.
const QUIET_DAYS: i64 = 10;
const RECOMMENDED: i64 = 5;
const ACTIVITY: i64 = 12;

/// The home page; kept until anything of the person changes.
pub async fn dashboard(app: &App, who: &Who) -> Result<Arc<Dashboard>> {
    app.cache.get(who, "dashboard", gather(app, who)).await
}

async fn gather(app: &App, who: &Who) -> Result<Dashboard> {
    let mut by_status: Vec<(JobStatus, i64)> = jobs::store::count_by_status(&app.db, who.user)
        .await?
        .into_iter()
        .filter_map(|(status, n)| JobStatus::parse(&status).map(|status| (status, n)))
        .collect();
    by_status.sort_by_key(|(status, _)| *status as u8);
    let applications = applications::store::counts(&app.db, who.user).await?;
    let with = |wanted: ApplicationStatus| applications.iter().filter(|(s, _)| *s == wanted).map(|(_, n)| n).sum();
    let fitter = scoring::fitter(app, who.user).await?;
    let recommended = match &fitter {
        Some(fitter) => jobs::store::best(&app.db, who.user, RECOMMENDED)
            .await?
            .into_iter()
            .map(|row| jobs::actions::line(row, Some(fitter)))
            .collect(),
        None => Vec::new(),
    };
    let gap = skill_gap::compute::gap(app, who).await?;
    let activity = events::recent(&app.db, who, ACTIVITY * 2).await?;
    let mut dashboard = Dashboard {
        total_jobs: by_status.iter().map(|(_, n)| n).sum(),
        total_applications: applications.iter().map(|(_, n)| n).sum(),
        interviews: with(ApplicationStatus::Interview),
        offers: with(ApplicationStatus::Offer),
        by_status,
        recommended,
        coverage: (gap.jobs > 0).then_some(gap.coverage),
        activity: activity.iter().filter_map(told).take(ACTIVITY as usize).collect(),
        next_steps: Vec::new(),
        scored: fitter.is_some(),
    };
    dashboard.next_steps = next_steps(app, who, &dashboard, &gap).await?;
    Ok(dashboard)
}

/// At most five, the most pressing first.
async fn next_steps(app: &App, who: &Who, now: &Dashboard, gap: &skill_gap::SkillGap) -> Result<Vec<NextStep>> {
    let mut steps = Vec::new();
    let line = |line: &ApplicationLine| format!("{} at {}", line.title, line.company);
    for offer in applications::store::lines(app, who.user, Some(ApplicationStatus::Offer), 3, 0).await? {
        steps.push(NextStep {
            text: format!("Decide on the offer: {}", line(&offer)),
            reason: "An offer is waiting for your answer.".into(),
            href: format!("/jobs/{}", offer.job_id),
        });
    }
    for interview in applications::store::lines(app, who.user, Some(ApplicationStatus::Interview), 3, 0).await? {
        steps.push(NextStep {
            text: format!("Prepare the interview: {}", line(&interview)),
            reason: "You are in the interview stage there.".into(),
            href: format!("/jobs/{}", interview.job_id),
        });
    }
    if !profile::store::guided(&app.db, who.user).await? {
        steps.push(NextStep {
            text: "Finish the three-step guide".into(),
            reason: "Scores need to know what you can do and where you want to be.".into(),
            href: "/welcome".into(),
        });
    }
    let mut waiting = applications::store::lines(app, who.user, Some(ApplicationStatus::Applied), 100, 0).await?;
    waiting.retain(|line| Utc::now() - line.since > Duration::days(QUIET_DAYS));
    waiting.sort_by_key(|line| line.since);
    for quiet in waiting.iter().take(2) {
        let days = (Utc::now() - quiet.since).num_days();
        steps.push(NextStep {
            text: format!("Follow up on {}", line(quiet)),
            reason: format!("No answer for {days} days."),
            href: format!("/jobs/{}", quiet.job_id),
        });
    }
    if let Some(best) = now.recommended.first()
        && let Some(fit) = &best.fit
        && fit.total >= 50
    {
        steps.push(NextStep {
            text: format!("Apply to {} at {}", best.title, best.company),
            reason: format!("Your best match not applied to: {} of 100.", fit.total),
            href: format!("/jobs/{}", best.id),
        });
    }
    if now.total_jobs == 0 {
        steps.push(NextStep {
            text: "Bring in jobs".into(),
            reason: "Read a company’s board or a file of postings to see what fits.".into(),
            href: "/jobs/import".into(),
        });
    }
    if let Some(learn) = gap.learn_next.first() {
        steps.push(NextStep {
            text: format!("Look at {}", learn.skill),
            reason: learn.reason.clone(),
            href: "/skills".into(),
        });
    }
    steps.truncate(5);
    Ok(steps)
}

/// An event in words; housekeeping events stay untold.
fn told(event: &Activity) -> Option<ActivityLine> {
    let text = |name: &str| event.detail.0[name].as_str().unwrap_or_default();
    let number = |name: &str| event.detail.0[name].as_u64().unwrap_or_default();
    let job = || format!("{} at {}", text("title"), text("company"));
    let label = |status: &str| {
        status
            .parse::<ApplicationStatus>()
            .map(ApplicationStatus::label)
            .ok()
            .or_else(|| JobStatus::parse(status).map(JobStatus::label))
            .unwrap_or("another status")
            .to_lowercase()
    };
    let plural = |n: u64, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    let words = match event.kind.as_str() {
        "job.created" => format!("Added {}", job()),
        "job.updated" => format!("Edited {}", job()),
        "job.deleted" => format!("Deleted {}", job()),
        "job.restored" => format!("Brought back {}", job()),
        "job.moved" => format!("Set {} to {}", job(), label(text("to"))),
        "job.imported" => format!("Imported {} from {}", plural(number("created"), "job"), text("source")),
        "application.created" if text("to") == "applied" => format!("Applied to {}", job()),
        "application.created" => format!("Started on {}", job()),
        "application.moved" => format!("Moved {} to {}", job(), label(text("to"))),
        "application.noted" => format!("Wrote notes on {}", job()),
        "application.removed" => format!("Removed the application to {}", job()),
        "alert.raised" if number("count") > 1 => format!("{} matched well", plural(number("count"), "new job")),
        "alert.raised" => format!("New match: {}", job()),
        "profile.changed" => "Changed the profile".to_owned(),
        "account.password_changed" => "Changed the password".to_owned(),
        "account.token_created" => format!("Made the access token “{}”", text("name")),
        "account.token_revoked" => format!("Revoked the access token “{}”", text("name")),
        "account.address_changed" => "Changed the e-mail address".to_owned(),
        _ => return None,
    };
    let href = match event.kind.as_str() {
        "job.deleted" => None,
        "profile.changed" => Some("/profile".to_owned()),
        kind if kind.starts_with("account.") => Some("/account".to_owned()),
        "job.imported" => Some("/jobs?sort=newest".to_owned()),
        "alert.raised" if number("count") > 1 => Some("/alerts".to_owned()),
        _ => Some(format!("/jobs/{}", text("job"))),
    };
    Some(ActivityLine { at: event.at, kind: event.kind.clone(), text: words, href })
}
