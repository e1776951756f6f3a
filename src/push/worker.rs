//! What sends messages to devices: woken when one is put into the queue, and when one is due. A few devices at once, each by one
//! server only.
//!
//! A server that dies between the push service's word and its own note sends again; the topic lets the second take the first's place.

use super::{
    actions,
    service::{self, Letter, Outcome},
    store::{self, Taken},
    subscription::Subscription,
};
use crate::{
    backoff::{Backoff, scattered},
    db,
    error::Result,
    seal,
    state::App,
};
use chrono::Duration as Span;
use std::time::Duration;
use tokio::task::JoinSet;

/// Other servers may put something in without waking this one.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// The shortest pause between two looks.
const BREATH: Duration = Duration::from_millis(200);
/// What an attempt under way gets to end by itself when the app stops.
const LAST_WORDS: Duration = Duration::from_secs(3);
/// Devices that are sent to at the same time.
const AT_ONCE: usize = 8;
/// Messages to one device in a row; each takes ten seconds at most, and all of them less than the lease.
const IN_A_ROW: i64 = 5;
/// After failures.
const BACKOFF: Backoff = Backoff { first: Span::seconds(30), longest: Span::hours(12) };
/// The least that is waited where a service says how long.
const LEAST: Span = Span::seconds(5);
/// A device that could not be reached so often in a row, over about a week, is forgotten.
const PATIENCE: i64 = 22;

/// Sends what is due until the app stops.
pub async fn run(app: App) {
    if let Err(error) = super::key::get(&app).await {
        tracing::warn!(%error, "there is no key for push services");
    }
    let mut visits = JoinSet::new();
    loop {
        let pause = begin(&app, &mut visits).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "messages for devices cannot be read");
            LOOK_EVERY
        });
        tokio::select! {
            biased;
            () = app.stopping.cancelled() => break,
            // One has ended, and another can begin; one that lasts holds nobody up.
            Some(_) = visits.join_next() => {}
            // Told inside the change that writes it, which is durable a moment later.
            () = app.pushing.notified() => tokio::time::sleep(BREATH).await,
            () = tokio::time::sleep(pause) => {}
        }
    }
    visits.join_all().await;
}

/// Begins to send what is due, to as many devices as may be; answers how long there is nothing more to do.
async fn begin(app: &App, visits: &mut JoinSet<()>) -> Result<Duration> {
    while visits.len() < AT_ONCE {
        let Some(device) = store::claim(&app.db).await? else { break };
        visits.spawn(visit(app.clone(), device));
    }
    if visits.len() == AT_ONCE {
        return Ok(LOOK_EVERY);
    }
    let Some(due) = store::next_due(&app.db).await? else { return Ok(LOOK_EVERY) };
    Ok((due - db::now()).to_std().unwrap_or_default().clamp(BREATH, LOOK_EVERY))
}

/// Sends to one device, and notes what came of it.
async fn visit(app: App, device: Taken) {
    let done = tokio::select! {
        () = stopped(&app) => store::free(&app.db, &device, db::now(), false).await,
        done = serve(&app, &device) => done,
    };
    if let Err(error) = done {
        tracing::warn!(%error, device = %device.id, "messages for a device could not be sent");
    }
}

/// Resolves some time after the app began to stop.
async fn stopped(app: &App) {
    app.stopping.cancelled().await;
    tokio::time::sleep(LAST_WORDS).await;
}

async fn serve(app: &App, device: &Taken) -> Result<()> {
    let key = seal::key(app, device.user_id).await?;
    let written = key.open_text(actions::SUBSCRIPTION, &device.subscription_sealed)?;
    let subscription: Subscription = serde_json::from_str(&written)?;
    for waiting in store::due(&app.db, device.id, IN_A_ROW).await? {
        if app.stopping.is_cancelled() {
            break;
        }
        if waiting.until_at <= db::now() {
            store::done(&app.db, waiting.id).await?;
            continue;
        }
        let payload = actions::read(&key, &waiting)?.payload(waiting.kind, &waiting.topic);
        let letter = Letter { kind: waiting.kind, topic: &waiting.topic, payload: &payload, until: waiting.until_at };
        let outcome = service::send(app, &subscription, &letter).await?;
        tracing::debug!(device = %device.id, ?outcome, "a message for a device");
        match outcome {
            Outcome::Sent => {
                store::done(&app.db, waiting.id).await?;
                store::reached(&app.db, device).await?;
            }
            Outcome::Refused(status) => {
                tracing::warn!(device = %device.id, status, "a push service refused a message");
                store::done(&app.db, waiting.id).await?;
            }
            Outcome::Gone => return forget(app, device).await,
            Outcome::Later(_) if device.failures >= PATIENCE => return forget(app, device).await,
            Outcome::Later(said) => {
                return store::free(&app.db, device, db::now() + pause(device.failures, said), true).await;
            }
        }
    }
    store::free(&app.db, device, db::now(), false).await
}

/// How long a device is left alone after so many failures; scattered, so that not all come back at once.
fn pause(failures: i64, said: Option<u64>) -> Span {
    let pause = match said.and_then(|seconds| i64::try_from(seconds).ok()).and_then(Span::try_seconds) {
        Some(said) => said.clamp(LEAST, BACKOFF.longest),
        None => BACKOFF.pause(failures),
    };
    scattered(pause)
}

/// The browser takes nothing any more: its person sees that in the list.
async fn forget(app: &App, device: &Taken) -> Result<()> {
    tracing::info!(device = %device.id, "a device takes no messages any more");
    let mut change = app.change_in(app.db.begin().await?, device.user_id).await?;
    if store::remove(&mut change.tx, device.user_id, device.id).await? {
        actions::tell(change).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_are_scattered_and_follow_what_the_service_says() {
        let within = |pause: Span, low: Span| pause >= low && pause <= low * 5 / 4;
        assert!(within(pause(0, None), BACKOFF.first));
        assert!(within(pause(3, None), Span::minutes(4)));
        assert!(within(pause(60, None), BACKOFF.longest));
        assert!(within(pause(3, Some(120)), Span::seconds(120)));
        assert!(within(pause(3, Some(0)), LEAST));
        assert!(
            within(pause(0, Some(u64::MAX >> 1)), BACKOFF.longest)
                || within(pause(0, Some(u64::MAX >> 1)), BACKOFF.first)
        );
        let mut all = Span::zero();
        for failures in 0..PATIENCE {
            all += pause(failures, None);
        }
        assert!(all > Span::days(5) && all < Span::days(9), "{all}");
    }
}
