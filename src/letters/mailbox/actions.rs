//! Connecting a mailbox, and letting go of it.

use super::{
    Mailbox,
    imap::{self, Login, PORT, Place, Trouble},
    services, store,
};
use crate::{
    audit::{Act, Kind, chain},
    db,
    error::{Error, Result},
    ids::UserId,
    seal,
    session::Who,
    state::App,
};
use serde_json::json;

/// Where logins are sealed.
pub const LOGIN: &str = "mailboxes.login";
/// Where new mail comes in, on every server.
const INBOX: &str = "INBOX";

/// What the form says.
pub struct Wish {
    pub user: String,
    pub password: String,
    pub host: String,
    pub folder: String,
}

/// The person's mailbox as the card shows it.
pub async fn load(app: &App, who: &Who) -> Result<Option<Mailbox>> {
    let Some(row) = store::get(&app.db, who.user).await? else { return Ok(None) };
    let login: Login = serde_json::from_str(&seal::open(app, who.user, LOGIN, &row.login_sealed).await?)?;
    Ok(Some(Mailbox {
        user: login.user,
        problem: row.trouble.map(|trouble| trouble.words(&row.host)),
        stopped: row.next_at.is_none(),
        reading: row.is_leased() || row.next_at.is_some_and(|at| at <= db::now()),
        host: row.host,
        folder: row.folder,
        read_at: row.read_at,
        seen: row.seen,
        done: row.done,
        asked: row.asked,
    }))
}

/// The person's mailbox as they can take it along: never its password.
pub async fn copy(app: &App, who: UserId) -> Result<Option<serde_json::Value>> {
    let Some(row) = store::get(&app.db, who).await? else { return Ok(None) };
    let login: Login = serde_json::from_str(&seal::open(app, who, LOGIN, &row.login_sealed).await?)?;
    Ok(Some(json!({
        "user": login.user, "host": row.host, "port": row.port, "folder": row.folder, "read_at": row.read_at,
        "seen": row.seen, "done": row.done, "asked": row.asked, "connected_at": row.created_at,
    })))
}

/// Tries a mailbox, and keeps it if it opens.
pub async fn connect(app: &App, who: &Who, wish: Wish) -> Result<()> {
    let (place, login) = read(app, wish)?;
    app.limits.heavy(who.user)?;
    if let Err(trouble) = imap::try_out(app, &place, &login).await {
        let words = trouble.words(&place.host);
        return Err(Error::invalid(trouble.field(), words));
    }
    let mut change = app.change(who.user).await?;
    let sealed = seal::close(app, &mut change.tx, who.user, LOGIN, &store::written(&login)?).await?;
    let at = change.at;
    store::put(&mut change.tx, who.user, &place, &sealed, at).await?;
    chain::append(&mut change.tx, &[Act::own(Kind::MailboxConnected, who).with("host", place.host.clone())]).await?;
    change.record("application.mailbox", None, json!({}));
    change.commit().await?;
    app.mailboxes.notify_one();
    Ok(())
}

/// Checks what was typed.
fn read(app: &App, wish: Wish) -> Result<(Place, Login)> {
    let short = |text: &str| text.trim().to_owned();
    let (user, folder) = (short(&wish.user), short(&wish.folder));
    let plain = |text: &str, most: usize| text.len() <= most && !text.chars().any(char::is_control);
    if user.is_empty() || !plain(&user, 320) {
        return Err(Error::invalid("user", "Please enter the address of the mailbox, or its user name."));
    }
    if let Some(service) = services::closed(&user).filter(|_| wish.host.trim().is_empty()) {
        let words = format!(
            "{service} lets no program in by a password. Export a mailbox as .mbox instead, or forward mail to a mailbox that does."
        );
        return Err(Error::invalid("user", words));
    }
    // App passwords are shown in groups, and copied with the spaces between.
    let password = match wish.password.trim() {
        text if text.len() == 19 && text.split(' ').all(|part| part.len() == 4) => text.replace(' ', ""),
        text => text.to_owned(),
    };
    if password.is_empty() || !plain(&password, 300) {
        return Err(Error::invalid("password", "Please enter the app password of the mailbox."));
    }
    if !plain(&folder, 200) {
        return Err(Error::invalid("folder", "Please enter a folder with at most 200 characters."));
    }
    let host = match short(&wish.host).to_lowercase() {
        host if host.is_empty() => services::server_of(&user).ok_or_else(|| {
            Error::invalid("host", "Please name the IMAP server; it does not follow from the user name.")
        })?,
        host => host,
    };
    let (host, port) =
        address(&host).filter(|(_, port)| *port == PORT || app.config.fetch_private).ok_or_else(|| {
            Error::invalid(
                "host",
                "Please enter the name of the IMAP server, such as imap.example.org. It is asked on port 993.",
            )
        })?;
    let folder = if folder.is_empty() { INBOX.to_owned() } else { folder };
    Ok((Place { host, port, folder }, Login { user, password }))
}

/// The name of a host and its port.
fn address(text: &str) -> Option<(String, u16)> {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok()?),
        None => (text, PORT),
    };
    let known = match url::Host::parse(host).ok()? {
        url::Host::Domain(name) => name,
        url::Host::Ipv4(address) => address.to_string(),
        url::Host::Ipv6(_) => return None,
    };
    (known.len() <= 253).then_some((known, port))
}

/// Has it read soon.
pub async fn read_now(app: &App, who: &Who) -> Result<()> {
    app.limits.heavy(who.user)?;
    let mut change = app.change(who.user).await?;
    let at = change.at;
    if !store::wake(&mut change.tx, who.user, at).await? {
        return Err(Error::NotFound);
    }
    change.record("application.mailbox", None, json!({}));
    change.commit().await?;
    app.mailboxes.notify_one();
    Ok(())
}

/// Forgets the mailbox with its password.
pub async fn disconnect(app: &App, who: &Who) -> Result<()> {
    let mut change = app.change(who.user).await?;
    if !store::remove(&mut change.tx, who.user).await? {
        return Err(Error::NotFound);
    }
    chain::append(&mut change.tx, &[Act::own(Kind::MailboxDisconnected, who)]).await?;
    change.record("application.mailbox", None, json!({}));
    change.commit().await
}

/// Whether somebody has to do something before it is read again.
pub fn stops(trouble: Trouble) -> bool {
    !trouble.passes()
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn a_host_is_a_name_or_an_address() {
        assert_eq!(address("imap.example.org"), Some(("imap.example.org".into(), 993)));
        assert_eq!(address("imap.example.org:1993"), Some(("imap.example.org".into(), 1993)));
        assert_eq!(address("bücher.example").map(|(name, _)| name).as_deref(), Some("xn--bcher-kva.example"));
        for odd in
            ["", "two words", "imap.example.org:port", "http://imap.example.org", "a/b", "[::1]", "user@host", "::1"]
        {
            assert_eq!(address(odd), None, "{odd}");
        }
    }
}
