//! Work for the processor that nobody looks on at, as the queue has it. Its threads stand back where a page wants the core.

use crate::error::{Error, Result};
use std::sync::LazyLock;
use tokio::runtime::{Builder, Runtime};

/// How far such threads stand back (`nice`): a tenth of what a page gets where both want a core, and never nothing.
const NICE: i32 = 10;

/// Threads for what blocks; it drives nothing else.
static THREADS: LazyLock<Option<Runtime>> = LazyLock::new(|| {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    Builder::new_current_thread()
        .thread_name("background")
        .max_blocking_threads(threads)
        .on_thread_start(stand_back)
        .build()
        .inspect_err(|error| tracing::warn!(%error, "there are no threads for the background"))
        .ok()
});

/// Does the work on such a thread.
///
/// # Errors
/// When the work panics.
pub async fn done<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let doing = match &*THREADS {
        Some(threads) => threads.spawn_blocking(work),
        None => tokio::task::spawn_blocking(work),
    };
    doing.await.map_err(Error::internal)
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
