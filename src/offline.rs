//! Without a network: pages that were looked at can be read, and changes wait on the device until they can be sent.
//!
//! The service worker (`public/sw.js` and what it imports) does both. A page tells it who is signed in, and is told how things stand.

use crate::{accounts::Me, live, live::Live, wire::Loaded};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde::Deserialize;
use std::collections::HashSet;

pub mod bar;
#[cfg(feature = "ssr")]
pub mod once;
pub mod page;
mod words;
#[cfg_attr(not(feature = "hydrate"), path = "offline/no_worker.rs")]
mod worker;

/// How things stand on this device.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Standing {
    /// When the page was made, if it came from the device.
    #[serde(deserialize_with = "crate::wire::maybe_moment")]
    pub as_of: Option<DateTime<Utc>>,
    /// Whether pages are kept here.
    pub keep: bool,
    /// What was changed and is not on the server yet, in the order it was made.
    pub changes: Vec<Waiting>,
}

/// A change that is not on the server yet.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Waiting {
    /// Its number on this device.
    pub number: u32,
    /// The server function it is for.
    pub name: String,
    /// The id of what it changes; empty for what it makes.
    pub about: String,
    /// The page it was made on.
    pub from: String,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub at: DateTime<Utc>,
    pub state: State,
    /// What the server said against it.
    pub why: String,
    /// Each field's name, what it would be, and what it is now.
    pub fields: Vec<(String, String, String)>,
}

/// What it waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The network.
    Waiting,
    /// The person: it was changed elsewhere meanwhile.
    Asking,
    /// The person: the server could not do it.
    Refused,
}

/// The worker's view of this device, on every page of a signed-in person.
#[derive(Clone, Copy)]
pub struct Offline {
    standing: RwSignal<Option<Standing>>,
    /// What has a change that is not on the server yet, by id.
    about: Memo<HashSet<String>>,
}

impl Offline {
    /// Provides it to the pages, and greets the worker once it is known whose pages they are.
    pub fn provide(account: Loaded<Me>) {
        let standing = RwSignal::new(None::<Standing>);
        let about = Memo::new(move |_| {
            standing.with(|standing| {
                let changes = standing.iter().flat_map(|standing| &standing.changes);
                changes.map(|change| change.about.clone()).filter(|about| !about.is_empty()).collect()
            })
        });
        provide_context(Offline { standing, about });
        let live = expect_context::<Live>();
        let greeted = StoredValue::new(false);
        Effect::new(move |_| {
            if let Some(Ok(me)) = account.get()
                && !greeted.get_value()
            {
                greeted.set_value(true);
                worker::connect(standing, live, &me.id);
            }
        });
        let path = use_location().pathname;
        Effect::new(move |before: Option<()>| {
            let path = path.get();
            // The first is part of the greeting.
            if before.is_some() {
                worker::at(&path);
            }
        });
        Effect::new(move |_| {
            let open = standing.with_untracked(|standing| {
                standing.as_ref().is_some_and(|standing| standing.as_of.is_some() || !standing.changes.is_empty())
            });
            if live.status.get() == live::Status::Live && open {
                worker::say("back", 0, false);
            }
        });
    }

    /// Whether a change of the thing with this id is not on the server yet.
    pub fn waits(self, id: &str) -> bool {
        self.about.with(|about| about.contains(id))
    }
}

/// A mark at what has a change that is not on the server yet.
#[component]
pub fn NotSent(#[prop(into)] id: String) -> impl IntoView {
    let offline = use_context::<Offline>();
    move || {
        let waits = offline.is_some_and(|offline| offline.waits(&id));
        waits.then(|| view! { <a class="badge warn" href="/offline">"Not sent yet"</a> })
    }
}
