//! The forms' side: who asks, from where, and where to go next.

use super::{actions, reset as passwords};
use crate::{
    error::Result,
    session::{self, Origin, current},
    state::App,
};
use axum::http::request::Parts;
use leptos::prelude::expect_context;

/// The app, and where the request came from.
fn asked() -> (App, Origin) {
    let (app, parts) = (expect_context::<App>(), expect_context::<Parts>());
    let from = Origin::of(&app, &parts);
    (app, from)
}

pub async fn confirm(token: String) -> Result<String> {
    let (app, from) = asked();
    actions::confirm(&app, current().as_ref(), &token, &from).await?;
    Ok(session::forward("/verify?done=yes".into()))
}

pub async fn change(email: String, password: String) -> Result<()> {
    let (app, who) = session::require_login()?;
    actions::ask_for_change(&app, &who, email, password).await
}

pub async fn forgot(email: String) -> Result<String> {
    let (app, from) = asked();
    passwords::ask(&app, &email, &from)?;
    Ok(session::forward("/forgot?sent=yes".into()))
}

pub async fn reset(token: String, new_password: String) -> Result<String> {
    let (app, from) = asked();
    passwords::set(&app, &token, new_password, &from).await?;
    Ok(session::forward("/reset?done=yes".into()))
}
