//! Passwords: argon2id with 19 MiB, two passes, one lane (OWASP's minimum), on a blocking thread, as many at a time as cores.

use crate::{
    error::{Error, Result},
    state::App,
};
use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version,
    password_hash::{SaltString, rand_core::OsRng},
};
use std::sync::LazyLock;

/// Verified against when the account does not exist, so that the answer takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

fn argon() -> Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(Error::internal)?;
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

/// The PHC string to store for this password.
pub async fn hash(app: &App, password: String) -> Result<String> {
    let _turn = app.hashing.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || hash_now(&password)).await.map_err(Error::internal)?
}

/// Whether the password belongs to `hash`; for `None` takes as long and answers no.
pub async fn verify(app: &App, password: String, hash: Option<String>) -> Result<bool> {
    let _turn = app.hashing.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || match hash {
        Some(hash) => verify_now(&password, &hash),
        None => verify_now(&password, &NOBODY).map(|_| false),
    })
    .await
    .map_err(Error::internal)?
}
