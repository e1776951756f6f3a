//! Mail servers on this machine: Dovecot, and one that does not behave.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{
    ServerConfig,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use std::{
    fs::{self, Permissions},
    net::TcpListener as Port,
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

/// An authority of our own, and a certificate of this machine by it.
pub struct Certificate {
    authority: String,
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Certificate {
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("parameters");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority =
            CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority");
        let key = KeyPair::generate().expect("a key");
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let certificate = CertificateParams::new(names).expect("names").signed_by(&key, &authority).expect("signed");
        Certificate { authority: authority.pem(), certificate, key }
    }

    /// Writes the authority to a file, for `IMAP_CA_FILE`.
    pub fn authority(&self, folder: &Path) -> String {
        let file = folder.join("authority.pem");
        fs::write(&file, &self.authority).expect("it is written");
        file.display().to_string()
    }
}

/// A Dovecot with a folder of its own for each user; stopped when dropped.
pub struct Dovecot {
    child: Child,
    folder: tempfile::TempDir,
    /// `127.0.0.1:PORT`
    pub address: String,
}

/// Dovecot's program, or None where it is to be done without.
pub fn dovecot() -> Option<PathBuf> {
    super::executable::server_program("dovecot", "WITHOUT_DOVECOT")
}

impl Dovecot {
    /// Starts it and waits until it listens.
    pub async fn start(program: &Path, certificate: &Certificate) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        fs::set_permissions(at, Permissions::from_mode(0o755)).expect("open to its own users");
        let port = Port::bind(("127.0.0.1", 0)).and_then(|port| port.local_addr()).expect("a port").port();
        let owner = fs::metadata(at).expect("a folder").uid();
        // Nobody reads mail as root.
        let user = if owner == 0 { 65_534 } else { owner };
        let internal = match owner {
            0 => String::new(),
            _ => {
                let name = Command::new("id").arg("-un").output().expect("id").stdout;
                let name = String::from_utf8_lossy(&name).trim().to_owned();
                format!("default_internal_user = {name}\ndefault_login_user = {name}\n")
            }
        };
        for part in ["mail", "home"] {
            fs::create_dir(at.join(part)).expect("a folder");
            if owner == 0 {
                chown(at.join(part), Some(user), Some(user)).expect("it is theirs");
            }
        }
        fs::write(at.join("cert.pem"), certificate.certificate.pem()).expect("it is written");
        fs::write(at.join("key.pem"), certificate.key.serialize_pem()).expect("it is written");
        let here = at.display();
        let settings = format!(
            "base_dir = {here}/run\nstate_dir = {here}/state\nlog_path = {here}/log\nprotocols = imap\nlisten = 127.0.0.1\n\
             {internal}mail_location = maildir:{here}/mail/%u\nfirst_valid_uid = 0\nfirst_valid_gid = 0\n\
             ssl = required\nssl_cert = <{here}/cert.pem\nssl_key = <{here}/key.pem\ndisable_plaintext_auth = yes\n\
             passdb {{\n driver = passwd-file\n args = scheme=PLAIN {here}/users\n}}\n\
             userdb {{\n driver = static\n args = uid={user} gid={user} home={here}/home/%u\n}}\n\
             service imap-login {{\n chroot =\n inet_listener imap {{\n port = 0\n }}\n inet_listener imaps {{\n port = {port}\n ssl = yes\n }}\n}}\n\
             service anvil {{\n chroot =\n}}\n"
        );
        fs::write(at.join("users"), "").expect("it is written");
        fs::set_permissions(at.join("users"), Permissions::from_mode(0o644)).expect("readable");
        fs::write(at.join("dovecot.conf"), settings).expect("it is written");
        let child = Command::new(program)
            .arg("-F")
            .arg("-c")
            .arg(at.join("dovecot.conf"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let dovecot = Dovecot { child, folder, address: format!("127.0.0.1:{port}") };
        let patience = Instant::now() + Duration::from_secs(30);
        while tokio::net::TcpStream::connect(&dovecot.address).await.is_err() {
            assert!(Instant::now() < patience, "Dovecot does not answer: {}", dovecot.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        dovecot
    }

    /// What it says about itself.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Lets a user in by this password.
    pub fn knows(&self, user: &str, password: &str) {
        fs::write(self.folder.path().join("users"), format!("{user}:{password}\n")).expect("it is written");
    }

    /// Puts a message into a user's inbox, as a mail program on the server does.
    pub fn deliver(&self, user: &str, name: &str, message: &str) {
        let root = self.folder.path().join("mail");
        let owner = fs::metadata(&root).expect("a folder").uid();
        let inbox = root.join(user);
        for part in ["", "new", "cur", "tmp"] {
            let part = inbox.join(part);
            fs::create_dir_all(&part).expect("a folder");
            chown(&part, Some(owner), Some(owner)).expect("it is theirs");
        }
        let file = inbox.join("new").join(format!("{name}.example"));
        fs::write(&file, message).expect("it is written");
        chown(&file, Some(owner), Some(owner)).expect("it is theirs");
    }

    /// The names of a user's messages, with their marks.
    pub fn marks(&self, user: &str) -> Vec<String> {
        let inbox = self.folder.path().join("mail").join(user);
        let of = |part: &str| {
            let names = fs::read_dir(inbox.join(part)).expect("a folder").flatten();
            names.map(|file| file.file_name().to_string_lossy().into_owned()).collect::<Vec<_>>()
        };
        [of("new"), of("cur")].concat()
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // Its children end with it when it is asked; killed, they would stay.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// How a server does not behave.
#[derive(Clone, Copy, Debug)]
pub enum Manner {
    /// Speaks in the open.
    Plain,
    /// Speaks something else.
    Garbage,
    /// Says nothing at all.
    Silent,
    /// Takes no password.
    Refuses,
    /// Sends without end.
    Endless,
    /// Has one message, and says that it is half a gigabyte long.
    Huge,
    /// Hangs up in the middle of a message.
    Half,
    /// Answers a search with numbers that are none of ours, and with messages that nobody asked for.
    Odd,
}

/// Starts a server of this manner; answers with its address.
pub async fn server(manner: Manner, certificate: &Certificate) -> String {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(certificate.key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.certificate.der().clone()], key)
        .expect("a certificate");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("its address").to_string();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                if let Manner::Plain = manner {
                    let _ = stream.write_all(b"* OK ready\r\n").await;
                    tokio::time::sleep(Duration::from_secs(60)).await;
                } else if let Ok(stream) = acceptor.accept(stream).await {
                    // It ends when the other side has had enough.
                    let _ = converse(stream, manner).await;
                }
            });
        }
    });
    address
}

