//! How often is too often: per address and per account for sign-in, per recipient for mail, per person for writes. Counted in
//! this process.

use crate::error::{Error, Result};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock, clock::DefaultClock};
use std::{num::NonZeroU32, time::Duration};

/// Token buckets by key. Sign-in attempts cost password hashing, so they are few; writes are many.
pub struct Limits {
    address: DefaultKeyedRateLimiter<String>,
    account: DefaultKeyedRateLimiter<String>,
    mail: DefaultKeyedRateLimiter<String>,
    person: DefaultKeyedRateLimiter<String>,
}

fn quota(per_minute: u32, burst: u32) -> Quota {
    let at_least_one = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
    Quota::per_minute(at_least_one(per_minute)).allow_burst(at_least_one(burst))
}

/// Four at once, then one every five minutes.
fn mail_quota() -> Quota {
    Quota::with_period(Duration::from_secs(300)).unwrap_or(quota(1, 1)).allow_burst(NonZeroU32::MIN.saturating_add(3))
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            address: RateLimiter::keyed(quota(30, 60)),
            account: RateLimiter::keyed(quota(5, 10)),
            mail: RateLimiter::keyed(mail_quota()),
            person: RateLimiter::keyed(quota(60_000, 30_000)),
        }
    }
}

impl Limits {
    /// One attempt to sign in or up: counted for the address it came from and the account it names.
    pub fn attempt(&self, address: &str, account: &str) -> Result<()> {
        check(&self.address, address)?;
        check(&self.account, &account.to_lowercase())
    }

    /// One message that somebody wants sent, counted for who receives it: nobody's mailbox is filled from here.
    pub fn mail(&self, recipient: &str) -> Result<()> {
        check(&self.mail, &recipient.to_lowercase())
    }

    /// One write of a person over any door.
    pub fn write(&self, person: impl ToString) -> Result<()> {
        check(&self.person, &person.to_string())
    }

    /// Drops counters that are full again; run now and then.
    pub fn sweep(&self) {
        for limiter in [&self.address, &self.account, &self.mail, &self.person] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

fn check(limiter: &DefaultKeyedRateLimiter<String>, key: &str) -> Result<()> {
    limiter.check_key(&key.to_owned()).map_err(|until| {
        let wait = until.wait_time_from(DefaultClock::default().now());
        Error::TooMany(wait.as_secs() + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_at_one_account_is_slowed_and_others_are_not() {
        let limits = Limits::default();
        for _ in 0..10 {
            limits.attempt("203.0.113.1", "ann@example.org").expect("within the burst");
        }
        let refused = limits.attempt("203.0.113.2", "Ann@example.org").expect_err("another address, same account");
        assert!(matches!(refused, Error::TooMany(1..=13)), "{refused:?}");
        limits.attempt("203.0.113.2", "bob@example.org").expect("another account");
    }

    #[test]
    fn no_mailbox_is_filled() {
        let limits = Limits::default();
        for _ in 0..4 {
            limits.mail("ann@example.org").expect("within the burst");
        }
        let refused = limits.mail("Ann@Example.org").expect_err("the same mailbox");
        assert!(matches!(refused, Error::TooMany(200..=301)), "{refused:?}");
        limits.mail("bob@example.org").expect("another mailbox");
    }
}
