//! How safe an account is: its password, and where it is signed in.

use crate::{error::Result, ids::SessionId};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod device;
pub mod page;

/// What the account page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccountView {
    pub email: String,
    /// Whether signing in takes a second step.
    pub second_factor: bool,
    /// Whether mail to the address is known to reach the person.
    pub confirmed: bool,
    /// False for the invented person of `--demo`, whose address is nowhere.
    pub reachable: bool,
    /// The address it is to be, once it is confirmed.
    pub wanted: Option<String>,
    /// Last used first.
    pub sessions: Vec<SignedIn>,
}

/// One place where the person is signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignedIn {
    pub id: SessionId,
    /// "Firefox on Linux".
    pub device: String,
    /// The network address it was started from; empty when it is not known.
    pub address: String,
    /// "Lisbon, Portugal"; empty where no database knows the address.
    pub place: String,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub since: DateTime<Utc>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub seen_at: DateTime<Utc>,
    /// The one that asks.
    pub here: bool,
}

/// The person's account as its page shows it.
#[server]
pub async fn load_account() -> Result<AccountView> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::view(&app, &who).await
        }
        .await,
    )
}

/// Changes the password and signs out everywhere else.
#[server]
pub async fn change_password(
    #[server(default)] current_password: String,
    #[server(default)] new_password: String,
) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::change_password(&app, &who, current_password, new_password).await
        }
        .await,
    )
}

/// Signs out one other place.
#[server]
pub async fn end_session(id: SessionId) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::end_session(&app, &who, id).await
        }
        .await,
    )
}

/// Signs out every place but this one; answers how many.
#[server]
pub async fn end_other_sessions() -> Result<u64> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::end_other_sessions(&app, &who).await
        }
        .await,
    )
}
