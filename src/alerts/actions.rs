//! When an alert is raised and what becomes of it.

use super::{Notice, store};
use crate::{
    error::{Error, Result},
    events::{self, Change},
    feedback,
    ids::AlertId,
    jobs::{JobStatus, store::NewJob},
    push::{self, content::Matches},
    reminders,
    session::Who,
    state::App,
};
use serde_json::json;

/// Raises alerts for the new jobs that reach `threshold` and were not applied to already, but for those of hidden companies; one event
/// for all of them.
pub async fn raise(change: &mut Change, threshold: Option<u8>, jobs: &[NewJob]) -> Result<usize> {
    let Some(threshold) = threshold else { return Ok(0) };
    let mut good: Vec<(&NewJob, u8)> = jobs
        .iter()
        .filter(|job| job.draft.status == JobStatus::NotApplied)
        .filter_map(|job| job.match_score.filter(|score| *score >= threshold).map(|score| (job, score)))
        .collect();
    if !good.is_empty() {
        let hidden = feedback::store::hidden_keys_in(&mut change.tx, change.who).await?;
        good.retain(|(job, _)| {
            let company = feedback::taste::company_key(&job.draft.company);
            hidden.iter().all(|(key, _)| *key != company)
        });
    }
    good.sort_by_key(|(_, score)| std::cmp::Reverse(*score));
    let Some((best, score)) = good.first() else { return Ok(0) };
    let detail = json!({
        "count": good.len(), "job": best.id, "company": best.draft.company, "title": best.draft.title, "score": score,
    });
    let id = best.id.0;
    let rows: Vec<_> = good.iter().map(|(job, score)| (job.id, *score)).collect();
    store::insert(&mut change.tx, change.who, &rows, change.at).await?;
    change.record("alert.raised", Some(id), detail);
    let new = Matches {
        count: good.len(),
        score: *score,
        job: best.id,
        title: best.draft.title.clone(),
        company: best.draft.company.clone(),
    };
    let settings = reminders::store::settings_in(&mut change.tx, change.who).await?;
    if settings.push_matches {
        let zone = change.zone();
        push::actions::matches(change, &new, |at| reminders::ways::awake(&settings, zone, at)).await?;
    }
    Ok(rows.len())
}

/// What to say about an event of an alert or a reminder.
pub async fn notice(app: &App, who: &Who, seq: i64) -> Result<Option<Notice>> {
    let Some(event) = events::one(&app.db, who.user, seq).await? else { return Ok(None) };
    match event.kind.as_str() {
        "alert.raised" => {}
        "reminder.due" => return reminders::actions::notice(app, who, &event).await,
        _ => return Ok(None),
    }
    let text = |name: &str| event.detail.0[name].as_str().unwrap_or_default().to_owned();
    let count = event.detail.0["count"].as_u64().unwrap_or(1);
    Ok(Some(if count > 1 {
        Notice {
            text: format!("{count} new jobs match you well, led by {} at {}.", text("title"), text("company")),
            href: "/alerts".into(),
        }
    } else {
        let score = event.detail.0["score"].as_u64().unwrap_or_default();
        Notice {
            text: format!("{} at {} matches you: {score} of 100.", text("title"), text("company")),
            href: format!("/jobs/{}", text("job")),
        }
    }))
}

/// Marks one alert.
pub async fn mark(app: &App, who: &Who, id: AlertId, read: bool) -> Result<()> {
    let mut change = app.change(who.user).await?;
    let read_at = read.then_some(change.at);
    if !store::mark(&mut change.tx, who.user, id, read_at).await? {
        return Err(Error::NotFound);
    }
    change.record("alert.read", Some(id.0), json!({ "read": read }));
    change.commit().await
}

/// Marks every alert read.
pub async fn mark_all(app: &App, who: &Who) -> Result<()> {
    let mut change = app.change(who.user).await?;
    mark_all_in(&mut change).await?;
    change.commit().await
}

/// The same inside a change; nothing happens when all are read.
pub async fn mark_all_in(change: &mut Change) -> Result<()> {
    if store::mark_all(&mut change.tx, change.who, change.at).await? > 0 {
        change.record("alert.read", None, json!({ "read": true }));
    }
    Ok(())
}
