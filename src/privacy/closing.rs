//! Leaving: an account is closed, waits two weeks for a change of mind, and is erased.

use super::{OwnData, consent, export, restore};
use crate::{
    accounts::{security::actions as security, store as accounts, tokens::store as tokens},
    audit::{self, Act, Kind},
    db::{self, Db, Tx},
    error::{Check, Error, Result},
    google_calendar,
    ids::UserId,
    live, mail, on, on_tx,
    retention::CLOSING_DAYS,
    session::{Origin, Who, places},
    state::App,
};
use chrono::{DateTime, Duration, Utc};
use serde_json::json;

/// What the page about a person's data shows.
pub async fn view(app: &App, who: &Who) -> Result<OwnData> {
    let login = accounts::login(&app.db, &who.email).await?;
    Ok(OwnData {
        email: who.email.clone(),
        exports: export::store::list(&app.db, who.user).await?,
        consents: consent::store::list(&app.db, who.user).await?,
        restored: restore::last(&app.db, who.user).await?,
        closing_at: accounts::closing_at(&app.db, who.user).await?,
        password: login.is_some_and(|login| login.password_hash.is_some()),
        stays: why_it_stays(app, who).await?.map(str::to_owned),
    })
}

/// Why the account cannot be closed; None when it can.
async fn why_it_stays(app: &App, who: &Who) -> Result<Option<&'static str>> {
    if who.is_demo() {
        return Ok(Some("The demo person’s account stays as it is."));
    }
    if who.is_admin() && others(&app.db, who.user).await? && !other_admins(&app.db, who.user).await? {
        return Ok(Some("You are the only administrator. Make somebody else one first."));
    }
    Ok(None)
}

/// Whether anybody else has an account.
async fn others(db: &Db, who: UserId) -> Result<bool> {
    let found: Option<i64> = on!(db.read, |c| sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM users u WHERE u.id <> $1 AND NOT EXISTS \
         (SELECT 1 FROM user_roles r WHERE r.user_id = u.id AND r.role = 'demo') LIMIT 1"
    )
    .bind(who)
    .fetch_optional(c)
    .await)?;
    Ok(found.is_some())
}

async fn other_admins(db: &Db, who: UserId) -> Result<bool> {
    let found: Option<i64> = on!(db.read, |c| sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM user_roles r JOIN users u ON u.id = r.user_id \
         WHERE r.role = 'admin' AND r.user_id <> $1 AND u.disabled_at IS NULL AND u.closing_at IS NULL LIMIT 1"
    )
    .bind(who)
    .fetch_optional(c)
    .await)?;
    Ok(found.is_some())
}

/// Closes the account: every other place is signed out and every access token ends. Answers whether it was erased at once.
pub async fn close(app: &App, who: &Who, typed: &str, password: String, at_once: bool) -> Result<bool> {
    if let Some(why) = why_it_stays(app, who).await? {
        return Err(Error::Conflict(why.into()));
    }
    let mut check = Check::default();
    check.that(
        typed.trim().to_lowercase() == who.email.to_lowercase(),
        "typed",
        "Please type the e-mail address of your account.",
    );
    check.done()?;
    security::confirm_password(app, who, "current_password", password).await?;
    let mut change = app.change(who.user).await?;
    let erased_at = if at_once { change.at } else { change.at + Duration::days(CLOSING_DAYS) };
    set(&mut change.tx, who.user, Some(erased_at)).await?;
    tokens::delete_all(&mut change.tx, who.user).await?;
    let ended = if at_once {
        places::delete_all(&mut change.tx, who.user).await?
    } else {
        let message = mail::messages::closing(&app.config.public_url, erased_at);
        mail::enqueue(&mut change.tx, Some(who.user), &who.email, &message, change.at).await?;
        places::delete_others(&mut change.tx, who).await?
    };
    change.audit(Act::own(Kind::Closing, who).with("sessions", ended));
    change.record("account.closing", None, json!({}));
    change.commit().await?;
    if at_once {
        erase(app, who.user).await?;
    } else {
        app.outbox.notify_one();
    }
    Ok(at_once)
}

/// Keeps the account after all.
pub async fn keep(app: &App, who: &Who) -> Result<()> {
    let mut change = app.change(who.user).await?;
    if !set(&mut change.tx, who.user, None).await? {
        return Err(Error::Conflict("Your account is not closed.".into()));
    }
    change.audit(Act::own(Kind::Kept, who));
    change.record("account.kept", None, json!({}));
    change.commit().await
}

/// Sets when the account is erased; false when it is as it was.
async fn set(tx: &mut Tx, who: UserId, at: Option<DateTime<Utc>>) -> Result<bool> {
    let changed = on_tx!(tx, |c| sqlx::query(
        "UPDATE users SET closing_at = $2 WHERE id = $1 AND (closing_at IS NOT NULL OR $2 IS NOT NULL)"
    )
    .bind(who)
    .bind(at)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

/// Erases every account whose two weeks are over.
pub async fn erase_due(app: &App) -> Result<()> {
    let due: Vec<UserId> = on!(app.db.read, |c| sqlx::query_scalar("SELECT id FROM users WHERE closing_at <= $1")
        .bind(db::now())
        .fetch_all(c)
        .await)?;
    for person in due {
        erase(app, person).await?;
    }
    Ok(())
}

/// Removes everything there is of a person. What stays is that an account was erased, and when: a row of the log without a name,
/// by which the erasure can be shown.
async fn erase(app: &App, person: UserId) -> Result<()> {
    // What opens a calendar elsewhere is given back when nothing of them is left here.
    let tokens = google_calendar::actions::tokens(app, person).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "a grant at Google cannot be given back");
        None
    });
    let mut tx = app.db.begin().await?;
    // Messages to the address that are tied to no account go too.
    on_tx!(&mut tx, |c| sqlx::query(
        "DELETE FROM outbox WHERE lower(to_address) = (SELECT lower(email) FROM users WHERE id = $1)"
    )
    .bind(person)
    .execute(c)
    .await
    .map(|_| ()))?;
    on_tx!(&mut tx, |c| sqlx::query("DELETE FROM audit_details WHERE user_id = $1")
        .bind(person)
        .execute(c)
        .await
        .map(|_| ()))?;
    // Everything else of theirs refers to this row and goes with it.
    let gone = on_tx!(&mut tx, |c| sqlx::query("DELETE FROM users WHERE id = $1 AND closing_at <= $2")
        .bind(person)
        .bind(db::now())
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    if gone == 0 {
        // They changed their mind in this moment, or another process did it.
        return Ok(());
    }
    // Where nobody is left, the next one to come looks after the place.
    on_tx!(&mut tx, |c| sqlx::query(
        "DELETE FROM installation WHERE NOT EXISTS (SELECT 1 FROM user_roles WHERE role = 'admin')"
    )
    .execute(c)
    .await
    .map(|_| ()))?;
    audit::chain::append(&mut tx, &[Act::at_the_door(Kind::Erased, Some(person), &Origin::default())]).await?;
    tx.commit().await?;
    if let Some(tokens) = tokens {
        app.afterwards.spawn(google_calendar::actions::leave(app.clone(), tokens, None));
    }
    app.cache.forget(person);
    app.fitters.invalidate(&person);
    app.hub.publish(person, live::gone(i64::MAX - 1));
    app.relay.tell(person);
    app.db.forget_deleted().await?;
    tracing::info!(user = %person, "account erased");
    Ok(())
}
