//! What somebody who carries something out holds in hand.

use super::store::{self, Outcome, Word};
use crate::{
    db::{self, Tx},
    error::{Error, Result},
    ids::{UserId, WorkId},
    state::App,
};
use chrono::TimeDelta;
use serde_json::json;
use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio_util::sync::CancellationToken;

/// What has not said for so long that somebody is at it is taken away.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);
/// Progress is written down at most so often, and told the person at most so often.
const NOTED_EVERY: Duration = Duration::from_secs(1);
const TOLD_EVERY: Duration = Duration::from_secs(3);

/// Work under way: tells how far it is, and hears whether it is to end.
pub struct Working {
    app: App,
    held: (WorkId, i64),
    user: Option<UserId>,
    stop: CancellationToken,
    /// When progress was last noted, and last told.
    last: Mutex<(Option<Instant>, Option<Instant>)>,
}

impl Working {
    /// For what was just taken up.
    pub fn new(app: &App, taken: &store::Taken) -> Self {
        Working {
            app: app.clone(),
            held: (taken.id, taken.token),
            user: taken.user_id,
            stop: CancellationToken::new(),
            last: Mutex::default(),
        }
    }

    /// Whether it is to end: somebody asked for that, the server stops, or somebody else has it.
    pub fn cancelled(&self) -> bool {
        self.stop.is_cancelled()
    }

    /// The same as something to wait for.
    pub fn stop(&self) -> &CancellationToken {
        &self.stop
    }

    /// Which it is, with the token it is held by.
    pub fn held(&self) -> (WorkId, i64) {
        self.held
    }

    /// Says how far it is, of how much. Cheap to call often. An error when it is held no longer: whatever is done now is done twice.
    pub async fn progress(&self, done: u64, total: u64) -> Result<()> {
        let (note, tell) = self.due(total > 0 && done >= total);
        if !note {
            return Ok(());
        }
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        self.keep(Some((number(done), number(total)))).await?;
        if let Some(user) = self.user.filter(|_| tell) {
            let mut change = self.app.change_in(self.app.db.begin().await?, user).await?;
            change.record("work.progress", Some(self.held.0.0), json!({ "done": done, "total": total }));
            change.commit().await?;
        }
        Ok(())
    }

    /// Ends it well in a transaction, so that what was done and that it is done are one. An error when it is held no longer: nothing of
    /// the transaction may stay.
    pub async fn finish(&self, tx: &mut Tx) -> Result<()> {
        match store::end(tx, self.held, &Outcome::Done, db::now()).await? {
            true => Ok(()),
            false => Err(lost()),
        }
    }

    /// Says that somebody is still at it.
    pub async fn keep(&self, progress: Option<(i64, i64)>) -> Result<()> {
        match store::keep(&self.app.db, self.held, db::now() + LEASE, progress).await? {
            Word::GoOn => Ok(()),
            Word::Stop => {
                self.stop.cancel();
                Ok(())
            }
            Word::Lost => {
                self.stop.cancel();
                Err(lost())
            }
        }
    }

    /// Whether progress is to be noted now, and to be told.
    fn due(&self, last_one: bool) -> (bool, bool) {
        let now = Instant::now();
        let since = |at: Option<Instant>, pause| last_one || at.is_none_or(|at| now.duration_since(at) >= pause);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let due = (since(last.0, NOTED_EVERY), since(last.1, TOLD_EVERY));
        *last = (if due.0 { Some(now) } else { last.0 }, if due.1 { Some(now) } else { last.1 });
        due
    }
}

fn lost() -> Error {
    Error::Conflict("Somebody else is at this meanwhile.".into())
}
