//! REST of offers.

use super::{
    Benefit, Bonus, Equity, Offer, Pay, Terms,
    actions::{self, Wanted},
    store,
};
use crate::{
    api::{Body, Id, Items, Paging, Params, maybe_object, object},
    applications::{self, history::Actor},
    error::{Error, Result},
    ids::ApplicationId,
    session::Who,
    state::App,
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};

/// An offer; what is absent is unknown.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct OfferIn {
    #[serde(deserialize_with = "maybe_object")]
    base: Option<Pay>,
    /// An amount or a percentage of the base, not both.
    #[serde(deserialize_with = "maybe_object")]
    bonus: Option<Bonus>,
    #[serde(deserialize_with = "maybe_object")]
    equity: Option<Equity>,
    #[serde(deserialize_with = "benefits")]
    #[schema(max_items = 50)]
    benefits: Vec<Benefit>,
    /// Days of paid leave a year.
    #[schema(maximum = 366)]
    leave_days: Option<u16>,
    /// Share of the work that can be done from elsewhere, in percent.
    #[schema(maximum = 100)]
    remote_share: Option<u8>,
    starts_on: Option<NaiveDate>,
    /// The day by which to answer.
    decide_by: Option<NaiveDate>,
    #[schema(max_length = 10_000)]
    notes: String,
    /// The version that was read: with it, a change since then is a conflict.
    version: Option<i64>,
    /// Moves an application that stands before offers to their first stage.
    move_on: bool,
}

/// Each by the names of its fields only.
fn benefits<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Benefit>, D::Error> {
    #[derive(Deserialize)]
    struct Named(#[serde(deserialize_with = "object")] Benefit);
    let all: Vec<Named> = Deserialize::deserialize(from)?;
    Ok(all.into_iter().map(|Named(benefit)| benefit).collect())
}

/// The offers that count, those to be answered first first.
#[utoipa::path(get, path = "/offers", tag = "offers", params(Paging), responses((status = 200, body = Items<Offer>), (status = 422)))]
pub async fn list(State(app): State<App>, who: Who, Params(paging): Params<Paging>) -> Result<Json<Items<Offer>>> {
    let (page, per_page, offset) = paging.resolve()?;
    let all = store::list(&app, who.user).await?;
    let total = i64::try_from(all.len()).unwrap_or_default();
    let (skip, take) = (usize::try_from(offset).unwrap_or(usize::MAX), usize::try_from(per_page).unwrap_or_default());
    let items = all.into_iter().skip(skip).take(take).map(Into::into).collect();
    Ok(Json(Items { items, total, page, per_page }))
}

/// The offer of an application.
#[utoipa::path(get, path = "/applications/{id}/offer", tag = "offers", params(("id" = ApplicationId, Path)),
    responses((status = 200, body = Offer), (status = 404)))]
pub async fn get(State(app): State<App>, who: Who, id: Id<ApplicationId>) -> Result<Json<Offer>> {
    applications::store::get(&app, who.user, id.0).await?;
    Ok(Json(store::of(&app, who.user, id.0).await?.ok_or(Error::NotFound)?.into()))
}

/// Adds the offer of an application, or replaces it.
#[utoipa::path(put, path = "/applications/{id}/offer", tag = "offers", params(("id" = ApplicationId, Path)),
    request_body = OfferIn, responses((status = 200, body = Offer), (status = 404), (status = 409), (status = 422)))]
pub async fn put(
    State(app): State<App>,
    who: Who,
    id: Id<ApplicationId>,
    Body(body): Body<OfferIn>,
) -> Result<Json<Offer>> {
    let terms = Terms {
        base: body.base,
        bonus: body.bonus,
        equity: body.equity,
        benefits: body.benefits,
        leave_days: body.leave_days,
        remote_share: body.remote_share,
        starts_on: body.starts_on,
        decide_by: body.decide_by,
        notes: body.notes,
    };
    let wanted = Wanted { terms, version: body.version, move_on: body.move_on, actor: Actor::Program };
    let (kept, _) = actions::save(&app, &who, id.0, wanted).await?;
    Ok(Json(kept.into()))
}

/// Puts the offer of an application into the bin.
#[utoipa::path(delete, path = "/applications/{id}/offer", tag = "offers", params(("id" = ApplicationId, Path)),
    responses((status = 204), (status = 404)))]
pub async fn delete(State(app): State<App>, who: Who, id: Id<ApplicationId>) -> Result<StatusCode> {
    actions::remove(&app, &who, id.0).await?;
    Ok(StatusCode::NO_CONTENT)
}
