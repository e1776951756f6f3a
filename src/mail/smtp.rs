//! One message to the mail server, over a connection of its own.

use super::store::Taken;
use crate::config::{Smtp, Tls};
use lettre::{
    Address,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        extension::ClientId,
    },
};
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// What the goodbye may take after the message was accepted.
const GOODBYE: Duration = Duration::from_secs(1);

/// Why a message was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It never will be: the server said so about this message.
    Final(String),
    /// The server could not be reached, did not let us in, or asked to come back.
    Passing(String),
}

/// Who the app says it is to mail servers: the host of its public address.
pub fn hello(public_url: &str) -> ClientId {
    match url::Url::parse(public_url).ok().as_ref().and_then(url::Url::host) {
        Some(url::Host::Domain(name)) => ClientId::Domain(name.to_owned()),
        Some(url::Host::Ipv4(address)) => ClientId::Ipv4(address),
        Some(url::Host::Ipv6(address)) => ClientId::Ipv6(address),
        None => ClientId::default(),
    }
}

/// Hands one message over; all of it takes at most `limit`. On success the server has promised to deliver it.
pub async fn send(smtp: &Smtp, hello: &ClientId, mail: &Taken, limit: Duration) -> Result<(), Failure> {
    let deadline = Instant::now() + limit;
    let message = compose(smtp, mail).map_err(Failure::Final)?;
    let late = |_| Failure::Passing(format!("The mail server did not answer within {} s.", limit.as_secs_f32()));
    // What goes wrong before the message is named is not the message's fault, even when the server says "for good".
    let mut connection = timeout_at(deadline, connect(smtp, hello))
        .await
        .map_err(late)?
        .map_err(|error| Failure::Passing(error.to_string()))?;
    timeout_at(deadline, connection.send(message.envelope(), &message.formatted())).await.map_err(late)?.map_err(
        |error| if is_final(&error) { Failure::Final(error.to_string()) } else { Failure::Passing(error.to_string()) },
    )?;
    // Accepted is accepted, however the goodbye goes.
    let _ = timeout(GOODBYE, connection.quit()).await;
    Ok(())
}

/// Whether trying again is of no use: a 5xx about the message, or a server that cannot take such an address at all.
fn is_final(error: &Error) -> bool {
    error.is_permanent() || error.is_client()
}

async fn connect(smtp: &Smtp, hello: &ClientId) -> Result<AsyncSmtpConnection, Error> {
    let server = (smtp.host.as_str(), smtp.port);
    let tls = || TlsParameters::new(smtp.host.clone());
    let at_once = if smtp.tls == Tls::Implicit { Some(tls()?) } else { None };
    let mut connection = AsyncSmtpConnection::connect_tokio1(server, None, hello, at_once, None).await?;
    if smtp.tls == Tls::Required {
        connection.starttls(tls()?, hello).await?;
    }
    if let Some(login) = &smtp.login {
        let credentials = Credentials::new(login.user.clone(), login.password.clone());
        connection.auth(DEFAULT_MECHANISMS, &credentials).await?;
    }
    Ok(connection)
}

/// The message as it travels. Addresses and subject pass through types that encode them, so no text can become a header; the
/// id is the same on every attempt, so that a mailbox can tell a repetition.
fn compose(smtp: &Smtp, mail: &Taken) -> Result<lettre::Message, String> {
    let to = address(&mail.to_address)?;
    let header = |name: &'static str, value: &str| HeaderValue::new(HeaderName::new_from_ascii_str(name), value.into());
    let mut builder = lettre::Message::builder()
        .from(smtp.from.clone())
        .to(Mailbox::new(None, to))
        .subject(mail.subject.as_str())
        .message_id(Some(format!("<{}@{}>", mail.id, smtp.from.email.domain())))
        .raw_header(header("Auto-Submitted", "auto-generated"));
    if let Some(address) = mail.unsubscribe.as_deref().filter(|address| is_plain(address)) {
        builder = builder
            .raw_header(header("List-Unsubscribe", &format!("<{address}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    builder
        .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
        .map_err(|error| error.to_string())
}

/// Whether an address can stand in a header between angle brackets.
fn is_plain(address: &str) -> bool {
    address.chars().all(|c| c.is_ascii_graphic() && c != '<' && c != '>')
}

/// A recipient; the domain in the ASCII form that every server understands.
fn address(text: &str) -> Result<Address, String> {
    let unusable = || "Mail cannot be sent to this address.".to_owned();
    let (user, domain) = text.rsplit_once('@').ok_or_else(unusable)?;
    let domain = url::Host::parse(domain).map_err(|_| unusable())?.to_string();
    Address::new(user, domain).map_err(|_| unusable())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(to: &str, subject: &str) -> Taken {
        Taken {
            id: uuid::Uuid::nil(),
            to_address: to.into(),
            kind: "verify".into(),
            subject: subject.into(),
            text: "One\n.\r\nBcc: eve@example.org\n".into(),
            html: "<p>One</p>".into(),
            link_until: None,
            unsubscribe: None,
            attempts: 1,
            created_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    fn smtp() -> Smtp {
        let from = "Career Co-Pilot <jobs@example.org>".parse().expect("a sender");
        Smtp { host: "127.0.0.1".into(), port: 1, tls: Tls::None, login: None, from }
    }

    #[test]
    fn no_text_becomes_a_header() {
        let subject = "Hello\r\nBcc: eve@example.org";
        let message = compose(&smtp(), &taken("ann@example.org", subject)).expect("a message");
        assert_eq!(message.envelope().to().len(), 1);
        let text = String::from_utf8(message.formatted()).expect("text");
        let (head, _) = text.split_once("\r\n\r\n").expect("a head");
        assert!(head.lines().all(|line| !line.starts_with("Bcc")), "{head}");
        assert!(head.contains("Message-ID: <00000000-0000-0000-0000-000000000000@example.org>"), "{head}");
        assert!(head.contains("Auto-Submitted: auto-generated"), "{head}");
        for bad in [
            "ann@example.org\r\nRCPT TO:<eve@example.org>",
            "ann@example.org>\r\nDATA",
            "ann\r\n@example.org",
            "ann <ann@example.org>",
            "mara.lindqvist@demo\0",
            "",
            "@",
        ] {
            assert!(compose(&smtp(), &taken(bad, "Hello")).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_mailbox_learns_how_to_unsubscribe() {
        let head = |unsubscribe: Option<&str>| {
            let mail = Taken { unsubscribe: unsubscribe.map(str::to_owned), ..taken("ann@example.org", "Hello") };
            String::from_utf8(compose(&smtp(), &mail).expect("a message").formatted()).expect("text")
        };
        let address = "https://jobs.example.org/unsubscribe?token=abc";
        let with = head(Some(address)).replace("\r\n ", " ");
        assert!(with.contains(&format!("List-Unsubscribe: <{address}>\r\n")), "{with}");
        assert!(with.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{with}");
        assert!(!head(None).contains("List-Unsubscribe"));
        assert!(!head(Some("https://x\r\nBcc: eve@example.org")).contains("List-Unsubscribe"));
    }

    #[test]
    fn domains_travel_in_ascii() {
        assert_eq!(address("ann@b\u{fc}cher.example").expect("an address").to_string(), "ann@xn--bcher-kva.example");
        assert_eq!(address("ann@example.org").expect("an address").to_string(), "ann@example.org");
    }

    #[test]
    fn the_app_says_hello_by_its_own_address() {
        assert_eq!(hello("https://jobs.example.org/app").to_string(), "jobs.example.org");
        assert_eq!(hello("http://127.0.0.1:3000").to_string(), "[127.0.0.1]");
    }
}
