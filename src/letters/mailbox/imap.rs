//! Reading a mailbox by IMAP (RFC 3501), bounded in time, in bytes and in messages. The folder is opened with EXAMINE and read with
//! BODY.PEEK: nothing in it changes, not even what counts as read.

use crate::{error::Error, fetch, state::App};
use async_imap::{Client, Session, error::Error as ImapError};
use chrono::NaiveDate;
use futures_util::TryStreamExt;
use rustls::{ClientConfig, pki_types::ServerName};
use serde::{Deserialize, Serialize};
use std::{fmt, io, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, Join, ReadHalf, Take, WriteHalf},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

/// Implicit TLS (RFC 8314).
pub const PORT: u16 = 993;
const CONNECT: Duration = Duration::from_secs(10);
/// For one visit, from the connection to the goodbye.
const WHOLE: Duration = Duration::from_secs(180);
/// Bytes that are taken from a server in one visit, and how much of it may be messages.
const BYTES: u64 = 48 << 20;
const WORTH: u32 = 40 << 20;
/// Messages that are taken in one visit; the rest comes with the next one.
pub const MESSAGES: usize = 300;
/// Larger ones are passed over.
const LARGEST: u32 = 25 << 20;
/// Messages that are asked for at a time, and how large they may be together.
const AT_ONCE: usize = 25;
const TOGETHER: u32 = 8 << 20;

/// Who we are at the server; sealed where it is kept.
#[derive(Clone, Serialize, Deserialize)]
pub struct Login {
    pub user: String,
    pub password: String,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login")
    }
}

/// Which folder of which server.
#[derive(Clone, Debug)]
pub struct Place {
    pub host: String,
    pub port: u16,
    pub folder: String,
}

/// Where reading stopped the last time. Numbers of messages mean something only under their validity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub validity: u32,
    pub last: u32,
}

/// What a visit brought.
#[derive(Debug)]
pub struct Visit {
    pub messages: Vec<Vec<u8>>,
    pub mark: Mark,
    /// There is more than one visit takes.
    pub more: bool,
}

/// Why there was none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "TEXT", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// No such host, or one inside a private network.
    Nowhere,
    /// Nobody answers there, or not in time.
    Unreachable,
    /// It is not who its name says, or speaks no TLS.
    Untrusted,
    /// User name or password are not taken.
    Refused,
    /// There is no such folder.
    NoFolder,
    /// It does not answer as IMAP says, or without end.
    Odd,
}

impl Trouble {
    /// A sentence, with what to do.
    pub fn words(self, host: &str) -> String {
        match self {
            Trouble::Nowhere => {
                format!("There is no server called {host} that can be reached from here. Is the name spelt right?")
            }
            Trouble::Unreachable => {
                format!("{host} does not answer. Please try again later, or look up the name of the IMAP server.")
            }
            Trouble::Untrusted => {
                format!("{host} cannot show that it is who it says, or speaks no TLS on port {PORT}. Nothing was sent.")
            }
            Trouble::Refused => format!(
                "{host} did not take the user name or the password. Most services want an app password here, which their security settings make, and IMAP may have to be turned on."
            ),
            Trouble::NoFolder => "There is no such folder. INBOX is where new mail comes in.".to_owned(),
            Trouble::Odd => format!("{host} does not answer as a mail server does."),
        }
    }

    /// Whether trying again by itself may help; a wrong password tried again and again gets people locked out.
    pub fn passes(self) -> bool {
        matches!(self, Trouble::Unreachable | Trouble::Odd)
    }

    /// The field of the form it is about.
    pub fn field(self) -> &'static str {
        match self {
            Trouble::Refused => "password",
            Trouble::NoFolder => "folder",
            _ => "host",
        }
    }
}

