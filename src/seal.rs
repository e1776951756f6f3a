//! Sealed values: what must not be read from a stolen database file.
//!
//! Every person has a random key of their own; it is in the database, sealed by a key made from `SECRET_KEY`. A value is sealed by
//! its person's key and for its place: moved to another row or column it does not open. XChaCha20-Poly1305, random nonces. In front
//! stands a mark of how it was sealed, so that another way can follow; values from before there were marks open as well.
//! What is the installation's own is sealed by another key made from `SECRET_KEY`.

use crate::{
    config::SecretKey,
    db::{self, Db, Tx},
    error::{Error, Result},
    ids::UserId,
    on, on_tx,
    state::App,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use rand::RngCore;

pub mod again;

const NONCE: usize = 24;
/// How values are sealed now: XChaCha20-Poly1305, for a place and the mark itself.
const MARK: u8 = 1;
type Key = [u8; 32];

/// A person's own key, opened: seals and opens what is theirs.
pub struct PersonKey {
    person: UserId,
    key: Key,
}

impl PersonKey {
    /// Seals bytes for one place (`table.column`).
    pub fn close(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>> {
        lock(&self.key, &aad(place, self.person), plain)
    }

    /// Opens what [`PersonKey::close`] sealed for the same place.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        unlock(&self.key, &aad(place, self.person), sealed)
            .ok_or_else(|| Error::internal(format!("a sealed value of {place} does not open")))
    }

    /// The same for text, sealed as base64url.
    pub fn close_text(&self, place: &str, text: &str) -> Result<String> {
        Ok(URL_SAFE_NO_PAD.encode(self.close(place, text.as_bytes())?))
    }

    /// Opens what [`PersonKey::close_text`] sealed for the same place.
    pub fn open_text(&self, place: &str, sealed: &str) -> Result<String> {
        let sealed = URL_SAFE_NO_PAD.decode(sealed).map_err(Error::internal)?;
        String::from_utf8(self.open(place, &sealed)?).map_err(Error::internal)
    }
}

/// The person's key; an error when nothing was ever sealed for them.
pub async fn key(app: &App, person: UserId) -> Result<PersonKey> {
    let kept: Option<String> = on!(app.db.read, |c| sqlx::query_scalar(KEY).bind(person).fetch_optional(c).await)?;
    let kept = kept.ok_or_else(|| Error::internal("a sealed value of a person without a key"))?;
    Ok(PersonKey { person, key: unlock_key(app, person, &kept)? })
}

/// The person's key from its row in `person_keys`: for whoever reads those of many people.
pub fn kept_key(app: &App, person: UserId, kept: &str) -> Result<PersonKey> {
    Ok(PersonKey { person, key: unlock_key(app, person, kept)? })
}

/// The same inside a transaction; makes the key when the person has none yet.
pub async fn key_in(app: &App, tx: &mut Tx, person: UserId) -> Result<PersonKey> {
    let kept: Option<String> = on_tx!(&mut *tx, |c| sqlx::query_scalar(KEY).bind(person).fetch_optional(c).await)?;
    let key = match kept {
        Some(sealed) => unlock_key(app, person, &sealed)?,
        None => make_key(app, tx, person).await?,
    };
    Ok(PersonKey { person, key })
}

/// Seals `text` for one place (`table.column`) of a person's rows; makes their key when they have none yet.
pub async fn close(app: &App, tx: &mut Tx, person: UserId, place: &str, text: &str) -> Result<String> {
    key_in(app, tx, person).await?.close_text(place, text)
}

/// Opens what [`close`] sealed for the same person and place.
pub async fn open(app: &App, person: UserId, place: &str, sealed: &str) -> Result<String> {
    key(app, person).await?.open_text(place, sealed)
}

/// Seals what is the installation's and nobody's (`table.column`), by a key made from `SECRET_KEY`.
pub fn close_own(app: &App, place: &str, plain: &[u8]) -> Result<String> {
    let key = app.config.secret_key.derive(OWN)?;
    Ok(URL_SAFE_NO_PAD.encode(lock(&key, place.as_bytes(), plain)?))
}

/// Opens what [`close_own`] sealed for the same place, by the `SECRET_KEY` of now or the one before; None where it was another one.
pub fn open_own(app: &App, place: &str, sealed: &str) -> Result<Option<Vec<u8>>> {
    let Ok(sealed) = URL_SAFE_NO_PAD.decode(sealed) else { return Ok(None) };
    for secret in [Some(&app.config.secret_key), app.config.secret_key_previous.as_ref()].into_iter().flatten() {
        if let Some(plain) = unlock(&secret.derive(OWN)?, place.as_bytes(), &sealed) {
            return Ok(Some(plain));
        }
    }
    Ok(None)
}

/// Seals every person's key anew by the `SECRET_KEY` of now; answers how many. Keys that open with neither it nor
/// `SECRET_KEY_PREVIOUS` end it, and nothing is changed.
pub async fn rotate(app: &App) -> Result<u64> {
    let mut tx = app.db.begin().await?;
    // Held until the end: a key that somebody makes meanwhile waits, or is among these.
    let lock = tx.lock();
    let people: Vec<(UserId, String)> = on_tx!(&mut tx, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT user_id, sealed FROM person_keys");
        query.push(lock);
        query.build_query_as().fetch_all(c).await
    })?;
    let mut done = 0;
    for (person, sealed) in people {
        let key = unlock_key(app, person, &sealed)?;
        let again = wrap(app, person, &key)?;
        on_tx!(&mut tx, |c| sqlx::query("UPDATE person_keys SET sealed = $2 WHERE user_id = $1")
            .bind(person)
            .bind(again)
            .execute(c)
            .await
            .map(|_| ()))?;
        done += 1;
    }
    tx.commit().await?;
    Ok(done)
}

