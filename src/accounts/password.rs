//! Passwords: argon2id with 19 MiB, two passes, one lane (OWASP's minimum); which ones are refused.

use super::hashing::Asking;
use crate::{
    error::{Check, Error, Result},
    state::App,
};
use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version,
    password_hash::{SaltString, rand_core::OsRng},
};
use std::sync::LazyLock;

/// Shortest password, in characters.
const SHORTEST: usize = 8;
/// Longest password, in characters.
pub const LONGEST: usize = 128;
/// Words that suggest themselves here.
const OURS: [&str; 6] = ["career", "copilot", "co-pilot", "careercopilot", "jobsearch", "resume"];
/// A password that is found within this many guesses is refused (the measure of zxcvbn; 2 of its 5 steps).
const FEWEST_GUESSES: u64 = 1_000_000;

/// Verified against when the account does not exist, so that the answer takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

/// Memory in KiB, and passes.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;

fn argon() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY, PASSES, 1, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(password: &str) -> Result<String> {
    let salt = SaltString::generate(&mut OsRng);
    Ok(argon()?.hash_password(password.as_bytes(), &salt).map_err(Error::internal)?.to_string())
}

fn verify_now(password: &str, hash: &str) -> Result<bool> {
    let Ok(hash) = PasswordHash::new(hash) else { return Ok(false) };
    Ok(argon()?.verify_password(password.as_bytes(), &hash).is_ok())
}

/// Whether a hash was made with less than is asked for now.
fn is_weaker(hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    let Ok(params) = Params::try_from(&hash) else { return true };
    hash.algorithm != Algorithm::Argon2id.ident() || params.m_cost() < MEMORY || params.t_cost() < PASSES
}

/// What came of looking at a password.
pub struct Looked {
    pub right: bool,
    /// A hash of now, to be kept in place of one that was made with less.
    pub anew: Option<String>,
}

/// The PHC string to store for this password.
pub async fn hash(app: &App, asking: Asking, password: String) -> Result<String> {
    app.hashing.run(asking, move || hash_now(&password)).await?
}

/// Whether the password belongs to `hash`; for `None` takes as long and answers no.
pub async fn verify(app: &App, asking: Asking, password: String, hash: Option<String>) -> Result<Looked> {
    let work = move || -> Result<Looked> {
        let right = match &hash {
            Some(hash) => verify_now(&password, hash)?,
            None => verify_now(&password, &NOBODY).map(|_| false)?,
        };
        let weaker = right && hash.is_some_and(|hash| is_weaker(&hash));
        let anew = if weaker { Some(hash_now(&password)?) } else { None };
        Ok(Looked { right, anew })
    };
    app.hashing.run(asking, work).await?
}

/// Notes what is wrong with a password somebody chose. `about` is what others know of them: their address, their name.
pub fn check(check: &mut Check, field: &str, password: &str, about: &[&str]) {
    let length = password.chars().count();
    check.that(length >= SHORTEST, field, "Please use at least 8 characters.").that(
        length <= LONGEST,
        field,
        "Please use at most 128 characters.",
    );
    if (SHORTEST..=LONGEST).contains(&length) {
        check.that(
            zxcvbn::zxcvbn(password, &words(about)).guesses() >= FEWEST_GUESSES
                && beyond_what_is_known(password, about),
            field,
            "This one is among the first to be guessed. Three or four words that have nothing to do with each other are safe.",
        );
    }
}

/// What somebody would try first: the service's own words, what is known of the person, and its parts.
fn words<'a>(about: &[&'a str]) -> Vec<&'a str> {
    let parts = about.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()).chain([*text]));
    parts.filter(|part| part.chars().count() >= 3).chain(OURS).collect()
}

/// Whether something is left of a password without the words that are known: names with a digit behind them are guessed first.
fn beyond_what_is_known(password: &str, about: &[&str]) -> bool {
    let mut known: Vec<String> = words(about).into_iter().map(str::to_lowercase).collect();
    known.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    let rest = known.iter().fold(password.to_lowercase(), |rest, word| rest.replace(word, ""));
    rest.chars().filter(|c| c.is_alphanumeric()).count() >= 4
}

/// How hard a password is to guess, from 0 to 4; `about` as for [`check`].
pub fn strength(password: &str, about: &[&str]) -> u8 {
    let bounded: String = password.chars().take(LONGEST).collect();
    u8::from(zxcvbn::zxcvbn(&bounded, &words(about)).score())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(password: &str) -> bool {
        let mut noted = Check::default();
        check(&mut noted, "password", password, &["ann.miller@example.org", "Ann Miller"]);
        noted.done().is_err()
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        for bad in [
            "short7!",
            "password",
            "Password1",
            "12345678",
            "qwertyuiop",
            "iloveyou",
            "P@ssw0rd",
            "aaaaaaaa",
            "abcdefgh",
            "letmein1",
            "football1",
            "annmiller",
            "MillerAnn1!",
            "careercopilot",
            "Career2026",
            "ann.miller@example.org",
        ] {
            assert!(refused(bad), "{bad}");
        }
    }

    #[test]
    fn any_characters_are_taken() {
        let longest: String = (0..LONGEST as u32).filter_map(|n| char::from_u32(0x4e00 + n * 7919 % 20_000)).collect();
        for good in [
            "ann likes long walks",
            "пароль для работы",
            "🦀🦀 plus ein Fisch",
            "tab\tand space ",
            "vK7#qz!pLw",
            &longest,
        ] {
            assert!(!refused(good), "{good}");
        }
        assert!(refused(&[&longest, "x"].concat()), "129 characters");
    }

    #[test]
    fn strength_goes_up() {
        assert_eq!(strength("password", &[]), 0);
        assert_eq!(strength("correct four plain words here", &[]), 4);
        assert!(
            strength("ann.miller", &["ann.miller@example.org"])
                < strength("bob.archer", &["ann.miller@example.org"]) + 1
        );
        // Far longer than anything that is stored.
        strength(&"long ".repeat(100_000), &[]);
    }
}
