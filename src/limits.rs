//! How often something may be tried. Counted in this process.

use crate::{
    error::{Error, Result},
    ids::UserId,
};
use governor::{
    DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock, clock::DefaultClock,
};
use std::{net::IpAddr, num::NonZeroU32, time::Duration};

/// Token buckets by key. Sign-in attempts cost password hashing, so they are few; writes are many.
pub struct Limits {
    /// Attempts of strangers in all.
    strangers: DefaultDirectRateLimiter,
    /// Attempts of strangers from one address.
    address: DefaultKeyedRateLimiter<String>,
    /// Attempts of strangers at one account.
    account: DefaultKeyedRateLimiter<String>,
    /// Attempts of those who were signed in to this account before: nobody else's attempts count against theirs.
    own: DefaultKeyedRateLimiter<UserId>,
    /// Codes of second factors.
    codes: DefaultKeyedRateLimiter<UserId>,
    /// Refusals that go into the log of accounts.
    refusals: DefaultKeyedRateLimiter<UserId>,
    /// Passwords looked at while they are typed, from one network.
    looks: DefaultKeyedRateLimiter<String>,
    /// Messages somebody wants sent, by who receives them.
    mail: DefaultKeyedRateLimiter<String>,
    /// What costs much: public boards and pages to fetch, files to take in.
    heavy: DefaultKeyedRateLimiter<UserId>,
    /// Files of postings to read, and searches to try on those that are here.
    files: DefaultKeyedRateLimiter<UserId>,
    /// Writes of one person.
    person: DefaultKeyedRateLimiter<UserId>,
    /// Everything one person asks for.
    reads: DefaultKeyedRateLimiter<UserId>,
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
            strangers: RateLimiter::direct(quota(6_000, 1_000)),
            address: RateLimiter::keyed(quota(30, 60)),
            account: RateLimiter::keyed(quota(5, 10)),
            own: RateLimiter::keyed(quota(5, 10)),
            codes: RateLimiter::keyed(quota(3, 6)),
            refusals: RateLimiter::keyed(quota(10, 20)),
            looks: RateLimiter::keyed(quota(240, 120)),
            mail: RateLimiter::keyed(mail_quota()),
            heavy: RateLimiter::keyed(quota(20, 60)),
            files: RateLimiter::keyed(quota(120, 240)),
            person: RateLimiter::keyed(quota(60_000, 30_000)),
            reads: RateLimiter::keyed(quota(12_000, 2_000)),
        }
    }
}

impl Limits {
    /// One attempt to sign in or up by somebody we do not know: counted in all, for the network it came from, and for the
    /// account it names.
    pub fn attempt(&self, address: &str, account: &str) -> Result<()> {
        check(&self.address, &network(address))?;
        check(&self.account, &account.to_lowercase())?;
        self.strangers.check().map_err(|until| wait(&until))
    }

    /// One password typed by somebody who is signed in to this account, or was on the same device.
    pub fn own_attempt(&self, person: UserId) -> Result<()> {
        check(&self.own, &person)
    }

    /// One code typed for this person's second factor: a million codes, three of them right at any time, take years to try.
    pub fn code(&self, person: UserId) -> Result<()> {
        check(&self.codes, &person)
    }

    /// One refusal to be written down.
    pub fn refusal(&self, person: UserId) -> Result<()> {
        check(&self.refusals, &person)
    }

    /// One look at how hard a password is to guess.
    pub fn look(&self, address: &str) -> Result<()> {
        check(&self.looks, &network(address))
    }

    /// One message that somebody wants sent, counted for who receives it: nobody's mailbox is filled from here.
    pub fn mail(&self, recipient: &str) -> Result<()> {
        check(&self.mail, &recipient.to_lowercase())
    }

    /// One public board or page that somebody wants fetched (none is worn out from here), or one exported file to take in.
    pub fn heavy(&self, person: UserId) -> Result<()> {
        check(&self.heavy, &person)
    }

    /// One file or text of postings that somebody wants read, or one search tried out, whatever comes of it.
    pub fn file(&self, person: UserId) -> Result<()> {
        check(&self.files, &person)
    }

    /// One page, list or other answer a person asks for: more than 200 a second for long is no person and no honest program.
    pub fn read(&self, person: UserId) -> Result<()> {
        check(&self.reads, &person)
    }

    /// One write of a person over any door.
    pub fn write(&self, person: UserId) -> Result<()> {
        check(&self.person, &person)
    }

    /// Drops counters that are full again; run now and then.
    pub fn sweep(&self) {
        for limiter in [&self.address, &self.account, &self.looks, &self.mail] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        for limiter in [&self.own, &self.codes, &self.refusals, &self.heavy, &self.files, &self.person, &self.reads] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

fn check<K: Clone + Eq + std::hash::Hash>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<()> {
    limiter.check_key(key).map_err(|until| wait(&until))
}

fn wait(until: &governor::NotUntil<governor::clock::QuantaInstant>) -> Error {
    Error::TooMany(until.wait_time_from(DefaultClock::default().now()).as_secs() + 1)
}

/// What one customer of a network provider has: an IPv4 address, the first half of an IPv6 address.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(v6)) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.to_string(),
            None => v6.segments()[..4].iter().map(|part| format!("{part:x}:")).collect(),
        },
        _ => address.to_owned(),
    }
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
    fn guessing_from_one_network_is_slowed() {
        let limits = Limits::default();
        for n in 0..60 {
            limits.attempt(&format!("2001:db8::{n:x}"), &format!("{n}@example.org")).expect("within the burst");
        }
        limits.attempt("2001:db8::ffff", "new@example.org").expect_err("the same network");
        limits.attempt("2001:db8:0:1::1", "new@example.org").expect("another one");
    }

    #[test]
    fn guessing_from_everywhere_is_slowed() {
        let limits = Limits::default();
        let refused =
            (0..2_000).filter(|n| limits.attempt(&format!("{n}"), &format!("{n}@example.org")).is_err()).count();
        assert!((1..=1_000).contains(&refused), "{refused}");
        limits.own_attempt(UserId::fresh()).expect("people we know are not held up by it");
    }

    #[test]
    fn reading_without_end_is_slowed() {
        let limits = Limits::default();
        let (ann, bob) = (UserId::fresh(), UserId::fresh());
        let refused = (0..5_000).filter(|_| limits.read(ann).is_err()).count();
        assert!(refused > 0, "two thousand at once, then 200 a second");
        assert!(matches!(limits.read(ann), Err(Error::TooMany(1))));
        limits.read(bob).expect("somebody else");
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
