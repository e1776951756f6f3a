//! Filters of the tracker under a name.

use crate::{error::Result, ids::ViewId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod store;

/// A named set of filters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct SavedView {
    pub id: ViewId,
    pub name: String,
    /// What follows the `?` of its address.
    pub query: String,
}

/// Keeps the filters of an address under a name; one of the same name is replaced.
#[server]
pub async fn save_view(#[server(default)] name: String, #[server(default)] query: String) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            store::save(&app, &who, &name, &query).await
        }
        .await,
    )
}

/// Forgets a view.
#[server]
pub async fn remove_view(id: ViewId) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            store::remove(&app, &who, id).await
        }
        .await,
    )
}
