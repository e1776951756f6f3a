//! Between the two steps of signing in: a cookie, signed by us, that says whose password was right. It opens nothing.

use crate::{accounts::providers::flow::Doubt, error::Result, ids::UserId, session::signed, state::App};
use axum::http::HeaderValue;
use serde::{Deserialize, Serialize};

/// Who is half signed in, and where they want to go.
#[derive(Serialize, Deserialize)]
pub struct Half {
    pub sub: UserId,
    pub next: String,
    /// An account elsewhere that is to be connected once the second step is done.
    #[serde(default)]
    pub wanted: Option<Doubt>,
}

impl signed::Signed for Half {
    const NAME: &'static str = "half";
    const PURPOSE: &'static str = "half sign-ins";
}

/// The `Set-Cookie` value after the first step.
pub fn begin(app: &App, who: UserId, next: &str, wanted: Option<Doubt>) -> Result<HeaderValue> {
    // A cookie has room for some 4,000 bytes.
    let next = if next.len() <= 1_000 { next } else { "/today" }.to_owned();
    signed::keep(app, Half { sub: who, next, wanted })
}
