//! What administrators do, each act in the log of the person it concerns.

use super::{Account, OutboxRow, PER_PAGE, Standing, store};
use crate::{
    accounts::email,
    audit::{Act, Kind},
    error::{Error, Result},
    events::Change,
    ids::UserId,
    jobs::Page,
    mail,
    session::{self, Who, places},
    state::App,
};
use serde_json::json;
use std::time::Instant;

/// An error for everybody who is no administrator.
pub fn only_admin(who: &Who) -> Result<()> {
    if who.scopes.admin { Ok(()) } else { Err(Error::Forbidden) }
}

pub async fn list(app: &App, who: &Who, q: &str, page: u32) -> Result<Page<Account>> {
    only_admin(who)?;
    let q: String = q.trim().chars().filter(|c| *c != '\0').take(254).collect();
    store::list(&app.db, who.user, &q, page.clamp(1, 100_000), PER_PAGE).await
}

/// How the service is.
pub async fn standing(app: &App, who: &Who) -> Result<Standing> {
    only_admin(who)?;
    let started = Instant::now();
    app.db.ping().await?;
    let database_ms = started.elapsed().as_secs_f64() * 1_000.0;
    let (lines, _) = mail::store::list(&app.db, 20, 0).await?;
    let outbox = lines.into_iter().map(|line| OutboxRow {
        to: line.to_address,
        subject: line.subject,
        state: line.state.as_str().into(),
        attempts: line.attempts,
        last_error: line.last_error,
        created_at: line.created_at,
        text: line.text,
    });
    let counts = store::counts(&app.db).await?;
    Ok(Standing {
        version: env!("CARGO_PKG_VERSION").into(),
        database: app.db.engine().into(),
        database_ms,
        up: i64::try_from(app.started.elapsed().as_secs()).unwrap_or(i64::MAX),
        live: i64::try_from(app.hub.people()).unwrap_or(i64::MAX),
        mail: app.config.smtp.is_some(),
        mail_waiting: counts.mail_waiting,
        mail_failed: counts.mail_failed,
        exports: counts.exports,
        closing: counts.closing,
        outbox: outbox.collect(),
    })
}

/// Sends a person another link to confirm their address with, to the address of their account only.
pub async fn resend_verification(app: &App, who: &Who, id: UserId) -> Result<()> {
    only_admin(who)?;
    let person = session::person(&app.db, id).await?.ok_or(Error::NotFound)?;
    email::actions::send_again(app, &person).await
}

/// A change to somebody else's account; administrators do not lock themselves out.
async fn change(app: &App, who: &Who, id: UserId) -> Result<Change> {
    only_admin(who)?;
    if id == who.user {
        return Err(Error::Conflict("This is your own account. Ask another administrator.".into()));
    }
    app.change(id).await
}

pub async fn set_disabled(app: &App, who: &Who, id: UserId, disabled: bool) -> Result<()> {
    let mut change = change(app, who, id).await?;
    let at = disabled.then_some(change.at);
    store::set_disabled(&mut change.tx, id, at).await?;
    if disabled {
        places::delete_all(&mut change.tx, id).await?;
    }
    change.record("account.signed_out", None, json!({}));
    change.audit(by_admin(if disabled { Kind::Disabled } else { Kind::Enabled }, who, id));
    change.commit().await
}

/// Answers how many places were signed out.
pub async fn end_sessions(app: &App, who: &Who, id: UserId) -> Result<u64> {
    let mut change = change(app, who, id).await?;
    let ended = places::delete_all(&mut change.tx, id).await?;
    change.record("account.signed_out", None, json!({ "sessions": ended }));
    change.audit(by_admin(Kind::SessionsEndedByAdmin, who, id).with("sessions", ended));
    change.commit().await?;
    Ok(ended)
}

pub async fn set_role(app: &App, who: &Who, id: UserId, role: &str, given: bool) -> Result<()> {
    only_admin(who)?;
    if !["mentor", "admin"].contains(&role) {
        return Err(Error::invalid("role", "Choose mentor or admin."));
    }
    let mut change = change(app, who, id).await?;
    store::set_role(&mut change.tx, id, role, given).await?;
    change.record("account.role", None, json!({}));
    change.audit(by_admin(if given { Kind::RoleGiven } else { Kind::RoleTaken }, who, id).with("role", role));
    change.commit().await
}

/// The person's log says that it was an administrator, not from where.
fn by_admin(kind: Kind, who: &Who, about: UserId) -> Act {
    Act::at_the_door(kind, Some(about), &crate::session::Origin::default()).by(who.user)
}
