//! The stages of a person's pipeline: their own names, order and colours, each standing for one status that programs know.

use super::ApplicationStatus;
use crate::error::Result;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

#[cfg(feature = "ssr")]
pub mod actions;
pub mod page;
#[cfg(feature = "ssr")]
pub mod store;

/// The most stages a pipeline can have.
pub const MOST: usize = 20;

/// A stage of the pipeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct Stage {
    /// What applications refer to; never changes.
    pub key: String,
    pub name: String,
    /// What it is for programs, for the job, and for the numbers.
    pub status: ApplicationStatus,
    pub colour: Colour,
    /// From left to right.
    pub position: i64,
}

/// A stage with the number of applications in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageCount {
    pub stage: Stage,
    pub count: i64,
}

/// The colours a stage can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "TEXT", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    Gray,
    Blue,
    Teal,
    Green,
    Amber,
    Orange,
    Red,
    Violet,
}

use Colour::{Amber, Blue, Gray, Green, Orange, Red, Teal, Violet};

impl Colour {
    pub const ALL: [Colour; 8] = [Gray, Blue, Teal, Green, Amber, Orange, Red, Violet];

    /// The stored form, and the class of what bears the colour.
    pub fn as_str(self) -> &'static str {
        match self {
            Gray => "gray",
            Blue => "blue",
            Teal => "teal",
            Green => "green",
            Amber => "amber",
            Orange => "orange",
            Red => "red",
            Violet => "violet",
        }
    }

    /// How it reads on a page.
    pub fn label(self) -> &'static str {
        match self {
            Gray => "Gray",
            Blue => "Blue",
            Teal => "Teal",
            Green => "Green",
            Amber => "Amber",
            Orange => "Orange",
            Red => "Red",
            Violet => "Violet",
        }
    }
}

impl FromStr for Colour {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Colour::ALL.into_iter().find(|colour| colour.as_str() == text).ok_or(())
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The stages everybody begins with.
pub const FIRST: [(&str, &str, ApplicationStatus, Colour); 9] = [
    ("interested", "Interested", ApplicationStatus::Interested, Gray),
    ("applied", "Applied", ApplicationStatus::Applied, Blue),
    ("screening", "Screening", ApplicationStatus::Interview, Teal),
    ("interview", "Interview", ApplicationStatus::Interview, Violet),
    ("offer", "Offer", ApplicationStatus::Offer, Amber),
    ("accepted", "Accepted", ApplicationStatus::Accepted, Green),
    ("rejected", "Rejected", ApplicationStatus::Rejected, Red),
    ("withdrawn", "Withdrawn", ApplicationStatus::Withdrawn, Gray),
    ("ghosted", "Ghosted", ApplicationStatus::Rejected, Gray),
];

/// The person's stages from left to right, with how many applications are in each.
#[server]
pub async fn load_stages() -> Result<Vec<StageCount>> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::counted(&app, &who).await
        }
        .await,
    )
}

/// Adds a stage at the end, or (with a key) changes its name, status and colour.
#[server]
pub async fn save_stage(
    #[server(default)] key: String,
    #[server(default)] name: String,
    #[server(default)] status: String,
    #[server(default)] colour: String,
) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::save(&app, &who, &key, &name, &status, &colour).await
        }
        .await,
    )
}

/// Moves a stage one place to the left, or (`later`) to the right.
#[server]
pub async fn shift_stage(#[server(default)] key: String, #[server(default)] later: bool) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::shift(&app, &who, &key, later).await
        }
        .await,
    )
}

/// Removes a stage; its applications move to the stage `into`.
#[server]
pub async fn remove_stage(#[server(default)] key: String, #[server(default)] into: String) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::remove(&app, &who, &key, &into).await
        }
        .await,
    )
}
