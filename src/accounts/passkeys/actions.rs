//! What can be done with passkeys.

use super::{
    ceremony::{self, Purpose},
    store,
};
use crate::{
    accounts::{
        actions as accounts, form, providers::store as providers, second, security::actions as security,
        store as people,
    },
    audit::{self, Act, Kind},
    db,
    error::{Check, Error, Result},
    ids::{PasskeyId, UserId},
    session::{self, Origin, Who, signed},
    state::App,
};
use axum::http::{HeaderValue, header, request::Parts};
use leptos::prelude::expect_context;
use leptos_axum::ResponseOptions;
use second::half::Half;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyAuthentication, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential,
};

/// Most passkeys of a person.
const MOST: i64 = 20;

fn set_cookie(cookie: HeaderValue) {
    expect_context::<ResponseOptions>().append_header(header::SET_COOKIE, cookie);
}

/// Asks the browser for a new passkey, to be called `name`.
pub async fn start(app: &App, who: &Who, name: &str, password: String) -> Result<String> {
    let name = name.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
    let mut check = Check::default();
    check.that(!name.is_empty(), "name", "Please give it a name, such as the device it is on.").that(
        name.chars().count() <= 100,
        "name",
        "Please use at most 100 characters.",
    );
    check.done()?;
    security::confirm_password(app, who, "current_password", password).await?;
    second::actions::confirmed_address(app, who).await?;
    let known = store::keys(&app.db, who.user).await?.iter().map(|key| key.cred_id().clone()).collect();
    let shown = if who.name.is_empty() { &who.email } else { &who.name };
    let (options, state) = ceremony::webauthn(app)?
        .start_passkey_registration(who.user.0, &who.email, shown, Some(known))
        .map_err(Error::internal)?;
    let mut options = serde_json::to_value(options)?["publicKey"].take();
    // So that it can be found by the browser alone, without the password before it.
    options["authenticatorSelection"]["residentKey"] = "preferred".into();
    set_cookie(ceremony::begin(app, Some(who.user), Purpose::Add, &(name, state)).await?);
    Ok(options.to_string())
}

/// Keeps the passkey the browser made. With the first, recovery codes are made.
pub async fn finish(app: &App, who: &Who, credential: &str) -> Result<()> {
    let answer: RegisterPublicKeyCredential = ceremony::read(credential)?;
    let asked = ceremony::take(app, &expect_context::<Parts>().headers).await?;
    if asked.who != Some(who.user) || asked.purpose != Purpose::Add {
        return Err(Error::Refused("This took too long. Please try again.".into()));
    }
    let (name, state): (String, PasskeyRegistration) = asked.state()?;
    let key = ceremony::webauthn(app)?
        .finish_passkey_registration(&answer, &state)
        .map_err(|error| Error::invalid("credential", format!("This passkey cannot be taken: {error}.")))?;
    if store::count(&app.db, who.user).await? >= MOST {
        return Err(Error::Conflict(format!("You have {MOST} passkeys already. Remove one first.")));
    }
    let first = !second::actions::is_asked(app, who.user).await?;
    let mut change = app.change(who.user).await?;
    store::insert(&mut change.tx, who.user, &name, &key, change.at).await?;
    if first {
        second::actions::make_codes(app, &mut change).await?;
    }
    change.audit(Act::own(Kind::PasskeyAdded, who).with("name", name));
    set_cookie(ceremony::forget(app)?);
    security::commit_renewed(app, who, change, "account.second_factor").await
}

/// Takes one away.
pub async fn remove(app: &App, who: &Who, id: PasskeyId, password: String) -> Result<()> {
    let keys = store::list(&app.db, who.user).await?;
    if !keys.iter().any(|key| key.id == id) {
        return Err(Error::NotFound);
    }
    let has_password = people::login(&app.db, &who.email).await?.is_some_and(|login| login.password_hash.is_some());
    if keys.len() == 1 && !has_password && providers::list(&app.db, who.user).await?.is_empty() {
        return Err(Error::Conflict("This is the only way into your account. Set a password first.".into()));
    }
    security::confirm_password(app, who, "current_password", password).await?;
    let codes = second::actions::is_on(app, who.user).await?;
    let mut change = app.change(who.user).await?;
    let name = store::delete(&mut change.tx, who.user, id).await?.ok_or(Error::NotFound)?;
    if keys.len() == 1 && !codes {
        second::store::remove(&mut change.tx, who.user).await?;
    }
    change.audit(Act::own(Kind::PasskeyRemoved, who).with("name", name));
    security::commit_renewed(app, who, change, "account.second_factor").await
}

/// Asks the browser for a passkey: one of the account whose password was just typed, else any of this site.
pub async fn begin_use() -> Result<String> {
    let (app, parts) = (expect_context::<App>(), expect_context::<Parts>());
    app.limits.attempt(&Origin::of(&app, &parts).address, &session::random_token())?;
    let webauthn = ceremony::webauthn(&app)?;
    let half = signed::read::<Half>(&app, &parts.headers)?;
    let (options, cookie) = match half {
        Some(half) => {
            let keys = store::keys(&app.db, half.sub).await?;
            if keys.is_empty() {
                return Err(Error::Conflict("This account has no passkey. Please type a code.".into()));
            }
            let (options, state) = webauthn.start_passkey_authentication(&keys).map_err(Error::internal)?;
            (options, ceremony::begin(&app, Some(half.sub), Purpose::Step, &state).await?)
        }
        None => {
            let (options, state) = webauthn.start_discoverable_authentication().map_err(Error::internal)?;
            (options, ceremony::begin(&app, None, Purpose::Alone, &state).await?)
        }
    };
    set_cookie(cookie);
    Ok(serde_json::to_value(options)?["publicKey"].to_string())
}

