//! What can be done about an account's safety.

use super::{AccountView, SignedIn, device};
use crate::{
    accounts::{actions as accounts, email, password, store},
    error::{Check, Result},
    session::{self, Who, places},
    state::App,
};
use axum::http::{header, request::Parts};
use leptos::prelude::expect_context;
use leptos_axum::ResponseOptions;
use serde_json::json;

pub async fn view(app: &App, who: &Who) -> Result<AccountView> {
    let sessions = places::list(&app.db, who).await?.into_iter().map(|place| SignedIn {
        id: place.id,
        device: device::name(&place.user_agent),
        here: who.session == Some(place.id),
        address: place.address,
        since: place.created_at,
        seen_at: place.seen_at,
    });
    Ok(AccountView {
        email: who.email.clone(),
        confirmed: store::email_verified_at(&app.db, who.user).await?.is_some(),
        reachable: !who.is_demo(),
        wanted: email::store::wanted_address(&app.db, who.user).await?,
        sessions: sessions.collect(),
    })
}

/// Checks the current password, sets the new one, ends every other session and renews this one.
pub async fn change_password(app: &App, who: &Who, current: String, new: String) -> Result<()> {
    let parts = expect_context::<Parts>();
    let mut check = Check::default();
    check.that(!current.is_empty(), "current_password", "Please enter your current password.");
    accounts::check_password(&mut check, "new_password", &new);
    check.that(current != new, "new_password", "Please choose a password that is not the current one.");
    check.done()?;
    accounts::check_own_password(app, who, "current_password", current, &session::address(app, &parts)).await?;
    let hash = password::hash(app, new).await?;
    let mut change = app.change(who.user).await?;
    store::set_password(&mut change.tx, who.user, &hash).await?;
    let ended = places::delete_others(&mut change.tx, who).await?;
    let cookie = match who.session {
        Some(session) => Some(session::rotate(app, &mut change.tx, session).await?),
        None => None,
    };
    email::actions::password_changed(app, &mut change, &who.email).await?;
    change.record("account.password_changed", None, json!({ "sessions": ended }));
    change.commit().await?;
    app.outbox.notify_one();
    if let Some(cookie) = cookie {
        expect_context::<ResponseOptions>().append_header(header::SET_COOKIE, cookie);
    }
    Ok(())
}
