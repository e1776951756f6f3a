//! What to do next about the applications there are: how pressing each is, why, and what was said about it.

use crate::{error::Result, ids::ApplicationId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
mod facts;
pub mod page;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod words;

/// Something worth doing, and why it is here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NextAction {
    pub application_id: ApplicationId,
    /// `follow_up`, `prepare`, `decide`, …
    pub doing: String,
    pub text: String,
    /// Why it is here.
    pub reason: String,
    /// How pressing the application is, 0 to 100: the sum of the parts' points.
    pub priority: u8,
    pub parts: Vec<PriorityPart>,
}

/// A part of the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PriorityPart {
    /// What it is about.
    pub name: String,
    pub points: u8,
    pub most: u8,
    pub reason: String,
}

/// The factors of the score: the field of the form, and what it is called. In the engine's order.
pub const FACTORS: [(&str, &str); 7] = [
    ("weigh_interview", "Interview soon"),
    ("weigh_deadline", "Deadline"),
    ("weigh_stage", "Stage"),
    ("weigh_quiet", "Days without an answer"),
    ("weigh_match", "Match"),
    ("weigh_pay", "Pay"),
    ("weigh_effort", "Effort"),
];

/// The kinds of action: the field of the form, and what it is called. In the engine's order.
pub const KINDS: [(&str, &str); 7] = [
    ("suggest_decide", "Decide on offers"),
    ("suggest_prepare", "Prepare interviews"),
    ("suggest_thank", "Thank after interviews"),
    ("suggest_apply_before", "Apply before a posting closes"),
    ("suggest_tasks", "Do what is overdue"),
    ("suggest_follow_up", "Follow up on silence"),
    ("suggest_apply", "Apply to good matches"),
];

/// How the person wants actions to be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// Days of silence after which to follow up.
    pub quiet_days: i64,
    /// Percent of the usual weight, in the order of [`FACTORS`].
    pub weights: [u32; 7],
    /// What is suggested, in the order of [`KINDS`].
    pub kinds: [bool; 7],
}

/// Everything the page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Next {
    pub actions: Vec<NextAction>,
    pub preferences: Preferences,
}

/// What is worth doing, the most pressing first, and how it is chosen.
#[server]
pub async fn load_next() -> Result<Next> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::load(&app, &who).await
        }
        .await,
    )
}

/// Says about an action: `done`, `tomorrow`, `week`, or `never` for this application.
#[server]
pub async fn mark_action(
    id: ApplicationId,
    #[server(default)] doing: String,
    #[server(default)] mark: String,
) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::mark(&app, &who, id, &doing, &mark).await
        }
        .await,
    )
}

/// Takes back what was said about an action.
#[server]
pub async fn unmark_action(id: ApplicationId, #[server(default)] doing: String) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::unmark(&app, &who, id, &doing).await
        }
        .await,
    )
}

/// Saves how actions are chosen: days of silence, each factor's percent of its usual weight, and what is suggested.
#[server]
pub async fn save_preferences(
    #[server(default)] quiet_days: String,
    #[server(default)] weigh_interview: String,
    #[server(default)] weigh_deadline: String,
    #[server(default)] weigh_stage: String,
    #[server(default)] weigh_quiet: String,
    #[server(default)] weigh_match: String,
    #[server(default)] weigh_pay: String,
    #[server(default)] weigh_effort: String,
    #[server(default)] suggest_decide: bool,
    #[server(default)] suggest_prepare: bool,
    #[server(default)] suggest_thank: bool,
    #[server(default)] suggest_apply_before: bool,
    #[server(default)] suggest_tasks: bool,
    #[server(default)] suggest_follow_up: bool,
    #[server(default)] suggest_apply: bool,
) -> Result<()> {
    let weights = [weigh_interview, weigh_deadline, weigh_stage, weigh_quiet, weigh_match, weigh_pay, weigh_effort];
    let kinds = [
        suggest_decide,
        suggest_prepare,
        suggest_thank,
        suggest_apply_before,
        suggest_tasks,
        suggest_follow_up,
        suggest_apply,
    ];
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::save_preferences(&app, &who, &quiet_days, &weights, kinds).await
        }
        .await,
    )
}
