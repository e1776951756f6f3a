//! What the person can do, where they want to work, and what they are after.

use crate::error::Result;
use leptos::prelude::*;
use posting::{Level, Period};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
mod fields;
pub mod guide;
pub mod page;
pub mod picture;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod skill_input;
#[cfg(feature = "ssr")]
pub mod store;
pub mod suggest;

/// A skill the person has, from 1 (learning it) to 5 (others learn from them).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OwnSkill {
    pub name: String,
    pub level: u8,
}

/// What the person wants to earn, in whole units per period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SalaryTarget {
    #[cfg_attr(feature = "ssr", schema(minimum = 1, maximum = 1_000_000_000))]
    pub amount: i64,
    /// ISO 4217.
    #[cfg_attr(feature = "ssr", schema(pattern = "^[A-Z]{3}$"))]
    pub currency: String,
    pub period: Period,
}

/// Where the person wants to do the work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RemoteWish {
    #[default]
    Any,
    Remote,
    Hybrid,
    Onsite,
}

impl RemoteWish {
    pub const ALL: [RemoteWish; 4] = [RemoteWish::Any, RemoteWish::Remote, RemoteWish::Hybrid, RemoteWish::Onsite];

    /// The stored and transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            RemoteWish::Any => "any",
            RemoteWish::Remote => "remote",
            RemoteWish::Hybrid => "hybrid",
            RemoteWish::Onsite => "onsite",
        }
    }

    /// How it reads on a page.
    pub fn label(self) -> &'static str {
        match self {
            RemoteWish::Any => "Any",
            RemoteWish::Remote => "Remote only",
            RemoteWish::Hybrid => "Hybrid",
            RemoteWish::Onsite => "On site",
        }
    }

    /// The inverse of [`RemoteWish::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        RemoteWish::ALL.into_iter().find(|wish| wish.as_str() == text)
    }
}

/// A person's profile, as pages and programs see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Profile {
    pub name: String,
    pub headline: String,
    pub skills: Vec<OwnSkill>,
    pub preferred_locations: Vec<String>,
    pub remote: RemoteWish,
    /// Would move for a job.
    pub relocate: bool,
    pub experience_level: Option<Level>,
    pub current_role: String,
    pub target_roles: Vec<String>,
    pub salary_target: Option<SalaryTarget>,
    /// ISO 3166 alpha-2, or empty.
    pub country: String,
    /// IANA name.
    pub time_zone: String,
    /// A job that scores at least this raises an alert.
    pub match_threshold: u8,
}

/// The signed-in person's profile.
#[server]
pub async fn load_profile() -> Result<Profile> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            store::get(&app, who.user).await
        }
        .await,
    )
}

/// Saves the whole form. Lists hold one entry a line; `skill_levels` holds `name` tab `level` a line and wins over `skills`.
#[server]
pub async fn save_profile(
    #[server(default)] name: String,
    #[server(default)] headline: String,
    #[server(default)] skills: String,
    #[server(default)] skill_levels: String,
    #[server(default)] preferred_locations: String,
    #[server(default)] remote: String,
    #[server(default)] relocate: String,
    #[server(default)] experience_level: String,
    #[server(default)] current_role: String,
    #[server(default)] target_roles: String,
    #[server(default)] salary_amount: String,
    #[server(default)] salary_currency: String,
    #[server(default)] salary_period: String,
    #[server(default)] country: String,
    #[server(default)] time_zone: String,
    #[server(default)] match_threshold: String,
) -> Result<()> {
    let form = fields::ProfileFields {
        name,
        headline,
        skills,
        skill_levels,
        preferred_locations,
        remote,
        relocate,
        experience_level,
        current_role,
        target_roles,
        salary_amount,
        salary_currency,
        salary_period,
        country,
        time_zone,
        match_threshold,
    };
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            form.save(&app, &who).await
        }
        .await,
    )
}

/// First step of the guide: who the person is and what they can do. A name or headline that is not sent stays. Answers with the next step's address.
#[server]
pub async fn guide_skills(
    #[server(default)] name: Option<String>,
    #[server(default)] headline: Option<String>,
    #[server(default)] skills: String,
    #[server(default)] skill_levels: String,
    #[server(default)] current_role: String,
    #[server(default)] experience_level: String,
) -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            let first = fields::First { name, headline, skills, skill_levels, current_role, experience_level };
            fields::guide_skills(&app, &who, first).await
        }
        .await,
    )
}

/// Second step of the guide: where they want to work.
#[server]
pub async fn guide_places(
    #[server(default)] preferred_locations: String,
    #[server(default)] remote: String,
    #[server(default)] relocate: String,
) -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            fields::guide_places(&app, &who, &preferred_locations, &remote, &relocate).await
        }
        .await,
    )
}

/// Ends the guide, finished or put aside.
#[server]
pub async fn end_guide() -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            fields::end_guide(&app, &who).await
        }
        .await,
    )
}

/// Adds one skill at level 3: "I have this" on a missing skill. Nothing changes when it is there already.
#[server]
pub async fn add_skill(name: String) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::add_skill(&app, &who, &name).await
        }
        .await,
    )
}

/// Takes one skill off the profile again (the undo of [`add_skill`]).
#[server]
pub async fn remove_skill(name: String) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::remove_skill(&app, &who, &name).await
        }
        .await,
    )
}

/// Type-ahead over the taxonomy's skills; at most eight.
#[server]
pub async fn suggest_skills(typed: String) -> Result<Vec<Known>> {
    crate::error::answer(
        async {
            let (app, _) = crate::session::require()?;
            Ok(actions::suggest_skills(&app, &typed))
        }
        .await,
    )
}

/// Type-ahead over the taxonomy's roles; at most eight.
#[server]
pub async fn suggest_roles(typed: String) -> Result<Vec<Known>> {
    crate::error::answer(
        async {
            let (app, _) = crate::session::require()?;
            Ok(actions::suggest_roles(&app, &typed))
        }
        .await,
    )
}

/// An entry of the taxonomy that fits what was typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Known {
    pub name: String,
    /// Category of a skill, field of a role; with the alias that matched.
    pub hint: String,
}
