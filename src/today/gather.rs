//! Gathers the home page from the features that own the rows.

use super::{ActivityLine, Dashboard, NextStep};
use crate::{
    applications::{self, ApplicationStatus},
    briefings, db,
    error::Result,
    events::{self, Activity},
    feedback,
    jobs::{self, JobStatus, scoring},
    next, profile,
    session::Who,
    skill_gap,
    state::App,
    tasks::clock,
};
use std::sync::Arc;

/// Actions shown; the others are a page away.
const ACTIONS: usize = 5;
const RECOMMENDED: usize = 5;
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
    let (recommended, left_out) = match &fitter {
        Some(fitter) => {
            let taste = feedback::taste::of_who(app, who).await?;
            let (rows, left_out) = jobs::listing::best(app, who, &taste, RECOMMENDED).await?;
            (rows.into_iter().map(|row| jobs::actions::line(row, Some(fitter), &taste)).collect(), left_out)
        }
        None => Default::default(),
    };
    let gap = skill_gap::compute::gap(app, who).await?;
    let today = clock::local(clock::zone(&app.db, who.user).await?, db::now()).date();
    let activity = events::recent(&app.db, who, ACTIVITY * 2).await?;
    let mut dashboard = Dashboard {
        total_jobs: by_status.iter().map(|(_, n)| n).sum(),
        total_applications: applications.iter().map(|(_, n)| n).sum(),
        interviews: with(ApplicationStatus::Interview),
        offers: with(ApplicationStatus::Offer),
        by_status,
        recommended,
        left_out,
        coverage: (gap.jobs > 0).then_some(gap.coverage),
        activity: activity.iter().filter_map(told).take(ACTIVITY as usize).collect(),
        actions: next::actions::top(app, who, ACTIONS).await?,
        next_steps: Vec::new(),
        briefing: briefings::store::unread_of(&app.db, who.user, today).await?,
        scored: fitter.is_some(),
    };
    dashboard.next_steps = next_steps(app, who, &dashboard, &gap).await?;
    Ok(dashboard)
}