impl From<ImapError> for Trouble {
    fn from(error: ImapError) -> Self {
        match error {
            // What its answers are called when they cannot be read.
            ImapError::Io(error) if matches!(error.kind(), io::ErrorKind::Other | io::ErrorKind::InvalidData) => {
                Trouble::Odd
            }
            ImapError::Io(_) | ImapError::ConnectionLost => Trouble::Unreachable,
            _ => Trouble::Odd,
        }
    }
}

/// A connection whose reading half ends after so many bytes: what a server sends is held in memory while it comes.
type Stream = Join<Take<ReadHalf<TlsStream<TcpStream>>>, WriteHalf<TlsStream<TcpStream>>>;

/// Signs in and opens the folder, and nothing more: whether it can be read.
pub async fn try_out(app: &App, place: &Place, login: &Login) -> Result<(), Trouble> {
    let tried = async {
        let mut session = enter(app, place, login).await?;
        session.examine(&place.folder).await.map_err(no_folder)?;
        // It worked; how the goodbye goes does not matter.
        let _ = session.logout().await;
        Ok(())
    };
    tokio::time::timeout(CONNECT * 3, tried).await.unwrap_or(Err(Trouble::Unreachable))
}

/// Takes the messages after `mark`, oldest first; without one, those since `since`.
pub async fn visit(
    app: &App,
    place: &Place,
    login: &Login,
    mark: Option<Mark>,
    since: NaiveDate,
) -> Result<Visit, Trouble> {
    let visited = async {
        let mut session = enter(app, place, login).await?;
        let visit = take(&mut session, &place.folder, mark, since).await?;
        let _ = session.logout().await;
        Ok(visit)
    };
    tokio::time::timeout(WHOLE, visited).await.unwrap_or(Err(Trouble::Unreachable))
}

async fn enter(app: &App, place: &Place, login: &Login) -> Result<Session<Stream>, Trouble> {
    let addresses =
        fetch::reachable(&place.host, place.port, app.config.fetch_private).await.ok_or(Trouble::Nowhere)?;
    let name = ServerName::try_from(place.host.clone()).map_err(|_| Trouble::Nowhere)?;
    let connected = tokio::time::timeout(CONNECT, TcpStream::connect(addresses.as_slice())).await;
    let stream = connected.ok().and_then(Result::ok).ok_or(Trouble::Unreachable)?;
    let tls = TlsConnector::from(app.mail_tls().map_err(|_| Trouble::Untrusted)?.clone());
    let stream = tokio::time::timeout(CONNECT, tls.connect(name, stream)).await;
    let stream = stream.map_err(|_| Trouble::Unreachable)?.map_err(|_| Trouble::Untrusted)?;
    let (read, write) = tokio::io::split(stream);
    let mut client = Client::new(tokio::io::join(read.take(BYTES), write));
    // The greeting.
    client.read_response().await.map_err(ImapError::Io)?.ok_or(Trouble::Unreachable)?;
    client.login(&login.user, &login.password).await.map_err(|(error, _)| match error {
        ImapError::No(_) | ImapError::Validate(_) => Trouble::Refused,
        other => other.into(),
    })
}

fn no_folder(error: ImapError) -> Trouble {
    match error {
        ImapError::No(_) | ImapError::Validate(_) => Trouble::NoFolder,
        other => other.into(),
    }
}

