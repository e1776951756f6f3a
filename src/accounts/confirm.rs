//! Showing once more who one is, before the ways into the account change: the password and the second factor, or a passkey. It
//! counts for ten minutes, in the session it was done in.

use crate::error::Result;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
pub mod page;

/// What the person can show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Means {
    pub password: bool,
    /// Whether a code goes with the password: one of the app's, or a recovery code.
    pub code: bool,
    pub passkey: bool,
}

/// What the signed-in person can show.
#[server]
pub async fn load_means() -> Result<Means> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::means(&app, &who).await
        }
        .await,
    )
}

/// Takes the password, and the code where there is a second factor. Answers with the page to go to.
#[server]
pub async fn confirm_person(
    #[server(default)] current_password: String,
    #[server(default)] code: String,
    #[server(default)] next: String,
) -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::by_password(&app, &who, current_password, &code, &next).await
        }
        .await,
    )
}

/// Answers with what the browser needs to ask for one of the person's passkeys, as JSON.
#[server]
pub async fn begin_confirming() -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            crate::accounts::passkeys::actions::begin_again(&app, &who).await
        }
        .await,
    )
}

/// Takes what the passkey answered. Answers with the page to go to.
#[server]
pub async fn confirm_by_passkey(
    #[server(default)] credential: String,
    #[server(default)] next: String,
) -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::by_passkey(&app, &who, &credential, &next).await
        }
        .await,
    )
}
