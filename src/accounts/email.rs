//! The person's e-mail address: confirming it, changing it, and getting a new password through it.

use crate::error::Result;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
pub mod actions;
pub mod card;
#[cfg(feature = "ssr")]
mod form;
pub mod page;
#[cfg(feature = "ssr")]
pub mod reset;
#[cfg(feature = "ssr")]
pub mod store;

/// Does what the link of a message was sent for: confirms the address of an account, or gives it its new one. Answers with the
/// page to go to.
#[server]
pub async fn confirm_address(#[server(default)] token: String) -> Result<String> {
    crate::error::answer(form::confirm(token).await)
}

/// Sends the signed-in person another link to confirm their address with.
#[server]
pub async fn send_verification() -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::send_again(&app, &who).await
        }
        .await,
    )
}

/// Asks for another address; it is used once it is confirmed.
#[server]
pub async fn change_address(#[server(default)] email: String, #[server(default)] password: String) -> Result<()> {
    crate::error::answer(form::change(email, password).await)
}

/// Takes back what was asked for by [`change_address`].
#[server]
pub async fn keep_address() -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::keep(&app, &who).await
        }
        .await,
    )
}

/// Sends the account with this address, if there is one, a link to set a new password. Answers with the page to go to, the same
/// for every address.
#[server]
pub async fn forgot_password(#[server(default)] email: String) -> Result<String> {
    crate::error::answer(form::forgot(email).await)
}

/// Sets a new password by a link, and signs out everywhere. Answers with the page to go to.
#[server]
pub async fn reset_password(
    #[server(default)] token: String,
    #[server(default)] new_password: String,
) -> Result<String> {
    crate::error::answer(form::reset(token, new_password).await)
}
