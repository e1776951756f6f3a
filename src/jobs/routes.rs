//! REST of jobs and recommendations.

use super::{
    Job, JobQuery, JobStatus, actions,
    draft::JobDraft,
    fit::{PartFit, SkillsFit},
    recommend,
};
use crate::{
    api::{Body, Id, Items, Paging, Params, idempotency},
    error::{Check, Error, Result},
    feedback::Moved,
    ids::JobId,
    session::Who,
    state::App,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use posting::Remote;
use serde::{Deserialize, Serialize};

#[derive(Serialize, utoipa::ToSchema)]
pub struct Parts {
    skills: SkillsFit,
    location: PartFit,
    experience: PartFit,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Recommended {
    job: Job,
    match_score: u8,
    parts: Parts,
    /// What would raise the score most.
    would_change: Vec<String>,
    /// By how much it stands higher or lower than its score would have it, for what was said about jobs; null when it does not.
    moved: Option<Moved>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Limit {
    /// 1 to 100; 10 by default.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// One page of jobs, filtered and sorted. Jobs of hidden companies that were not applied to are left out unless `hidden` is `show`.
#[utoipa::path(get, path = "/jobs", tag = "jobs", params(JobQuery), responses((status = 200, body = Items<Job>), (status = 422)))]
pub async fn list(State(app): State<App>, who: Who, Params(query): Params<JobQuery>) -> Result<Json<Items<Job>>> {
    let known = |text: &str, words: &[&str]| text.is_empty() || words.contains(&text);
    let mut check = Check::default();
    check
        .that(
            query.status.is_empty() || query.status == "all" || JobStatus::parse(&query.status).is_some(),
            "status",
            "Not a status.",
        )
        .that(
            query.remote.is_empty() || Remote::parse(&query.remote).is_some(),
            "remote",
            "Use remote, hybrid or onsite.",
        )
        .that(
            known(&query.sort, &["score", "newest", "posted", "company", "title"]),
            "sort",
            "Use score, newest, posted, company or title.",
        )
        .that(known(&query.hidden, &["show"]), "hidden", "Use show, or leave it out.")
        .that(query.min_score.is_none_or(|score| score <= 100), "min_score", "Use 0 to 100.");
    Paging { page: query.page, per_page: query.per_page }.check(&mut check);
    check.done()?;
    Ok(Json(actions::list(&app, &who, &query).await?.into()))
}

/// Creates a job.
#[utoipa::path(post, path = "/jobs", tag = "jobs", request_body = JobDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key makes nothing twice.",
        nullable = false, min_length = 1, max_length = 200, pattern = "^[!-~]([ -~]*[!-~])?$")),
    responses((status = 201, body = Job, headers(("Location" = String, description = "The job's address."))), (status = 409), (status = 422)))]
pub async fn create(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Body(draft): Body<JobDraft>,
) -> Result<Response> {
    let key = idempotency::key(&headers, "POST /jobs", &draft)?;
    let job = actions::create(&app, &who, draft, key).await?;
    let place = format!("/api/v1/jobs/{}", job.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(job)).into_response())
}

/// One job.
#[utoipa::path(get, path = "/jobs/{id}", tag = "jobs", params(("id" = JobId, Path)), responses((status = 200, body = Job), (status = 404)))]
pub async fn get(State(app): State<App>, who: Who, id: Id<JobId>) -> Result<Json<Job>> {
    Ok(Json(super::store::get(&app.db, who.user, id.0).await?.into()))
}

/// Replaces a job's fields.
#[utoipa::path(put, path = "/jobs/{id}", tag = "jobs", params(("id" = JobId, Path)), request_body = JobDraft,
    responses((status = 200, body = Job), (status = 404), (status = 422)))]
pub async fn put(State(app): State<App>, who: Who, id: Id<JobId>, Body(draft): Body<JobDraft>) -> Result<Json<Job>> {
    Ok(Json(actions::update(&app, &who, id.0, draft).await?))
}

/// Deletes a job with its application and alerts; they can be restored for 30 days.
#[utoipa::path(delete, path = "/jobs/{id}", tag = "jobs", params(("id" = JobId, Path)), responses((status = 204), (status = 404)))]
pub async fn delete(State(app): State<App>, who: Who, id: Id<JobId>) -> Result<StatusCode> {
    actions::delete(&app, &who, id.0).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings a deleted job back.
#[utoipa::path(post, path = "/jobs/{id}/restore", tag = "jobs", params(("id" = JobId, Path)),
    responses((status = 200, body = Job), (status = 404)))]
pub async fn restore(State(app): State<App>, who: Who, id: Id<JobId>) -> Result<Json<Job>> {
    actions::restore(&app, &who, id.0).await?;
    Ok(Json(super::store::get(&app.db, who.user, id.0).await?.into()))
}

/// Jobs not yet applied to, best first, with the reasons; without those that were turned down and those of hidden companies.
#[utoipa::path(get, path = "/recommendations", tag = "jobs", params(Limit), responses((status = 200, body = Vec<Recommended>), (status = 422)))]
pub async fn recommendations(
    State(app): State<App>,
    who: Who,
    Params(limit): Params<Limit>,
) -> Result<Json<Vec<Recommended>>> {
    let limit = limit.limit.unwrap_or(10);
    if !(1..=100).contains(&limit) {
        return Err(Error::invalid("limit", "Use 1 to 100."));
    }
    let found = recommend::recommendations(&app, &who, limit).await?;
    let answer = found
        .iter()
        .map(|one| Recommended {
            job: one.job.clone(),
            match_score: one.fit.total,
            parts: Parts {
                skills: one.fit.skills.clone(),
                location: one.fit.location.clone(),
                experience: one.fit.experience.clone(),
            },
            would_change: one.fit.would_change.clone(),
            moved: one.moved.clone(),
        })
        .collect();
    Ok(Json(answer))
}
