//! Access tokens that people make for their programs: what each may do, how long, and when it was last used.

use crate::{error::Result, ids::TokenId};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
pub mod page;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
mod scopes;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub use scopes::Scopes;

/// What every token begins with, so that people and scanners of leaked secrets know one when they see it.
pub const PREFIX: &str = "ccp_";

/// One thing a token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// See everything the person has. Part of every token.
    Read,
    /// Change it.
    Write,
    /// Do what only administrators may, as far as the other scopes go.
    Admin,
}

/// A token as its person sees it. The token itself is shown once, when it is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AccessToken {
    pub id: TokenId,
    pub name: String,
    pub scopes: Vec<Scope>,
    /// Its last four characters.
    pub hint: String,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
    /// None for a token without an end.
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether the end has come.
    pub expired: bool,
    /// The last use, to ten minutes; None before the first.
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub used_at: Option<DateTime<Utc>>,
    /// The network address of the last use; empty before it.
    pub used_from: String,
}

/// A token that was just made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewToken {
    pub id: TokenId,
    pub name: String,
    pub scopes: Vec<Scope>,
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub expires_at: Option<DateTime<Utc>>,
    /// What the program sends as `Authorization: Bearer …`. No later answer has it.
    pub token: String,
}

/// What the section of the account page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TokensView {
    /// Newest first.
    pub tokens: Vec<AccessToken>,
    /// Whether tokens for administration can be made.
    pub admin: bool,
}

/// The person's tokens.
#[server]
pub async fn load_tokens() -> Result<TokensView> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::view(&app, &who).await
        }
        .await,
    )
}

/// Makes a token. `scopes` is `read` or `write`; `expires_in_days` is empty for no end.
#[server]
pub async fn create_token(
    #[server(default)] name: String,
    #[server(default)] scopes: String,
    #[server(default)] admin: bool,
    #[server(default)] expires_in_days: String,
) -> Result<NewToken> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            let wanted = actions::Wanted::from_form(name, &scopes, admin, &expires_in_days);
            let made = actions::create(&app, &who, wanted).await?;
            crate::flash::show_once(&made.token);
            Ok(made)
        }
        .await,
    )
}

/// Ends a token for good.
#[server]
pub async fn revoke_token(id: TokenId) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require_login()?;
            actions::revoke(&app, &who, id).await
        }
        .await,
    )
}
