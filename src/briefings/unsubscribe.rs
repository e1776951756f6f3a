//! Ending messages of a kind by one click (RFC 8058). The way there is a token of the message's own: who holds it can switch this
//! kind of message to this person off and on again, and nothing else. It asks for no session and uses none.

use super::{Kind, UNSUBSCRIBE, store};
use crate::{
    audit::{self, Act},
    error::{Error, Result},
    ids::UserId,
    session::Origin,
    state::App,
};
use axum::{
    extract::{Query, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashSet;

/// What its key is made for.
const PURPOSE: &str = "unsubscribe";
/// No form of ours is longer, in bytes.
const LONGEST: usize = 10_000;

/// What a token says. It does not run out: messages are old when people tidy up.
#[derive(Serialize, Deserialize)]
struct Claims {
    sub: UserId,
    kind: Kind,
}

/// The token for one person and kind.
pub fn token(app: &App, user: UserId, kind: Kind) -> Result<String> {
    let key = EncodingKey::from_secret(&app.config.secret_key.derive(PURPOSE)?);
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &Claims { sub: user, kind }, &key).map_err(Error::internal)
}

/// Whom and what a token is for; None for one that is not ours.
fn read(app: &App, token: &str) -> Result<Option<(UserId, Kind)>> {
    let key = DecodingKey::from_secret(&app.config.secret_key.derive(PURPOSE)?);
    let mut validation = Validation::new(Algorithm::HS256);
    validation.required_spec_claims = HashSet::new();
    validation.validate_exp = false;
    let claims = jsonwebtoken::decode::<Claims>(token, &key, &validation).ok();
    Ok(claims.map(|token| (token.claims.sub, token.claims.kind)))
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    token: String,
}

/// What our own page sends. A mailbox sends something else.
#[derive(Default, Deserialize)]
struct Form {
    /// From the page: it is shown again afterwards.
    #[serde(default)]
    page: String,
    /// Switches it on again.
    #[serde(default)]
    undo: String,
}

/// `POST /unsubscribe?token=…`, from a mailbox or from the page's button. The answer is the same whatever the token is.
pub async fn post(State(app): State<App>, Query(asked): Query<Asked>, request: Request) -> Result<Response> {
    let (parts, body) = request.into_parts();
    let origin = Origin::of(&app, &parts);
    // What a mailbox sends besides does not matter, in whatever form.
    let body = axum::body::to_bytes(body, LONGEST).await.unwrap_or_default();
    let form: Form = url::form_urlencoded::parse(&body).fold(Form::default(), |form, (name, value)| match &*name {
        "page" => Form { page: value.into_owned(), ..form },
        "undo" => Form { undo: value.into_owned(), ..form },
        _ => form,
    });
    let on = !form.page.is_empty() && !form.undo.is_empty();
    if let Some((user, kind)) = read(&app, &asked.token)? {
        match switch(&app, user, kind, on, &origin).await {
            // An account that is gone gets no messages either.
            Ok(()) | Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    if form.page.is_empty() {
        return Ok("You get no more of these messages.\n".into_response());
    }
    let token: String = url::form_urlencoded::byte_serialize(asked.token.as_bytes()).collect();
    let done = if on { "on" } else { "off" };
    Ok(Redirect::to(&format!("{UNSUBSCRIBE}?token={token}&done={done}")).into_response())
}

/// Switches a kind off or on; once is as good as twice.
async fn switch(app: &App, user: UserId, kind: Kind, on: bool, origin: &Origin) -> Result<()> {
    if store::settings(&app.db, user).await?.wants(kind) == on {
        return Ok(());
    }
    let mut change = app.change(user).await?;
    let settings = store::settings_in(&mut change.tx, user).await?;
    store::set(&mut change.tx, user, settings.with(kind, on)).await?;
    change.record("briefing.settings", None, json!({}));
    let told = if on { audit::Kind::MailOn } else { audit::Kind::MailOff };
    change.audit(Act::at_the_door(told, Some(user), origin).with("what", kind.label()));
    change.commit().await
}
