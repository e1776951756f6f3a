//! What carries out the queue: woken when something was put in, and when something is due. Each kind has room of its own.

use super::{
    Kind, Task, Trouble, Went, Working, handlers,
    store::{self, Outcome, PATIENCE, Taken},
    working::LEASE,
};
use crate::{
    background,
    backoff::{Backoff, scattered},
    config::Config,
    db,
    error::{Error, Result},
    state::App,
};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};
use tokio::{sync::Semaphore, task::JoinSet};

/// Other servers may put something in without waking this one.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// The shortest pause between two looks.
const BREATH: Duration = Duration::from_millis(50);
/// "Still at it" is said so often; well within the lease, so that a slow database does not cost it.
const BEAT: Duration = Duration::from_secs(10);
/// What is asked to end gets so long to do so by itself.
const LAST_WORDS: Duration = Duration::from_secs(3);
/// After failures.
const BACKOFF: Backoff = Backoff { first: TimeDelta::seconds(30), longest: TimeDelta::hours(6) };
/// Whoever asks to be left alone for longer is asked once a day.
const LONGEST_WAIT: TimeDelta = TimeDelta::days(1);

/// Carries out what is due until the app stops.
pub async fn run(app: App) {
    run_by(app, |app, working, task| async move { handlers::handle(&app, &working, task).await }).await;
}

/// The same, with whoever carries things out named: tests have their own.
pub async fn run_by<H, F>(app: App, handle: H)
where
    H: Fn(App, Arc<Working>, Task) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<(), Trouble>> + Send + 'static,
{
    let rooms: Vec<(Kind, Arc<Semaphore>)> =
        kinds(&app.config).map(|kind| (kind, Arc::new(Semaphore::new(kind.at_once())))).collect();
    let mut under_way = JoinSet::new();
    loop {
        let pause = begin(&app, &handle, &rooms, &mut under_way).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the queue cannot be read");
            LOOK_EVERY
        });
        tokio::select! {
            biased;
            () = app.stopping.cancelled() => break,
            // One has ended, and another can begin.
            Some(_) = under_way.join_next() => {}
            () = app.working.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    // Each ends soon, and gives back what it is at.
    while under_way.join_next().await.is_some() {}
}

/// The kinds of work this server does.
pub fn kinds(config: &Config) -> impl Iterator<Item = Kind> {
    let scraping = config.scraping;
    Kind::ALL.into_iter().filter(move |kind| scraping || !matches!(kind, Kind::FetchSource | Kind::CheckOpenings))
}

/// Begins whatever is due and has room; answers how long there is nothing more to begin.
async fn begin<H, F>(
    app: &App,
    handle: &H,
    rooms: &[(Kind, Arc<Semaphore>)],
    under_way: &mut JoinSet<()>,
) -> Result<Duration>
where
    H: Fn(App, Arc<Working>, Task) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<(), Trouble>> + Send + 'static,
{
    loop {
        while under_way.try_join_next().is_some() {}
        let now = db::now();
        app.work.worked_at.store(now.timestamp(), Ordering::Relaxed);
        let open: Vec<_> = rooms.iter().filter(|(_, room)| room.available_permits() > 0).collect();
        let wanted: Vec<Kind> = open.iter().map(|(kind, _)| *kind).collect();
        let due = store::due(&app.db, &wanted).await?;
        let Some(first) = due.iter().map(|(_, at)| *at).min() else { return Ok(LOOK_EVERY) };
        if first > now {
            return Ok((first - now).to_std().unwrap_or_default().clamp(BREATH, LOOK_EVERY));
        }
        let mut some = false;
        for (kind, _) in due.into_iter().filter(|(_, at)| *at <= now) {
            let Some(kind) = kind else {
                some |= reap(app, now).await?;
                continue;
            };
            let Some((_, room)) = open.iter().find(|(other, _)| *other == kind) else { continue };
            for taken in store::claim(&app.db, kind, now, now + LEASE, room.available_permits()).await? {
                some = true;
                // Only this loop takes room, so there is as much as there was.
                let Ok(permit) = room.clone().try_acquire_owned() else { continue };
                let (app, handle) = (app.clone(), handle.clone());
                background::spawn_in(under_way, async move {
                    carry_out(&app, &handle, kind, taken).await;
                    drop(permit);
                });
            }
        }
        if !some {
            // Another server was quicker.
            return Ok(BREATH);
        }
        if app.stopping.is_cancelled() {
            return Ok(BREATH);
        }
    }
}

/// Takes away what servers left behind that went away; false when there was nothing.
async fn reap(app: &App, now: DateTime<Utc>) -> Result<bool> {
    let store::Reaped { count, dead } = store::reap(&app.db, now).await?;
    for taken in dead {
        tracing::warn!(id = %taken.id, "work was given up: its server went away too often");
        if let Ok(task) = serde_json::from_value(taken.payload.0) {
            handlers::given_up(app, &task, store::GONE).await?;
        }
    }
    Ok(count > 0)
}

/// Carries one thing out and writes down how it ended.
async fn carry_out<H, F>(app: &App, handle: &H, kind: Kind, taken: Taken)
where
    H: Fn(App, Arc<Working>, Task) -> F,
    F: Future<Output = Result<(), Trouble>>,
{
    let working = Arc::new(Working::new(app, &taken));
    let task = serde_json::from_value::<Task>(taken.payload.0.clone());
    let ended = match &task {
        Ok(task) => attempt(app, &working, handle(app.clone(), working.clone(), task.clone())).await,
        Err(error) => Some(Err(Trouble::Lasting(format!("What is to be done cannot be read: {error}")))),
    };
    let Some(ended) = ended else {
        app.work.count(kind, Went::Lost);
        tracing::warn!(id = %taken.id, kind = kind.as_str(), "somebody else is at this meanwhile");
        return;
    };
    let stopped = working.cancelled().then_some(app.stopping.is_cancelled());
    let outcome = outcome(ended, stopped, taken.failures, db::now());
    note(app, kind, &taken, &outcome);
    if let (Ok(task), Outcome::Dead(why)) = (&task, &outcome)
        && let Err(error) = handlers::given_up(app, task, why).await
    {
        tracing::warn!(%error, id = %taken.id, "nobody could be told that this was given up");
    }
    if let Err(error) = store::settle(&app.db, working.held(), &outcome, db::now()).await {
        // Its lease runs out, and it is done once more.
        tracing::warn!(%error, id = %taken.id, "how work ended could not be written down");
    }
}

