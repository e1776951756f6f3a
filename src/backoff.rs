//! How long to wait before trying again: twice as long each time, scattered, so that those who failed together do not come back
//! together.

use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng;

/// A first pause that doubles up to a longest one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    pub first: TimeDelta,
    pub longest: TimeDelta,
}

impl Backoff {
    /// How long to wait after so many failures before this one: doubled for each.
    pub fn pause(self, failures: i64) -> TimeDelta {
        let doubled = u32::try_from(failures.max(0)).unwrap_or(u32::MAX).min(20);
        self.first.checked_mul(2_i32.pow(doubled)).map_or(self.longest, |pause| pause.min(self.longest))
    }
}

/// A pause, and up to a quarter more.
pub fn scattered(pause: TimeDelta) -> TimeDelta {
    let quarter = pause.num_milliseconds().max(0) / 4;
    pause + TimeDelta::milliseconds(rand::rng().random_range(0..=quarter))
}

/// The pause that `Retry-After` asks for: seconds, or a moment (RFC 9110, 10.2.3). None where it asks for none.
pub fn retry_after(header: &str, now: DateTime<Utc>) -> Option<TimeDelta> {
    let seconds = header.trim().parse::<u32>().ok().map(|seconds| TimeDelta::seconds(seconds.into()));
    let moment = || DateTime::parse_from_rfc2822(header.trim()).ok().map(|at| at.with_timezone(&Utc) - now);
    seconds.or_else(moment).filter(|pause| *pause > TimeDelta::zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let backoff = Backoff { first: TimeDelta::seconds(5), longest: TimeDelta::hours(6) };
        assert_eq!(backoff.pause(0), TimeDelta::seconds(5));
        assert_eq!(backoff.pause(3), TimeDelta::seconds(40));
        for failures in [13, 99, i64::MAX] {
            assert_eq!(backoff.pause(failures), TimeDelta::hours(6), "{failures}");
        }
        assert_eq!(backoff.pause(-1), TimeDelta::seconds(5));
        let whole = Backoff { first: TimeDelta::MAX, longest: TimeDelta::days(1) };
        assert_eq!(whole.pause(7), TimeDelta::days(1));
    }

    #[test]
    fn a_scattered_pause_is_never_shorter() {
        for seconds in [0, 1, 30, 86_400] {
            let pause = TimeDelta::seconds(seconds);
            let scattered = scattered(pause);
            assert!(scattered >= pause && scattered <= pause + pause / 4, "{scattered} for {pause}");
        }
    }

    #[test]
    fn a_pause_is_seconds_or_a_moment() {
        let now = "2026-11-28T12:00:00Z".parse().expect("a moment");
        assert_eq!(retry_after(" 120 ", now), Some(TimeDelta::minutes(2)));
        assert_eq!(retry_after("Sat, 28 Nov 2026 12:01:00 GMT", now), Some(TimeDelta::minutes(1)));
        for nothing in ["", "soon", "-5", "0", "Sat, 28 Nov 2026 11:00:00 GMT", "99999999999999999999"] {
            assert_eq!(retry_after(nothing, now), None, "{nothing}");
        }
    }
}
