//! What can be done with the second factor.

use super::{
    SecondFactor, Setup, code, qr,
    store::{self, FRESH, SECRET},
};
use crate::{
    accounts::{
        passkeys::{ceremony, store as passkeys},
        security::actions as security,
        store as people,
    },
    audit::{self, Act, Kind},
    error::{Error, Result},
    events::Change,
    ids::UserId,
    seal,
    session::{Origin, Who},
    state::App,
};
use chrono::{Duration, Utc};
use serde_json::json;

/// A secret that no code was typed for is shown this long.
const SETUP_TAKES: Duration = Duration::minutes(30);

/// Whether signing in takes a second step: a code, or a passkey.
pub async fn is_asked(app: &App, who: UserId) -> Result<bool> {
    Ok(is_on(app, who).await? || passkeys::count(&app.db, who).await? > 0)
}

/// Whether signing in takes a code of an app.
pub async fn is_on(app: &App, who: UserId) -> Result<bool> {
    Ok(store::device(&app.db, who).await?.is_some_and(|device| device.confirmed_at.is_some()))
}

pub async fn view(app: &App, who: &Who) -> Result<SecondFactor> {
    let device = store::device(&app.db, who.user).await?;
    let since = device.as_ref().and_then(|device| device.confirmed_at);
    let beginning =
        device.filter(|device| device.confirmed_at.is_none() && Utc::now() - device.created_at <= SETUP_TAKES);
    let setup = match beginning {
        Some(device) => {
            let secret = seal::open(app, who.user, SECRET, &device.secret).await?;
            let address = code::address(&secret, &who.email)?;
            let groups: Vec<&str> =
                secret.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
            Some(Setup { secret: groups.join(" "), qr: qr::draw(&address)?, address })
        }
        None => None,
    };
    let (codes_left, sealed) = store::codes(&app.db, who.user).await?;
    let mut fresh_codes = Vec::with_capacity(sealed.len());
    for sealed in sealed {
        fresh_codes.push(seal::open(app, who.user, FRESH, &sealed).await?);
    }
    Ok(SecondFactor {
        since,
        setup,
        codes_left,
        fresh_codes,
        passkeys: passkeys::list(&app.db, who.user).await?,
        passkeys_offered: ceremony::offered(app) && !who.is_demo(),
    })
}

/// Makes a secret; the password shows that it is the person who asks.
pub async fn start(app: &App, who: &Who, password: String) -> Result<()> {
    security::confirm_password(app, who, "current_password", password).await?;
    if is_on(app, who.user).await? {
        return Err(Error::Conflict("Codes are asked for already. Turn that off first.".into()));
    }
    confirmed_address(app, who).await?;
    let mut change = app.change(who.user).await?;
    let secret = seal::close(app, &mut change.tx, who.user, SECRET, &code::fresh_secret()).await?;
    store::begin(&mut change.tx, who.user, &secret, change.at).await?;
    changed(&mut change);
    change.commit().await
}

/// An error while nobody has shown that the account's address is theirs: else somebody could open an account with another
/// person's address, and lock them out of it for good.
pub async fn confirmed_address(app: &App, who: &Who) -> Result<()> {
    if people::email_verified_at(&app.db, who.user).await?.is_none() {
        return Err(Error::Conflict(
            "Please confirm your e-mail address first: on the account page you can have the message sent again.".into(),
        ));
    }
    Ok(())
}

/// Turns it on with the app's first code.
pub async fn confirm(app: &App, who: &Who, typed: &str) -> Result<()> {
    app.limits.code(who.user)?;
    let wrong = |words: &str| Err(Error::invalid("code", words));
    let Some(digits) = code::six_digits(typed) else { return wrong("Please type the six digits your app shows.") };
    let mut change = app.change(who.user).await?;
    let device = store::device_in(&mut change.tx, who.user).await?;
    let Some(device) =
        device.filter(|device| device.confirmed_at.is_none() && change.at - device.created_at <= SETUP_TAKES)
    else {
        return Err(Error::Conflict("This took too long. Please set it up again.".into()));
    };
    let secret = seal::open(app, who.user, SECRET, &device.secret).await?;
    let Some(step) = code::step_of(&secret, &digits, seconds_now())? else {
        return wrong(
            "This is not the code of now. Check that the clock of your phone is right, and type the next one.",
        );
    };
    store::confirm(&mut change.tx, who.user, step, change.at).await?;
    if passkeys::count(&app.db, who.user).await? == 0 {
        make_codes(app, &mut change).await?;
    }
    change.audit(Act::own(Kind::SecondFactorOn, who));
    security::commit_renewed(app, who, change, "account.second_factor").await
}

