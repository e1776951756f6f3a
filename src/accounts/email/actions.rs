//! What can be done with an account's address, and how its links are made.

use super::store::{self, Kind};
use crate::{
    accounts::{actions as accounts, security::actions::confirm_password, store as people},
    audit::{Act, Kind as Told},
    db::Tx,
    error::{Check, Error, Result},
    events::Change,
    ids::UserId,
    mail::{self, messages},
    session::{self, Origin, Who, places, random_token, sha256},
    state::App,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

/// The same for a link that never was, was used, or ran out: it tells nobody anything.
pub(super) fn dead() -> Error {
    Error::Refused(
        "This link does not work any more: links work once, and not for long. Please ask for a new one.".into(),
    )
}

/// Makes a link of this kind for the person, to be sent to `address`.
pub(super) async fn link(
    app: &App,
    tx: &mut Tx,
    who: UserId,
    kind: Kind,
    address: &str,
    at: DateTime<Utc>,
) -> Result<messages::Link> {
    let (page, lasts) = match kind {
        Kind::Verify | Kind::Change => ("verify", TimeDelta::hours(24)),
        Kind::Reset => ("reset", TimeDelta::minutes(45)),
    };
    let (token, until) = (random_token(), at + lasts);
    store::insert(tx, who, kind, address, sha256(&token), at, until).await?;
    // The address people type, never one that a request names.
    Ok(messages::Link { href: format!("{}/{page}?token={token}", app.config.public_url), lasts, until })
}

/// Sends a link to confirm the account's own address with.
pub async fn ask_to_confirm(app: &App, tx: &mut Tx, who: UserId, email: &str, at: DateTime<Utc>) -> Result<()> {
    let link = link(app, tx, who, Kind::Verify, email, at).await?;
    let message = messages::verification(&app.config.public_url, &link);
    mail::enqueue(tx, Some(who), email, &message, at).await
}

/// The same once more, for the signed-in person.
pub async fn send_again(app: &App, who: &Who) -> Result<()> {
    if who.is_demo() {
        return Err(Error::Forbidden);
    }
    if people::email_verified_at(&app.db, who.user).await?.is_some() {
        return Err(Error::Conflict("This address is confirmed already.".into()));
    }
    app.limits.write(who.user)?;
    app.limits.mail(&who.email)?;
    let mut tx = app.db.begin().await?;
    ask_to_confirm(app, &mut tx, who.user, &who.email, crate::db::now()).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(())
}

/// Notes the address a person wants, sends it a link, and tells the one in use. Whether another account has it is not said:
/// only who reads its mail learns that.
pub async fn ask_for_change(app: &App, who: &Who, email: String, password: String) -> Result<()> {
    let email = email.trim().to_owned();
    let mut check = Check::default();
    accounts::check_address(&mut check, "email", &email);
    check.that(email.to_lowercase() != who.email.to_lowercase(), "email", "This is your address already.");
    check.done()?;
    confirm_password(app, who, "password", password).await?;
    app.limits.mail(&who.user.to_string())?;
    app.limits.mail(&email)?;
    let mut change = app.change(who.user).await?;
    store::drop_open(&mut change.tx, who.user, &[Kind::Change]).await?;
    let link = link(app, &mut change.tx, who.user, Kind::Change, &email, change.at).await?;
    let site = &app.config.public_url;
    let (to_new, to_old) = (messages::confirm_change(site, &link), messages::change_asked(site, &email));
    mail::enqueue(&mut change.tx, Some(who.user), &email, &to_new, change.at).await?;
    mail::enqueue(&mut change.tx, Some(who.user), &who.email, &to_old, change.at).await?;
    change.audit(Act::own(Told::AddressAsked, who));
    change.record("account.address_asked", None, json!({}));
    change.commit().await?;
    app.outbox.notify_one();
    Ok(())
}

/// Takes back what was asked for; nothing happens when nothing was.
pub async fn keep(app: &App, who: &Who) -> Result<()> {
    let mut change = app.change(who.user).await?;
    if store::drop_open(&mut change.tx, who.user, &[Kind::Change]).await? > 0 {
        change.record("account.address_kept", None, json!({}));
        change.commit().await?;
    }
    Ok(())
}

/// Does what a link to confirm an address was sent for; `who` is the person signed in where it was opened, if any.
pub async fn confirm(app: &App, who: Option<&Who>, token: &str, from: &Origin) -> Result<()> {
    app.limits.attempt(&from.address, &random_token())?;
    let hash = sha256(token);
    let link = store::find(&app.db, &hash).await?.filter(|link| link.kind != Kind::Reset).ok_or_else(dead)?;
    let mut owner = session::person(&app.db, link.user_id).await?.ok_or_else(dead)?;
    // The place it is confirmed from stays signed in.
    owner.session = who.filter(|who| who.user == owner.user).and_then(|who| who.session);
    let mut change = app.change(owner.user).await?;
    if !store::take(&mut change.tx, owner.user, &hash, change.at).await? {
        return Err(dead());
    }
    match link.kind {
        Kind::Change => move_to(app, &mut change, &owner, &link.address, from).await?,
        Kind::Verify | Kind::Reset => {
            people::confirm_email(&mut change.tx, owner.user, &link.address, change.at).await?;
            change.audit(Act::at_the_door(Told::AddressConfirmed, Some(owner.user), from).by(owner.user));
            change.record("account.address_confirmed", None, json!({}));
        }
    }
    change.commit().await?;
    app.outbox.notify_one();
    Ok(())
}

/// Gives the person their new address. Links sent to the old one die with it, and so do sessions started with it.
async fn move_to(app: &App, change: &mut Change, owner: &Who, new: &str, from: &Origin) -> Result<()> {
    people::set_email(&mut change.tx, owner.user, new, change.at).await?;
    store::drop_open(&mut change.tx, owner.user, &[Kind::Verify, Kind::Reset, Kind::Change]).await?;
    let ended = places::delete_others(&mut change.tx, owner).await?;
    let message = messages::address_changed(&app.config.public_url, new);
    mail::enqueue(&mut change.tx, Some(owner.user), &owner.email, &message, change.at).await?;
    change.audit(Act::at_the_door(Told::AddressChanged, Some(owner.user), from).by(owner.user).with("sessions", ended));
    change.record("account.address_changed", None, json!({ "sessions": ended }));
    Ok(())
}

/// What goes with every new password: links that lead around it die, and its owner is told.
pub async fn password_changed(app: &App, change: &mut Change, email: &str) -> Result<()> {
    store::drop_open(&mut change.tx, change.who, &[Kind::Reset, Kind::Change]).await?;
    let message = messages::password_changed(&app.config.public_url);
    mail::enqueue(&mut change.tx, Some(change.who), email, &message, change.at).await
}
