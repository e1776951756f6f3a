//! The private address of a calendar, and what is behind it.

use super::{Feed, entries, store};
use crate::{
    db,
    error::{Error, Result},
    ids::{InterviewId, UserId},
    interviews, seal,
    session::{self, Who},
    state::App,
};
use calendar::Calendar;
use chrono::DateTime;
use serde_json::json;

/// Where sealed addresses stand.
const TOKEN: &str = "calendar_feeds.token";

/// The address and when it was last asked for.
pub async fn load(app: &App, who: &Who) -> Result<Feed> {
    let Some((sealed, read_at)) = store::get(&app.db, who.user).await? else {
        return Ok(Feed { address: None, read_at: None });
    };
    let token = seal::open(app, who.user, TOKEN, &sealed).await?;
    let address = format!("{}/calendar.ics?key={token}", app.config.public_url.trim_end_matches('/'));
    Ok(Feed { address: Some(address), read_at })
}

/// Makes an address of 256 random bits; one that there was stops working.
pub async fn open(app: &App, who: &Who) -> Result<()> {
    let token = session::random_token();
    let mut change = app.change(who.user).await?;
    let sealed = seal::close(app, &mut change.tx, who.user, TOKEN, &token).await?;
    let at = change.at;
    store::put(&mut change.tx, who.user, &session::sha256(&token), &sealed, at).await?;
    change.record("application.calendar", None, json!({}));
    change.commit().await
}

/// Ends the address.
pub async fn close(app: &App, who: &Who) -> Result<()> {
    let mut change = app.change(who.user).await?;
    if !store::remove(&mut change.tx, who.user).await? {
        return Err(Error::NotFound);
    }
    change.record("application.calendar", None, json!({}));
    change.commit().await
}

/// The calendar behind an address.
pub async fn behind(app: &App, token: &str) -> Result<Calendar> {
    let who = store::owner(&app.db, &session::sha256(token)).await?.ok_or(Error::NotFound)?;
    app.limits.read(who)?;
    store::seen(&app.db, who, db::now()).await?;
    entries::calendar(app, who).await
}

/// One interview as a file for a calendar.
pub async fn interview(app: &App, who: UserId, id: InterviewId) -> Result<String> {
    let interview = interviews::store::get(app, who, id).await?;
    let (from, until) = (DateTime::UNIX_EPOCH.min(interview.starts_at), interview.ends_at + chrono::Duration::days(1));
    let all = interviews::store::upcoming(&app.db, who, from, until).await?;
    let found = all.into_iter().find(|other| other.id == id).ok_or(Error::NotFound)?;
    Ok(entries::of_interview(app, found).file(db::now()))
}
