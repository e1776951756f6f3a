//! REST of the person's picture.

use super::{actions, store};
use crate::{
    error::{Error, Result},
    session::Who,
    state::App,
};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

/// The person's picture, as the service they signed in with gave it: PNG, JPEG, WebP or GIF.
#[utoipa::path(get, path = "/profile/picture", tag = "profile",
    responses((status = 200, body = Vec<u8>, content_type = "image/*"), (status = 404)))]
pub async fn get(State(app): State<App>, who: Who) -> Result<Response> {
    let image = store::get(&app, who.user).await?.ok_or(Error::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, image.media_type()),
        // Opened by itself it is a picture, and nothing else.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ];
    Ok((headers, image.bytes().to_vec()).into_response())
}

/// Removes the person's picture.
#[utoipa::path(delete, path = "/profile/picture", tag = "profile", responses((status = 204), (status = 404)))]
pub async fn delete(State(app): State<App>, who: Who) -> Result<StatusCode> {
    actions::remove(&app, &who).await?;
    Ok(StatusCode::NO_CONTENT)
}
