//! Settings of outgoing mail.

use super::{ConfigError, bad};
use lettre::message::Mailbox;
use std::{fmt, net::IpAddr};

/// The server mail is handed to. Without one (`SMTP_HOST` is not set) mail is kept for the administrator to read.
#[derive(Clone)]
pub struct Smtp {
    /// `SMTP_HOST`: a name or an address.
    pub host: String,
    /// `SMTP_PORT`: 587, with `SMTP_TLS=implicit` 465, with `SMTP_TLS=none` 25.
    pub port: u16,
    /// `SMTP_TLS`: `required` (the default), `implicit` (the default for port 465) or, for a server on this machine, `none`.
    pub tls: Tls,
    /// `SMTP_USER` and `SMTP_PASSWORD`, for servers that want one to sign in.
    pub login: Option<Login>,
    /// `MAIL_FROM`: who mail is from, as `jobs@example.org` or `Career Co-Pilot <jobs@example.org>`.
    pub from: Mailbox,
}

/// How the way to the mail server is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Plain at first; nothing is sent before the server has changed to TLS.
    Required,
    /// TLS from the first byte.
    Implicit,
    /// Plain. Only for servers on this machine.
    None,
}

/// Who the app is to the mail server.
#[derive(Clone)]
pub struct Login {
    pub user: String,
    pub password: String,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

/// What the summary at the start says.
impl fmt::Display for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tls = match self.tls {
            Tls::Required => "TLS required",
            Tls::Implicit => "TLS",
            Tls::None => "without TLS",
        };
        let login = if self.login.is_some() { "signed in" } else { "not signed in" };
        write!(f, "by {} port {}, {tls}, {login}, from {}", self.host, self.port, self.from)
    }
}

/// Reads the settings of mail; None without `SMTP_HOST`.
pub(super) fn read(get: impl Fn(&str) -> Option<String>) -> Result<Option<Smtp>, ConfigError> {
    let Some(host) = get("SMTP_HOST") else {
        let alone =
            ["SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_TLS"].into_iter().find(|name| get(name).is_some());
        return match alone {
            Some(other) => Err(bad("SMTP_HOST", format!("must name the mail server when {other} is set"))),
            None => Ok(None),
        };
    };
    if host.parse::<IpAddr>().is_err() && !matches!(url::Host::parse(&host), Ok(url::Host::Domain(_))) {
        return Err(bad("SMTP_HOST", "must be the name or the address of a mail server, such as smtp.example.org"));
    }
    let port: Option<u16> = match get("SMTP_PORT") {
        None => None,
        Some(text) => Some(
            text.parse()
                .ok()
                .filter(|port| *port > 0)
                .ok_or_else(|| bad("SMTP_PORT", "must be a whole number from 1 to 65535"))?,
        ),
    };
    let tls = match get("SMTP_TLS").as_deref() {
        None if port == Some(465) => Tls::Implicit,
        None | Some("required") => Tls::Required,
        Some("implicit") => Tls::Implicit,
        Some("none") if is_here(&host) => Tls::None,
        Some("none") => return Err(bad("SMTP_TLS", "can only be none for a mail server on this machine")),
        Some(_) => return Err(bad("SMTP_TLS", "must be required, implicit or none")),
    };
    let login = match (get("SMTP_USER"), get("SMTP_PASSWORD")) {
        (Some(user), Some(password)) => Some(Login { user, password }),
        (None, None) => None,
        (Some(_), None) => return Err(bad("SMTP_PASSWORD", "must be set when SMTP_USER is")),
        (None, Some(_)) => return Err(bad("SMTP_USER", "must be set when SMTP_PASSWORD is")),
    };
    let from = get("MAIL_FROM").ok_or_else(|| bad("MAIL_FROM", "must name the sender when SMTP_HOST is set"))?;
    let from =
        from.parse().map_err(|_| bad("MAIL_FROM", "must be an address, such as Career Co-Pilot <jobs@example.org>"))?;
    let port = port.unwrap_or(match tls {
        Tls::Required => 587,
        Tls::Implicit => 465,
        Tls::None => 25,
    });
    Ok(Some(Smtp { host, port, tls, login, from }))
}

/// Whether a host is this machine by its name alone.
pub(super) fn is_here(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_from(pairs: &[(&str, &str)]) -> Result<Option<Smtp>, ConfigError> {
        read(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn ports_and_tls_follow_each_other() {
        assert!(read_from(&[]).expect("nothing is fine").is_none());
        let base = [("SMTP_HOST", "127.0.0.1"), ("MAIL_FROM", "Career Co-Pilot <jobs@example.org>")];
        for (more, port, tls) in [
            (vec![], 587, Tls::Required),
            (vec![("SMTP_PORT", "465")], 465, Tls::Implicit),
            (vec![("SMTP_PORT", "2525")], 2525, Tls::Required),
            (vec![("SMTP_TLS", "implicit")], 465, Tls::Implicit),
            (vec![("SMTP_TLS", "none")], 25, Tls::None),
            (vec![("SMTP_TLS", "required"), ("SMTP_PORT", "465")], 465, Tls::Required),
        ] {
            let smtp = read_from(&[base.to_vec(), more.clone()].concat()).expect("valid").expect("a server");
            assert_eq!((smtp.port, smtp.tls), (port, tls), "{more:?}");
            assert_eq!(smtp.from.email.to_string(), "jobs@example.org");
        }
    }

    #[test]
    fn a_wrong_value_names_its_variable() {
        let base = [("SMTP_HOST", "smtp.example.org"), ("MAIL_FROM", "jobs@example.org")];
        for (pairs, variable) in [
            (vec![("SMTP_USER", "ann")], "SMTP_HOST"),
            (vec![("SMTP_HOST", "smtp.example.org")], "MAIL_FROM"),
            (vec![("SMTP_HOST", "smtp example"), base[1]], "SMTP_HOST"),
            (vec![("SMTP_HOST", "smtp.example.org:25"), base[1]], "SMTP_HOST"),
            (vec![base[0], ("MAIL_FROM", "jobs")], "MAIL_FROM"),
            (vec![base[0], ("MAIL_FROM", "jobs@example.org\r\nBcc: x@example.org")], "MAIL_FROM"),
            (vec![base[0], base[1], ("SMTP_PORT", "0")], "SMTP_PORT"),
            (vec![base[0], base[1], ("SMTP_PORT", "99999")], "SMTP_PORT"),
            (vec![base[0], base[1], ("SMTP_TLS", "none")], "SMTP_TLS"),
            (vec![base[0], base[1], ("SMTP_TLS", "maybe")], "SMTP_TLS"),
            (vec![base[0], base[1], ("SMTP_USER", "ann")], "SMTP_PASSWORD"),
            (vec![base[0], base[1], ("SMTP_PASSWORD", "open sesame")], "SMTP_USER"),
        ] {
            let error = read_from(&pairs).expect_err(variable);
            assert_eq!(error.variable, variable, "{pairs:?}: {error}");
            assert!(!error.to_string().contains("open sesame"), "{error}");
        }
    }

    #[test]
    fn the_password_is_not_shown() {
        let pairs = [
            ("SMTP_HOST", "smtp.example.org"),
            ("MAIL_FROM", "jobs@example.org"),
            ("SMTP_USER", "ann"),
            ("SMTP_PASSWORD", "open sesame"),
        ];
        let smtp = read_from(&pairs).expect("valid").expect("a server");
        assert!(!format!("{smtp} {smtp:?}").contains("open sesame"));
        assert!(smtp.to_string().contains("smtp.example.org port 587, TLS required, signed in"), "{smtp}");
    }
}