/// Everybody who has a key.
pub async fn people(db: &Db) -> Result<Vec<UserId>> {
    Ok(on!(db.read, |c| sqlx::query_scalar("SELECT user_id FROM person_keys").fetch_all(c).await)?)
}

/// Puts another key in place of the person's; answers with both. What was sealed by the one has to be sealed by the other in the same
/// transaction.
pub async fn exchange(app: &App, tx: &mut Tx, person: UserId) -> Result<(PersonKey, PersonKey)> {
    let old = key_in(app, tx, person).await?;
    on_tx!(&mut *tx, |c| sqlx::query("DELETE FROM person_keys WHERE user_id = $1")
        .bind(person)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok((old, PersonKey { person, key: make_key(app, tx, person).await? }))
}

/// Whether the newest sealed key opens with this installation's secret: a wrong `SECRET_KEY` is found at the start.
pub async fn opens(app: &App) -> Result<bool> {
    let newest: Option<(UserId, String)> = on!(app.db.read, |c| sqlx::query_as(
        "SELECT user_id, sealed FROM person_keys ORDER BY created_at DESC LIMIT 1"
    )
    .fetch_optional(c)
    .await)?;
    Ok(match newest {
        Some((person, sealed)) => try_keys(app, person, &sealed)?.is_some(),
        None => true,
    })
}

const KEY: &str = "SELECT sealed FROM person_keys WHERE user_id = $1";
const KEY_PLACE: &str = "person_keys.sealed";
/// What the key of the installation's own values is made for.
const OWN: &str = "installation";

async fn make_key(app: &App, tx: &mut Tx, person: UserId) -> Result<Key> {
    let mut key = Key::default();
    rand::rng().fill_bytes(&mut key);
    let sealed = wrap(app, person, &key)?;
    on_tx!(tx, |c| sqlx::query("INSERT INTO person_keys (user_id, sealed, created_at) VALUES ($1, $2, $3)")
        .bind(person)
        .bind(sealed)
        .bind(db::now())
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(key)
}

/// A person's key, sealed as it is kept.
fn wrap(app: &App, person: UserId, key: &Key) -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(lock(&master(&app.config.secret_key)?, &aad(KEY_PLACE, person), key)?))
}

