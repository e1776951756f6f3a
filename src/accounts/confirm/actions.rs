//! Whether it was shown a moment ago who somebody is, and taking it down when it is.

use super::Means;
use crate::{
    accounts::{
        form, passkeys,
        second::actions as second,
        security::actions::{NO_PASSWORD, check_password},
        store as people,
    },
    audit::{self, Act, Kind},
    db,
    error::{Error, Result},
    session::{self, Who, places},
    state::App,
};
use axum::http::header;
use chrono::Duration;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// How long it counts.
const LASTS: Duration = Duration::minutes(10);

/// An error unless this login showed everything the account asks for at most ten minutes ago, signing in or since.
pub async fn required(app: &App, who: &Who) -> Result<()> {
    let shown = places::confirmed_at(&app.db, who.login()?).await?;
    if shown.is_some_and(|at| db::now() - at < LASTS) { Ok(()) } else { Err(Error::Unconfirmed) }
}

/// What the person can show.
pub async fn means(app: &App, who: &Who) -> Result<Means> {
    let login = people::login(&app.db, &who.email).await?;
    Ok(Means {
        password: login.is_some_and(|login| login.password_hash.is_some()),
        code: second::is_asked(app, who.user).await?,
        passkey: passkeys::ceremony::offered(app) && passkeys::store::count(&app.db, who.user).await? > 0,
    })
}

/// By the password, with a code where there is a second factor.
pub async fn by_password(app: &App, who: &Who, password: String, code: &str, next: &str) -> Result<String> {
    if !check_password(app, who, "current_password", password).await? {
        return Err(Error::invalid("current_password", NO_PASSWORD));
    }
    let way = match second::is_asked(app, who.user).await? {
        true => second::take(app, who.user, code, &who.origin).await?,
        false => "password",
    };
    finish(app, who, way, next).await
}

/// By a passkey, which has checked that it is the person: two factors in one.
pub async fn by_passkey(app: &App, who: &Who, credential: &str, next: &str) -> Result<String> {
    passkeys::actions::again(app, who, credential).await?;
    finish(app, who, "passkey", next).await
}

async fn finish(app: &App, who: &Who, way: &str, next: &str) -> Result<String> {
    renew(app, who, true).await?;
    audit::chain::note(&app.db, Act::own(Kind::Confirmed, who).with("way", way)).await?;
    let page = if next.is_empty() { "/account/confirm?done=yes" } else { form::own_page(next) };
    Ok(session::forward(page.to_owned()))
}

/// Gives the session a new token, as after every sign-in; `shown` notes that everything was shown now.
pub async fn renew(app: &App, who: &Who, shown: bool) -> Result<()> {
    let session = who.login()?;
    let mut tx = app.db.begin().await?;
    if shown {
        places::confirm(&mut tx, session, db::now()).await?;
    }
    // Over REST there is nothing that would carry the cookie.
    let options = use_context::<ResponseOptions>();
    let cookie = match &options {
        Some(_) => session::renew_token(app, &mut tx, session).await?,
        None => None,
    };
    tx.commit().await?;
    if let (Some(options), Some(cookie)) = (options, cookie) {
        options.append_header(header::SET_COOKIE, cookie);
    }
    Ok(())
}
