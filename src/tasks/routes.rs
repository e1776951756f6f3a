//! REST of tasks.

use super::{
    Remind, Repeat, Task,
    actions::{self, Wanted},
    store,
};
use crate::{
    api::{Body, Id, Items, Paging, Params, idempotency},
    error::{Error, Result},
    ids::{ApplicationId, TaskId},
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
pub struct NewTask {
    #[schema(min_length = 1, max_length = 200, pattern = r"[^\s\x00]")]
    title: String,
    #[serde(default)]
    #[schema(max_length = 10_000)]
    notes: String,
    #[serde(default)]
    application_id: Option<ApplicationId>,
    #[serde(default)]
    due_at: Option<DateTime<Utc>>,
    /// `none` when absent; the others need a `due_at`, and are counted from it in the person's own time zone.
    #[serde(default)]
    repeat: Repeat,
    /// `none` when absent; the others need a `due_at`.
    #[serde(default)]
    remind: Remind,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedTask {
    #[schema(min_length = 1, max_length = 200, pattern = r"[^\s\x00]")]
    title: String,
    #[serde(default)]
    #[schema(max_length = 10_000)]
    notes: String,
    #[serde(default)]
    application_id: Option<ApplicationId>,
    #[serde(default)]
    due_at: Option<DateTime<Utc>>,
    #[serde(default)]
    repeat: Repeat,
    #[serde(default)]
    remind: Remind,
    /// The version that was read: with it, a change since then is a conflict.
    #[serde(default)]
    version: Option<i64>,
}

/// A task that was done, and the next of a repeated one.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DoneTask {
    task: Task,
    next: Option<Task>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only tasks that are to be done, or that are done.
    #[serde(default)]
    #[param(pattern = "^(open|done)?$")]
    state: String,
}

/// One page of tasks, newest first.
#[utoipa::path(get, path = "/tasks", tag = "tasks", params(Filter, Paging),
    responses((status = 200, body = Items<Task>), (status = 422)))]
pub async fn list(
    State(app): State<App>,
    who: Who,
    Params(filter): Params<Filter>,
    Params(paging): Params<Paging>,
) -> Result<Json<Items<Task>>> {
    let done = match filter.state.as_str() {
        "" => None,
        "open" => Some(false),
        "done" => Some(true),
        _ => return Err(Error::invalid("state", "Use open or done.")),
    };
    let (page, per_page, offset) = paging.resolve()?;
    let (all, total) = store::list(&app, who.user, done, i64::from(per_page), offset).await?;
    Ok(Json(Items { items: all.into_iter().map(Into::into).collect(), total, page, per_page }))
}

/// Adds a task.
#[utoipa::path(post, path = "/tasks", tag = "tasks", request_body = NewTask,
    params(("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key makes nothing twice.",
        nullable = false, min_length = 1, max_length = 200, pattern = "^[!-~]([ -~]*[!-~])?$")),
    responses((status = 201, body = Task, headers(("Location" = String, description = "The task's address."))),
        (status = 404), (status = 409), (status = 422)))]
pub async fn create(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Body(body): Body<NewTask>,
) -> Result<Response> {
    let key = idempotency::key(&headers, "POST /tasks", &body)?;
    let wanted = Wanted {
        application_id: body.application_id,
        title: body.title,
        notes: body.notes,
        due_at: body.due_at,
        repeat: body.repeat,
        remind: body.remind,
    };
    let task = Task::from(actions::create(&app, &who, wanted, key).await?);
    let place = format!("/api/v1/tasks/{}", task.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(task)).into_response())
}

/// One task.
#[utoipa::path(get, path = "/tasks/{id}", tag = "tasks", params(("id" = TaskId, Path)),
    responses((status = 200, body = Task), (status = 404)))]
pub async fn get(State(app): State<App>, who: Who, id: Id<TaskId>) -> Result<Json<Task>> {
    Ok(Json(store::get(&app, who.user, id.0).await?.into()))
}

/// Replaces everything of a task but whether it is done.
#[utoipa::path(put, path = "/tasks/{id}", tag = "tasks", params(("id" = TaskId, Path)), request_body = ChangedTask,
    responses((status = 200, body = Task), (status = 404), (status = 409), (status = 422)))]
pub async fn put(
    State(app): State<App>,
    who: Who,
    id: Id<TaskId>,
    Body(body): Body<ChangedTask>,
) -> Result<Json<Task>> {
    let wanted = Wanted {
        application_id: body.application_id,
        title: body.title,
        notes: body.notes,
        due_at: body.due_at,
        repeat: body.repeat,
        remind: body.remind,
    };
    Ok(Json(actions::update(&app, &who, id.0, wanted, body.version).await?.into()))
}

/// Marks a task done; a repeated one makes the next. One that is done already stays as it is.
#[utoipa::path(post, path = "/tasks/{id}/done", tag = "tasks", params(("id" = TaskId, Path)),
    responses((status = 200, body = DoneTask), (status = 404)))]
pub async fn done(State(app): State<App>, who: Who, id: Id<TaskId>) -> Result<Json<DoneTask>> {
    let finished = actions::finish(&app, &who, id.0, None).await?;
    Ok(Json(DoneTask { task: finished.task.into(), next: finished.next.map(Into::into) }))
}

/// Puts a task into the bin.
#[utoipa::path(delete, path = "/tasks/{id}", tag = "tasks", params(("id" = TaskId, Path)),
    responses((status = 204), (status = 404)))]
pub async fn delete(State(app): State<App>, who: Who, id: Id<TaskId>) -> Result<StatusCode> {
    actions::remove(&app, &who, id.0).await?;
    Ok(StatusCode::NO_CONTENT)
}