/// Turns it off, or ends setting it up.
pub async fn stop(app: &App, who: &Who, password: String) -> Result<()> {
    let was_on = is_on(app, who.user).await?;
    if was_on {
        security::confirm_password(app, who, "current_password", password).await?;
    }
    let mut change = app.change(who.user).await?;
    if passkeys::count(&app.db, who.user).await? == 0 {
        store::remove(&mut change.tx, who.user).await?;
    } else {
        store::remove_app(&mut change.tx, who.user).await?;
    }
    if was_on {
        change.audit(Act::own(Kind::SecondFactorOff, who));
    }
    security::commit_renewed(app, who, change, "account.second_factor").await
}

/// Ten new recovery codes in place of the old.
pub async fn renew_codes(app: &App, who: &Who, password: String) -> Result<()> {
    security::confirm_password(app, who, "current_password", password).await?;
    if !is_asked(app, who.user).await? {
        return Err(Error::Conflict("There is no second factor to recover.".into()));
    }
    let mut change = app.change(who.user).await?;
    make_codes(app, &mut change).await?;
    change.audit(Act::own(Kind::RecoveryCodesMade, who));
    changed(&mut change);
    change.commit().await
}

/// Does not show the new codes any more.
pub async fn codes_are_kept(app: &App, who: &Who) -> Result<()> {
    let mut change = app.change(who.user).await?;
    store::forget_fresh(&mut change.tx, who.user).await?;
    changed(&mut change);
    change.commit().await
}

/// Puts ten fresh recovery codes in place of those there were.
pub async fn make_codes(app: &App, change: &mut Change) -> Result<()> {
    let who = change.who;
    let mut codes = Vec::with_capacity(code::RECOVERY_CODES);
    for _ in 0..code::RECOVERY_CODES {
        let fresh = code::fresh_recovery_code();
        let sealed = seal::close(app, &mut change.tx, who, FRESH, &fresh).await?;
        codes.push((code::plain(&fresh), sealed));
    }
    store::set_codes(&mut change.tx, who, &codes).await
}

fn changed(change: &mut Change) {
    change.record("account.second_factor", None, json!({}));
}

/// Takes a one-time code or a recovery code of somebody who signs in; answers how they got in, for the log. No code is taken twice.
pub async fn take(app: &App, who: UserId, typed: &str, from: &Origin) -> Result<&'static str> {
    if typed.trim().is_empty() {
        return Err(Error::invalid("code", "Please type the code your app shows, or one of your recovery codes."));
    }
    app.limits.code(who)?;
    let mut change = app.change(who).await?;
    let device = store::device_in(&mut change.tx, who).await?.filter(|device| device.confirmed_at.is_some());
    let way = match (code::six_digits(typed), device) {
        (Some(_), None) => None,
        (Some(digits), Some(device)) => {
            let secret = seal::open(app, who, SECRET, &device.secret).await?;
            match code::step_of(&secret, &digits, seconds_now())? {
                Some(step) if store::take_step(&mut change.tx, who, step).await? => Some("code"),
                _ => None,
            }
        }
        (None, _) => {
            let at = change.at;
            store::take_code(&mut change.tx, who, &code::plain(typed), at).await?.then_some("recovery")
        }
    };
    let Some(way) = way else {
        drop(change);
        audit::chain::note(&app.db, Act::at_the_door(Kind::CodeRefused, Some(who), from)).await?;
        return Err(Error::invalid("code", "This code is not right, or was used already. Wait for the next one."));
    };
    if way == "recovery" {
        changed(&mut change);
    }
    change.commit().await?;
    Ok(way)
}

fn seconds_now() -> u64 {
    Utc::now().timestamp().unsigned_abs()
}
