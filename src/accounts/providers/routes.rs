//! Leaving for a provider, and coming back.

use super::{
    Provider,
    actions::{self, Arrival},
    flow::{Flow, Wish},
};
use crate::{
    accounts::form::{self, Entry},
    api::{Id, Params},
    error::{Error, Result},
    session::{Origin, Who, random_token, signed},
    state::App,
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// Where to go when signed in.
#[derive(Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Leave {
    /// A page of ours; the home page when absent.
    next: String,
    /// IANA name, for a new account; UTC when absent.
    zone: String,
}

/// What a provider sends back.
#[derive(Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Back {
    pub code: String,
    pub state: String,
    pub error: String,
    /// Who sends it (RFC 9207); not everybody says.
    pub iss: String,
}

/// Sends the browser to a provider (`google`, `github`, `linkedin`).
#[utoipa::path(get, path = "/auth/oauth/{provider}/login", tag = "accounts", security(()),
    params(("provider" = String, Path, pattern = "^(google|github|linkedin)$"), Leave),
    responses((status = 303, headers(("Location" = String, description = "The provider's page, or one of ours."))),
        (status = 404), (status = 429), (status = 503)))]
pub async fn login(
    State(app): State<App>,
    Id(provider): Id<String>,
    Params(leave): Params<Leave>,
    parts: Parts,
) -> Result<Response> {
    let provider = Provider::parse(&provider).ok_or(Error::NotFound)?;
    if parts.headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site") {
        // No other page signs anybody in here: the person starts it themselves.
        return Ok(go("/sign-in", []));
    }
    app.limits.attempt(&Origin::of(&app, &parts).address, &random_token())?;
    let wish = signed::read::<Wish>(&app, &parts.headers)?.filter(|wish| wish.provider == provider);
    let nonce = random_token();
    let departure = match app.outside.depart(provider, &nonce).await {
        Ok(departure) => departure,
        Err(Error::Unavailable(_)) => return problem(wish.is_some(), "failed", []),
        Err(error) => return Err(error),
    };
    let flow = Flow {
        provider,
        state: departure.state,
        nonce,
        verifier: departure.verifier,
        next: form::own_page(&leave.next).chars().take(500).collect(),
        zone: leave.zone.chars().take(60).collect(),
        connect: wish.map(|wish| wish.user),
    };
    Ok(go(&departure.to, [signed::keep(&app, flow)?, signed::forget::<Wish>(&app)?]))
}

/// Where a provider sends the browser back to.
#[utoipa::path(get, path = "/auth/oauth/{provider}/callback", tag = "accounts", security(()),
    params(("provider" = String, Path, pattern = "^(google|github|linkedin)$"), Back),
    responses((status = 303, headers(("Location" = String, description = "A page of ours."))), (status = 404)))]
pub async fn callback(
    State(app): State<App>,
    Id(provider): Id<String>,
    Params(back): Params<Back>,
    parts: Parts,
) -> Result<Response> {
    let provider = Provider::parse(&provider).ok_or(Error::NotFound)?;
    let flow = signed::read::<Flow>(&app, &parts.headers)?;
    // Whatever comes of it: one way there, one way back.
    let spent = signed::forget::<Flow>(&app)?;
    let connecting = flow.as_ref().is_some_and(|flow| flow.connect.is_some());
    let Some(flow) = flow.filter(|flow| flow.provider == provider && flow.state == back.state) else {
        return problem(connecting, "expired", [spent]);
    };
    if !back.error.is_empty() {
        let word = if back.error == "access_denied" { "denied" } else { "failed" };
        return problem(connecting, word, [spent]);
    }
    if !app.outside.sent_by(provider, &back.iss) {
        return problem(connecting, "failed", [spent]);
    }
    let identity = match app.outside.arrive(provider, &back.code, &flow.verifier, &flow.nonce).await {
        Ok(identity) => identity,
        Err(Error::Unavailable(_)) => return problem(connecting, "failed", [spent]),
        Err(error) => return Err(error),
    };
    let from = Origin::of(&app, &parts);
    let who = parts.extensions.get::<Who>().cloned();
    match actions::arrive(&app, flow, identity, who, from).await? {
        Arrival::In { user, next, wanted } => {
            match form::let_in(&app, &parts, user, provider.as_str(), &next, wanted).await {
                Ok(Entry { to, cookies }) => Ok(go(&to, cookies.into_iter().chain([spent]))),
                Err(Error::Refused(_)) => problem(false, "disabled", [spent]),
                Err(Error::Conflict(_)) => problem(false, "another", [spent]),
                Err(error) => Err(error),
            }
        }
        Arrival::Connected => Ok(go("/account", [spent])),
        Arrival::Doubt(cookie) => Ok(go("/sign-in/link", [cookie, spent])),
        Arrival::Problem(word) => problem(connecting, word, [spent]),
    }
}

/// Back to the page it began on, with the reason.
fn problem(connecting: bool, word: &str, cookies: impl IntoIterator<Item = HeaderValue>) -> Result<Response> {
    let page = if connecting { "/account" } else { "/sign-in" };
    Ok(go(&[page, "?problem=", word].concat(), cookies))
}

/// Sends the browser on, with these cookies.
pub fn go(to: &str, cookies: impl IntoIterator<Item = HeaderValue>) -> Response {
    let Ok(location) = HeaderValue::from_str(to) else {
        return Error::internal("an address that is none").into_response();
    };
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response();
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
