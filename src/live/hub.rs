//! Who is listening in this process.

use super::Event;
use crate::{events, ids::UserId, state::App};
use dashmap::DashMap;
use std::time::{Duration, Instant};
use tokio::sync::broadcast;

/// A slow reader that falls this far behind reads the rest from the database.
const BACKLOG: usize = 64;
/// How often to look for changes made by other processes; seldom while they tell of them.
const LOOK_EVERY: Duration = Duration::from_millis(700);
const LOOK_SELDOM: Duration = Duration::from_secs(10);

/// Channels of the people with an open socket here.
#[derive(Default)]
pub struct Hub(DashMap<UserId, Channel>);

struct Channel {
    sender: broadcast::Sender<Event>,
    /// Newest number told here.
    told: i64,
}

impl Hub {
    /// Tells this person's open pages, if any.
    pub fn publish(&self, who: UserId, event: Event) {
        if let Some(mut channel) = self.0.get_mut(&who) {
            channel.told = channel.told.max(event.seq);
            // Nobody listening any more is not an error: the channel is swept with its last socket.
            let _ = channel.sender.send(event);
        }
    }

    /// Listens to a person's events from now on. `seq` is their newest number.
    pub fn listen(&self, who: UserId, seq: i64) -> broadcast::Receiver<Event> {
        self.0
            .entry(who)
            .or_insert_with(|| Channel { sender: broadcast::Sender::new(BACKLOG), told: seq })
            .sender
            .subscribe()
    }

    /// Forgets the person's channel when the last socket is gone.
    pub fn leave(&self, who: UserId) {
        self.0.remove_if(&who, |_, channel| channel.sender.receiver_count() == 0);
    }

    /// How many people have a page open here.
    pub fn people(&self) -> usize {
        self.0.len()
    }

    fn listeners(&self) -> Vec<(UserId, i64)> {
        self.0.iter().map(|entry| (*entry.key(), entry.told)).collect()
    }

    fn told(&self, who: UserId) -> Option<i64> {
        self.0.get(&who).map(|channel| channel.told)
    }
}

/// What the pages of an account that was erased are told: they look for their session and leave.
pub fn gone(told: i64) -> Event {
    Event { seq: told + 1, kind: "account.erased".into(), id: None, at: crate::db::now() }
}

/// Runs until the server stops: finds events that another process wrote (a command, another node) and tells them here.
pub async fn follow(app: App) {
    let mut looked = Instant::now();
    loop {
        tokio::select! {
            () = app.stopping.cancelled() => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
        if app.relay.is_connected() && looked.elapsed() < LOOK_SELDOM {
            continue;
        }
        looked = Instant::now();
        if let Err(error) = look(&app).await {
            tracing::warn!(%error, "could not look for changes of other processes");
        }
    }
}

async fn look(app: &App) -> crate::error::Result<()> {
    tell(app, app.hub.listeners()).await
}

/// Finds what happened to one person elsewhere and tells it here, if they have a page open here.
pub async fn look_for(app: &App, who: UserId) -> crate::error::Result<()> {
    let here = app.hub.told(who).map(|told| (who, told));
    tell(app, here.into_iter().collect()).await
}

async fn tell(app: &App, here: Vec<(UserId, i64)>) -> crate::error::Result<()> {
    if here.is_empty() {
        return Ok(());
    }
    let people: Vec<UserId> = here.iter().map(|(who, _)| *who).collect();
    let found = events::newest(&app.db, &people).await?;
    for (who, told) in &here {
        if !found.iter().any(|(id, _)| id == who) {
            app.hub.publish(*who, gone(*told));
        }
    }
    for (who, newest) in found {
        let told = here.iter().find(|(id, _)| *id == who).map_or(newest, |(_, told)| *told);
        if newest > told {
            for event in events::after(&app.db, who, told, BACKLOG as i64).await? {
                app.hub.publish(who, event);
            }
        }
    }
    Ok(())
}
