//! The queue passwords are hashed in: threads of their own, of low priority, and no more people waiting than get their turn
//! soon. However many sign in at once, pages are answered as ever.

use crate::{
    background,
    error::{Error, Result},
};
use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};
use tokio::sync::oneshot;

/// A person waits this long at most.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// What those who are sent away are told to wait, in seconds.
const COME_BACK: u64 = 5;

type Job = Box<dyn FnOnce() + Send>;

/// Who wants something hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Signed in, or on a device that was signed in before: comes first, and has places of their own in the queue.
    Known,
    Stranger,
}

/// Hashes one password at a time on each of its threads. The threads end with it.
pub struct Hashing {
    queue: Arc<Queue>,
    /// Places in the queue, for each kind of asking.
    places: usize,
}

#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    more: Condvar,
}

#[derive(Default)]
struct Waiting {
    known: VecDeque<Job>,
    strangers: VecDeque<Job>,
    over: bool,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // What a panicking thread leaves behind is a queue like any other.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next job, as soon as there is one; None when there will be none any more.
    fn next(&self) -> Option<Job> {
        let mut waiting = self.lock();
        loop {
            if waiting.over {
                return None;
            }
            if let Some(job) = waiting.known.pop_front().or_else(|| waiting.strangers.pop_front()) {
                return Some(job);
            }
            waiting = self.more.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Hashing {
    /// Starts the threads.
    pub fn new(threads: usize, places: usize) -> Self {
        let queue = Arc::new(Queue::default());
        for _ in 0..threads {
            let queue = queue.clone();
            thread::spawn(move || {
                background::stand_back();
                while let Some(job) = queue.next() {
                    // Whoever waits for the answer sees that none comes.
                    let _ = catch_unwind(AssertUnwindSafe(job));
                }
            });
        }
        Hashing { queue, places }
    }

    /// Does the work when its turn comes; refused at once when the queue is full.
    pub async fn run<T: Send + 'static>(&self, asking: Asking, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let (tell, told) = oneshot::channel();
        let job = Box::new(move || {
            // Nobody may be waiting any more.
            if !tell.is_closed() {
                let _ = tell.send(work());
            }
        });
        {
            let mut waiting = self.queue.lock();
            let line = match asking {
                Asking::Known => &mut waiting.known,
                Asking::Stranger => &mut waiting.strangers,
            };
            if line.len() >= self.places {
                return Err(Error::Busy(COME_BACK));
            }
            line.push_back(job);
        }
        self.queue.more.notify_one();
        match tokio::time::timeout(LONGEST_WAIT, told).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(_)) => Err(Error::internal("hashing a password ended without an answer")),
            Err(_) => Err(Error::Busy(COME_BACK)),
        }
    }
}

impl Drop for Hashing {
    fn drop(&mut self) {
        self.queue.lock().over = true;
        self.queue.more.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    /// A queue whose only thread is busy until something is sent.
    async fn busy(places: usize) -> (Arc<Hashing>, mpsc::Sender<()>) {
        let hashing = Arc::new(Hashing::new(1, places));
        let (release, released) = mpsc::channel::<()>();
        let (tell, started) = oneshot::channel();
        let held = hashing.clone();
        tokio::spawn(async move {
            held.run(Asking::Stranger, move || {
                let _ = tell.send(());
                let _ = released.recv();
            })
            .await
        });
        started.await.expect("the thread takes it");
        (hashing, release)
    }

    #[tokio::test]
    async fn a_full_queue_sends_strangers_away_and_still_takes_those_it_knows() {
        let (hashing, release) = busy(2).await;
        let (tell, order) = mpsc::channel();
        let mut waiting = Vec::new();
        for name in ["first", "second"] {
            let (hashing, tell) = (hashing.clone(), tell.clone());
            waiting.push(tokio::spawn(async move {
                hashing.run(Asking::Stranger, move || tell.send(name)).await.map(|_| ())
            }));
            tokio::task::yield_now().await;
        }
        while hashing.queue.lock().strangers.len() < 2 {
            tokio::task::yield_now().await;
        }
        assert_eq!(hashing.run(Asking::Stranger, || ()).await, Err(Error::Busy(COME_BACK)));
        let known = {
            let (hashing, tell) = (hashing.clone(), tell.clone());
            tokio::spawn(async move { hashing.run(Asking::Known, move || tell.send("known")).await.map(|_| ()) })
        };
        while hashing.queue.lock().known.is_empty() {
            tokio::task::yield_now().await;
        }
        release.send(()).expect("the thread waits for it");
        for one in waiting.into_iter().chain([known]) {
            one.await.expect("no panic").expect("its turn came");
        }
        assert_eq!(order.try_iter().collect::<Vec<_>>(), ["known", "first", "second"]);
    }

    #[tokio::test]
    async fn work_that_panics_takes_nothing_along() {
        let hashing = Hashing::new(1, 4);
        assert!(matches!(hashing.run(Asking::Known, || panic!("as told")).await, Err(Error::Internal(_))));
        assert_eq!(hashing.run(Asking::Known, || 7).await, Ok(7));
    }

    #[tokio::test]
    async fn who_has_left_is_passed_over() {
        let (hashing, release) = busy(4).await;
        let (tell, done) = mpsc::channel();
        let left = {
            let (hashing, tell) = (hashing.clone(), tell.clone());
            tokio::spawn(async move { hashing.run(Asking::Stranger, move || tell.send("left")).await.map(|_| ()) })
        };
        while hashing.queue.lock().strangers.is_empty() {
            tokio::task::yield_now().await;
        }
        left.abort();
        left.await.expect_err("it was aborted");
        release.send(()).expect("the thread waits for it");
        hashing.run(Asking::Stranger, move || tell.send("stayed")).await.expect("its turn came").expect("told");
        assert_eq!(done.try_iter().collect::<Vec<_>>(), ["stayed"]);
    }
}
