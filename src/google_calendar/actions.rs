//! Connecting a calendar at Google, and letting go of it.

use super::{
    Connection, GoogleCalendar,
    api::{Halt, Session, Tokens},
    store::{self, Row},
    trouble::Trouble,
};
use crate::{
    accounts::providers::{Departure, Provider, consent::Grant},
    audit::{Act, Kind},
    db,
    error::{Error, Result},
    ids::UserId,
    seal,
    session::Who,
    state::App,
};
use serde_json::{Value, json};
use std::time::Duration;

/// Where what opens Google's side is sealed.
pub const TOKENS: &str = "google_calendars.tokens";
/// To make calendars and see these alone; no other calendar can be seen with it.
pub const SCOPE: &str = "https://www.googleapis.com/auth/calendar.app.created";
/// Where Google sends people back to.
pub const BACK: &str = "/api/v1/calendar/google/callback";
/// Whoever lets go of it waits so long for Google's side.
const FAREWELL: Duration = Duration::from_secs(20);
/// What is said when the calendar stays there.
const STAYS: &str = "The calendar at Google could not be removed. You can remove it there yourself, in the settings of Google Calendar.";

/// Whether this person can connect one here. What the demo person had would be everybody's.
pub fn offered(app: &App, who: &Who) -> bool {
    app.outside.calendars().is_some() && !who.is_demo()
}

/// The person's calendar as the card shows it.
pub async fn load(app: &App, who: &Who) -> Result<GoogleCalendar> {
    let offered = offered(app, who);
    let Some(row) = store::get(&app.db, who.user).await? else {
        return Ok(GoogleCalendar { offered, connection: None });
    };
    let (entries, refused) = store::count(&app.db, who.user).await?;
    let problem = match row.trouble {
        _ if app.outside.calendars().is_none() => Some("This site does not offer calendars at Google any more."),
        trouble => trouble.map(Trouble::words),
    };
    let working = offered && (row.is_leased() || row.next_at.is_some_and(|at| at <= db::now()));
    Ok(GoogleCalendar {
        offered,
        connection: Some(Connection {
            entries,
            refused,
            problem: problem.map(str::to_owned),
            working,
            address: row.address,
            synced_at: row.synced_at,
            next_at: row.next_at,
        }),
    })
}

/// The person's connection as they can take it along: never what opens it.
pub async fn copy(app: &App, who: UserId) -> Result<Option<Value>> {
    let Some(row) = store::get(&app.db, who).await? else { return Ok(None) };
    let (entries, refused) = store::count(&app.db, who).await?;
    Ok(Some(json!({
        "address": row.address, "calendar_id": row.calendar_id, "entries": entries, "refused": refused,
        "synced_at": row.synced_at, "connected_at": row.created_at,
    })))
}

/// Makes the address at which the person agrees.
pub async fn depart(app: &App, who: &Who) -> Result<Departure> {
    if !offered(app, who) {
        return Err(Error::NotFound);
    }
    app.limits.heavy(who.user)?;
    app.outside.ask(Provider::Google, BACK, SCOPE).await
}

/// Keeps what the person granted; answers with the word that says what came of it.
pub async fn arrive(app: &App, who: &Who, code: &str, verifier: &str) -> Result<&'static str> {
    if !offered(app, who) {
        return Err(Error::NotFound);
    }
    let grant = match app.outside.granted(Provider::Google, BACK, code, verifier).await {
        Ok(grant) => grant,
        Err(Error::Unavailable(_)) => return Ok("failed"),
        Err(error) => return Err(error),
    };
    if !grant.covers(SCOPE) {
        return Ok("scope");
    }
    let Grant { access, until, refresh: Some(refresh), .. } = grant else {
        tracing::warn!("Google gave no token that lasts");
        return Ok("failed");
    };
    let written = serde_json::to_string(&Tokens { refresh, access, until })?;
    let mut change = app.change(who.user).await?;
    let sealed = seal::close(app, &mut change.tx, who.user, TOKENS, &written).await?;
    let at = change.at;
    store::put(&mut change.tx, who.user, &sealed, at).await?;
    change.audit(Act::own(Kind::CalendarConnected, who));
    change.record("application.google_calendar", None, json!({}));
    change.commit().await?;
    app.google_calendars.notify_one();
    Ok("connected")
}

/// Has it brought up to date soon, unless Google wants to be left alone or let in again.
pub async fn sync_now(app: &App, who: &Who) -> Result<()> {
    let row = store::get(&app.db, who.user).await?.ok_or(Error::NotFound)?;
    app.limits.heavy(who.user)?;
    match row.trouble {
        Some(Trouble::Ended) => return Err(Error::Conflict(Trouble::Ended.words().into())),
        Some(Trouble::Busy) if row.next_at.is_some_and(|at| at > db::now()) => {
            return Err(Error::Conflict(format!("{} It goes on by itself.", Trouble::Busy.words())));
        }
        _ => {}
    }
    let mut change = app.change(who.user).await?;
    let at = change.at;
    store::wake(&mut change.tx, who.user, at).await?;
    change.record("application.google_calendar", None, json!({}));
    change.commit().await?;
    app.google_calendars.notify_one();
    Ok(())
}

/// Forgets it with what opens it, and gives that back at Google; with `remove` the calendar there is removed before. Answers with what
/// is left for the person to do there.
pub async fn disconnect(app: &App, who: &Who, remove: bool) -> Result<Option<String>> {
    let row = store::get(&app.db, who.user).await?.ok_or(Error::NotFound)?;
    let tokens = opened(app, &row).await?;
    let mut change = app.change(who.user).await?;
    if !store::remove(&mut change.tx, who.user).await? {
        return Err(Error::NotFound);
    }
    change.audit(Act::own(Kind::CalendarDisconnected, who));
    change.record("application.google_calendar", None, json!({}));
    change.commit().await?;
    let calendar = row.calendar_id.filter(|_| remove);
    let wanted = calendar.is_some();
    // Goes on when nobody waits for it any more.
    let farewell = app.afterwards.spawn(leave(app.clone(), tokens, calendar));
    let removed = matches!(tokio::time::timeout(FAREWELL, farewell).await, Ok(Ok(true)));
    Ok((wanted && !removed).then(|| STAYS.to_owned()))
}

/// What opens the person's side of Google, if they connected it: for giving it back when the account is gone.
pub async fn tokens(app: &App, who: UserId) -> Result<Option<Tokens>> {
    match store::get(&app.db, who).await? {
        Some(row) => Ok(Some(opened(app, &row).await?)),
        None => Ok(None),
    }
}

async fn opened(app: &App, row: &Row) -> Result<Tokens> {
    Ok(serde_json::from_str(&seal::open(app, row.user_id, TOKENS, &row.tokens_sealed).await?)?)
}

/// Takes leave of Google, as far as it answers: removes the calendar, if one is named, and gives the grant back. Answers whether the
/// calendar is gone.
pub async fn leave(app: App, tokens: Tokens, calendar: Option<String>) -> bool {
    let mut session = Session::new(&app, tokens);
    let removed = match &calendar {
        // A grant that has ended does not come back, so trying once is enough.
        Some(calendar) => session.remove_calendar(calendar).await,
        None => Err(Halt::Enough),
    };
    if let Err(error) = app.outside.give_back(Provider::Google, &session.tokens.refresh).await {
        tracing::info!(%error, "a grant was not given back at Google");
    }
    removed.is_ok()
}
