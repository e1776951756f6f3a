//! Leaving for Google to connect a calendar, and coming back.

use super::actions;
use crate::{
    accounts::providers::{
        Provider,
        routes::{Back, go},
    },
    api::Params,
    error::{Error, Result},
    ids::UserId,
    session::{
        Login, Who,
        signed::{self, Signed},
    },
    state::App,
};
use axum::{
    extract::State,
    http::{HeaderValue, request::Parts},
    response::Response,
};
use serde::{Deserialize, Serialize};

/// The page with the card.
const PAGE: &str = "/applications/interviews";

/// On the way to Google.
#[derive(Debug, Serialize, Deserialize)]
struct Flow {
    /// What Google has to send back.
    state: String,
    /// Proves that the code is exchanged by who asked for it (PKCE, RFC 7636).
    verifier: String,
    /// Whose calendar it is to be.
    user: UserId,
}

impl Signed for Flow {
    const NAME: &'static str = "calendar-flow";
}

/// Sends the browser to Google, to agree that a calendar is kept there.
#[utoipa::path(get, path = "/calendar/google/connect", tag = "calendar",
    responses((status = 303, headers(("Location" = String, description = "Google's page, or one of ours."))),
        (status = 404), (status = 429)))]
pub async fn connect(State(app): State<App>, Login(who, _): Login, parts: Parts) -> Result<Response> {
    if parts.headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site") {
        // No other page connects anything here: the person starts it themselves.
        return Ok(go(PAGE, []));
    }
    let departure = match actions::depart(&app, &who).await {
        Ok(departure) => departure,
        Err(Error::Unavailable(_)) => return Ok(back_with("failed", [])),
        Err(error) => return Err(error),
    };
    let flow = Flow { state: departure.state, verifier: departure.verifier, user: who.user };
    Ok(go(&departure.to, [signed::keep(&app, flow)?]))
}

/// Where Google sends the browser back to.
#[utoipa::path(get, path = "/calendar/google/callback", tag = "calendar", security(()), params(Back),
    responses((status = 303, headers(("Location" = String, description = "A page of ours."))), (status = 404)))]
pub async fn callback(State(app): State<App>, Params(back): Params<Back>, parts: Parts) -> Result<Response> {
    let flow = signed::read::<Flow>(&app, &parts.headers)?;
    // Whatever comes of it: one way there, one way back.
    let spent = signed::forget::<Flow>(&app)?;
    let who = parts.extensions.get::<Who>().filter(|who| who.session.is_some());
    let begun = flow.zip(who).filter(|(flow, who)| flow.user == who.user && flow.state == back.state);
    let Some((flow, who)) = begun else { return Ok(back_with("expired", [spent])) };
    let word = match back.error.as_str() {
        "" if app.outside.sent_by(Provider::Google, &back.iss) => {
            actions::arrive(&app, who, &back.code, &flow.verifier).await?
        }
        "access_denied" => "denied",
        _ => "failed",
    };
    Ok(back_with(word, [spent]))
}

/// Back to the card, with what came of it.
fn back_with(word: &str, cookies: impl IntoIterator<Item = HeaderValue>) -> Response {
    go(&[PAGE, "?calendar=", word, "#google-calendar"].concat(), cookies)
}
