//! SQL of pictures.

use super::image::Image;
use crate::{
    db::{self, Db, Tx},
    error::Result,
    ids::UserId,
    on, on_tx, seal,
    state::App,
};
use chrono::{DateTime, Utc};

/// Where they are sealed.
const IMAGE: &str = "pictures.image";

/// When the person's picture was taken over; None where there is none.
pub async fn since(db: &Db, who: UserId) -> Result<Option<DateTime<Utc>>> {
    Ok(on!(db.read, |c| sqlx::query_scalar("SELECT created_at FROM pictures WHERE user_id = $1")
        .bind(who)
        .fetch_optional(c)
        .await)?)
}

/// The person's picture.
pub async fn get(app: &App, who: UserId) -> Result<Option<Image>> {
    let row: Option<(String, String)> =
        on!(app.db.read, |c| sqlx::query_as("SELECT kind, image_sealed FROM pictures WHERE user_id = $1")
            .bind(who)
            .fetch_optional(c)
            .await)?;
    let Some((kind, sealed)) = row else { return Ok(None) };
    Ok(Image::kept(&kind, &seal::open(app, who, IMAGE, &sealed).await?))
}

/// Keeps one for a person who has none.
pub async fn insert(app: &App, tx: &mut Tx, who: UserId, image: &Image) -> Result<()> {
    let sealed = seal::close(app, tx, who, IMAGE, &image.text()).await?;
    on_tx!(tx, |c| {
        sqlx::query(
        "INSERT INTO pictures (user_id, kind, image_sealed, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (user_id) DO NOTHING"
    )
    .bind(who)
    .bind(image.kind())
    .bind(sealed)
    .bind(db::now())
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// Removes it; false where there is none.
pub async fn delete(tx: &mut Tx, who: UserId) -> Result<bool> {
    Ok(on_tx!(tx, |c| sqlx::query("DELETE FROM pictures WHERE user_id = $1")
        .bind(who)
        .execute(c)
        .await
        .map(|done| done.rows_affected() > 0))?)
}