/// At most five, the most pressing first.
async fn next_steps(app: &App, who: &Who, now: &Dashboard, gap: &skill_gap::SkillGap) -> Result<Vec<NextStep>> {
    let mut steps = Vec::new();
    if !profile::store::guided(&app.db, who.user).await? {
        steps.push(NextStep {
            text: "Finish the three-step guide".into(),
            reason: "Scores need to know what you can do and where you want to be.".into(),
            href: "/welcome".into(),
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
    let about = || if text("title").is_empty() { String::new() } else { format!(" for {}", job()) };
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
        "job.arrived" if number("count") > 1 => {
            format!("{} came by your searches, led by {}", plural(number("count"), "job"), job())
        }
        "job.arrived" => format!("{} came by the search “{}”", job(), text("search")),
        "job.imported" => format!("Imported {} from {}", plural(number("created"), "job"), text("source")),
        "application.imported" => {
            format!("Imported {} from {}", plural(number("created"), "application"), text("source"))
        }
        "source.added" => format!("Added the source {}", text("label")),
        "source.removed" => "Took a source off the list".to_owned(),
        "job.undone" => format!("Took back the import of {}", job()),
        "application.created" if text("to") == "applied" => format!("Applied to {}", job()),
        "application.created" => format!("Started on {}", job()),
        "application.moved" if !text("stage").is_empty() => format!("Moved {} to {}", job(), text("stage")),
        "application.moved" => format!("Moved {} to {}", job(), label(text("to"))),
        "application.undone" => format!("Took back a change of {}", job()),
        "application.noted" => format!("Wrote notes on {}", job()),
        "application.removed" => format!("Removed the application to {}", job()),
        "application.mail_read" => format!("Read {}", plural(number("messages"), "message")),
        "interview.created" => format!("Planned an interview: {}", job()),
        "interview.changed" => format!("Changed an interview: {}", job()),
        "interview.removed" => format!("Removed an interview: {}", job()),
        "interview.undone" => format!("Took back a change of an interview: {}", job()),
        "contact.created" => format!("Added {} to your contacts", text("name")),
        "contact.changed" => format!("Changed the contact {}", text("name")),
        "contact.removed" => format!("Removed the contact {}", text("name")),
        "contact.linked" => format!("Linked {} to {}", text("name"), job()),
        "contact.unlinked" => format!("Took {} off {}", text("name"), job()),
        "contact.undone" => format!("Took back a change of the contact {}", text("name")),
        "document.created" => format!("Noted “{}” as sent: {}", text("name"), job()),
        "document.removed" => format!("Removed “{}” from what was sent: {}", text("name"), job()),
        "document.undone" => format!("Took back a change of “{}”: {}", text("name"), job()),
        "task.created" => format!("Added a task{}", about()),
        "task.changed" | "task.put_off" | "task.reopened" => format!("Changed a task{}", about()),
        "task.done" => format!("Did a task{}", about()),
        "task.removed" => format!("Removed a task{}", about()),
        "task.undone" => format!("Took back a change of a task{}", about()),
        "reminder.due" => format!("Reminder{}", about()),
        "offer.created" => format!("Noted the offer{}", about()),
        "offer.changed" => format!("Changed the offer{}", about()),
        "offer.removed" => format!("Removed the offer{}", about()),
        "offer.talked" => format!("Noted what was said about pay{}", about()),
        "offer.untalked" => format!("Removed what was said about pay{}", about()),
        "offer.undone" => format!("Took back a change about the offer{}", about()),
        "alert.raised" if number("count") > 1 => format!("{} matched well", plural(number("count"), "new job")),
        "alert.raised" => format!("New match: {}", job()),
        "feedback.given" if text("verdict") == "up" => format!("Liked {}", job()),
        "feedback.given" => format!("Turned down {}", job()),
        "feedback.removed" => format!("Took back what you said about {}", job()),
        "feedback.hidden" => format!("Hid the company {}", text("company")),
        "feedback.shown" => format!("Showed the company {} again", text("company")),
        "briefing.made" => match text("kind") {
            "evening" => "Your evening summary came".to_owned(),
            "weekly" => "Your weekly report came".to_owned(),
            _ => "Your morning briefing came".to_owned(),
        },
        "search.created" => format!("Wrote the search “{}”", text("name")),
        "search.changed" => format!("Changed the search “{}”", text("name")),
        "search.on" => format!("Turned the search “{}” on", text("name")),
        "search.off" => format!("Turned the search “{}” off", text("name")),
        "search.removed" => format!("Removed the search “{}”", text("name")),
        "search.undone" => format!("Took back a change of the search “{}”", text("name")),
        "profile.changed" => "Changed the profile".to_owned(),
        "profile.picture_removed" => "Removed the picture".to_owned(),
        "account.password_changed" => "Changed the password".to_owned(),
        "account.token_created" => format!("Made the access token “{}”", text("name")),
        "account.token_revoked" => format!("Revoked the access token “{}”", text("name")),
        "account.address_changed" => "Changed the e-mail address".to_owned(),
        _ => return None,
    };
    let href = match event.kind.as_str() {
        "job.deleted" | "job.undone" => None,
        "application.imported" => Some("/applications".to_owned()),
        "application.mail_read" => Some("/applications/mail".to_owned()),
        "profile.changed" | "profile.picture_removed" => Some("/profile".to_owned()),
        kind if kind.starts_with("account.") => Some("/account".to_owned()),
        kind if kind.starts_with("task.") || kind.starts_with("reminder.") => Some("/applications/tasks".to_owned()),
        "feedback.hidden" | "feedback.shown" => Some("/jobs/hidden".to_owned()),
        "search.removed" => Some("/jobs/searches".to_owned()),
        kind if kind.starts_with("search.") => Some(format!("/jobs/searches/{}", text("search"))),
        "job.arrived" if number("count") > 1 => Some("/jobs?sort=newest".to_owned()),
        "job.imported" => Some("/jobs?sort=newest".to_owned()),
        "alert.raised" if number("count") > 1 => Some("/alerts".to_owned()),
        "briefing.made" => event.entity_id.map(|id| format!("/briefings/{id}")),
        kind if kind.starts_with("contact.") => Some("/applications/people".to_owned()),
        kind if kind.starts_with("interview.") || kind.starts_with("document.") => {
            Some(format!("/applications/{}", text("application")))
        }
        _ => Some(format!("/jobs/{}", text("job"))),
    };
    Some(ActivityLine { at: event.at, kind: event.kind.clone(), text: words, href })
}
