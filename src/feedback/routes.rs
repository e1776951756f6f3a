//! REST of what is said about jobs, and of hidden companies.

use super::{
    Feedback, HiddenCompany, Place, Reason, Verdict,
    actions::{self, Wanted},
    store,
};
use crate::{
    api::{Body, Id, Items, Paging, Params},
    error::{Error, Result},
    ids::{HiddenCompanyId, JobId},
    session::Who,
    state::App,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;

/// What is to be said about a job.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedbackIn {
    verdict: Verdict,
    /// `role`, `skills` for `up`; `not_my_field`, `too_junior`, `too_senior`, `lacking_skills`, `seen_elsewhere`, `less_like_this`,
    /// `other` for `down`; `company`, `pay`, `place` for both.
    #[serde(default)]
    reason: Option<Reason>,
    #[serde(default)]
    #[schema(max_length = 500)]
    note: String,
    /// Where it was shown.
    #[serde(default)]
    list: Place,
    /// Its place in that list, from 1.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 100_000)]
    position: Option<u32>,
}

/// A company to be hidden.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HiddenCompanyIn {
    #[schema(min_length = 1, max_length = 300, pattern = r"[^\s\x00]")]
    company: String,
}

/// Says whether a job is a good match, in place of what was said before.
#[utoipa::path(post, path = "/jobs/{id}/feedback", tag = "feedback", params(("id" = JobId, Path)), request_body = FeedbackIn,
    responses((status = 200, body = Feedback), (status = 404), (status = 422)))]
pub async fn give(
    State(app): State<App>,
    who: Who,
    id: Id<JobId>,
    Body(body): Body<FeedbackIn>,
) -> Result<Json<Feedback>> {
    let FeedbackIn { verdict, reason, note, list, position } = body;
    Ok(Json(actions::give(&app, &who, id.0, Wanted { verdict, reason, note, list, position }).await?))
}

/// Takes back what was said about a job.
#[utoipa::path(delete, path = "/jobs/{id}/feedback", tag = "feedback", params(("id" = JobId, Path)),
    responses((status = 204), (status = 404)))]
pub async fn remove(State(app): State<App>, who: Who, id: Id<JobId>) -> Result<StatusCode> {
    match actions::take_back(&app, &who, id.0).await?.count {
        0 => Err(Error::NotFound),
        _ => Ok(StatusCode::NO_CONTENT),
    }
}

/// One page of what was said about jobs, the newest first, with what was shown of each then.
#[utoipa::path(get, path = "/feedback", tag = "feedback", params(Paging), responses((status = 200, body = Items<Feedback>), (status = 422)))]
pub async fn list(State(app): State<App>, who: Who, Params(paging): Params<Paging>) -> Result<Json<Items<Feedback>>> {
    let (page, per_page, offset) = paging.resolve()?;
    let items = store::list(&app, who.user, i64::from(per_page), offset).await?;
    Ok(Json(Items { items, total: store::count(&app.db, who.user).await?, page, per_page }))
}

/// Hides a company: jobs of it that were not applied to are left out of lists. One that is hidden already stays so.
#[utoipa::path(post, path = "/hidden-companies", tag = "feedback", request_body = HiddenCompanyIn,
    responses((status = 200, body = HiddenCompany), (status = 409), (status = 422)))]
pub async fn hide(State(app): State<App>, who: Who, Body(body): Body<HiddenCompanyIn>) -> Result<Json<HiddenCompany>> {
    Ok(Json(actions::hide(&app, &who, &body.company).await?.0))
}

/// One page of hidden companies, the newest first.
#[utoipa::path(get, path = "/hidden-companies", tag = "feedback", params(Paging),
    responses((status = 200, body = Items<HiddenCompany>), (status = 422)))]
pub async fn hidden(
    State(app): State<App>,
    who: Who,
    Params(paging): Params<Paging>,
) -> Result<Json<Items<HiddenCompany>>> {
    Ok(Json(paging.cut(store::hidden(&app.db, who.user).await?)?))
}

/// Shows a company's jobs again.
#[utoipa::path(delete, path = "/hidden-companies/{id}", tag = "feedback", params(("id" = HiddenCompanyId, Path)),
    responses((status = 204), (status = 404)))]
pub async fn show(State(app): State<App>, who: Who, id: Id<HiddenCompanyId>) -> Result<StatusCode> {
    actions::show(&app, &who, id.0).await?;
    Ok(StatusCode::NO_CONTENT)
}
