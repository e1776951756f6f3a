//! Work that nobody looks on at, as the queue has it. Its threads stand back where a page wants the core, and it takes turns.

use crate::error::{Error, Result};
use std::{
    num::NonZero,
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    thread::available_parallelism,
    time::{Duration, Instant},
};
use tokio::{
    runtime::{Builder, Runtime},
    sync::{Semaphore, SemaphorePermit},
    task::JoinSet,
};

/// How far such threads stand back (`nice`): a tenth of what a page gets where both want a core, and never nothing.
const NICE: i32 = 10;

/// Threads for what blocks. Turns bound what is computed on them; hosts' names are looked up there too, and may take their time.
const BLOCKING: usize = 16;

/// Where the queue's work goes on: polled by these threads, not by those that answer people.
static RUNTIME: LazyLock<Option<Runtime>> = LazyLock::new(|| {
    Builder::new_multi_thread()
        .thread_name("background")
        .worker_threads((cores() / 2).max(1))
        .max_blocking_threads(BLOCKING)
        .on_thread_start(stand_back)
        .enable_all()
        .build()
        .inspect_err(|error| tracing::warn!(%error, "there are no threads for the background"))
        .ok()
});

/// Turns there are; see [`turn`].
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(cores().max(2)));

/// So long after somebody asked for something they count as being there.
const THERE: Duration = Duration::from_secs(2);

/// When somebody asked last, in milliseconds since the server began.
static ASKED: AtomicU64 = AtomicU64::new(0);
static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);

fn cores() -> usize {
    available_parallelism().map_or(1, NonZero::get)
}

fn since_began() -> u64 {
    u64::try_from(BEGAN.elapsed().as_millis()).unwrap_or(u64::MAX).saturating_add(1)
}

/// Notes that somebody asks for something, so that the background makes room for them.
pub fn make_room() {
    ASKED.store(since_began(), Ordering::Relaxed);
}

fn somebody_is_there() -> bool {
    let asked = ASKED.load(Ordering::Relaxed);
    asked > 0 && u128::from(since_began().saturating_sub(asked)) < THERE.as_millis()
}

/// Leave to keep a core busy for a moment, here or in the database; ends when it is dropped.
pub struct Turn {
    _permit: SemaphorePermit<'static>,
}

/// Waits until there is room for one more moment of work: as many go on at a time as there are cores, and half as many while somebody is
/// there, so that a core is left to them, also where the database has the same ones. It is taken before a transaction begins
/// and held until that has ended; whoever holds one must not wait for another.
///
/// # Errors
/// Never, as nobody closes it.
pub async fn turn() -> Result<Turn> {
    let share = if somebody_is_there() { 2 } else { 1 };
    let permit = TURNS.acquire_many(share).await.map_err(Error::internal)?;
    Ok(Turn { _permit: permit })
}

impl Turn {
    /// Does work for the processor within this turn, on a thread that may be kept for it.
    ///
    /// # Errors
    /// When the work panics.
    pub async fn done<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let doing = match &*RUNTIME {
            Some(runtime) => runtime.spawn_blocking(work),
            None => tokio::task::spawn_blocking(work),
        };
        doing.await.map_err(Error::internal)
    }
}

/// Begins something that goes on in the background, among others of its kind.
pub fn spawn_in<T: Send + 'static>(set: &mut JoinSet<T>, work: impl Future<Output = T> + Send + 'static) {
    match &*RUNTIME {
        Some(runtime) => set.spawn_on(work, runtime.handle()),
        None => set.spawn(work),
    };
}

/// Does work for the processor in a turn of its own.
///
/// # Errors
/// When the work panics.
pub async fn done<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    turn().await?.done(work).await
}

/// Gives this thread a low priority, where threads have one of their own.
pub fn stand_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE) {
        tracing::debug!(%error, "a background thread keeps its priority");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_core_is_left_to_whoever_is_there() {
        make_room();
        assert!(somebody_is_there());
        let mut held = Vec::new();
        for _ in 0..cores().max(2) / 2 {
            held.push(turn().await.expect("a turn"));
        }
        assert!(
            tokio::time::timeout(Duration::from_millis(20), turn()).await.is_err(),
            "no more than half of the cores"
        );
        held.pop();
        assert!(turn().await.is_ok());
    }

    #[tokio::test]
    async fn work_is_done_on_a_thread_that_stands_back() {
        let name = done(|| std::thread::current().name().map(str::to_owned)).await.expect("it is done");
        assert_eq!(name.as_deref(), Some("background"));
        assert!(done(|| panic!("no such posting")).await.is_err());
        #[cfg(target_os = "linux")]
        assert_eq!(
            done(|| rustix::process::getpriority_process(Some(rustix::thread::gettid()))).await.expect("it is done"),
            Ok(NICE)
        );
    }
}
