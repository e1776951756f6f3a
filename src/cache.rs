//! Answers worth keeping, per person and thing, valid until the person's next event and for an hour at most.
//!
//! The number of a person's newest event is read with every request, so a stale answer cannot be served, on any number of nodes.

use crate::{error::Result, ids::UserId, session::Who};
use std::{any::Any, future::Future, sync::Arc, time::Duration};

type Kept = (i64, Arc<dyn Any + Send + Sync>);

pub struct PersonCache(moka::sync::Cache<(UserId, String), Kept>);

impl Default for PersonCache {
    fn default() -> Self {
        PersonCache(
            moka::sync::Cache::builder()
                .max_capacity(20_000)
                .time_to_live(Duration::from_secs(3600))
                .support_invalidation_closures()
                .build(),
        )
    }
}

impl PersonCache {
    /// The kept answer to `what` for this person, or what `make` gives now.
    pub async fn get<T, F>(&self, who: &Who, what: &str, make: F) -> Result<Arc<T>>
    where
        T: Send + Sync + 'static,
        F: Future<Output = Result<T>>,
    {
        self.get_at(who.user, who.seq, what, make).await
    }

    /// The same for a person whose newest event has the number `now`.
    pub async fn get_at<T, F>(&self, user: UserId, now: i64, what: &str, make: F) -> Result<Arc<T>>
    where
        T: Send + Sync + 'static,
        F: Future<Output = Result<T>>,
    {
        let key = (user, what.to_owned());
        if let Some((seq, kept)) = self.0.get(&key)
            && seq == now
            && let Ok(kept) = kept.downcast::<T>()
        {
            return Ok(kept);
        }
        let made = Arc::new(make.await?);
        self.0.insert(key, (now, made.clone()));
        Ok(made)
    }

    /// Forgets everything about one person.
    pub fn forget(&self, who: UserId) {
        // Only an error where the cache was built without support for it.
        let _ = self.0.invalidate_entries_if(move |(own, _), _| *own == who);
    }

    /// Forgets everything: what the answers were made from changed for everybody.
    pub fn clear(&self) {
        self.0.invalidate_all();
    }
}