fn unlock_key(app: &App, person: UserId, sealed: &str) -> Result<Key> {
    try_keys(app, person, sealed)?
        .ok_or_else(|| Error::internal("a person's key does not open: SECRET_KEY is not the one it was sealed with"))
}

fn try_keys(app: &App, person: UserId, sealed: &str) -> Result<Option<Key>> {
    let Ok(sealed) = URL_SAFE_NO_PAD.decode(sealed) else { return Ok(None) };
    for secret in [Some(&app.config.secret_key), app.config.secret_key_previous.as_ref()].into_iter().flatten() {
        if let Some(key) = unlock(&master(secret)?, &aad(KEY_PLACE, person), &sealed) {
            return Key::try_from(key).map(Some).map_err(|_| Error::internal("a key of a wrong length"));
        }
    }
    Ok(None)
}

fn master(secret: &SecretKey) -> Result<Key> {
    secret.derive("person keys")
}

/// What a sealed value belongs to.
fn aad(place: &str, person: UserId) -> Vec<u8> {
    [place, " ", &person.to_string()].concat().into_bytes()
}

/// Mark, nonce and ciphertext.
fn lock(key: &Key, aad: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
    Ok([&[MARK][..], &lock_unmarked(key, &marked(aad), plain)?].concat())
}

/// What a value with the mark belongs to: taken off, or put on an older value, it does not open.
fn marked(aad: &[u8]) -> Vec<u8> {
    [&[MARK][..], aad].concat()
}

/// Nonce and ciphertext.
fn lock_unmarked(key: &Key, aad: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
    let mut nonce = [0; NONCE];
    rand::rng().fill_bytes(&mut nonce);
    let text = XChaCha20Poly1305::new(key.into())
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad })
        .map_err(Error::internal)?;
    Ok([nonce.as_slice(), &text].concat())
}

fn unlock(key: &Key, aad: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let new = sealed.strip_prefix(&[MARK]).and_then(|rest| unlock_unmarked(key, &marked(aad), rest));
    // An older value may begin with any byte.
    new.or_else(|| unlock_unmarked(key, aad, sealed))
}

fn unlock_unmarked(key: &Key, aad: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, text) = sealed.split_first_chunk::<NONCE>()?;
    XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(*nonce), Payload { msg: text, aad }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_opens_at_its_place_with_its_key_only() {
        let (key, other) = ([7; 32], [8; 32]);
        let (ann, bob) = (UserId::fresh(), UserId::fresh());
        let sealed = lock(&key, &aad("a.b", ann), b"plain words").expect("sealed");
        assert!(!sealed.windows(5).any(|part| part == b"plain"));
        assert_ne!(
            sealed,
            lock(&key, &aad("a.b", ann), b"plain words").expect("sealed"),
            "the same words look different"
        );
        assert_eq!(unlock(&key, &aad("a.b", ann), &sealed).as_deref(), Some(&b"plain words"[..]));
        assert_eq!(unlock(&other, &aad("a.b", ann), &sealed), None);
        assert_eq!(unlock(&key, &aad("a.c", ann), &sealed), None);
        assert_eq!(unlock(&key, &aad("a.b", bob), &sealed), None);
        assert_eq!(sealed[0], MARK);
        for nonsense in [&b""[..], b"x", &sealed[..20], &sealed[1..]] {
            assert_eq!(unlock(&key, &aad("a.b", ann), nonsense), None, "{nonsense:?}");
        }
    }

    #[test]
    fn values_from_before_there_were_marks_open() {
        let (key, place) = ([7; 32], aad("a.b", UserId::fresh()));
        // Whatever their first byte is, the mark's among them.
        for _ in 0..1_000 {
            let old = lock_unmarked(&key, &place, b"plain words").expect("sealed");
            assert_eq!(unlock(&key, &place, &old).as_deref(), Some(&b"plain words"[..]));
            assert_eq!(unlock(&key, &place, &[&[MARK][..], &old].concat()), None);
        }
    }
}
