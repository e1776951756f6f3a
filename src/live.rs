//! Changes shown on every open page within a second.
//!
//! The server sends what changed, never the data: `{seq, kind, id, at}`. The browser bumps the topic's counter, and every resource
//! that reads the counter refetches. After a break the browser names the last number it saw and gets the rest.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[cfg_attr(not(feature = "hydrate"), path = "live/no_connection.rs")]
mod connection;
#[cfg(feature = "ssr")]
mod hub;
#[cfg(feature = "ssr")]
pub mod relay;
#[cfg(feature = "ssr")]
pub mod socket;
#[cfg(feature = "ssr")]
pub use hub::{Hub, gone};

/// One thing that happened to a person's data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Event {
    /// Position in the person's own sequence, from 1, without gaps.
    pub seq: i64,
    /// `topic.verb`, such as `job.created`.
    pub kind: String,
    pub id: Option<Uuid>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub at: DateTime<Utc>,
}

/// What a page can depend on. The part of an event's kind before the dot names its topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    Jobs,
    Applications,
    Profile,
    Alerts,
    Account,
}

impl Topic {
    /// The topic of an event kind; unknown kinds (of a newer server) count as jobs, the widest.
    pub fn of(kind: &str) -> Self {
        match kind.split('.').next() {
            Some("application" | "interview" | "contact" | "document" | "task" | "offer" | "reminder") => {
                Topic::Applications
            }
            Some("profile") => Topic::Profile,
            Some("alert" | "briefing") => Topic::Alerts,
            Some("account") => Topic::Account,
            _ => Topic::Jobs,
        }
    }
}

/// The code a socket is closed with when its session has ended.
pub const SIGNED_OUT: u16 = 4401;

/// How the page is connected; shown in the bar when it is not `Live`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Starting,
    Live,
    /// No socket; asking every few seconds.
    Polling,
    Offline,
}

/// How long a page waits before it asks again about its account.
const COOKIE_COMES: std::time::Duration = std::time::Duration::from_millis(500);

/// The page's view of the live connection.
#[derive(Clone, Copy)]
pub struct Live {
    counters: [RwSignal<u32>; 5],
    pub status: RwSignal<Status>,
    /// The newest event of an alert or a reminder, for the toast.
    pub alert: RwSignal<Option<Event>>,
}

impl Live {
    /// Provides the connection's state to the page; call once, in the root.
    pub fn provide() -> Self {
        let live = Live {
            counters: std::array::from_fn(|_| RwSignal::new(0)),
            status: RwSignal::new(Status::Starting),
            alert: RwSignal::new(None),
        };
        provide_context(live);
        live
    }

    /// Reads the counters of these topics, so that what reads it runs again when one changes.
    pub fn watch(&self, topics: &[Topic]) -> u32 {
        topics.iter().map(|topic| self.counters[*topic as usize].get()).fold(0, u32::wrapping_add)
    }

    /// Everything the page shows of this topic is out of date.
    pub fn bump(&self, topic: Topic) {
        self.counters[topic as usize].update(|n| *n = n.wrapping_add(1));
    }

    /// Takes in one event from the server.
    pub fn take(self, event: &Event) {
        match Topic::of(&event.kind) {
            // A change of the ways in gives the page that made it a new cookie. The event can be quicker than the answer that
            // carries it; asking with the old cookie would be refused.
            Topic::Account => set_timeout(move || self.bump(Topic::Account), COOKIE_COMES),
            topic => self.bump(topic),
        }
        if matches!(event.kind.as_str(), "alert.raised" | "reminder.due") {
            self.alert.set(Some(event.clone()));
        }
    }

    /// Opens the connection for a signed-in person; `after` is the newest event already on the page.
    pub fn connect(self, after: i64) {
        connection::connect(self, after);
    }
}

/// The counters of these topics, for a resource's source.
pub fn watch(topics: &'static [Topic]) -> impl Fn() -> u32 + Copy + Send + Sync + 'static {
    let live = expect_context::<Live>();
    move || live.watch(topics)
}
