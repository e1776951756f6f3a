//! Where a person is signed in: the list, and ending what is on it. Every end is an event, so that the sockets of the ended
//! sessions close, on whichever server they are.

use super::{Origin, Who};
use crate::{
    audit::{Act, Kind},
    db::{Db, Tx},
    error::{Error, Result},
    events::Change,
    ids::{SessionId, UserId},
    on, on_tx,
    state::App,
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// One session as its person sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Place {
    pub id: SessionId,
    /// `browser` or `api`.
    pub kind: String,
    pub user_agent: String,
    pub address: String,
    pub created_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
}

/// The person's sessions, last used first.
pub async fn list(db: &Db, who: &Who) -> Result<Vec<Place>> {
    name_old_ones(db, who.user).await?;
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT id, kind, user_agent, address, created_at, seen_at FROM sessions \
         WHERE user_id = $1 AND expires_at > $2 AND id IS NOT NULL ORDER BY seen_at DESC, created_at DESC"
    )
    .bind(who.user)
    .bind(crate::db::now())
    .fetch_all(c)
    .await)?)
}

/// Sessions from before they had ids get theirs when they are first listed.
async fn name_old_ones(db: &Db, who: UserId) -> Result<()> {
    let nameless: Vec<String> =
        on!(db.read, |c| sqlx::query_scalar("SELECT token_hash FROM sessions WHERE user_id = $1 AND id IS NULL")
            .bind(who)
            .fetch_all(c)
            .await)?;
    for hash in nameless {
        name(db, &hash).await?;
    }
    Ok(())
}

/// Gives a session without an id one, and answers with the one it has then.
pub(super) async fn name(db: &Db, hash: &str) -> Result<SessionId> {
    on!(db.write, |c| sqlx::query("UPDATE sessions SET id = $2 WHERE token_hash = $1 AND id IS NULL")
        .bind(hash)
        .bind(SessionId::fresh())
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(on!(db.write, |c| sqlx::query_scalar("SELECT id FROM sessions WHERE token_hash = $1")
        .bind(hash)
        .fetch_one(c)
        .await)?)
}

/// Whether a session is still there.
pub async fn is_alive(db: &Db, session: SessionId) -> Result<bool> {
    let found: Option<i64> = on!(db.read, |c| sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM sessions WHERE id = $1 AND expires_at > $2"
    )
    .bind(session)
    .bind(crate::db::now())
    .fetch_optional(c)
    .await)?;
    Ok(found.is_some())
}

/// When a session last showed everything its account asks for; None when it never did, or is over.
pub async fn confirmed_at(db: &Db, session: SessionId) -> Result<Option<DateTime<Utc>>> {
    let found: Option<Option<DateTime<Utc>>> =
        on!(db.read, |c| sqlx::query_scalar("SELECT confirmed_at FROM sessions WHERE id = $1")
            .bind(session)
            .fetch_optional(c)
            .await)?;
    Ok(found.flatten())
}

/// Notes that it did.
pub async fn confirm(tx: &mut Tx, session: SessionId, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("UPDATE sessions SET confirmed_at = $2 WHERE id = $1")
        .bind(session)
        .bind(at)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// Has the person's other sessions show again who they are: what they showed is not all any more that there is to show.
pub async fn doubt_others(tx: &mut Tx, who: &Who) -> Result<()> {
    on_tx!(tx, |c| {
        sqlx::query(
            "UPDATE sessions SET confirmed_at = NULL WHERE user_id = $1 AND (id IS NULL OR $2 IS NULL OR id <> $2)",
        )
        .bind(who.user)
        .bind(who.session)
        .execute(c)
        .await
        .map(|_| ())
    })?;
    Ok(())
}

/// The demo person is many people: none of them signs out another.
pub fn not_the_demo(who: &Who) -> Result<()> {
    if who.is_demo() { Err(Error::Denied("The demo person’s account stays as it is.".into())) } else { Ok(()) }
}

/// Ends one of the person's sessions.
pub async fn end_one(app: &App, who: &Who, id: SessionId) -> Result<()> {
    not_the_demo(who)?;
    let mut change = app.change(who.user).await?;
    let ended = on_tx!(&mut change.tx, |c| sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND id = $2")
        .bind(who.user)
        .bind(id)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    if ended == 0 {
        return Err(Error::NotFound);
    }
    tell(&mut change, ended);
    change.audit(Act::own(Kind::SessionsEnded, who).with("sessions", ended));
    change.commit().await
}

/// Ends all of the person's sessions but the one that asks; answers how many.
pub async fn end_others(app: &App, who: &Who) -> Result<u64> {
    not_the_demo(who)?;
    let mut change = app.change(who.user).await?;
    let ended = delete_others(&mut change.tx, who).await?;
    if ended > 0 {
        tell(&mut change, ended);
        change.audit(Act::own(Kind::SessionsEnded, who).with("sessions", ended));
        change.commit().await?;
    }
    Ok(ended)
}

/// The same inside a change, without an event.
pub async fn delete_others(tx: &mut Tx, who: &Who) -> Result<u64> {
    Ok(on_tx!(tx, |c| {
        sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND (id IS NULL OR $2 IS NULL OR id <> $2)")
            .bind(who.user)
            .bind(who.session)
            .execute(c)
            .await
            .map(|done| done.rows_affected())
    })?)
}

/// Ends every session of a person inside a change, without an event; answers how many.
pub async fn delete_all(tx: &mut Tx, who: UserId) -> Result<u64> {
    Ok(on_tx!(tx, |c| sqlx::query("DELETE FROM sessions WHERE user_id = $1")
        .bind(who)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?)
}

/// Ends the session with this hash, whoever's it is; nothing happens when there is none.
pub(super) async fn end_by_hash(app: &App, hash: &str, from: &Origin) -> Result<()> {
    let owner: Option<UserId> =
        on!(app.db.read, |c| sqlx::query_scalar("SELECT user_id FROM sessions WHERE token_hash = $1")
            .bind(hash)
            .fetch_optional(c)
            .await)?;
    let Some(owner) = owner else { return Ok(()) };
    let mut change = app.change(owner).await?;
    on_tx!(&mut change.tx, |c| sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
        .bind(hash)
        .execute(c)
        .await
        .map(|_| ()))?;
    tell(&mut change, 1);
    change.audit(Act::at_the_door(Kind::SignedOut, Some(owner), from).by(owner));
    change.commit().await
}

fn tell(change: &mut Change, ended: u64) {
    change.record("account.signed_out", None, json!({ "sessions": ended }));
}
