//! A new password for somebody who has forgotten theirs, by a link to the account's address.

use super::{
    actions::{dead, link, password_changed},
    store::{self, Kind},
};
use crate::{
    accounts::{
        actions as accounts, hashing::Asking, password, providers::store as providers, store as people,
        tokens::store as tokens,
    },
    audit::{self, Act, Kind as Told},
    db,
    error::{Check, Error, Result},
    mail::{self, messages},
    session::{self, Origin, places, random_token, sha256},
    state::App,
};
use serde_json::json;

/// As many may wait to be looked up at a time; each takes milliseconds.
const MOST_WAITING: usize = 500;

/// Sends a link to the account with this address, if there is one. The answer is given before anybody has looked, so neither
/// its words nor its time tell whether there is.
pub fn ask(app: &App, email: &str, from: &Origin) -> Result<()> {
    let email = email.trim().to_owned();
    let mut check = Check::default();
    accounts::check_address(&mut check, "email", &email);
    check.done()?;
    app.limits.attempt(&from.address, &email)?;
    app.limits.mail(&email)?;
    if app.afterwards.len() >= MOST_WAITING {
        return Err(Error::Unavailable("There is a lot to do just now. Please try again in a minute.".into()));
    }
    let app = app.clone();
    let work = app.afterwards.clone();
    let from = from.clone();
    work.spawn(async move {
        if let Err(error) = send(&app, &email, &from).await {
            tracing::warn!(%error, "a link to a new password was not sent");
        }
    });
    Ok(())
}

/// To the address the account has, not to the one that was typed: databases call addresses equal that mailboxes do not.
async fn send(app: &App, typed: &str, from: &Origin) -> Result<()> {
    let Some(account) = people::login(&app.db, typed).await? else { return Ok(()) };
    let (mut tx, at) = (app.db.begin().await?, db::now());
    let link = link(app, &mut tx, account.id, Kind::Reset, &account.email, at).await?;
    let message = messages::reset(&app.config.public_url, &link);
    mail::enqueue(&mut tx, Some(account.id), &account.email, &message, at).await?;
    audit::chain::append(&mut tx, &[Act::at_the_door(Told::ResetAsked, Some(account.id), from)]).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(())
}

/// Sets a new password by a link. Every session ends, other links die, and the person is told. That the link arrived also
/// confirms the address; where it was not confirmed before, every other way in ends too.
pub async fn set(app: &App, token: &str, new: String, from: &Origin) -> Result<()> {
    let mut check = Check::default();
    app.limits.attempt(&from.address, &random_token())?;
    let hash = sha256(token);
    let link = store::find(&app.db, &hash).await?.filter(|link| link.kind == Kind::Reset).ok_or_else(dead)?;
    let owner = session::person(&app.db, link.user_id).await?.ok_or_else(dead)?;
    password::check(&mut check, "new_password", &new, &[&owner.email, &owner.name]);
    check.done()?;
    // Who has the link has shown more than a stranger.
    let password = password::hash(app, Asking::Known, new).await?;
    let mut change = app.change(owner.user).await?;
    if !store::take(&mut change.tx, owner.user, &hash, change.at).await? {
        return Err(dead());
    }
    if people::email_verified_at(&app.db, owner.user).await?.is_none() {
        // Nobody had shown that the address is theirs, so somebody else may have opened the account with it: of the ways in,
        // only the new password stays.
        // There is no second factor before an address is confirmed.
        providers::unlink_all(&mut change.tx, owner.user).await?;
        tokens::delete_all(&mut change.tx, owner.user).await?;
    }
    people::set_password(&mut change.tx, owner.user, &password).await?;
    people::confirm_email(&mut change.tx, owner.user, &link.address, change.at).await?;
    let ended = places::delete_others(&mut change.tx, &owner).await?;
    password_changed(app, &mut change, &owner.email).await?;
    change.audit(Act::at_the_door(Told::PasswordReset, Some(owner.user), from).by(owner.user).with("sessions", ended));
    change.record("account.password_changed", None, json!({ "sessions": ended }));
    change.commit().await?;
    app.outbox.notify_one();
    Ok(())
}
