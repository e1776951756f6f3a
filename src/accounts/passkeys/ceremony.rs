//! What a passkey was asked for, from the question to the answer: a row that is taken once, found by a cookie only this browser has.

use super::store;
use crate::{
    db,
    error::{Error, Result},
    ids::UserId,
    session::signed::{self, Signed},
    state::App,
};
use axum::http::{HeaderMap, HeaderValue};
use chrono::Duration;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use url::Url;
use uuid::Uuid;
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// How long an answer may take.
const LASTS: Duration = Duration::minutes(10);
/// Longest answer of a browser, in bytes.
const LONGEST: usize = 64 * 1024;

/// What the cookie says.
#[derive(Serialize, Deserialize)]
struct Asked {
    id: Uuid,
}

impl Signed for Asked {
    const NAME: &'static str = "passkey";
}

/// What an answer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new passkey.
    Add,
    /// One of the person's own: as the second step of signing in, or shown again later.
    Step,
    /// Signing in with nothing else.
    Alone,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Purpose::Add => "add",
            Purpose::Step => "step",
            Purpose::Alone => "alone",
        }
    }
}

/// The checks of this site; an error where its address is a number: browsers tie passkeys to names.
pub fn webauthn(app: &App) -> Result<Webauthn> {
    let unsuited = || {
        Error::Conflict(
            "Passkeys need an address with a name. Whoever runs this site can set PUBLIC_URL, such as http://localhost:3000."
                .into(),
        )
    };
    let url: Url = app.config.public_url.parse().map_err(|_| unsuited())?;
    let name = url.domain().ok_or_else(unsuited)?;
    WebauthnBuilder::new(name, &url)
        .and_then(|builder| builder.rp_name("Career Co-Pilot").build())
        .map_err(|_| unsuited())
}

/// Whether this site can have passkeys.
pub fn offered(app: &App) -> bool {
    webauthn(app).is_ok()
}

/// Keeps what was asked; answers with the cookie that finds it.
pub async fn begin(app: &App, who: Option<UserId>, purpose: Purpose, state: &impl Serialize) -> Result<HeaderValue> {
    let id = Uuid::now_v7();
    let state = serde_json::to_string(state)?;
    store::begin(&app.db, id, who, purpose.as_str(), state, db::now() + LASTS).await?;
    signed::keep(app, Asked { id })
}

/// What an answer belongs to.
pub struct Taken {
    pub who: Option<UserId>,
    pub purpose: Purpose,
    state: String,
}

impl Taken {
    pub fn state<T: DeserializeOwned>(&self) -> Result<T> {
        Ok(serde_json::from_str(&self.state)?)
    }
}

/// Takes back what this browser's passkey was asked; it answers once.
pub async fn take(app: &App, headers: &HeaderMap) -> Result<Taken> {
    let over = || Error::Refused("This took too long. Please try again.".into());
    let asked = signed::read::<Asked>(app, headers)?.ok_or_else(over)?;
    let (who, kind, state) = store::take(&app.db, asked.id).await?.ok_or_else(over)?;
    let purpose = match kind.as_str() {
        "add" => Purpose::Add,
        "step" => Purpose::Step,
        _ => Purpose::Alone,
    };
    Ok(Taken { who, purpose, state })
}

/// The `Set-Cookie` value that removes the cookie.
pub fn forget(app: &App) -> Result<HeaderValue> {
    signed::forget::<Asked>(app)
}

/// An answer as the browser sends it.
pub fn read<T: DeserializeOwned>(credential: &str) -> Result<T> {
    if credential.len() > LONGEST {
        return Err(Error::TooLarge("an answer of a passkey has at most 64 KB.".into()));
    }
    serde_json::from_str(credential)
        .map_err(|_| Error::invalid("credential", "This is not what a browser answers for a passkey."))
}
