//! What can be done about an account's safety.

use super::{AccountView, SignedIn, device};
use crate::{
    accounts::{confirm::actions as confirm, email, hashing::Asking, password, second::actions as second, store},
    audit::{self, Act, Kind},
    error::{Check, Error, Result},
    events::Change,
    ids::SessionId,
    session::{self, Who, places},
    state::App,
};
use axum::http::header;
use leptos::prelude::expect_context;
use leptos_axum::ResponseOptions;
use serde_json::json;

pub async fn view(app: &App, who: &Who) -> Result<AccountView> {
    let sessions = places::list(&app.db, who).await?.into_iter().map(|place| SignedIn {
        id: place.id,
        device: if place.kind == "api" { device::program(&place.user_agent) } else { device::name(&place.user_agent) },
        here: who.session == Some(place.id),
        place: app.config.atlas.as_ref().and_then(|atlas| atlas.place(&place.address)).unwrap_or_default(),
        address: place.address,
        since: place.created_at,
        seen_at: place.seen_at,
    });
    Ok(AccountView {
        email: who.email.clone(),
        second_factor: second::is_asked(app, who.user).await?,
        confirmed: store::email_verified_at(&app.db, who.user).await?.is_some(),
        reachable: !who.is_demo(),
        wanted: email::store::wanted_address(&app.db, who.user).await?,
        sessions: sessions.collect(),
    })
}

/// What somebody without a password can do to show who they are.
pub const NO_PASSWORD: &str = "Your account has no password. Sign out, sign in again, and do this within ten minutes.";

/// Whether it is the person who asks, before the ways in change: by the password, and where there is a second factor by that too.
/// A form like this has no place for it, so it must have been shown in this session. A wrong password is an error of `field`, and
/// is in the log.
pub async fn confirm_password(app: &App, who: &Who, field: &str, password: String) -> Result<()> {
    let second = second::is_asked(app, who.user).await?;
    if second {
        confirm::required(app, who).await?;
    }
    if check_password(app, who, field, password).await? {
        return confirm::renew(app, who, !second).await;
    }
    match confirm::required(app, who).await {
        Err(Error::Unconfirmed) => Err(Error::invalid(field, NO_PASSWORD)),
        shown => shown,
    }
}

/// Whether the account has a password. If so, this is it: a wrong one is an error of `field`, and is in the log.
pub async fn check_password(app: &App, who: &Who, field: &str, password: String) -> Result<bool> {
    if who.is_demo() {
        return Err(Error::invalid(field, "The demo person’s account stays as it is."));
    }
    app.limits.own_attempt(who.user)?;
    let login = store::login(&app.db, &who.email).await?.ok_or(Error::Unauthorized)?;
    if login.password_hash.is_none() {
        return Ok(false);
    }
    if password.is_empty() {
        return Err(Error::invalid(field, "Please enter your current password."));
    }
    if password.chars().count() > password::LONGEST
        || !password::verify(app, Asking::Known, password, login.password_hash).await?.right
    {
        audit::chain::note(&app.db, Act::own(Kind::PasswordRefused, who)).await?;
        return Err(Error::invalid(field, "This is not your current password."));
    }
    Ok(true)
}

/// Signs out one other place.
pub async fn end_session(app: &App, who: &Who, id: SessionId) -> Result<()> {
    places::not_the_demo(who)?;
    confirm::required(app, who).await?;
    places::end_one(app, who, id).await
}

/// Signs out every place but this one; answers how many.
pub async fn end_other_sessions(app: &App, who: &Who) -> Result<u64> {
    places::not_the_demo(who)?;
    confirm::required(app, who).await?;
    places::end_others(app, who).await
}

/// Ends a change of the ways in: under an event of this kind, and with a new cookie for the session that made it. The person's
/// other sessions have to show again who they are before they change anything of the kind.
pub async fn commit_renewed(app: &App, who: &Who, mut change: Change, event: &str) -> Result<()> {
    let cookie = match who.session {
        Some(session) => session::rotate(app, &mut change.tx, session).await?,
        None => None,
    };
    places::doubt_others(&mut change.tx, who).await?;
    change.record(event, None, json!({}));
    change.commit().await?;
    app.outbox.notify_one();
    if let Some(cookie) = cookie {
        expect_context::<ResponseOptions>().append_header(header::SET_COOKIE, cookie);
    }
    Ok(())
}

/// Checks the current password, sets the new one, ends every other session and renews this one.
pub async fn change_password(app: &App, who: &Who, current: String, new: String) -> Result<()> {
    let mut check = Check::default();
    check.that(!current.is_empty(), "current_password", "Please enter your current password.");
    password::check(&mut check, "new_password", &new, &[&who.email, &who.name]);
    check.that(current != new, "new_password", "Please choose a password that is not the current one.");
    check.done()?;
    confirm_password(app, who, "current_password", current).await?;
    let hash = password::hash(app, Asking::Known, new).await?;
    let mut change = app.change(who.user).await?;
    store::set_password(&mut change.tx, who.user, &hash).await?;
    let ended = places::delete_others(&mut change.tx, who).await?;
    email::actions::password_changed(app, &mut change, &who.email).await?;
    change.audit(Act::own(Kind::PasswordChanged, who).with("sessions", ended));
    commit_renewed(app, who, change, "account.password_changed").await
}
