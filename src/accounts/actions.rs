//! What can be done with accounts, the same for forms and REST.

use super::{Me, email, hashing::Asking, password, store};
use crate::{
    audit::{self, Act, Kind},
    db,
    error::{Check, Error, Result},
    ids::UserId,
    privacy::{Purpose, consent},
    session::{Origin, Who},
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
pub async fn register(app: &App, new: NewAccount, from: &Origin) -> Result<UserId> {
    let email = new.email.trim().to_owned();
    let name = new.name.replace('\0', "").trim().to_owned();
    let mut check = Check::default();
    check_address(&mut check, "email", &email);
    check.that(name.chars().count() <= 100, "name", "Please use at most 100 characters.");
    password::check(&mut check, "password", &new.password, &[&email, &name]);
    check.done()?;
    app.limits.attempt(&from.address, &email)?;
    let hash = password::hash(app, Asking::Stranger, new.password).await?;
    let mut tx = app.db.begin().await?;
    let user = store::insert(&mut tx, &email, &name, Some(&hash), &["user"]).await?;
    crate::profile::store::insert_empty(&mut tx, user, &new.time_zone).await?;
    consent::store::insert(&mut tx, user, Purpose::Terms, true, db::now()).await?;
    email::actions::ask_to_confirm(app, &mut tx, user, &email, db::now()).await?;
    audit::chain::append(&mut tx, &[Act::at_the_door(Kind::Opened, Some(user), from).by(user)]).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    tracing::info!(user = %user, "account opened");
    Ok(user)
}

/// Notes what is wrong with an e-mail address somebody gave.
pub fn check_address(check: &mut Check, field: &str, email: &str) {
    check.that(looks_like_address(email), field, "Please enter an e-mail address, such as name@example.org.");
}

/// The person these belong to. Wrong address and wrong password give the same answer in the same time.
///
/// Strangers who try one account or come from one network are slowed; on a device where the person was signed in before, only
/// what is tried there counts, so that nobody can keep them out.
pub async fn authenticate(app: &App, email: &str, password: String, from: &Origin) -> Result<UserId> {
    let email = email.trim();
    let mut check = Check::default();
    check.that(!email.is_empty(), "email", "Please enter your e-mail address.").that(
        !password.is_empty(),
        "password",
        "Please enter your password.",
    );
    check.done()?;
    let storable = email.chars().count() <= 254 && !email.contains('\0');
    let login = if storable { store::login(&app.db, email).await? } else { None };
    let asking = match &login {
        Some(login) if from.knows(app, login.id)? => {
            app.limits.own_attempt(login.id)?;
            Asking::Known
        }
        _ => {
            app.limits.attempt(&from.address, email)?;
            Asking::Stranger
        }
    };
    let (user, hash) = login.map_or((None, None), |login| (Some(login.id), login.password_hash));
    let looked = match password.chars().count() <= password::LONGEST {
        true => Some(password::verify(app, asking, password, hash.clone()).await?),
        false => None,
    };
    match (user, looked) {
        (Some(user), Some(looked)) if looked.right => {
            if let (Some(old), Some(anew)) = (hash, looked.anew) {
                store::replace_hash(&app.db, user, &old, &anew).await?;
            }
            Ok(user)
        }
        _ => {
            tracing::warn!(address = from.address, "sign-in refused");
            audit::chain::note(&app.db, Act::at_the_door(Kind::SignInRefused, user, from)).await?;
            Err(Error::Refused("The e-mail address or the password is not right.".into()))
        }
    }
}

/// An error for somebody who has shown who they are and is kept out all the same.
pub async fn admit(app: &App, user: UserId) -> Result<()> {
    if store::is_disabled(&app.db, user).await? {
        return Err(Error::Refused("This account is disabled. The administrator of this service can say why.".into()));
    }
    Ok(())
}

/// Somebody got in: what the log says of it. `way` is how.
pub fn signed_in(user: UserId, from: &Origin, way: &str) -> Act {
    Act::at_the_door(Kind::SignedIn, Some(user), from).by(user).with("way", way)
}

/// The person as every page needs them.
pub async fn me(app: &App, who: &Who) -> Result<Me> {
    let me = app
        .cache
        .get(who, "me", async {
            Ok(Me {
                id: who.user,
                email: who.email.clone(),
                name: who.name.clone(),
                picture: crate::profile::picture::actions::address(&app.db, who.user).await?,
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
