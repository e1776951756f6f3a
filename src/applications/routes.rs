//! REST of applications.

use super::{
    Application, ApplicationStatus,
    actions::{self, Wanted},
    history::Actor,
    store,
};
use crate::{
    api::{Body, Id, Items, Paging, Params, idempotency},
    error::{Error, Result},
    ids::{ApplicationId, JobId},
    session::Who,
    state::App,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApplication {
    job_id: JobId,
    /// `applied` when absent.
    #[serde(default)]
    status: Option<ApplicationStatus>,
    /// Key of a stage of the person's pipeline; counts where there is such a stage and it stands for `status`.
    #[serde(default)]
    #[schema(max_length = 100)]
    stage: Option<String>,
    #[serde(default)]
    #[schema(max_length = 100_000)]
    notes: String,
    /// Now when absent and the status says it was sent.
    #[serde(default)]
    applied_at: Option<DateTime<Utc>>,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedApplication {
    /// Ignored: an application stays with its job.
    #[serde(default)]
    #[expect(dead_code, reason = "accepted so that what GET answered can be sent back")]
    job_id: Option<JobId>,
    status: ApplicationStatus,
    /// Key of a stage of the person's pipeline; counts where there is such a stage and it stands for `status`.
    #[serde(default)]
    #[schema(max_length = 100)]
    stage: Option<String>,
    #[serde(default)]
    #[schema(max_length = 100_000)]
    notes: String,
    #[serde(default)]
    applied_at: Option<DateTime<Utc>>,
    /// The version that was read: with it, a change since then is a conflict.
    #[serde(default)]
    version: Option<i64>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only applications with this status.
    #[serde(default)]
    #[param(pattern = "^(interested|applied|interview|offer|accepted|rejected|withdrawn)?$")]
    status: String,
}

/// One page of applications, newest first.
#[utoipa::path(get, path = "/applications", tag = "applications", params(Filter, Paging),
    responses((status = 200, body = Items<Application>), (status = 422)))]
pub async fn list(
    State(app): State<App>,
    who: Who,
    Params(filter): Params<Filter>,
    Params(paging): Params<Paging>,
) -> Result<Json<Items<Application>>> {
    let status = match filter.status.as_str() {
        "" => None,
        text => Some(text.parse::<ApplicationStatus>().map_err(|()| Error::invalid("status", "Not a status."))?),
    };
    let (page, per_page, offset) = paging.resolve()?;
    let items = store::list(&app, who.user, status, i64::from(per_page), offset).await?;
    let counts = store::counts(&app.db, who.user).await?;
    let total = counts.iter().filter(|(own, _)| status.is_none_or(|status| status == *own)).map(|(_, n)| n).sum();
    Ok(Json(Items { items, total, page, per_page }))
}

/// Makes an application to a job; the job's status and date follow.
#[utoipa::path(post, path = "/applications", tag = "applications", request_body = NewApplication,
    params(("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key makes nothing twice.",
        nullable = false, min_length = 1, max_length = 200, pattern = "^[!-~]([ -~]*[!-~])?$")),
    responses((status = 201, body = Application, headers(("Location" = String, description = "The application's address."))),
        (status = 404), (status = 409), (status = 422)))]
pub async fn create(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Body(body): Body<NewApplication>,
) -> Result<Response> {
    let key = idempotency::key(&headers, "POST /applications", &body)?;
    let wanted = Wanted {
        status: body.status,
        stage: body.stage,
        notes: body.notes,
        applied_at: body.applied_at,
        actor: Actor::Program,
    };
    let application = actions::create(&app, &who, body.job_id, wanted, key).await?;
    let place = format!("/api/v1/applications/{}", application.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(application)).into_response())
}

/// One application.
#[utoipa::path(get, path = "/applications/{id}", tag = "applications", params(("id" = ApplicationId, Path)),
    responses((status = 200, body = Application), (status = 404)))]
pub async fn get(State(app): State<App>, who: Who, id: Id<ApplicationId>) -> Result<Json<Application>> {
    Ok(Json(store::get(&app, who.user, id.0).await?))
}

/// Changes status, notes and applied time; the job follows.
#[utoipa::path(put, path = "/applications/{id}", tag = "applications", params(("id" = ApplicationId, Path)),
    request_body = ChangedApplication, responses((status = 200, body = Application), (status = 404), (status = 409), (status = 422)))]
pub async fn put(
    State(app): State<App>,
    who: Who,
    id: Id<ApplicationId>,
    Body(body): Body<ChangedApplication>,
) -> Result<Json<Application>> {
    let wanted = Wanted {
        status: Some(body.status),
        stage: body.stage,
        notes: body.notes,
        applied_at: body.applied_at,
        actor: Actor::Program,
    };
    Ok(Json(actions::update(&app, &who, id.0, wanted, body.version).await?))
}

/// Puts an application into the bin; its job goes back to not applied.
#[utoipa::path(delete, path = "/applications/{id}", tag = "applications", params(("id" = ApplicationId, Path)),
    responses((status = 204), (status = 404)))]
pub async fn delete(State(app): State<App>, who: Who, id: Id<ApplicationId>) -> Result<StatusCode> {
    actions::remove(&app, &who, &[id.0]).await?;
    Ok(StatusCode::NO_CONTENT)
}
