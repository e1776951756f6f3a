//! SQL of accounts elsewhere.

use super::{Provider, identity::Identity};
use crate::{
    db::{self, Db, Tx, unique},
    error::{Error, Result},
    ids::UserId,
    on, on_tx,
};

/// One account elsewhere of a person.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Linked {
    pub provider: String,
    pub email: String,
}

/// Whose it is; notes that it was used.
pub async fn owner(db: &Db, issuer: &str, subject: &str) -> Result<Option<UserId>> {
    Ok(on!(db.write, |c| sqlx::query_scalar(
        "UPDATE identities SET used_at = $3 WHERE issuer = $1 AND subject = $2 RETURNING user_id"
    )
    .bind(issuer)
    .bind(subject)
    .bind(db::now())
    .fetch_optional(c)
    .await)?)
}

/// The person's, by provider.
pub async fn list(db: &Db, who: UserId) -> Result<Vec<Linked>> {
    Ok(on!(db.read, |c| sqlx::query_as("SELECT provider, email FROM identities WHERE user_id = $1 ORDER BY provider")
        .bind(who)
        .fetch_all(c)
        .await)?)
}

/// Connects it; a conflict when it is somebody else's, or when the person has another one of this provider.
pub async fn link(tx: &mut Tx, who: UserId, provider: Provider, identity: &Identity) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO identities (issuer, subject, user_id, provider, email, linked_at, used_at) VALUES ($1, $2, $3, $4, $5, $6, $6)"
    )
    .bind(&identity.issuer)
    .bind(&identity.subject)
    .bind(who)
    .bind(provider.as_str())
    .bind(&identity.email)
    .bind(db::now())
    .execute(c)
    .await
    .map(|_| ()))
    .map_err(|error| unique(error, || Error::Conflict("Another account of that service is connected here already.".into())))
}

/// Disconnects it; answers whether it was there.
pub async fn unlink(tx: &mut Tx, who: UserId, provider: Provider) -> Result<bool> {
    let gone = on_tx!(tx, |c| sqlx::query("DELETE FROM identities WHERE user_id = $1 AND provider = $2")
        .bind(who)
        .bind(provider.as_str())
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(gone == 1)
}

/// Disconnects all of the person's.
pub async fn unlink_all(tx: &mut Tx, who: UserId) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("DELETE FROM identities WHERE user_id = $1").bind(who).execute(c).await.map(|_| ()))?;
    Ok(())
}
