//! What tells reminders: woken when one is planned, and when one is due. What was missed while no server ran is told at the start.

use super::{store, ways, words};
use crate::{db, error::Result, ids::UserId, state::App};
use std::{collections::HashSet, time::Duration};

/// Other processes may plan one without waking this one.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// The shortest pause between two looks.
const BREATH: Duration = Duration::from_millis(200);
/// Reminders told in one transaction, and people looked at in one round.
const AT_ONCE: i64 = 50;
const PEOPLE: i64 = 100;

/// Tells what is due until the app stops.
pub async fn run(app: App) {
    loop {
        let pause = work(&app).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "reminders cannot be read");
            LOOK_EVERY
        });
        tokio::select! {
            biased;
            () = app.stopping.cancelled() => return,
            // Told inside the change that plans it, which is durable a moment later.
            () = app.reminding.notified() => tokio::time::sleep(BREATH).await,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Tells everything that is due; answers how long there is nothing to do.
async fn work(app: &App) -> Result<Duration> {
    // Of whom something cannot be told: tried again in the next round, so that others need not wait.
    let mut failed: HashSet<UserId> = HashSet::new();
    while !app.stopping.is_cancelled() {
        let now = db::now();
        let Some(due) = store::next_due(&app.db).await? else { return Ok(LOOK_EVERY) };
        if due > now {
            return Ok((due - now).to_std().unwrap_or_default().clamp(BREATH, LOOK_EVERY));
        }
        let people = store::waiting(&app.db, now, PEOPLE).await?;
        let people: Vec<UserId> = people.into_iter().filter(|who| !failed.contains(who)).collect();
        if people.is_empty() {
            return Ok(LOOK_EVERY);
        }
        for who in people {
            if let Err(error) = tell(app, who).await {
                tracing::warn!(%error, %who, "reminders could not be told");
                failed.insert(who);
            }
        }
    }
    Ok(LOOK_EVERY)
}

/// Tells one person what is due: the rows, the events and the messages in one transaction. The person's other changes wait for it,
/// so another server that wants to tell the same finds it told.
pub async fn tell(app: &App, who: UserId) -> Result<()> {
    let mut change = app.change_in(app.db.begin().await?, who).await?;
    let now = change.at;
    let taken = store::claim(&mut change.tx, who, now, AT_ONCE).await?;
    if taken.is_empty() {
        return Ok(());
    }
    let settings = store::settings_in(&mut change.tx, who).await?;
    for reminder in &taken {
        if let Some(subject) = words::subject(&mut change, reminder).await? {
            ways::tell(&mut change, reminder, &subject, &settings).await?;
        }
    }
    change.commit().await?;
    app.outbox.notify_one();
    Ok(())
}
