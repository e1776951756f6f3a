//! REST of sources.

use super::{Mine, Tally, actions};
use crate::{
    api::{Body, Id, Items, Paging, Params},
    error::{Check, Error, Result},
    ids::SourceId,
    session::Who,
    state::App,
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

/// Longest words, place and country of a question, and longest name or address, in characters.
const LINE: usize = 200;
const LONGEST: usize = 2_000;
/// The last place in a person's order.
const FURTHEST: u32 = 100_000;

/// A source to choose: by the name of a company or an address, or as a question to a board that answers questions.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSource {
    /// The name of a company, or the address of a board, a feed or a page.
    #[serde(default)]
    #[schema(max_length = 2_000)]
    what: Option<String>,
    /// A board that answers questions: `adzuna`, `usajobs`, `linkedin`, `indeed`, `glassdoor`. Then `words` says what to look for.
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    #[schema(max_length = 200)]
    words: String,
    #[serde(default)]
    #[schema(max_length = 200)]
    place: String,
    /// ISO 3166: `gb`.
    #[serde(default)]
    #[schema(max_length = 200)]
    country: String,
}

/// What a person wants of a source.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WantedSource {
    wanted: bool,
    /// Its place in the person's order, from 0; as it was when absent.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 100_000)]
    rank: Option<u32>,
}

/// What came of a source.
#[derive(Serialize, utoipa::ToSchema)]
pub struct NumbersOf {
    id: SourceId,
    label: String,
    #[serde(flatten)]
    numbers: Tally,
    /// Applied to of matched, and answered of applied, in words; `too few to say` under five.
    applied_share: String,
    answered_share: String,
}

/// One page of the person's sources, in their order, with health and numbers.
#[utoipa::path(get, path = "/sources", tag = "sources", params(Paging), responses((status = 200, body = Items<Mine>), (status = 422)))]
pub async fn list(State(app): State<App>, who: Who, Params(paging): Params<Paging>) -> Result<Json<Items<Mine>>> {
    paging.resolve()?;
    Ok(Json(paging.cut(actions::mine(&app, who.user).await?)?))
}

/// One page of what came of the person's sources.
#[utoipa::path(get, path = "/sources/numbers", tag = "sources", params(Paging),
    responses((status = 200, body = Items<NumbersOf>), (status = 422)))]
pub async fn numbers(
    State(app): State<App>,
    who: Who,
    Params(paging): Params<Paging>,
) -> Result<Json<Items<NumbersOf>>> {
    paging.resolve()?;
    let told = actions::mine(&app, who.user).await?.into_iter().map(|mine| NumbersOf {
        id: mine.source.id,
        label: mine.source.label,
        applied_share: super::share(mine.numbers.applied, mine.numbers.matched),
        answered_share: super::share(mine.numbers.answered, mine.numbers.applied),
        numbers: mine.numbers,
    });
    Ok(Json(paging.cut(told.collect())?))
}

/// Chooses a source, and has it visited. A company that is not in the directory is looked for at up to six boards.
#[utoipa::path(post, path = "/sources", tag = "sources", request_body = NewSource, responses((status = 201, body = Mine), (status = 422)))]
pub async fn create(State(app): State<App>, who: Who, Body(body): Body<NewSource>) -> Result<Response> {
    let mut check = Check::default();
    for (field, text) in [("words", &body.words), ("place", &body.place), ("country", &body.country)] {
        check.that(text.chars().count() <= LINE, field, "Please use at most 200 characters.");
    }
    let what = body.what.as_deref().unwrap_or_default();
    check.that(what.chars().count() <= LONGEST, "what", "Please use at most 2,000 characters.");
    check.done()?;
    let mine = match (&body.what, &body.kind) {
        (Some(_), Some(_)) => {
            return Err(Error::invalid("what", "Please send either what, or kind with words, not both."));
        }
        (_, Some(kind)) => actions::ask(&app, &who, kind, &body.words, &body.place, &body.country).await?,
        (what, None) => actions::add(&app, &who, what.as_deref().unwrap_or_default()).await?,
    };
    let location = format!("/api/v1/sources/{}", mine.source.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(mine)).into_response())
}

/// One of the person's sources.
#[utoipa::path(get, path = "/sources/{id}", tag = "sources", params(("id" = SourceId, Path)),
    responses((status = 200, body = Mine), (status = 404)))]
pub async fn get(State(app): State<App>, who: Who, id: Id<SourceId>) -> Result<Json<Mine>> {
    Ok(Json(actions::mine_by_id(&app, who.user, id.0).await?))
}

/// Turns one of the person's sources on or off, and moves it in their order.
#[utoipa::path(put, path = "/sources/{id}", tag = "sources", params(("id" = SourceId, Path)), request_body = WantedSource,
    responses((status = 200, body = Mine), (status = 404), (status = 422)))]
pub async fn put(
    State(app): State<App>,
    who: Who,
    id: Id<SourceId>,
    Body(body): Body<WantedSource>,
) -> Result<Json<Mine>> {
    if body.rank.is_some_and(|rank| rank > FURTHEST) {
        return Err(Error::invalid("rank", "Use 0 to 100,000."));
    }
    actions::want(&app, &who, id.0, body.wanted).await?;
    if let Some(rank) = body.rank {
        actions::rank(&app, &who, id.0, rank as usize).await?;
    }
    Ok(Json(actions::mine_by_id(&app, who.user, id.0).await?))
}

/// Takes a source off the person's list; one that is everybody's is as if never chosen.
#[utoipa::path(delete, path = "/sources/{id}", tag = "sources", params(("id" = SourceId, Path)),
    responses((status = 204), (status = 404)))]
pub async fn delete(State(app): State<App>, who: Who, id: Id<SourceId>) -> Result<StatusCode> {
    actions::forget(&app, &who, id.0).await?;
    Ok(StatusCode::NO_CONTENT)
}
