//! What looks after calendars at Google: a few at once, each by one server only.

use super::{store, visit::visit};
use crate::{error::Result, state::App};
use std::time::Duration;
use tokio::task::JoinSet;

/// What changed is looked for so often, whichever server changed it.
const LOOK_EVERY: Duration = Duration::from_secs(3);
/// Changes that come together are brought together.
const BREATH: Duration = Duration::from_millis(200);
/// After the database did not answer.
const TROUBLED: Duration = Duration::from_secs(20);
/// Calendars that are looked after at the same time.
const AT_ONCE: usize = 4;

/// Looks after what is due until the app stops. Where no calendars are offered there is nothing to do.
pub async fn run(app: App) {
    if app.outside.calendars().is_none() {
        return;
    }
    let mut visits = JoinSet::new();
    loop {
        let pause = match begin(&app, &mut visits).await {
            Ok(()) => LOOK_EVERY,
            Err(error) => {
                tracing::warn!(%error, "calendars at Google cannot be looked for");
                TROUBLED
            }
        };
        tokio::select! {
            biased;
            () = app.stopping.cancelled() => break,
            Some(ended) = visits.join_next() => if let Err(error) = ended {
                tracing::warn!(%error, "a visit to a calendar at Google did not end");
            },
            () = app.google_calendars.notified() => tokio::time::sleep(BREATH).await,
            () = tokio::time::sleep(pause) => {}
        }
    }
    // They end at their next call, and note what they have done.
    while visits.join_next().await.is_some() {}
}

/// Begins as many visits as there is room for.
async fn begin(app: &App, visits: &mut JoinSet<()>) -> Result<()> {
    while visits.len() < AT_ONCE
        && let Some(row) = store::claim(&app.db).await?
    {
        let app = app.clone();
        visits.spawn(async move {
            let who = row.user_id;
            if let Err(error) = visit(&app, row).await {
                tracing::warn!(%error, %who, "a calendar at Google could not be looked after");
            }
        });
    }
    Ok(())
}