/// Asks a person who is signed in for one of their passkeys.
pub async fn begin_again(app: &App, who: &Who) -> Result<String> {
    app.limits.own_attempt(who.user)?;
    let keys = store::keys(&app.db, who.user).await?;
    if keys.is_empty() {
        return Err(Error::Conflict("Your account has no passkey.".into()));
    }
    let (options, state) = ceremony::webauthn(app)?.start_passkey_authentication(&keys).map_err(Error::internal)?;
    set_cookie(ceremony::begin(app, Some(who.user), Purpose::Step, &state).await?);
    Ok(serde_json::to_value(options)?["publicKey"].to_string())
}

/// Takes what it answered; an error when it is not right.
pub async fn again(app: &App, who: &Who, credential: &str) -> Result<()> {
    let answer: PublicKeyCredential = ceremony::read(credential)?;
    let asked = ceremony::take(app, &expect_context::<Parts>().headers).await?;
    if asked.who != Some(who.user) || asked.purpose != Purpose::Step {
        return Err(wrong());
    }
    app.limits.code(who.user)?;
    step(app, who.user, &answer, asked.state()?, &who.origin).await?;
    set_cookie(ceremony::forget(app)?);
    Ok(())
}

/// Signs in with what the passkey answered.
pub async fn take(credential: &str, next: &str) -> Result<String> {
    let (app, parts) = (expect_context::<App>(), expect_context::<Parts>());
    let from = Origin::of(&app, &parts);
    let answer: PublicKeyCredential = ceremony::read(credential)?;
    let asked = ceremony::take(&app, &parts.headers).await?;
    let half = match asked.purpose {
        Purpose::Add => return Err(wrong()),
        Purpose::Alone => {
            let sub = alone(&app, &answer, asked.state()?, &from).await?;
            Half { sub, next: next.to_owned(), wanted: None }
        }
        Purpose::Step => {
            // The password was typed in this browser, and for this account.
            let half = signed::read::<Half>(&app, &parts.headers)?.filter(|half| asked.who == Some(half.sub));
            let half = half.ok_or_else(wrong)?;
            app.limits.code(half.sub)?;
            step(&app, half.sub, &answer, asked.state()?, &from).await?;
            half
        }
    };
    accounts::admit(&app, half.sub).await?;
    audit::chain::note(&app.db, accounts::signed_in(half.sub, &from, "passkey")).await?;
    let mut entry = form::complete(&app, &parts, half, &from).await?;
    entry.cookies.push(ceremony::forget(&app)?);
    Ok(entry.answer())
}

fn wrong() -> Error {
    Error::Refused("This passkey does not open an account here.".into())
}

/// Whose passkey answered, without anything before it. It has checked that it is the person (by finger, face or PIN), so it is two
/// factors in one.
async fn alone(
    app: &App,
    answer: &PublicKeyCredential,
    state: DiscoverableAuthentication,
    from: &Origin,
) -> Result<UserId> {
    let webauthn = ceremony::webauthn(app)?;
    let (user, _) = webauthn.identify_discoverable_authentication(answer).map_err(|_| wrong())?;
    let user = UserId(user);
    let keys = store::keys(&app.db, user).await?;
    let Some(key) = keys.iter().find(|key| key.cred_id().as_slice() == answer.get_credential_id()) else {
        return Err(wrong());
    };
    let checked = webauthn.finish_discoverable_authentication_v2(answer, state, DiscoverableKey::from(key));
    settle(app, user, keys.clone(), checked, from).await
}

async fn step(
    app: &App,
    user: UserId,
    answer: &PublicKeyCredential,
    state: PasskeyAuthentication,
    from: &Origin,
) -> Result<UserId> {
    let keys = store::keys(&app.db, user).await?;
    let checked = ceremony::webauthn(app)?.finish_passkey_authentication(answer, &state);
    settle(app, user, keys, checked, from).await
}

/// Notes the use of a passkey whose answer is right; one that is not goes into the log.
async fn settle(
    app: &App,
    user: UserId,
    keys: Vec<Passkey>,
    checked: Result<webauthn_rs::prelude::AuthenticationResult, webauthn_rs::prelude::WebauthnError>,
    from: &Origin,
) -> Result<UserId> {
    let result = match checked {
        Ok(result) if result.user_verified() => result,
        _ => {
            audit::chain::note(&app.db, Act::at_the_door(Kind::PasskeyRefused, Some(user), from)).await?;
            return Err(wrong());
        }
    };
    // One that was removed meanwhile opens nothing.
    let mut key = keys.into_iter().find(|key| key.cred_id() == result.cred_id()).ok_or_else(wrong)?;
    key.update_credential(&result);
    let mut tx = app.db.begin().await?;
    store::used(&mut tx, user, &key, db::now()).await?;
    tx.commit().await?;
    Ok(user)
}
