//! Keeping views.

use super::SavedView;
use crate::{
    db::{self, Db},
    error::{Check, Error, Result},
    events::Change,
    ids::{UserId, ViewId},
    on, on_tx,
    privacy::export::format::ExportedView,
    session::Who,
    state::App,
};
use serde_json::json;

/// How many views a person can keep; longest name in characters, longest address in bytes.
const MOST: i64 = 50;
const NAME: usize = 60;
const QUERY: usize = 2_000;

/// The person's views by name.
pub async fn list(db: &Db, who: UserId) -> Result<Vec<SavedView>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT id, name, query FROM saved_views WHERE user_id = $1 ORDER BY lower(name)"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}

/// Name and filters as they can be kept.
fn checked(name: &str, query: &str) -> Result<(String, String)> {
    let (name, query) = (name.replace('\0', "").trim().to_owned(), query.replace('\0', ""));
    let query = query.trim().trim_start_matches('?').to_owned();
    let mut check = Check::default();
    check
        .that(!name.is_empty(), "name", "Please give the view a name.")
        .that(name.chars().count() <= NAME, "name", "Please keep the name under 60 characters.")
        .that(query.len() <= QUERY, "query", "These filters are too long to be kept.");
    check.done()?;
    Ok((name, query))
}

/// Keeps filters under a name.
pub async fn save(app: &App, who: &Who, name: &str, query: &str) -> Result<()> {
    let (name, query) = checked(name, query)?;
    let mut change = app.change(who.user).await?;
    let kept: i64 = on_tx!(&mut change.tx, |c| sqlx::query_scalar(
        "SELECT count(*) FROM saved_views WHERE user_id = $1 AND lower(name) <> lower($2)"
    )
    .bind(who.user)
    .bind(&name)
    .fetch_one(c)
    .await)?;
    if kept >= MOST {
        return Err(Error::invalid("name", "You have 50 views. Please remove one first."));
    }
    on_tx!(&mut change.tx, |c| sqlx::query(
        "INSERT INTO saved_views (id, user_id, name, query, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (user_id, lower(name)) DO UPDATE SET name = excluded.name, query = excluded.query"
    )
    .bind(ViewId::fresh())
    .bind(who.user)
    .bind(&name)
    .bind(&query)
    .bind(db::now())
    .execute(c)
    .await
    .map(|_| ()))?;
    change.record("application.views", None, json!({}));
    change.commit().await
}

/// Adds views whose names are not taken, as many as there is room for. Answers how many are not in order.
pub async fn take_in(change: &mut Change, all: Vec<ExportedView>) -> Result<u32> {
    let who = change.who;
    let names: Vec<String> =
        on_tx!(&mut change.tx, |c| sqlx::query_scalar("SELECT lower(name) FROM saved_views WHERE user_id = $1")
            .bind(who)
            .fetch_all(c)
            .await)?;
    let mut room = MOST.saturating_sub(i64::try_from(names.len()).unwrap_or(MOST));
    let mut left_out = 0;
    for view in all {
        let Ok((name, query)) = checked(&view.name, &view.query) else {
            left_out += 1;
            continue;
        };
        if room == 0 || names.contains(&name.to_lowercase()) {
            continue;
        }
        room -= 1;
        on_tx!(&mut change.tx, |c| sqlx::query(
            "INSERT INTO saved_views (id, user_id, name, query, created_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (user_id, lower(name)) DO NOTHING"
        )
        .bind(ViewId::fresh())
        .bind(who)
        .bind(&name)
        .bind(&query)
        .bind(db::now())
        .execute(c)
        .await
        .map(|_| ()))?;
    }
    Ok(left_out)
}

/// Forgets a view.
pub async fn remove(app: &App, who: &Who, id: ViewId) -> Result<()> {
    let mut change = app.change(who.user).await?;
    let gone = on_tx!(&mut change.tx, |c| sqlx::query("DELETE FROM saved_views WHERE user_id = $1 AND id = $2")
        .bind(who.user)
        .bind(id)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    if gone == 0 {
        return Err(Error::NotFound);
    }
    change.record("application.views", None, json!({}));
    change.commit().await
}
