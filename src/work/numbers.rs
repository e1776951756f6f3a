//! What became of work in this process, counted since its start.

use super::Kind;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// How an attempt went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Went {
    Done,
    /// It failed, and is tried again.
    Retried,
    /// It was put aside.
    Dead,
    Cancelled,
    /// Given back, or taken away.
    Lost,
}

impl Went {
    /// All of them, as they are numbered.
    pub const ALL: [Went; 5] = [Went::Done, Went::Retried, Went::Dead, Went::Cancelled, Went::Lost];

    /// The word in metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Went::Done => "done",
            Went::Retried => "retried",
            Went::Dead => "dead",
            Went::Cancelled => "cancelled",
            Went::Lost => "lost",
        }
    }
}

/// Counters by kind and how it went, and when the worker and the planner last had a look.
#[derive(Default)]
pub struct Numbers {
    ended: [[AtomicU64; Went::ALL.len()]; Kind::ALL.len()],
    /// Seconds since 1970, 0 for never.
    pub worked_at: AtomicI64,
    pub planned_at: AtomicI64,
}

impl Numbers {
    /// One more that went so.
    pub fn count(&self, kind: Kind, went: Went) {
        self.ended[kind as usize][went as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// How many went so.
    pub fn ended(&self, kind: Kind, went: Went) -> u64 {
        self.ended[kind as usize][went as usize].load(Ordering::Relaxed)
    }
}
