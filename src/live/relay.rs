//! Word between servers that something happened to somebody, by Redis: a page at another server shows it at once instead of at the next
//! look into the database. Only the person's id travels, and nothing depends on its arrival: without Redis, or while it is away, every
//! server looks for itself.

use super::hub;
use crate::{ids::UserId, state::App};
use futures_util::StreamExt;
use redis::{AsyncCommands, Client, RedisError};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tokio::sync::{
    Mutex,
    mpsc::{Receiver, Sender, channel},
};

const CHANNEL: &str = "career-copilot:changed";
/// Words that wait to be sent; what does not fit is found by looking.
const WAITING: usize = 1_024;
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// The way to the other servers.
pub struct Relay {
    /// Tells this server's words from others'.
    node: String,
    sender: Sender<UserId>,
    receiver: Mutex<Receiver<UserId>>,
    connected: AtomicBool,
}

impl Default for Relay {
    fn default() -> Self {
        let (sender, receiver) = channel(WAITING);
        let node = uuid::Uuid::new_v4().to_string();
        Relay { node, sender, receiver: Mutex::new(receiver), connected: AtomicBool::new(false) }
    }
}

impl Relay {
    /// Tells the other servers that something happened to a person.
    pub fn tell(&self, who: UserId) {
        if self.is_connected() {
            // Full: they find it by looking.
            let _ = self.sender.try_send(who);
        }
    }

    /// Whether the other servers are told at once, and this one by them.
    pub fn is_connected(&self) -> bool {
        self.connected.load(Ordering::Relaxed)
    }
}

/// Keeps the way open until the app stops; nothing to do without `REDIS_URL`.
pub async fn run(app: App) {
    let Some(url) = app.config.redis_url.clone() else { return };
    let mut pause = FIRST_PAUSE;
    loop {
        let talked = tokio::select! {
            () = app.stopping.cancelled() => return,
            talked = talk(&app, &url) => talked,
        };
        if app.relay.connected.swap(false, Ordering::Relaxed) {
            pause = FIRST_PAUSE;
        }
        if let Err(error) = talked {
            tracing::warn!(%error, "no way to the other servers by Redis; each looks for itself");
        }
        tokio::select! {
            () = app.stopping.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Listens and tells until the connection breaks.
async fn talk(app: &App, url: &str) -> Result<(), RedisError> {
    let client = Client::open(url)?;
    let mut listening = client.get_async_pubsub().await?;
    listening.subscribe(CHANNEL).await?;
    let mut telling = client.get_multiplexed_async_connection().await?;
    let mut words = listening.on_message();
    let mut receiver = app.relay.receiver.lock().await;
    app.relay.connected.store(true, Ordering::Relaxed);
    loop {
        tokio::select! {
            word = words.next() => {
                let Some(word) = word else { return Ok(()) };
                let word: String = word.get_payload().unwrap_or_default();
                if let Some(who) = heard(&word, &app.relay.node)
                    && let Err(error) = hub::look_for(app, who).await
                {
                    tracing::warn!(%error, "could not look for a change of another server");
                }
            }
            who = receiver.recv() => {
                let Some(who) = who else { return Ok(()) };
                let word = format!("{} {who}", app.relay.node);
                telling.publish::<_, _, ()>(CHANNEL, word).await?;
            }
        }
    }
}

/// Whom a word is about; None for our own, and for what is none.
fn heard(word: &str, own: &str) -> Option<UserId> {
    let (node, who) = word.split_once(' ')?;
    if node == own { None } else { who.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_of_others_are_heard() {
        let who: UserId = "01890000-0000-7000-8000-000000000000".parse().expect("an id");
        assert_eq!(heard(&format!("b {who}"), "a"), Some(who));
        assert_eq!(heard(&format!("a {who}"), "a"), None);
        for odd in ["", "b", "b ", "b nobody", "b 1 2"] {
            assert_eq!(heard(odd, "a"), None, "{odd}");
        }
    }
}
