//! What can be done with accounts, the same for forms and REST.

use super::{Me, email, password, store};
use crate::{
    db,
    error::{Check, Error, Result},
    ids::UserId,
    session::Who,
    state::App,
};

/// A new account as asked for.
pub struct NewAccount {
    pub email: String,
    pub name: String,
    pub password: String,
    /// IANA name, such as `Europe/Berlin`; anything unknown counts as UTC.
    pub time_zone: String,
}

/// Opens an account with an empty profile, and asks for the address to be confirmed.
pub async fn register(app: &App, new: NewAccount, address: &str) -> Result<UserId> {
    let email = new.email.trim().to_owned();
    let name = new.name.replace('\0', "").trim().to_owned();
    let mut check = Check::default();
    check_address(&mut check, "email", &email);
    check.that(name.chars().count() <= 100, "name", "Please use at most 100 characters.");
    check_password(&mut check, "password", &new.password);
    check.done()?;
    app.limits.attempt(address, &email)?;
    let hash = password::hash(app, new.password).await?;
    let mut tx = app.db.begin().await?;
    let user = store::insert(&mut tx, &email, &name, Some(&hash), &["user"]).await?;
    crate::profile::store::insert_empty(&mut tx, user, &new.time_zone).await?;
    email::actions::ask_to_confirm(app, &mut tx, user, &email, db::now()).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    tracing::info!(user = %user, "account opened");
    Ok(user)
}

/// Notes what is wrong with an e-mail address somebody gave.
pub fn check_address(check: &mut Check, field: &str, email: &str) {
    check.that(looks_like_address(email), field, "Please enter an e-mail address, such as name@example.org.");
}

/// Longest password, in characters.
pub const LONGEST_PASSWORD: usize = 128;

/// Notes what is wrong with a password somebody chose.
pub fn check_password(check: &mut Check, field: &str, password: &str) {
    let length = password.chars().count();
    check.that(length >= 8, field, "Please use at least 8 characters.").that(
        length <= LONGEST_PASSWORD,
        field,
        "Please use at most 128 characters.",
    );
}

/// The person these belong to. Wrong address and wrong password give the same answer in the same time.
pub async fn authenticate(app: &App, email: &str, password: String, address: &str) -> Result<UserId> {
    let email = email.trim();
    let mut check = Check::default();
    check.that(!email.is_empty(), "email", "Please enter your e-mail address.").that(
        !password.is_empty(),
        "password",
        "Please enter your password.",
    );
    check.done()?;
    app.limits.attempt(address, email)?;
    let wrong = || Error::Refused("The e-mail address or the password is not right.".into());
    if email.chars().count() > 254 || email.contains('\0') || password.chars().count() > LONGEST_PASSWORD {
        return Err(wrong());
    }
    let login = store::login(&app.db, email).await?;
    let (user, hash) = login.map_or((None, None), |login| (Some(login.id), login.password_hash));
    let right = password::verify(app, password, hash).await?;
    match user {
        Some(user) if right => Ok(user),
        _ => {
            tracing::warn!(address, "sign-in refused");
            Err(wrong())
        }
    }
}

/// Makes sure that the person knows their own password; a wrong one is an error of `field`. Counts as an attempt to sign in
/// from `address`.
pub async fn check_own_password(app: &App, who: &Who, field: &str, password: String, address: &str) -> Result<()> {
    app.limits.attempt(address, &who.email)?;
    let login = store::login(&app.db, &who.email).await?.ok_or(Error::Unauthorized)?;
    if password.chars().count() > LONGEST_PASSWORD || !password::verify(app, password, login.password_hash).await? {
        return Err(Error::invalid(field, "This is not your current password."));
    }
    Ok(())
}

/// The person as every page needs them.
pub async fn me(app: &App, who: &Who) -> Result<Me> {
    let me = app
        .cache
        .get(who, "me", async {
            Ok(Me {
                email: who.email.clone(),
                name: who.name.clone(),
                admin: who.is_admin(),
                demo: who.is_demo(),
                seq: who.seq,
                unread_alerts: crate::alerts::store::unread(&app.db, who.user).await?,
                guided: crate::profile::store::guided(&app.db, who.user).await?,
            })
        })
        .await?;
    Ok((*me).clone())
}

/// Something before and after one `@`, a dot in the domain, no spaces, at most 254 characters (RFC 5321). Only a mail proves more.
fn looks_like_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    text.len() <= 254
        && !local.is_empty()
        && local.len() <= 64
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !domain.contains('@')
        && !domain.contains("..")
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '"'))
}

#[cfg(test)]
mod tests {
    use super::looks_like_address;

    #[test]
    fn addresses_are_told_from_typos() {
        for good in ["ann@example.org", "a.b+jobs@mail.example.co.uk", "ünal@beispiel.de"] {
            assert!(looks_like_address(good), "{good}");
        }
        for bad in [
            "",
            "ann",
            "ann@",
            "@example.org",
            "ann@example",
            "ann@.org",
            "ann@example..org",
            "a b@example.org",
            "<ann@example.org>",
            "a@b@c.org",
        ] {
            assert!(!looks_like_address(bad), "{bad}");
        }
    }
}
