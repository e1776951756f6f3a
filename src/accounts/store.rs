//! SQL of accounts.

use crate::{
    db::{self, Db, Tx, unique},
    error::{Error, Result},
    ids::UserId,
    on, on_tx,
};
use chrono::{DateTime, Utc};

/// What signing in needs.
#[derive(sqlx::FromRow)]
pub struct Login {
    pub id: UserId,
    /// As the person wrote it when the account was opened; what was typed now may differ in case.
    pub email: String,
    pub password_hash: Option<String>,
}

/// Adds a person; the first ever becomes the administrator. An address that is taken is an error of the field `email`.
pub async fn insert(tx: &mut Tx, email: &str, name: &str, hash: Option<&str>, roles: &[&str]) -> Result<UserId> {
    let id = UserId::fresh();
    let now = db::now();
    on_tx!(&mut *tx, |c| sqlx::query(
        "INSERT INTO users (id, email, name, password_hash, seq, created_at) VALUES ($1, $2, $3, $4, 0, $5)"
    )
    .bind(id)
    .bind(email)
    .bind(name)
    .bind(hash)
    .bind(now)
    .execute(c)
    .await
    .map(|_| ()))
    .map_err(|error| {
        unique(error, || Error::invalid("email", "There is already an account with this address. Sign in instead?"))
    })?;
    crate::applications::stages::store::insert_first(tx, id).await?;
    for role in roles {
        add_role(tx, id, role).await?;
    }
    if roles.contains(&"user") {
        let first = on_tx!(&mut *tx, |c| sqlx::query(
            "INSERT INTO installation (id, first_user, installed_at) VALUES (1, $1, $2) ON CONFLICT DO NOTHING"
        )
        .bind(id)
        .bind(now)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        if first == 1 {
            add_role(tx, id, "admin").await?;
        }
    }
    Ok(id)
}

/// Puts another hash of the same password in place of this one, unless the password was changed meanwhile.
pub async fn replace_hash(db: &Db, who: UserId, old: &str, new: &str) -> Result<()> {
    on!(db.write, |c| sqlx::query("UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2")
        .bind(who)
        .bind(old)
        .bind(new)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

async fn add_role(tx: &mut Tx, id: UserId, role: &str) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("INSERT INTO user_roles (user_id, role) VALUES ($1, $2)")
        .bind(id)
        .bind(role)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// The account with this address, ignoring case.
pub async fn login(db: &Db, email: &str) -> Result<Option<Login>> {
    Ok(on!(db.read, |c| sqlx::query_as("SELECT id, email, password_hash FROM users WHERE lower(email) = lower($1)")
        .bind(email)
        .fetch_optional(c)
        .await)?)
}

/// Whether an administrator keeps the person out.
pub async fn is_disabled(db: &Db, who: UserId) -> Result<bool> {
    let at: Option<chrono::DateTime<chrono::Utc>> =
        on!(db.read, |c| sqlx::query_scalar("SELECT disabled_at FROM users WHERE id = $1")
            .bind(who)
            .fetch_one(c)
            .await)?;
    Ok(at.is_some())
}

/// The invented person of `--demo`, if there is one.
pub async fn demo_person(db: &Db) -> Result<Option<UserId>> {
    Ok(on!(db.read, |c| sqlx::query_scalar("SELECT user_id FROM user_roles WHERE role = 'demo' LIMIT 1")
        .fetch_optional(c)
        .await)?)
}

/// Changes the name shown to the person.
pub async fn rename(tx: &mut Tx, who: UserId, name: &str) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("UPDATE users SET name = $2 WHERE id = $1")
        .bind(who)
        .bind(name)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// Sets the password's hash.
pub async fn set_password(tx: &mut Tx, who: UserId, hash: &str) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("UPDATE users SET password_hash = $2 WHERE id = $1")
        .bind(who)
        .bind(hash)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// When the account is to be erased; None while it stays.
pub async fn closing_at(db: &Db, who: UserId) -> Result<Option<DateTime<Utc>>> {
    Ok(on!(db.read, |c| sqlx::query_scalar("SELECT closing_at FROM users WHERE id = $1").bind(who).fetch_one(c).await)?)
}

/// When the person's address was last confirmed; None when it was not.
pub async fn email_verified_at(db: &Db, who: UserId) -> Result<Option<DateTime<Utc>>> {
    Ok(on!(db.read, |c| sqlx::query_scalar("SELECT email_verified_at FROM users WHERE id = $1")
        .bind(who)
        .fetch_one(c)
        .await)?)
}

/// Notes that mail to this address reaches the person; nothing happens when it is not theirs any more.
pub async fn confirm_email(tx: &mut Tx, who: UserId, email: &str, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| {
        sqlx::query("UPDATE users SET email_verified_at = $3 WHERE id = $1 AND lower(email) = lower($2)")
            .bind(who)
            .bind(email)
            .bind(at)
            .execute(c)
            .await
            .map(|_| ())
    })?;
    Ok(())
}

/// Gives the person another address, which they have confirmed. One that another account has is a conflict.
pub async fn set_email(tx: &mut Tx, who: UserId, email: &str, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("UPDATE users SET email = $2, email_verified_at = $3 WHERE id = $1")
        .bind(who)
        .bind(email)
        .bind(at)
        .execute(c)
        .await
        .map(|_| ()))
    .map_err(|error| {
        unique(error, || {
            Error::Conflict(
                "There is another account with this address. Sign in to that one, or ask for another address here."
                    .into(),
            )
        })
    })
}
