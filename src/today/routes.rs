//! REST of the home page's numbers.

use super::gather;
use crate::{error::Result, session::Who, state::App};
use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize, utoipa::ToSchema)]
pub struct RecentActivity {
    at: DateTime<Utc>,
    kind: String,
    text: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Summary {
    total_jobs: i64,
    total_applications: i64,
    interviews: i64,
    offers: i64,
    /// Job status to number of jobs.
    status_breakdown: BTreeMap<String, i64>,
    recent_activity: Vec<RecentActivity>,
    as_of: DateTime<Utc>,
}

/// The person's numbers at a glance.
#[utoipa::path(get, path = "/analytics/summary", tag = "analytics", responses((status = 200, body = Summary)))]
pub async fn summary(State(app): State<App>, who: Who) -> Result<Json<Summary>> {
    let now = gather::dashboard(&app, &who).await?;
    Ok(Json(Summary {
        total_jobs: now.total_jobs,
        total_applications: now.total_applications,
        interviews: now.interviews,
        offers: now.offers,
        status_breakdown: now.by_status.iter().map(|(status, n)| (status.to_string(), *n)).collect(),
        recent_activity: now
            .activity
            .iter()
            .map(|line| RecentActivity { at: line.at, kind: line.kind.clone(), text: line.text.clone() })
            .collect(),
        as_of: Utc::now(),
    }))
}
