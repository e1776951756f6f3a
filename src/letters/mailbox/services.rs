//! Where the mail of an address is read, as its service says in its own help.

/// Mail domains and their servers.
const SERVERS: &[(&str, &[&str])] = &[
    ("imap.gmail.com", &["gmail.com", "googlemail.com"]),
    ("imap.mail.me.com", &["icloud.com", "me.com", "mac.com"]),
    ("imap.mail.yahoo.com", &["yahoo.com", "yahoo.co.uk", "yahoo.de", "yahoo.fr", "yahoo.es", "yahoo.it", "ymail.com"]),
    ("imap.aol.com", &["aol.com", "aol.de"]),
    ("imap.gmx.net", &["gmx.de", "gmx.net", "gmx.at", "gmx.ch"]),
    ("imap.gmx.com", &["gmx.com", "gmx.us", "gmx.co.uk", "gmx.fr"]),
    ("imap.web.de", &["web.de"]),
    ("secureimap.t-online.de", &["t-online.de"]),
    ("imap.fastmail.com", &["fastmail.com", "fastmail.fm"]),
    ("imap.zoho.com", &["zoho.com", "zohomail.com"]),
    ("imap.zoho.eu", &["zohomail.eu"]),
    ("imap.mailbox.org", &["mailbox.org"]),
    ("posteo.de", &["posteo.de", "posteo.net"]),
    ("imap.orange.fr", &["orange.fr", "wanadoo.fr"]),
    ("imap.free.fr", &["free.fr"]),
    ("imap.laposte.net", &["laposte.net"]),
    ("imap.yandex.com", &["yandex.com", "yandex.ru"]),
];

/// Services that let nobody in by a password: they take sign-in by the web only, or have no IMAP.
const CLOSED: &[(&str, &[&str])] = &[
    (
        "Outlook",
        &[
            "outlook.com",
            "hotmail.com",
            "live.com",
            "msn.com",
            "outlook.de",
            "hotmail.de",
            "hotmail.fr",
            "hotmail.co.uk",
            "live.de",
        ],
    ),
    ("Proton Mail", &["proton.me", "protonmail.com", "pm.me"]),
    ("Tuta", &["tuta.com", "tutanota.com", "tutanota.de"]),
];

fn find(list: &[(&'static str, &[&str])], domain: &str) -> Option<&'static str> {
    list.iter().find(|(_, domains)| domains.contains(&domain)).map(|(name, _)| *name)
}

/// The server for an address; of a domain we do not know the name most have. None for what is no address.
pub fn server_of(address: &str) -> Option<String> {
    let (_, domain) = address.rsplit_once('@')?;
    let domain = domain.trim().to_lowercase();
    if domain.is_empty() {
        return None;
    }
    Some(find(SERVERS, &domain).map_or_else(|| ["imap.", &domain].concat(), str::to_owned))
}

/// The name of a service that cannot be read this way.
pub fn closed(address: &str) -> Option<&'static str> {
    find(CLOSED, &address.rsplit_once('@')?.1.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_follows_from_the_address() {
        assert_eq!(server_of("Ann@GMail.com").as_deref(), Some("imap.gmail.com"));
        assert_eq!(server_of("ann@acme.example").as_deref(), Some("imap.acme.example"));
        assert_eq!(server_of("ann"), None);
        assert_eq!(closed("ann@hotmail.com"), Some("Outlook"));
        assert_eq!(closed("ann@gmail.com"), None);
    }
}