async fn converse(
    stream: tokio_rustls::server::TlsStream<tokio::net::TcpStream>,
    manner: Manner,
) -> std::io::Result<()> {
    let (read, mut write) = tokio::io::split(stream);
    match manner {
        Manner::Silent => {
            tokio::time::sleep(Duration::from_secs(120)).await;
            return Ok(());
        }
        Manner::Garbage => write.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await?,
        _ => write.write_all(b"* OK ready\r\n").await?,
    }
    let mut lines = BufReader::new(read).lines();
    while let Some(line) = lines.next_line().await? {
        let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
        let word = command.split(' ').next().unwrap_or_default().to_uppercase();
        let answer = match (word.as_str(), manner) {
            ("LOGIN", Manner::Refuses) => format!("{tag} NO [AUTHENTICATIONFAILED] no\r\n"),
            ("EXAMINE", Manner::Endless) => loop {
                write.write_all(&[b' '; 65_536]).await?;
            },
            ("EXAMINE", _) => {
                format!(
                    "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n* OK [UIDNEXT 2] next\r\n{tag} OK [READ-ONLY] done\r\n"
                )
            }
            ("UID", Manner::Odd) if command.contains("SEARCH") => {
                format!("* SEARCH 1 0 4294967295 1 1\r\n{tag} OK done\r\n")
            }
            ("UID", _) if command.contains("SEARCH") => format!("* SEARCH 1\r\n{tag} OK done\r\n"),
            ("UID", _) if command.contains("RFC822.SIZE") => {
                format!("* 1 FETCH (UID 1 RFC822.SIZE 100)\r\n* 9 FETCH (UID 99 RFC822.SIZE 5)\r\n{tag} OK done\r\n")
            }
            ("UID", Manner::Huge) => {
                write.write_all(b"* 1 FETCH (UID 1 BODY[] {536000000}\r\n").await?;
                loop {
                    write.write_all(&[b'x'; 65_536]).await?;
                }
            }
            ("UID", Manner::Half) => {
                write.write_all(b"* 1 FETCH (UID 1 BODY[] {100}\r\nSubject: half").await?;
                return write.shutdown().await;
            }
            ("UID", Manner::Odd) => {
                format!(
                    "* 5 FETCH (UID 77 BODY[] {{4}}\r\n\0\x01\x02\x03)\r\n* 1 FETCH (FLAGS (\\Seen))\r\n{tag} OK done\r\n"
                )
            }
            _ => format!("{tag} OK done\r\n"),
        };
        write.write_all(answer.as_bytes()).await?;
    }
    Ok(())
}
