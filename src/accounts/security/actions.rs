//! What can be done about an account's safety.

use super::{AccountView, SignedIn, device};
use crate::{
    accounts::{email, hashing::Asking, password, second, store},
    audit::{self, Act, Kind},
    error::{Check, Error, Result},
    events::Change,
    session::{self, Who, places},
    state::App,
};
use axum::http::header;
use chrono::{Duration, Utc};
use leptos::prelude::expect_context;
use leptos_axum::ResponseOptions;
use serde_json::json;

pub async fn view(app: &App, who: &Who) -> Result<AccountView> {
    let sessions = places::list(&app.db, who).await?.into_iter().map(|place| SignedIn {
        id: place.id,
        device: if place.kind == "api" { device::program(&place.user_agent) } else { device::name(&place.user_agent) },
        here: who.session == Some(place.id),
        address: place.address,
        since: place.created_at,
        seen_at: place.seen_at,
    });
    Ok(AccountView {
        email: who.email.clone(),
        second_factor: second::actions::is_asked(app, who.user).await?,
        confirmed: store::email_verified_at(&app.db, who.user).await?.is_some(),
        reachable: !who.is_demo(),
        wanted: email::store::wanted_address(&app.db, who.user).await?,
        sessions: sessions.collect(),
    })
}

/// Who has no password shows who they are by having signed in this short a time ago.
const JUST: Duration = Duration::minutes(10);

/// Whether it is the person who asks: a wrong password is an error of `field`, and is in the log.
pub async fn confirm_password(app: &App, who: &Who, field: &str, password: String) -> Result<()> {
    if who.is_demo() {
        return Err(Error::invalid(field, "The demo person’s account stays as it is."));
    }
    app.limits.own_attempt(who.user)?;
    let login = store::login(&app.db, &who.email).await?.ok_or(Error::Unauthorized)?;
    if login.password_hash.is_none() {
        let just_signed_in = match who.session {
            Some(session) => places::started(&app.db, session).await?.is_some_and(|at| Utc::now() - at < JUST),
            None => false,
        };
        return if just_signed_in {
            Ok(())
        } else {
            Err(Error::invalid(
                field,
                "Your account has no password. Sign out, sign in again, and do this within ten minutes.",
            ))
        };
    }
    if password.is_empty() {
        return Err(Error::invalid(field, "Please enter your current password."));
    }
    if password.chars().count() > password::LONGEST
        || !password::verify(app, Asking::Known, password, login.password_hash).await?
    {
        audit::chain::note(&app.db, Act::own(Kind::PasswordRefused, who)).await?;
        return Err(Error::invalid(field, "This is not your current password."));
    }
    Ok(())
}

/// Ends a change of the ways in: under an event of this kind, and with a new cookie for the session that made it.
pub async fn commit_renewed(app: &App, who: &Who, mut change: Change, event: &str) -> Result<()> {
    let cookie = match who.session {
        Some(session) => session::rotate(app, &mut change.tx, session).await?,
        None => None,
    };
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
