//! What puts in what is due. Every server looks; the row of a run says which was first.
//!
//! What was missed while no server ran is made up for once: the newest time of each thing, if somebody was in that zone by then.

use super::{Schedule, fan, store, times};
use crate::{db, error::Result, state::App, work};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use std::{collections::HashMap, sync::atomic::Ordering, time::Duration};

/// People may come to be in another zone.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// The shortest pause between two looks.
const BREATH: Duration = Duration::from_millis(200);

/// Puts in what is due until the app stops.
pub async fn run(app: App) {
    if !app.config.scheduler {
        return;
    }
    loop {
        let now = db::now();
        let pause = match plan(&app, now).await {
            Ok(next) => {
                let until = next.and_then(|next| (next - now).to_std().ok());
                until.unwrap_or(LOOK_EVERY).clamp(BREATH, LOOK_EVERY)
            }
            Err(error) => {
                tracing::warn!(%error, "what is due cannot be planned");
                LOOK_EVERY
            }
        };
        tokio::select! {
            biased;
            () = app.stopping.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Puts in what is due now and was not begun; answers when something is due next.
pub async fn plan(app: &App, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let begun: HashMap<(Schedule, String), NaiveDate> =
        store::begun(&app.db).await?.into_iter().map(|(schedule, zone, day)| ((schedule, zone), day)).collect();
    let mut next = None;
    for (name, seen_at) in store::zones(&app.db, now).await? {
        let Ok(zone) = name.parse::<Tz>() else { continue };
        for schedule in Schedule::ALL.into_iter().filter(|schedule| app.config.scraping || !schedule.scrapes()) {
            let soon = times::next(schedule, zone, now);
            next = next.into_iter().chain(soon).min();
            let Some((day, at)) = times::newest(schedule, zone, now).filter(|(_, at)| *at > seen_at) else { continue };
            if begun.get(&(schedule, name.clone())).is_none_or(|newest| *newest < day) {
                begin(app, schedule, &name, (day, at), now).await?;
            }
        }
    }
    app.work.planned_at.store(now.timestamp(), Ordering::Relaxed);
    Ok(next)
}

/// Brings today's run of one thing forward to now, in every zone in which it has not begun today; answers in how many.
pub async fn begin_now(app: &App, schedule: Schedule, now: DateTime<Utc>) -> Result<u64> {
    let mut begun = 0;
    for (name, _) in store::zones(&app.db, now).await? {
        let Ok(zone) = name.parse::<Tz>() else { continue };
        let day = now.with_timezone(&zone).date_naive();
        begun += u64::from(begin(app, schedule, &name, (day, now), now).await?);
    }
    Ok(begun)
}

/// Begins one thing in one zone, unless another server did.
async fn begin(
    app: &App,
    schedule: Schedule,
    zone: &str,
    (day, at): (NaiveDate, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    if !store::begin(&mut tx, schedule, zone, (day, at), now).await? {
        return Ok(false);
    }
    work::put(&mut tx, &fan::order(schedule, zone, at, None)).await?;
    tx.commit().await?;
    tracing::info!(schedule = schedule.as_str(), zone, planned = %at, "begun");
    app.working.notify_one();
    Ok(true)
}
