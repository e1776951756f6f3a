//! A source that fails is left alone, for longer each time, and tried again; it never holds up another.

use crate::backoff::{Backoff, scattered};
use chrono::{DateTime, TimeDelta, Utc};

/// So many visits in a row that came to nothing open the breaker.
pub const PATIENCE: i64 = 5;
/// While it is closed a visit that failed is tried again after this, doubled each time.
const SOON: Backoff = Backoff { first: TimeDelta::minutes(10), longest: TimeDelta::hours(2) };
/// While it is open.
const LATE: Backoff = Backoff { first: TimeDelta::hours(1), longest: LONGEST };
/// No pause is longer, whoever asks for it.
pub const LONGEST: TimeDelta = TimeDelta::days(1);
/// A host that asks to be left alone and does not say for how long.
const UNSAID: TimeDelta = TimeDelta::minutes(15);

/// Why a visit came to nothing, as far as trying again goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It may work later: the network, the server, an answer that cannot be read.
    Passing(String),
    /// It asks to be left alone for that long.
    Busy(String, Option<u64>),
    /// It does not want to be read by us: refused, forbidden by robots.txt, or a key is missing. Asked again once a day, and never fought.
    Refused(String),
}

impl Failure {
    /// The reason, in a sentence.
    pub fn why(&self) -> &str {
        match self {
            Failure::Passing(why) | Failure::Busy(why, _) | Failure::Refused(why) => why,
        }
    }
}

/// When to come back, and whether the source is left alone until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    pub at: DateTime<Utc>,
    pub paused: bool,
}

/// What follows from a failure, of which there were so many in a row with this one.
pub fn after(failure: &Failure, failures: i64, now: DateTime<Utc>) -> Next {
    let (pause, paused) = match failure {
        Failure::Refused(_) => (LONGEST, true),
        Failure::Busy(_, seconds) => {
            let asked = seconds.and_then(|seconds| TimeDelta::try_seconds(i64::try_from(seconds).ok()?));
            (asked.unwrap_or(UNSAID).clamp(TimeDelta::seconds(1), LONGEST), true)
        }
        Failure::Passing(_) if failures >= PATIENCE => (LATE.pause(failures - PATIENCE), true),
        Failure::Passing(_) => (SOON.pause(failures - 1), false),
    };
    Next { at: now + scattered(pause).min(LONGEST + LONGEST / 4), paused }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause(failure: &Failure, failures: i64) -> (TimeDelta, bool) {
        let now = DateTime::UNIX_EPOCH;
        let next = after(failure, failures, now);
        (next.at - now, next.paused)
    }

    #[test]
    fn it_opens_after_five_failures_in_a_row_and_pauses_grow_up_to_a_day() {
        let away = Failure::Passing("away".into());
        let mut least = TimeDelta::zero();
        for failures in 1..=40 {
            let (after, paused) = pause(&away, failures);
            assert_eq!(paused, failures >= PATIENCE, "{failures}");
            assert!(after >= TimeDelta::minutes(10) && after <= TimeDelta::hours(30), "{failures}: {after}");
            if failures >= PATIENCE {
                assert!(after >= least, "{failures}: {after} after {least}");
                least = LATE.pause(failures - PATIENCE);
            }
        }
        assert!(pause(&away, i64::MAX).0 >= LONGEST);
    }

    #[test]
    fn who_asks_to_be_left_alone_is() {
        let busy = |seconds| pause(&Failure::Busy("busy".into(), seconds), 1);
        assert!(busy(Some(3_600)).0 >= TimeDelta::hours(1) && busy(Some(3_600)).1);
        assert!(busy(None).0 >= TimeDelta::minutes(15));
        assert!(busy(Some(u64::MAX)).0 <= TimeDelta::hours(30), "nobody says for ever");
        assert!(pause(&Failure::Refused("no".into()), 1).0 >= TimeDelta::days(1));
    }
}