/// Does it until it ends, is to end and does not, or is held no longer; None then.
async fn attempt(
    app: &App,
    working: &Working,
    work: impl Future<Output = Result<(), Trouble>>,
) -> Option<Result<(), Trouble>> {
    let work = AssertUnwindSafe(work).catch_unwind();
    tokio::select! {
        ended = work => Some(ended.unwrap_or_else(|_| Err(Trouble::passing("It broke down in the middle.")))),
        () = beat(working) => None,
        () = last_words(app, working) => Some(Err(Trouble::passing("It did not end when it was asked to."))),
    }
}

/// Says "still at it" until it is held no longer.
async fn beat(working: &Working) {
    loop {
        tokio::time::sleep(BEAT).await;
        match working.keep(None).await {
            Ok(()) => {}
            Err(Error::Conflict(_)) => return,
            Err(error) => tracing::warn!(%error, "work under way cannot say so"),
        }
    }
}

/// Resolves some time after it was asked to end.
async fn last_words(app: &App, working: &Working) {
    tokio::select! {
        () = app.stopping.cancelled() => working.stop().cancel(),
        () = working.stop().cancelled() => {}
    }
    tokio::time::sleep(LAST_WORDS).await;
}

/// What an attempt leads to. `stopped`: it was asked to end, because the server stops or not.
fn outcome(ended: Result<(), Trouble>, stopped: Option<bool>, failures: i64, now: DateTime<Utc>) -> Outcome {
    let trouble = match (ended, stopped) {
        (Ok(()), _) => return Outcome::Done,
        (Err(_), Some(true)) => return Outcome::Back,
        (Err(_), Some(false)) => return Outcome::Cancelled,
        (Err(trouble), None) => trouble,
    };
    match trouble {
        Trouble::Lasting(why) => Outcome::Dead(why),
        Trouble::Passing { why, .. } if failures + 1 >= PATIENCE => Outcome::Dead(why),
        Trouble::Passing { why, not_before } => {
            let asked = not_before.map_or(now, |at| at.min(now + LONGEST_WAIT));
            Outcome::Later((now + scattered(BACKOFF.pause(failures))).max(asked), why)
        }
    }
}

fn note(app: &App, kind: Kind, taken: &Taken, outcome: &Outcome) {
    let (id, kind_word, failures) = (taken.id, kind.as_str(), taken.failures);
    let went = match outcome {
        Outcome::Done => Went::Done,
        Outcome::Cancelled => Went::Cancelled,
        Outcome::Back => Went::Lost,
        Outcome::Later(at, why) => {
            tracing::info!(%id, kind = kind_word, failures, %at, why, "work is tried again later");
            Went::Retried
        }
        Outcome::Dead(why) => {
            tracing::warn!(%id, kind = kind_word, failures, why, "work was given up");
            Went::Dead
        }
    };
    app.work.count(kind, went);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(trouble: Trouble, failures: i64) -> Outcome {
        outcome(Err(trouble), None, failures, DateTime::UNIX_EPOCH)
    }

    fn at(outcome: &Outcome) -> TimeDelta {
        match outcome {
            Outcome::Later(at, _) => *at - DateTime::UNIX_EPOCH,
            other => panic!("it is tried again, not {other:?}"),
        }
    }

    #[test]
    fn what_fails_is_tried_again_later_and_later_and_then_put_aside() {
        let busy = || Trouble::passing("busy");
        let mut all = TimeDelta::zero();
        for failures in 0..PATIENCE - 1 {
            let pause = at(&after(busy(), failures));
            let least = BACKOFF.pause(failures);
            assert!(pause >= least && pause <= least + least / 4, "{pause} after {failures}");
            all += pause;
        }
        assert!(all > TimeDelta::hours(8) && all < TimeDelta::days(2), "{all}");
        assert_eq!(after(busy(), PATIENCE - 1), Outcome::Dead("busy".into()));
        assert_eq!(after(Trouble::Lasting("no".into()), 0), Outcome::Dead("no".into()));
    }

    #[test]
    fn who_asks_to_be_left_alone_is_within_reason() {
        let wait =
            |pause: TimeDelta| Trouble::Passing { why: "busy".into(), not_before: Some(DateTime::UNIX_EPOCH + pause) };
        assert_eq!(at(&after(wait(TimeDelta::hours(2)), 0)), TimeDelta::hours(2));
        assert_eq!(at(&after(wait(TimeDelta::days(900)), 0)), LONGEST_WAIT);
        assert!(at(&after(wait(TimeDelta::seconds(1)), 0)) >= BACKOFF.first);
    }

    #[test]
    fn what_was_asked_to_end_is_no_failure() {
        let now = DateTime::UNIX_EPOCH;
        let trouble = || Err(Trouble::passing("cut off"));
        assert_eq!(outcome(trouble(), Some(true), 0, now), Outcome::Back);
        assert_eq!(outcome(trouble(), Some(false), 0, now), Outcome::Cancelled);
        assert_eq!(outcome(Ok(()), Some(true), 0, now), Outcome::Done);
    }
}
