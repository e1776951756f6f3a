//! What can be done with pictures.

use super::{
    image::{Image, MOST},
    store,
};
use crate::{
    db::Db,
    error::{Error, Result},
    fetch::{Ask, Hosts},
    ids::UserId,
    session::Who,
    state::App,
};
use serde_json::json;
use std::time::Duration;

/// Somebody who signs in waits this long for their picture.
const PATIENCE: Duration = Duration::from_secs(3);

/// Fetches the picture another service has of somebody. Whatever goes wrong, there is none: nobody is kept from their account by it.
pub async fn fetch(app: &App, url: &str) -> Option<Image> {
    if url.is_empty() {
        return None;
    }
    let ask = Ask::get(url, "image/*", Hosts::Known(|url| url.scheme() == "https"), MOST);
    let image = match tokio::time::timeout(PATIENCE, app.fetcher.fetch(ask)).await {
        Ok(Ok(bytes)) => Image::read(bytes),
        Ok(Err(error)) => {
            tracing::info!(%error, "a picture could not be fetched");
            None
        }
        Err(_) => {
            tracing::info!("a picture took too long");
            None
        }
    };
    if image.is_none() {
        tracing::info!("an account begins without its picture");
    }
    image
}

/// Where a page finds the person's picture: another address for another picture. None where there is none.
pub async fn address(db: &Db, who: UserId) -> Result<Option<String>> {
    let since = store::since(db, who).await?;
    Ok(since.map(|since| ["/api/v1/profile/picture?v=", &since.timestamp_micros().to_string()].concat()))
}

/// Removes the picture.
pub async fn remove(app: &App, who: &Who) -> Result<()> {
    let mut change = app.change(who.user).await?;
    if !store::delete(&mut change.tx, who.user).await? {
        return Err(Error::NotFound);
    }
    change.record("profile.picture_removed", None, json!({}));
    change.commit().await
}
