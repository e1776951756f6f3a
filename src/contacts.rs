//! People of companies: each kept once, linked to any number of applications.

use crate::{
    acts::Done,
    error::Result,
    ids::{ApplicationId, ContactId},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod copy;
#[cfg(feature = "ssr")]
pub mod draft;
mod form;
#[cfg(feature = "ssr")]
pub mod links;
pub mod page;
pub mod people;
mod reach;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod section;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod undo;

/// A person at a company.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Contact {
    pub id: ContactId,
    pub name: String,
    pub role: String,
    pub company: String,
    pub email: String,
    pub phone: String,
    pub link: Option<String>,
    /// Markdown.
    pub notes: String,
    /// Raised by every change.
    pub version: i64,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub updated_at: DateTime<Utc>,
}

/// An application a contact has to do with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Linked {
    pub id: ApplicationId,
    pub company: String,
    pub title: String,
}

/// A contact as pages show them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactView {
    pub contact: Contact,
    /// As HTML, safe to show.
    pub notes_html: String,
    pub applications: Vec<Linked>,
}

/// One page of contacts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct People {
    pub contacts: Vec<ContactView>,
    /// How many the search finds.
    pub total: i64,
    /// From 1.
    pub page: u32,
    pub per_page: u32,
}

/// A contact that fits what was typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// What names them for certain: "Name · Company".
    pub name: String,
    pub role: String,
}

/// One page of the person's contacts by name; `q` are words that must all appear in name, role, company or address.
#[server]
pub async fn load_people(#[server(default)] q: String, #[server(default)] page: Option<u32>) -> Result<People> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::people(&app, &who, &q, page.unwrap_or(1)).await
        }
        .await,
    )
}

/// One contact with the applications they have to do with.
#[server]
pub async fn load_contact(id: ContactId) -> Result<ContactView> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::view(&app, &who, id).await
        }
        .await,
    )
}

/// Contacts that fit what was typed; at most eight.
#[server]
pub async fn suggest_contacts(#[server(default)] typed: String) -> Result<Vec<Known>> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::suggest(&app, &who, &typed).await
        }
        .await,
    )
}

/// Adds a contact, and links them to the application `id` where one is named.
#[server]
pub async fn add_contact(
    #[server(default)] id: Option<ApplicationId>,
    #[server(default)] name: String,
    #[server(default)] role: String,
    #[server(default)] company: String,
    #[server(default)] email: String,
    #[server(default)] phone: String,
    #[server(default)] link: String,
    #[server(default)] notes: String,
) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            let draft =
                draft::ContactDraft { name, role, company, email, phone, link: Some(link), notes, version: None };
            actions::add(&app, &who, id, draft).await
        }
        .await,
    )
}

/// Changes a contact; `version` is the one the person saw.
#[server]
pub async fn change_contact(
    id: ContactId,
    #[server(default)] version: Option<i64>,
    #[server(default)] name: String,
    #[server(default)] role: String,
    #[server(default)] company: String,
    #[server(default)] email: String,
    #[server(default)] phone: String,
    #[server(default)] link: String,
    #[server(default)] notes: String,
) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            let draft = draft::ContactDraft { name, role, company, email, phone, link: Some(link), notes, version };
            actions::rewrite(&app, &who, id, draft).await
        }
        .await,
    )
}

/// Puts a contact into the bin.
#[server]
pub async fn remove_contact(id: ContactId) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::remove(&app, &who, id).await
        }
        .await,
    )
}

/// Links somebody who is among the contacts, by name, to the application `id`.
#[server]
pub async fn link_contact(id: ApplicationId, #[server(default)] contact: String) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            links::link_named(&app, &who, id, &contact).await
        }
        .await,
    )
}

/// Takes a contact off an application; they stay among the contacts.
#[server]
pub async fn unlink_contact(id: ContactId, application_id: ApplicationId) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            links::unlink(&app, &who, application_id, id).await
        }
        .await,
    )
}
