//! Suggestions below an input while one types: the ARIA 1.2 combobox pattern, shared by `Combobox` and `TagInput`.

use leptos::{ev::KeyboardEvent, prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use std::{pin::Pin, sync::Arc, time::Duration};

/// One thing that can be picked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What goes into the form.
    pub value: String,
    /// What the list shows.
    pub label: String,
    /// A few quiet words beside it: a category, the alias that matched.
    pub hint: String,
}

impl Suggestion {
    /// What was typed, taken as it is.
    pub fn free(text: &str) -> Self {
        Self { value: text.to_owned(), label: text.to_owned(), hint: String::new() }
    }
}

type Answer = Pin<Box<dyn Future<Output = Vec<Suggestion>>>>;

/// Where suggestions come from. Asked in the browser only, a moment after the last key.
#[derive(Clone)]
pub struct Suggest(Arc<dyn Fn(String) -> Answer + Send + Sync>);

impl Suggest {
    /// Wraps a server function, or anything else that answers a text with suggestions.
    pub fn new<A: Future<Output = Vec<Suggestion>> + 'static>(
        ask: impl Fn(String) -> A + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(move |typed| Box::pin(ask(typed))))
    }
}

/// As many as are shown, so that the list never scrolls.
const SHOWN: usize = 8;

/// Long enough for a quick typist, short enough to feel immediate.
const PAUSE: Duration = Duration::from_millis(120);

/// The list below one input.
#[derive(Clone, Copy)]
pub(super) struct Typeahead {
    suggest: StoredValue<Option<Suggest>>,
    found: RwSignal<Vec<Suggestion>>,
    active: RwSignal<Option<usize>>,
    open: RwSignal<bool>,
    /// For screen readers.
    said: RwSignal<String>,
    /// Counts the questions, so that a slow answer to an older one is dropped.
    round: StoredValue<u32>,
    id: StoredValue<String>,
}

impl Typeahead {
    pub fn new(input_id: &str, suggest: Option<Suggest>) -> Self {
        Self {
            suggest: StoredValue::new(suggest),
            found: RwSignal::new(Vec::new()),
            active: RwSignal::new(None),
            open: RwSignal::new(false),
            said: RwSignal::new(String::new()),
            round: StoredValue::new(0),
            id: StoredValue::new([input_id, "-list"].concat()),
        }
    }

    /// The list's id, for `aria-controls`; nothing when there are no suggestions to make.
    pub fn list_id(self) -> Option<String> {
        self.suggest.with_value(Option::is_some).then(|| self.id.get_value())
    }

    /// For `aria-expanded`.
    pub fn expanded(self) -> &'static str {
        if self.open.get() { "true" } else { "false" }
    }

    /// For `aria-activedescendant`.
    pub fn active_id(self) -> Option<String> {
        let at = self.active.get()?;
        self.open.get().then(|| self.option_id(at))
    }

    fn option_id(self, at: usize) -> String {
        self.id.with_value(|id| [id, "-", &at.to_string()].concat())
    }

    /// Tells a screen reader.
    pub fn say(self, text: String) {
        self.said.set(text);
    }

    pub fn close(self) {
        self.round.update_value(|n| *n = n.wrapping_add(1));
        self.open.set(false);
        self.active.set(None);
    }

    /// Asks for suggestions about a text, after a pause in typing.
    pub fn look(self, typed: String) {
        self.round.update_value(|n| *n = n.wrapping_add(1));
        let round = self.round.get_value();
        let Some(suggest) = self.suggest.get_value() else { return };
        if typed.trim().is_empty() {
            return self.close();
        }
        let current = move || self.round.try_get_value() == Some(round);
        set_timeout(
            move || {
                if !current() {
                    return;
                }
                spawn_local(async move {
                    let mut found = suggest.0(typed.trim().to_owned()).await;
                    if !current() {
                        return;
                    }
                    found.truncate(SHOWN);
                    self.say(match found.len() {
                        0 => String::new(),
                        1 => "1 suggestion".to_owned(),
                        n => [&n.to_string(), " suggestions"].concat(),
                    });
                    self.active.set(None);
                    self.open.set(!found.is_empty());
                    self.found.set(found);
                });
            },
            PAUSE,
        );
    }

    /// Handles the keys of the list; answers what Enter took.
    pub fn key(self, ev: &KeyboardEvent) -> Option<Suggestion> {
        // Enter and the arrows then belong to the input method.
        if ev.is_composing() {
            return None;
        }
        let count = self.found.with_untracked(Vec::len);
        let open = self.open.get_untracked();
        match ev.key().as_str() {
            "ArrowDown" | "ArrowUp" if count > 0 => {
                ev.prevent_default();
                let down = ev.key() == "ArrowDown";
                self.open.set(true);
                // One place more than there are options: the input itself.
                self.active.update(|at| {
                    *at = match (*at, down) {
                        (None, true) => Some(0),
                        (None, false) => Some(count - 1),
                        (Some(at), true) => Some(at + 1).filter(|at| *at < count),
                        (Some(at), false) => at.checked_sub(1),
                    };
                });
                None
            }
            "Enter" if open => {
                let taken =
                    self.active.get_untracked().and_then(|at| self.found.with_untracked(|f| f.get(at).cloned()));
                if taken.is_some() {
                    ev.prevent_default();
                    self.close();
                }
                taken
            }
            "Escape" if open => {
                ev.prevent_default();
                ev.stop_propagation();
                self.close();
                None
            }
            _ => None,
        }
    }

    /// The list and the line for screen readers; stands after the input, in a `.combo`.
    pub fn list(self, label: String, pick: Callback<Suggestion>) -> AnyView {
        if self.suggest.with_value(Option::is_none) {
            return view! { <p class="visually-hidden" aria-live="polite">{move || self.said.get()}</p> }.into_any();
        }
        let options = move || {
            let found = self.found.get();
            found
                .into_iter()
                .enumerate()
                .map(|(at, suggestion)| {
                    let taken = suggestion.clone();
                    view! {
                        <li
                            role="option"
                            id=self.option_id(at)
                            aria-selected=move || if self.active.get() == Some(at) { "true" } else { "false" }
                            // The input keeps the focus.
                            on:mousedown=|ev| ev.prevent_default()
                            on:click=move |_| {
                                self.close();
                                pick.run(taken.clone());
                            }
                        >
                            <span>{suggestion.label}</span>
                            <span class="muted small">{suggestion.hint}</span>
                        </li>
                    }
                })
                .collect::<Vec<_>>()
        };
        view! {
            <ul class="listbox" role="listbox" id=self.id.get_value() aria-label=label hidden=move || !self.open.get()>
                {options}
            </ul>
            <p class="visually-hidden" aria-live="polite">
                {move || self.said.get()}
            </p>
        }
        .into_any()
    }
}
