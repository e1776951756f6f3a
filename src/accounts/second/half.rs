//! Between the two steps of signing in: a cookie, signed by us, that says whose password was right. It opens nothing.

use crate::{error::Result, ids::UserId, session::signed, state::App};
use axum::http::HeaderValue;
use serde::{Deserialize, Serialize};

/// Who is half signed in, and where they want to go.
#[derive(Serialize, Deserialize)]
pub struct Half {
    pub sub: UserId,
    pub next: String,
}

impl signed::Signed for Half {
    const NAME: &'static str = "half";
    const PURPOSE: &'static str = "half sign-ins";
}

/// The `Set-Cookie` value after the first step.
pub fn begin(app: &App, who: UserId, next: &str) -> Result<HeaderValue> {
    // A cookie has room for some 4,000 bytes.
    let next = if next.len() <= 1_000 { next } else { "/today" }.to_owned();
    signed::keep(app, Half { sub: who, next })
}
