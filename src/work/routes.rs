//! REST of the queue, for the administrator.

use super::{Item, Run, Standing, actions, looking};
use crate::{
    admin::actions::only_admin,
    api::{Items, Paging, Params},
    error::Result,
    schedule,
    session::Who,
    state::App,
};
use axum::{Json, extract::State};

/// How the queue and the schedule are. For the administrator.
#[utoipa::path(get, path = "/admin/work", tag = "operation", responses((status = 200, body = Standing), (status = 403)))]
pub async fn standing(State(app): State<App>, who: Who) -> Result<Json<Standing>> {
    Ok(Json(actions::standing(&app, &who).await?))
}

/// One page of the work that was given up, newest first. For the administrator.
#[utoipa::path(get, path = "/admin/work/dead", tag = "operation", params(Paging),
    responses((status = 200, body = Items<Item>), (status = 403), (status = 422)))]
pub async fn dead(State(app): State<App>, who: Who, Params(paging): Params<Paging>) -> Result<Json<Items<Item>>> {
    only_admin(&who)?;
    let (page, per_page, offset) = paging.resolve()?;
    let (items, total) = looking::list(&app.db, "dead", i64::from(per_page), offset).await?;
    Ok(Json(Items { items, total, page, per_page }))
}

/// One page of the runs of the schedule, newest first. For the administrator.
#[utoipa::path(get, path = "/admin/runs", tag = "operation", params(Paging),
    responses((status = 200, body = Items<Run>), (status = 403), (status = 422)))]
pub async fn runs(State(app): State<App>, who: Who, Params(paging): Params<Paging>) -> Result<Json<Items<Run>>> {
    only_admin(&who)?;
    let (page, per_page, offset) = paging.resolve()?;
    let (runs, total) = schedule::store::list(&app.db, i64::from(per_page), offset).await?;
    Ok(Json(Items { items: runs.into_iter().map(Run::from).collect(), total, page, per_page }))
}
