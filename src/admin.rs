//! What an administrator can do: see who has an account and keep somebody out. Never what a person keeps here.

use crate::{error::Result, ids::UserId, jobs::Page};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
pub mod page;
#[cfg(feature = "ssr")]
pub mod store;

/// Accounts on one page.
pub const PER_PAGE: u32 = 25;

/// An account as administrators see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    pub id: UserId,
    pub email: String,
    /// Anything of "mentor" and "admin".
    pub roles: Vec<String>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub since: DateTime<Utc>,
    /// The last use of any session; none is kept for long after it ended.
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub seen_at: Option<DateTime<Utc>>,
    /// Whether mail to the address is known to reach them.
    pub confirmed: bool,
    /// Places the person is signed in.
    pub places: i64,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub disabled_at: Option<DateTime<Utc>>,
    /// The administrator who looks.
    pub oneself: bool,
}

/// Everybody with an account, newest first; those whose address contains `q`.
#[server]
pub async fn list_accounts(
    #[server(default)] q: String,
    #[server(default)] page: Option<u32>,
) -> Result<Page<Account>> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::list(&app, &who, &q, page.unwrap_or(1)).await
        }
        .await,
    )
}

/// A message of the outbox as administrators see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutboxRow {
    pub to: String,
    pub subject: String,
    /// `queued`, `sending`, `sent`, `failed` or `kept`.
    pub state: String,
    pub attempts: i64,
    /// Why the last attempt failed; empty when none did.
    pub last_error: String,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
    /// Only where no mail server is named: nobody else has it.
    pub text: Option<String>,
}

/// How the service is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    pub version: String,
    /// `sqlite` or `postgres`, and how long it took to answer, in milliseconds.
    pub database: String,
    pub database_ms: f64,
    /// Seconds since the start of this process.
    pub up: i64,
    /// People with a page open here.
    pub live: i64,
    /// Whether a mail server is named.
    pub mail: bool,
    /// Messages that wait, and that were given up.
    pub mail_waiting: i64,
    pub mail_failed: i64,
    /// Exports that wait or are being made.
    pub exports: i64,
    /// Accounts that are to be erased.
    pub closing: i64,
    /// The newest messages, newest first.
    pub outbox: Vec<OutboxRow>,
}

/// How the service is, and the newest mail.
#[server]
pub async fn load_standing() -> Result<Standing> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::standing(&app, &who).await
        }
        .await,
    )
}

/// Sends a person another link to confirm their address with.
#[server]
pub async fn resend_verification(id: UserId) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::resend_verification(&app, &who, id).await
        }
        .await,
    )
}

/// Keeps a person out, or lets them in again.
#[server]
pub async fn set_disabled(id: UserId, disabled: bool) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::set_disabled(&app, &who, id, disabled).await
        }
        .await,
    )
}

/// Signs a person out everywhere.
#[server]
pub async fn end_all_sessions(id: UserId) -> Result<u64> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::end_sessions(&app, &who, id).await
        }
        .await,
    )
}

/// Gives a person a role, `mentor` or `admin`, or takes it away.
#[server]
pub async fn set_role(id: UserId, role: String, given: bool) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::set_role(&app, &who, id, &role, given).await
        }
        .await,
    )
}