async fn take(
    session: &mut Session<Stream>,
    folder: &str,
    mark: Option<Mark>,
    since: NaiveDate,
) -> Result<Visit, Trouble> {
    let opened = session.examine(folder).await.map_err(no_folder)?;
    let validity = opened.uid_validity.ok_or(Trouble::Odd)?;
    let mark = mark.filter(|mark| mark.validity == validity);
    let after = mark.map_or(0, |mark| mark.last);
    let query = match mark {
        Some(_) => format!("UID {}:*", after.saturating_add(1)),
        None => format!("SINCE {}", since.format("%-d-%b-%Y")),
    };
    // `*` is the newest message even where its number is lower.
    let mut numbers: Vec<u32> = session.uid_search(query).await?.into_iter().filter(|number| *number > after).collect();
    numbers.sort_unstable();
    let more = numbers.len() > MESSAGES;
    numbers.truncate(MESSAGES);
    // Without messages of its time the folder is read from its end on.
    let end = opened.uid_next.unwrap_or(1).saturating_sub(1);
    let newest = if more { numbers.last().copied() } else { numbers.last().copied().max(Some(end)) };
    let mut visit = Visit { messages: Vec::new(), mark: Mark { validity, last: newest.unwrap_or(0).max(after) }, more };
    if numbers.is_empty() {
        return Ok(visit);
    }
    let sizes: Vec<(u32, u32)> = session
        .uid_fetch(set(&numbers), "(UID RFC822.SIZE)")
        .await?
        .try_filter_map(async |one| Ok(one.uid.zip(one.size)))
        .try_collect()
        .await?;
    let mut sizes: Vec<_> =
        sizes.into_iter().filter(|(number, size)| numbers.contains(number) && *size <= LARGEST).collect();
    sizes.sort_unstable();
    sizes.dedup_by_key(|(number, _)| *number);
    let fit = fitting(&sizes);
    if let Some((last, _)) = fit.last().filter(|_| fit.len() < sizes.len()) {
        visit.more = true;
        visit.mark.last = *last;
    }
    for few in batches(fit) {
        let mut found: Vec<(u32, Vec<u8>)> = session
            .uid_fetch(set(&few), "(UID BODY.PEEK[])")
            .await?
            .try_filter_map(async |one| Ok(one.uid.zip(one.body().map(<[u8]>::to_vec))))
            .try_collect()
            .await?;
        found.sort_unstable_by_key(|(number, _)| *number);
        visit.messages.extend(found.into_iter().map(|(_, bytes)| bytes));
    }
    Ok(visit)
}

/// Those of the beginning that one visit may take.
fn fitting(sizes: &[(u32, u32)]) -> &[(u32, u32)] {
    let mut together = 0;
    let within = sizes.iter().take_while(|(_, size)| {
        together += size;
        together <= WORTH
    });
    &sizes[..within.count()]
}

/// A few numbers at a time, each time of messages that are not too large together.
fn batches(sizes: &[(u32, u32)]) -> Vec<Vec<u32>> {
    let mut all: Vec<Vec<u32>> = Vec::new();
    let mut together = 0;
    for (number, size) in sizes {
        match all.last_mut() {
            Some(batch) if batch.len() < AT_ONCE && together + size <= TOGETHER => {
                batch.push(*number);
                together += size;
            }
            _ => {
                all.push(vec![*number]);
                together = *size;
            }
        }
    }
    all
}

fn set(numbers: &[u32]) -> String {
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

/// How mail servers have to show who they are: to the authorities this machine trusts, and to those of a file.
pub fn tls(more: &[rustls::pki_types::CertificateDer<'static>]) -> Result<Arc<ClientConfig>, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(more.iter().cloned(), provider.clone())
        .map_err(Error::internal)?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(Error::internal)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_asked_for_in_batches() {
        let many: Vec<(u32, u32)> = (1..=60).map(|number| (number, 1_000)).collect();
        assert_eq!(batches(&many).iter().map(Vec::len).collect::<Vec<_>>(), [25, 25, 10]);
        let large = [(1, 1_000), (2, TOGETHER), (3, 10), (4, TOGETHER * 2), (5, 1)];
        assert_eq!(batches(&large), [vec![1], vec![2], vec![3], vec![4], vec![5]]);
        assert!(batches(&[]).is_empty());
    }

    #[test]
    fn a_visit_takes_what_it_may_and_always_something() {
        let sizes: Vec<(u32, u32)> = (1..=5).map(|number| (number, LARGEST)).collect();
        assert_eq!(fitting(&sizes), [(1, LARGEST)]);
        assert_eq!(fitting(&[(1, 10), (2, 10)]).len(), 2);
        assert!(fitting(&[]).is_empty() && LARGEST <= WORTH);
    }
}
