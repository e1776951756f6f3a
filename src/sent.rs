//! Documents that were sent with an application: which version of what, when, and where it is.

use crate::{
    acts::Done,
    error::Result,
    ids::{ApplicationId, DocumentId},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod copy;
#[cfg(feature = "ssr")]
pub mod draft;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod section;
#[cfg(feature = "ssr")]
pub mod store;

/// What a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema, sqlx::Type), sqlx(type_name = "TEXT", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    #[default]
    Resume,
    CoverLetter,
    Portfolio,
    Other,
}

impl DocumentKind {
    pub const ALL: [DocumentKind; 4] =
        [DocumentKind::Resume, DocumentKind::CoverLetter, DocumentKind::Portfolio, DocumentKind::Other];

    /// The stored and transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            DocumentKind::Resume => "resume",
            DocumentKind::CoverLetter => "cover_letter",
            DocumentKind::Portfolio => "portfolio",
            DocumentKind::Other => "other",
        }
    }

    /// How it reads on a page.
    pub fn label(self) -> &'static str {
        match self {
            DocumentKind::Resume => "Resume",
            DocumentKind::CoverLetter => "Cover letter",
            DocumentKind::Portfolio => "Portfolio",
            DocumentKind::Other => "Other",
        }
    }
}

impl FromStr for DocumentKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        DocumentKind::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A document that was sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Document {
    pub id: DocumentId,
    pub application_id: ApplicationId,
    #[serde(rename = "type")]
    pub kind: DocumentKind,
    pub name: String,
    /// Which version of it.
    pub label: String,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub sent_at: DateTime<Utc>,
    pub link: Option<String>,
    pub note: String,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
}

/// Notes a document as sent with the application `id`. `sent_at` is a local time of the person's zone; now when it is empty.
#[server]
pub async fn add_document(
    id: ApplicationId,
    #[server(default)] kind: String,
    #[server(default)] name: String,
    #[server(default)] label: String,
    #[server(default)] sent_at: String,
    #[server(default)] link: String,
    #[server(default)] note: String,
) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            let typed = draft::DocumentFields { kind, name, label, sent_at, link, note };
            actions::add(&app, &who, id, typed).await
        }
        .await,
    )
}

/// Puts a document into the bin.
#[server]
pub async fn remove_document(id: DocumentId) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::remove(&app, &who, id).await
        }
        .await,
    )
}
