//! Passkeys (WebAuthn level 3): signing in with one alone, or with one after the password.

use crate::{error::Result, ids::PasskeyId};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod ceremony;
pub mod section;
pub mod sign_in;
#[cfg(feature = "ssr")]
pub mod store;

/// A passkey as its person sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct OwnPasskey {
    pub id: PasskeyId,
    pub name: String,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub used_at: Option<DateTime<Utc>>,
}

/// Answers with what the browser needs to make a passkey: the options of `navigator.credentials.create`, as JSON.
#[server]
pub async fn start_passkey(
    #[server(default)] name: String,
    #[server(default)] current_password: String,
) -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::start(&app, &who, &name, current_password).await
        }
        .await,
    )
}

/// Keeps the passkey the browser made; `credential` is its JSON.
#[server]
pub async fn finish_passkey(#[server(default)] credential: String) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::finish(&app, &who, &credential).await
        }
        .await,
    )
}

/// Takes a passkey away, unless nobody could get in then.
#[server]
pub async fn remove_passkey(id: PasskeyId, #[server(default)] current_password: String) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::remove(&app, &who, id, current_password).await
        }
        .await,
    )
}

/// Answers with what the browser needs to ask for a passkey: the options of `navigator.credentials.get`, as JSON. After the
/// password one of the account's passkeys is asked for, else any of this site.
#[server]
pub async fn begin_passkey_use() -> Result<String> {
    crate::error::answer(actions::begin_use().await)
}

/// Signs in with what the passkey answered. Answers with the page to go to.
#[server]
pub async fn use_passkey(#[server(default)] credential: String, #[server(default)] next: String) -> Result<String> {
    crate::error::answer(actions::take(&credential, &next).await)
}
