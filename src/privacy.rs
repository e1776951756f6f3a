//! What is kept of a person is theirs: a copy of all of it, taken back in elsewhere, what they agreed to, and leaving for good.

use crate::{error::Result, ids::ExportId};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod closing;
pub mod consent;
#[cfg(feature = "ssr")]
pub mod export;
pub mod page;
pub mod policy;
#[cfg(feature = "ssr")]
pub mod restore;
#[cfg(feature = "ssr")]
pub mod routes;

pub use consent::{Consent, Purpose};

/// How far an export has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type, utoipa::ToSchema))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "TEXT", rename_all = "snake_case"), schema(as = ExportState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits to be made.
    Queued,
    Running,
    /// Can be fetched.
    Ready,
    Failed,
}

/// Everything of a person in one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow, utoipa::ToSchema))]
pub struct Export {
    pub id: ExportId,
    pub state: State,
    /// Rows written so far, of `total`.
    pub done: i64,
    pub total: i64,
    /// Size of the file, once it is there.
    pub bytes: i64,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
    /// Until when a ready one can be fetched.
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub expires_at: Option<DateTime<Utc>>,
}

/// What became of the last file the person had taken in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct LastRestore {
    pub good: bool,
    pub said: String,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub at: DateTime<Utc>,
}

/// What the page about a person's data shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnData {
    pub email: String,
    /// Newest first.
    pub exports: Vec<Export>,
    pub consents: Vec<Consent>,
    pub restored: Option<LastRestore>,
    /// When the account is erased; absent while it stays.
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub closing_at: Option<DateTime<Utc>>,
    /// Whether the account has a password, which is asked for before it is closed.
    pub password: bool,
    /// Why it cannot be closed, if it cannot.
    pub stays: Option<String>,
}

/// The signed-in person's data page.
#[server]
pub async fn load_own_data() -> Result<OwnData> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            closing::view(&app, &who).await
        }
        .await,
    )
}

/// Asks for a file with everything; it is made in the background.
#[server]
pub async fn start_export() -> Result<Export> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            export::actions::start(&app, &who).await
        }
        .await,
    )
}

/// Removes such a file, or stops its making.
#[server]
pub async fn delete_export(id: ExportId) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            export::actions::delete(&app, &who, id).await
        }
        .await,
    )
}

/// Agrees to something, or takes that back.
#[server]
pub async fn set_consent(#[server(default)] purpose: String, #[server(default)] given: bool) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            consent::store::set(&app, &who, &purpose, given).await
        }
        .await,
    )
}

/// Closes the account: it is erased after two weeks or, where the person waives these, at once. `typed` is the account's address,
/// by which the person shows that they mean it. Answers with the page to go to.
#[server]
pub async fn close_account(
    #[server(default)] typed: String,
    #[server(default)] current_password: String,
    #[server(default)] at_once: bool,
) -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            let erased = closing::close(&app, &who, &typed, current_password, at_once).await?;
            Ok(crate::session::forward(if erased { "/closed" } else { "/account/data" }.into()))
        }
        .await,
    )
}

/// Takes that back.
#[server]
pub async fn keep_account() -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            closing::keep(&app, &who).await
        }
        .await,
    )
}
