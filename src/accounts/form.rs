//! The forms' side of signing in: cookies, where to go next, where the request came from.

use super::{
    actions, passkeys,
    providers::{actions as providers, flow::Doubt, identity::Identity},
    second::{self, half::Half},
    store,
};
use crate::{
    audit,
    error::{Error, Result},
    ids::UserId,
    session::{self, Origin, signed},
    state::App,
};
use axum::http::{HeaderValue, header, request::Parts};
use leptos::prelude::expect_context;
use leptos_axum::ResponseOptions;

pub async fn sign_up(name: String, email: String, password: String, time_zone: String) -> Result<String> {
    let (app, parts) = (expect_context::<App>(), expect_context::<Parts>());
    let new = actions::NewAccount { email, name, password, time_zone };
    let user = actions::register(&app, new, &Origin::of(&app, &parts)).await?;
    Ok(enter(&app, &parts, user, "/welcome").await?.answer())
}

pub async fn sign_in(email: String, password: String, next: String) -> Result<String> {
    let (app, parts) = (expect_context::<App>(), expect_context::<Parts>());
    let user = actions::authenticate(&app, &email, password, &Origin::of(&app, &parts)).await?;
    Ok(let_in(&app, &parts, user, "password", &next, None).await?.answer())
}

pub async fn link_with_password(password: String) -> Result<String> {
    let (app, parts) = (expect_context::<App>(), expect_context::<Parts>());
    let Some(doubt) = signed::read::<Doubt>(&app, &parts.headers)? else {
        return Err(Error::Refused("This took too long. Please start again.".into()));
    };
    let from = Origin::of(&app, &parts);
    let user = actions::authenticate(&app, &doubt.email, password, &from).await?;
    let next = doubt.next.clone();
    let mut entry = let_in(&app, &parts, user, "password", &next, Some(doubt)).await?;
    entry.cookies.push(signed::forget::<Doubt>(&app)?);
    Ok(entry.answer())
}

/// How somebody gets in: the page to go to, and the cookies that go along.
pub struct Entry {
    pub to: String,
    pub cookies: Vec<HeaderValue>,
}

impl Entry {
    /// The same as the answer of a server function.
    pub fn answer(self) -> String {
        let response = expect_context::<ResponseOptions>();
        for cookie in self.cookies {
            response.append_header(header::SET_COOKIE, cookie);
        }
        session::forward(self.to)
    }
}

/// Lets a person in who has shown who they are; where their account has a second factor, it is asked for first. `way` says in the
/// log how. `wanted` is an account elsewhere that is connected on the way, after all that is asked for was shown.
pub async fn let_in(
    app: &App,
    parts: &Parts,
    user: UserId,
    way: &str,
    next: &str,
    wanted: Option<Doubt>,
) -> Result<Entry> {
    actions::admit(app, user).await?;
    if second::actions::is_asked(app, user).await? {
        let cookie = second::half::begin(app, user, own_page(next), wanted)?;
        let passkey = passkeys::store::count(&app.db, user).await? > 0;
        let to = if passkey { "/sign-in/passkey" } else { "/sign-in/code" };
        return Ok(Entry { to: to.into(), cookies: vec![cookie] });
    }
    let from = Origin::of(app, parts);
    if let Some(wanted) = wanted {
        connect(app, user, wanted, from.clone()).await?;
    }
    audit::chain::note(&app.db, actions::signed_in(user, &from, way)).await?;
    enter(app, parts, user, own_page(next)).await
}

async fn connect(app: &App, user: UserId, wanted: Doubt, from: Origin) -> Result<()> {
    let Doubt { provider, issuer, subject, email, .. } = wanted;
    let identity = Identity { issuer, subject, email, ..Identity::default() };
    providers::connect(app, user, provider, identity, from).await
}

/// Lets a person in who has shown everything there is to show; what was put off until then is done.
pub async fn complete(app: &App, parts: &Parts, half: Half, from: &Origin) -> Result<Entry> {
    if let Some(wanted) = half.wanted {
        match connect(app, half.sub, wanted, from.clone()).await {
            // Somebody else's by now, or another one of that provider is connected: they get in all the same.
            Ok(()) | Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    let mut entry = enter(app, parts, half.sub, own_page(&half.next)).await?;
    entry.cookies.push(signed::forget::<Half>(app)?);
    Ok(entry)
}

pub async fn second_step(code: String) -> Result<String> {
    let (app, parts) = (expect_context::<App>(), expect_context::<Parts>());
    let Some(half) = signed::read::<Half>(&app, &parts.headers)? else {
        return Err(Error::Refused("This took too long. Please start again with your password.".into()));
    };
    let from = Origin::of(&app, &parts);
    let way = second::actions::take(&app, half.sub, &code, &from).await?;
    actions::admit(&app, half.sub).await?;
    audit::chain::note(&app.db, actions::signed_in(half.sub, &from, way)).await?;
    Ok(complete(&app, &parts, half, &from).await?.answer())
}

pub async fn enter_demo() -> Result<String> {
    let (app, parts) = (expect_context::<App>(), expect_context::<Parts>());
    if !app.config.demo {
        return Err(Error::NotFound);
    }
    let from = Origin::of(&app, &parts);
    app.limits.attempt(&from.address, &session::random_token())?;
    let user = store::demo_person(&app.db).await?.ok_or(Error::NotFound)?;
    audit::chain::note(&app.db, actions::signed_in(user, &from, "demo")).await?;
    Ok(enter(&app, &parts, user, "/today").await?.answer())
}

pub async fn sign_out() -> Result<String> {
    let (app, parts) = (expect_context::<App>(), expect_context::<Parts>());
    let cookie = session::end(&app, &parts).await?;
    expect_context::<ResponseOptions>().append_header(header::SET_COOKIE, cookie);
    Ok(session::forward("/".into()))
}

/// Ends the session there was, starts a new one, and names the page to go to.
pub async fn enter(app: &App, parts: &Parts, user: UserId, to: &str) -> Result<Entry> {
    session::end(app, parts).await?;
    let cookie = session::start(app, user, &Origin::of(app, parts)).await?;
    Ok(Entry { to: to.into(), cookies: vec![cookie, session::origin::remember(app, user)?] })
}

/// `next` when it is a path of ours, else the home page: nobody is sent to another site.
pub fn own_page(next: &str) -> &str {
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
