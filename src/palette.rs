//! Hands on the keyboard: finding anything, going anywhere, adding a job from any page, and the keys for it.
//!
//! Only the listener for keys is in the common part of the browser half; what it opens is a part of its own (`panels.rs`), fetched
//! when it is first asked for.

use crate::{
    browser,
    error::Result,
    ui::{Icon, Toast, use_toasts},
};
use keys::{Act, Pressed};
use leptos::{ev, prelude::*};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
mod adding;
mod finder;
pub mod keys;
mod known;
mod line;
mod panels;
pub mod ranking;
mod recent;
mod sheet;

/// What a hit is; also the order in which kinds are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Page,
    Act,
    Application,
    Job,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Page, Kind::Act, Kind::Application, Kind::Job];

    /// What stands above hits of this kind.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Page => "Pages",
            Kind::Act => "Do",
            Kind::Application => "Applications",
            Kind::Job => "Jobs",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Kind::Page => Icon::Document,
            Kind::Act => Icon::Star,
            Kind::Application => Icon::Applications,
            Kind::Job => Icon::Jobs,
        }
    }
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub kind: Kind,
    /// The address of its page; of an act its name (`known.rs`).
    pub to: String,
    pub title: String,
    /// Empty where there is none.
    pub company: String,
    /// A few quiet words: the place, where it stands.
    pub note: String,
}

/// The person's applications and jobs that fit what was typed: eight of each kind at most, best first.
#[server]
pub async fn find_anything(#[server(default)] typed: String) -> Result<Vec<Hit>> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::find(&app, &who, &typed).await
        }
        .await,
    )
}

/// What the addresses of jobs and applications that were chosen before lead to now.
#[server]
pub async fn recall_places(#[server(default)] places: Vec<String>) -> Result<Vec<Hit>> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::recall(&app, &who, &places).await
        }
        .await,
    )
}

/// Keys that are one character; a person can switch them off on a device, where speech or a tremor would press them.
const SINGLE: &str = "single-keys";
/// The second key of two counts for so long, in milliseconds.
const SECOND: f64 = 1_500.0;

/// Under this name a device keeps where one went last (`recent.rs`).
pub const RECENT: &str = "recent";

/// What the keys and buttons of a page ask for.
#[derive(Clone, Copy)]
pub struct Hands {
    /// Whether the part with the panels is wanted: from the first time something is asked for.
    wanted: RwSignal<bool>,
    act: RwSignal<Option<Act>>,
    /// The first key of two, and when it was pressed.
    begun: StoredValue<(String, f64)>,
}

impl Hands {
    /// Listens to the keys of the page for as long as the caller's view is there.
    pub fn provide() {
        let hands = Hands {
            wanted: RwSignal::new(false),
            act: RwSignal::new(None),
            begun: StoredValue::new((String::new(), 0.0)),
        };
        provide_context(hands);
        // Only in the browser.
        Effect::new(move |_| {
            let listening = window_event_listener(ev::keydown, move |ev| {
                if let Some(act) = hands.heard(&ev) {
                    hands.ask(act);
                }
            });
            on_cleanup(move || listening.remove());
        });
    }

    fn ask(self, act: Act) {
        self.act.set(Some(act));
        if !self.wanted.get_untracked() {
            self.wanted.set(true);
        }
    }

    /// What a key asks for, if anything; it is taken then.
    fn heard(self, ev: &ev::KeyboardEvent) -> Option<Act> {
        if ev.default_prevented() || ev.is_composing() || ev.alt_key() {
            return None;
        }
        if ev.ctrl_key() || ev.meta_key() {
            // As lists have it: K with Shift is the browser's.
            let find = !ev.shift_key() && ev.key().eq_ignore_ascii_case("k");
            if find {
                ev.prevent_default();
            }
            return find.then_some(Act::Find);
        }
        let (before, at) = self.begun.get_value();
        let soon = ev.time_stamp() - at < SECOND;
        let pressed = keys::read(if soon { &before } else { "" }, &ev.key());
        let mine = pressed != Pressed::Nothing && !browser::is_typing(ev) && browser::kept(SINGLE).is_empty();
        let begun = if mine && pressed == Pressed::Begun { ev.key() } else { String::new() };
        self.begun.set_value((begun, ev.time_stamp()));
        match pressed {
            Pressed::Act(act) if mine => {
                ev.prevent_default();
                Some(act)
            }
            _ => None,
        }
    }
}

/// The panels, once they are wanted.
#[component]
pub fn Panels() -> impl IntoView {
    let hands = expect_context::<Hands>();
    let toasts = use_toasts();
    move || {
        hands.wanted.get().then(|| {
            Suspend::new(async move {
                let shown = panels::show(hands).await;
                if shown.is_err() {
                    toasts.push(Toast::warn("This could not be loaded. The network may be away. Please try again."));
                    hands.act.set(None);
                    hands.wanted.set(false);
                }
                shown.ok()
            })
        })
    }
}

/// The button that opens the search. Without script it is a way to the jobs, which can be searched too.
#[component]
pub fn FindButton(class: &'static str, named: bool) -> impl IntoView {
    let hands = expect_context::<Hands>();
    view! {
        <a
            class=class
            href="/jobs"
            title="Find anything (Ctrl K)"
            aria-keyshortcuts="Control+K Meta+K"
            on:click=move |ev| {
                // With a key held down it is for a new tab or window.
                if !(ev.ctrl_key() || ev.meta_key() || ev.shift_key()) {
                    ev.prevent_default();
                    hands.ask(Act::Find);
                }
            }
        >
            <Icon name=Icon::Search/>
            // The rail is narrow.
            <span class=(!named).then_some("visually-hidden")>{if named { "Find" } else { "Find anything" }}</span>
            {named.then(|| view! { <kbd class="kbd">"Ctrl K"</kbd> })}
        </a>
    }
}
