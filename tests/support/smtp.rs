//! A mail server of the stories: speaks SMTP over a real socket, keeps what it accepts, and misbehaves when it is told to.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream, tcp::OwnedWriteHalf},
    task::JoinHandle,
};

/// What the server does with one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    Accept,
    /// Answers the recipient with this code.
    Refuse(u16),
    /// Answers the one who signs in with this code.
    RefuseLogin(u16),
    /// Thinks before it says hello.
    Delay(Duration),
    /// Takes the message and never says what became of it.
    Hang,
    /// Takes the message and hangs up.
    Drop,
    /// Accepts the message, and hangs up instead of saying goodbye.
    Curt,
    /// Never stops saying hello.
    Endless,
}

/// A message it accepted.
#[derive(Clone, Debug, Default)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    /// Name and password of who signed in.
    pub login: Option<(String, String)>,
    pub data: String,
}

impl Received {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<String> {
        let (head, _) = self.data.split_once("\r\n\r\n")?;
        let unfolded = head.replace("\r\n ", " ");
        let found = unfolded.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))?;
        Some(found.to_owned())
    }

    /// The message without soft line breaks and with its `=` back, parts and all.
    pub fn text(&self) -> String {
        self.data.replace("=\r\n", "").replace("=3D", "=")
    }

    /// The first address in it that starts like this.
    pub fn link(&self, start: &str) -> String {
        link(&self.text(), start)
    }
}

/// The first address in a text that starts like this.
pub fn link(text: &str, start: &str) -> String {
    let at = text.find(start).unwrap_or_else(|| panic!("no {start} in {text}"));
    text[at..].split(['\r', '\n', '"', ' ', '<']).next().expect("an address").to_owned()
}

#[derive(Default)]
struct Shared {
    manners: VecDeque<Manner>,
    received: Vec<Received>,
    connections: usize,
}

/// The server; it ends with its last handle.
pub struct Smtp {
    pub port: u16,
    shared: Arc<Mutex<Shared>>,
    task: JoinHandle<()>,
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Smtp {
    /// Starts one that behaves like this on its first connections, and well afterwards.
    pub async fn start(manners: &[Manner]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let shared = Arc::new(Mutex::new(Shared { manners: manners.iter().copied().collect(), ..Shared::default() }));
        let all = shared.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let manner = {
                    let mut shared = all.lock().expect("nobody panics with it");
                    shared.connections += 1;
                    shared.manners.pop_front().unwrap_or(Manner::Accept)
                };
                let all = all.clone();
                // A client that goes away ends the conversation, not the story.
                tokio::spawn(async move { converse(stream, manner, &all).await.unwrap_or_default() });
            }
        });
        Smtp { port, shared, task }
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().expect("nobody panics with it")
    }

    /// The settings that make the app use it.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("SMTP_HOST", "127.0.0.1".to_owned()),
            ("SMTP_PORT", self.port.to_string()),
            ("SMTP_TLS", "none".to_owned()),
            ("SMTP_USER", "postmaster".to_owned()),
            ("SMTP_PASSWORD", "open sesame".to_owned()),
            ("MAIL_FROM", "Career Co-Pilot <jobs@example.org>".to_owned()),
        ]
    }

    /// What it accepted so far.
    pub fn received(&self) -> Vec<Received> {
        self.shared().received.clone()
    }

    /// How often somebody connected.
    pub fn connections(&self) -> usize {
        self.shared().connections
    }

    /// Waits until it has accepted this many messages.
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        for _ in 0..500 {
            if self.received().len() >= count {
                return self.received();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{count} messages are awaited, and these are here: {:?}", self.received());
    }
}

/// One connection, from hello to goodbye.
async fn converse(stream: TcpStream, manner: Manner, shared: &Mutex<Shared>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    if manner == Manner::Endless {
        loop {
            write.write_all(b"220-and another thing\r\n").await?;
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    if let Manner::Delay(pause) = manner {
        tokio::time::sleep(pause).await;
    }
    say(&mut write, "220 stand-in ready").await?;
    let mut message = Received::default();
    let mut line = String::new();
    loop {
        line.clear();
        if read.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let command = line.trim_end().to_owned();
        match command.split([' ', ':']).next().unwrap_or_default().to_uppercase().as_str() {
            "EHLO" => say(&mut write, "250-stand-in\r\n250-8BITMIME\r\n250 AUTH PLAIN").await?,
            "AUTH" => match manner {
                Manner::RefuseLogin(code) => say(&mut write, &format!("{code} not you")).await?,
                _ => {
                    message.login = command.strip_prefix("AUTH PLAIN ").and_then(plain);
                    say(&mut write, "235 welcome").await?;
                }
            },
            "MAIL" => {
                message.from = command["MAIL FROM:".len()..].to_owned();
                say(&mut write, "250 ok").await?;
            }
            "RCPT" => match manner {
                Manner::Refuse(code) => say(&mut write, &format!("{code} no such mailbox here")).await?,
                _ => {
                    message.to.push(command["RCPT TO:".len()..].to_owned());
                    say(&mut write, "250 ok").await?;
                }
            },
            "DATA" => {
                say(&mut write, "354 go on").await?;
                message.data = data(&mut read).await?;
                match manner {
                    Manner::Hang => std::future::pending::<()>().await,
                    Manner::Drop => return Ok(()),
                    _ => {}
                }
                shared.lock().expect("nobody panics with it").received.push(message.clone());
                say(&mut write, "250 taken").await?;
                if manner == Manner::Curt {
                    return Ok(());
                }
            }
            "QUIT" => return say(&mut write, "221 bye").await,
            _ => say(&mut write, "500 what?").await?,
        }
    }
}

async fn say(write: &mut OwnedWriteHalf, words: &str) -> std::io::Result<()> {
    write.write_all(format!("{words}\r\n").as_bytes()).await
}

/// The lines up to the one that is a single dot, with doubled dots undone.
async fn data(read: &mut (impl AsyncBufReadExt + Unpin)) -> std::io::Result<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if read.read_line(&mut line).await? == 0 || line == ".\r\n" {
            return Ok(text);
        }
        text += line.strip_prefix('.').unwrap_or(&line);
    }
}

/// Name and password in the form of RFC 4616.
fn plain(encoded: &str) -> Option<(String, String)> {
    let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let mut parts = text.split('\0').skip(1).map(str::to_owned);
    Some((parts.next()?, parts.next()?))
}
