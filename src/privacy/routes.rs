//! REST of a person's data: exports, taking one in, consents, and closing the account.

use super::{Consent, Export, Purpose, closing, consent, export, restore};
use crate::{
    accounts::store as accounts,
    api::{Body, Id},
    error::{Error, Result},
    ids::ExportId,
    session::{Login, Who},
    state::App,
    upload::{File, Form},
};
use axum::{
    Json,
    body::Bytes,
    extract::{Multipart, State, rejection::BytesRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The person's exports, newest first.
#[utoipa::path(get, path = "/account/exports", tag = "accounts", responses((status = 200, body = Vec<Export>), (status = 403)))]
pub async fn list(State(app): State<App>, Login(who, _): Login) -> Result<Json<Vec<Export>>> {
    Ok(Json(export::store::list(&app.db, who.user).await?))
}

/// Asks for a zip with everything the person keeps here. It is made in the background, one at a time, and kept for 7 days.
#[utoipa::path(post, path = "/account/exports", tag = "accounts",
    responses((status = 202, body = Export, headers(("Location" = String, description = "The export's address."))),
        (status = 403), (status = 409)))]
pub async fn start(State(app): State<App>, Login(who, _): Login) -> Result<Response> {
    let export = export::actions::start(&app, &who).await?;
    let place = format!("/api/v1/account/exports/{}", export.id);
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, place)], Json(export)).into_response())
}

/// How far one is.
#[utoipa::path(get, path = "/account/exports/{id}", tag = "accounts", params(("id" = ExportId, Path)),
    responses((status = 200, body = Export), (status = 403), (status = 404)))]
pub async fn get(State(app): State<App>, Login(who, _): Login, id: Id<ExportId>) -> Result<Json<Export>> {
    Ok(Json(export::store::get(&app.db, who.user, id.0).await?))
}

/// The file of a ready one.
#[utoipa::path(get, path = "/account/exports/{id}/file", tag = "accounts", params(("id" = ExportId, Path)),
    responses((status = 200, content_type = "application/zip", body = Vec<u8>), (status = 403), (status = 404), (status = 409)))]
pub async fn file(State(app): State<App>, Login(who, _): Login, id: Id<ExportId>) -> Result<Response> {
    let (body, bytes) = export::actions::file(&app, &who, id.0).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_LENGTH, bytes.to_string()),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"career-copilot.zip\"".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, body).into_response())
}

/// Removes one, or stops its making.
#[utoipa::path(delete, path = "/account/exports/{id}", tag = "accounts", params(("id" = ExportId, Path)),
    responses((status = 204), (status = 403), (status = 404)))]
pub async fn delete(State(app): State<App>, Login(who, _): Login, id: Id<ExportId>) -> Result<StatusCode> {
    export::actions::delete(&app, &who, id.0).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes in a zip that was exported, here or elsewhere: jobs, applications and alerts are added, the profile is taken over where
/// there was none. What is here already stays as it is.
#[utoipa::path(post, path = "/account/restore", tag = "accounts",
    request_body(content_type = "application/zip", content = Vec<u8>),
    responses((status = 200, body = restore::Restored), (status = 413), (status = 422)))]
pub async fn take_in(
    State(app): State<App>,
    who: Who,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<restore::Restored>> {
    let body = body.map_err(|_| Error::TooLarge("a file may have at most 32 MB.".into()))?;
    Ok(Json(restore::take_in(&app, &who, body.to_vec()).await?))
}

/// Where the person stands on the terms and on each optional use of their data.
#[utoipa::path(get, path = "/account/consents", tag = "accounts", responses((status = 200, body = Vec<Consent>)))]
pub async fn consents(State(app): State<App>, who: Who) -> Result<Json<Vec<Consent>>> {
    Ok(Json(consent::store::list(&app.db, who.user).await?))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Given {
    given: bool,
}

/// Agrees to the present text of one, or takes it back.
#[utoipa::path(put, path = "/account/consents/{purpose}", tag = "accounts", request_body = Given,
    params(("purpose" = Purpose, Path)), responses((status = 200, body = Vec<Consent>), (status = 403), (status = 422)))]
pub async fn set_consent(
    State(app): State<App>,
    Login(who, _): Login,
    Id(purpose): Id<String>,
    Body(body): Body<Given>,
) -> Result<Json<Vec<Consent>>> {
    consent::store::set(&app, &who, &purpose, body.given).await?;
    Ok(Json(consent::store::list(&app.db, who.user).await?))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Close {
    /// The account's e-mail address, typed once more.
    email: String,
    /// Left out where the account has none.
    #[serde(default)]
    password: String,
    /// Waives the two weeks during which the account can be kept after all.
    #[serde(default)]
    at_once: bool,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Closed {
    /// When everything is erased; absent when it is gone already.
    erased_at: Option<DateTime<Utc>>,
}

/// Closes the account. Everything in it is erased after 14 days, or at once.
#[utoipa::path(post, path = "/account/closing", tag = "accounts", request_body = Close,
    responses((status = 200, body = Closed), (status = 403), (status = 409), (status = 422)))]
pub async fn close(State(app): State<App>, Login(who, _): Login, Body(body): Body<Close>) -> Result<Json<Closed>> {
    let renamed = |error: Error| match error {
        Error::Invalid(fields) => Error::Invalid(
            fields
                .into_iter()
                .map(|(field, message)| match field.as_str() {
                    "typed" => ("email".into(), message),
                    "current_password" => ("password".into(), message),
                    _ => (field, message),
                })
                .collect(),
        ),
        other => other,
    };
    let erased = closing::close(&app, &who, &body.email, body.password, body.at_once).await.map_err(renamed)?;
    let erased_at = if erased { None } else { accounts::closing_at(&app.db, who.user).await? };
    Ok(Json(Closed { erased_at }))
}

/// Keeps the account after all.
#[utoipa::path(delete, path = "/account/closing", tag = "accounts", responses((status = 204), (status = 403), (status = 409)))]
pub async fn keep(State(app): State<App>, Login(who, _): Login) -> Result<StatusCode> {
    closing::keep(&app, &who).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Bytes of a file that is taken in.
const MOST: usize = 32 << 20;

/// `POST /account/data/take-in`: the page's form, sent as a plain browser form so that large files travel as they are.
pub async fn upload(State(app): State<App>, Login(who, _): Login, form: Multipart) -> Result<Redirect> {
    let form = Form::read(form, MOST, "a file may have at most 32 MB.").await?;
    let File { name, bytes } = form.file.unwrap_or_default();
    let (good, said) = match restore::upload(&app, &who, &name, bytes).await {
        Ok(restored) => (true, summary(&restored)),
        Err(Error::Invalid(fields)) => (false, fields.into_values().next().unwrap_or_default()),
        Err(other) => return Err(other),
    };
    restore::remember(&app.db, who.user, good, &said).await?;
    Ok(Redirect::to("/account/data#take-in"))
}

/// What came of it, in words.
fn summary(restored: &restore::Restored) -> String {
    let count = |n: u32, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    let mut said =
        format!("{} and {} were taken in.", count(restored.jobs, "job"), count(restored.applications, "application"));
    let known = restored.jobs_known + restored.applications_known;
    if known > 0 {
        said += &format!(" {} were here already.", count(known, "entry").replace("entrys", "entries"));
    }
    if restored.profile {
        said += " Your profile was taken over.";
    }
    if let Some(first) = restored.rejected.first() {
        said += &format!(" {} not: {first}", restored.rejected.len());
    }
    said
}
