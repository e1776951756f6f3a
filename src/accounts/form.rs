//! The forms' side of signing in: cookies, where to go next, where the request came from.

use super::{actions, store};
use crate::{
    error::{Error, Result},
    ids::UserId,
    session,
    state::App,
};
use axum::http::{header, request::Parts};
use leptos::prelude::expect_context;
use leptos_axum::ResponseOptions;

pub async fn sign_up(name: String, email: String, password: String, time_zone: String) -> Result<String> {
    let (app, parts) = (expect_context::<App>(), expect_context::<Parts>());
    let new = actions::NewAccount { email, name, password, time_zone };
    let user = actions::register(&app, new, &session::address(&app, &parts)).await?;
    enter(&app, &parts, user, "/welcome").await
}

pub async fn sign_in(email: String, password: String, next: String) -> Result<String> {
    let (app, parts) = (expect_context::<App>(), expect_context::<Parts>());
    let user = actions::authenticate(&app, &email, password, &session::address(&app, &parts)).await?;
    enter(&app, &parts, user, own_page(&next)).await
}

pub async fn enter_demo() -> Result<String> {
    let (app, parts) = (expect_context::<App>(), expect_context::<Parts>());
    if !app.config.demo {
        return Err(Error::NotFound);
    }
    app.limits.attempt(&session::address(&app, &parts), &session::random_token())?;
    let user = store::demo_person(&app.db).await?.ok_or(Error::NotFound)?;
    enter(&app, &parts, user, "/today").await
}

pub async fn sign_out() -> Result<String> {
    let (app, parts) = (expect_context::<App>(), expect_context::<Parts>());
    let cookie = session::end(&app, &parts.headers).await?;
    expect_context::<ResponseOptions>().append_header(header::SET_COOKIE, cookie);
    Ok(session::forward("/".into()))
}

/// Ends the session there was, starts a new one, and names the page to go to.
async fn enter(app: &App, parts: &Parts, user: UserId, to: &str) -> Result<String> {
    session::end(app, &parts.headers).await?;
    let agent = session::user_agent(&parts.headers);
    let cookie = session::start(app, user, agent, &session::address(app, parts)).await?;
    expect_context::<ResponseOptions>().append_header(header::SET_COOKIE, cookie);
    Ok(session::forward(to.into()))
}

/// `next` when it is a path of ours, else the home page: nobody is sent to another site.
fn own_page(next: &str) -> &str {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.chars().any(char::is_control)
        && !next.starts_with("/api/");
    if ours { next } else { "/today" }
}

#[cfg(test)]
mod tests {
    use super::own_page;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(own_page("/jobs?q=rust"), "/jobs?q=rust");
        for foreign in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\/evil",
            "/\t/evil.example",
            "javascript:1",
            "/api/sign_out",
        ] {
            assert_eq!(own_page(foreign), "/today", "{foreign}");
        }
    }
}
