//! REST of briefings.

use super::{
    BriefingLine, Kind, Settings, actions,
    content::Content,
    store::{self, Whole},
};
use crate::{
    api::{Body, Id, Items, Paging, Params},
    error::Result,
    ids::BriefingId,
    session::Who,
    state::App,
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A briefing with what it says.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Briefing {
    id: BriefingId,
    kind: Kind,
    /// The day it is for, where the person was.
    day: NaiveDate,
    subject: String,
    created_at: DateTime<Utc>,
    read_at: Option<DateTime<Utc>>,
    content: Content,
}

impl From<Whole> for Briefing {
    fn from(whole: Whole) -> Self {
        let Whole { line, content } = whole;
        Briefing {
            id: line.id,
            kind: line.kind,
            day: line.day,
            subject: line.subject,
            created_at: line.created_at,
            read_at: line.read_at,
            content,
        }
    }
}

/// One page of the person's briefings, newest first.
#[utoipa::path(get, path = "/briefings", tag = "briefings", params(Paging),
    responses((status = 200, body = Items<BriefingLine>), (status = 422)))]
pub async fn list(
    State(app): State<App>,
    who: Who,
    Params(paging): Params<Paging>,
) -> Result<Json<Items<BriefingLine>>> {
    let (page, per_page, offset) = paging.resolve()?;
    let (items, total) = store::list(&app.db, who.user, None, i64::from(per_page), offset).await?;
    Ok(Json(Items { items, total, page, per_page }))
}

/// Which briefing to make.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    kind: Kind,
}

/// The newest briefing of a kind whose time has come; made now where there is none yet.
#[utoipa::path(post, path = "/briefings", tag = "briefings", request_body = Wanted,
    responses((status = 200, body = Briefing), (status = 422)))]
pub async fn make(State(app): State<App>, who: Who, Body(wanted): Body<Wanted>) -> Result<Json<Briefing>> {
    let id = actions::make(&app, &who, wanted.kind).await?;
    Ok(Json(store::get(&app, who.user, id).await?.into()))
}

/// One briefing with what it says.
#[utoipa::path(get, path = "/briefings/{id}", tag = "briefings", params(("id" = BriefingId, Path)),
    responses((status = 200, body = Briefing), (status = 404)))]
pub async fn get(State(app): State<App>, who: Who, id: Id<BriefingId>) -> Result<Json<Briefing>> {
    Ok(Json(store::get(&app, who.user, id.0).await?.into()))
}

/// Which kinds the person wants by mail.
#[utoipa::path(get, path = "/briefings/settings", tag = "briefings", responses((status = 200, body = Settings)))]
pub async fn settings(State(app): State<App>, who: Who) -> Result<Json<Settings>> {
    Ok(Json(store::settings(&app.db, who.user).await?))
}

/// Says which kinds are wanted by mail.
#[utoipa::path(put, path = "/briefings/settings", tag = "briefings", request_body = Settings,
    responses((status = 204), (status = 422)))]
pub async fn save(State(app): State<App>, who: Who, Body(settings): Body<Settings>) -> Result<StatusCode> {
    actions::save(&app, &who, settings).await?;
    Ok(StatusCode::NO_CONTENT)
}
