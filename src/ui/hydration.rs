//! Whether the browser has taken over the page it was sent.

use leptos::prelude::*;

/// False on the server, and in the browser until the first page is alive with all of its parts, those included that waited for data.
/// What a browser writes differently from the server, it writes from then on: what is there before keeps its text when it is taken over.
#[derive(Clone, Debug, Default)]
pub struct Hydrated(ArcRwSignal<bool>);

impl Hydrated {
    /// That of this page; of one that nobody takes over, a false that stays.
    pub(super) fn here() -> Self {
        use_context().unwrap_or_default()
    }

    pub fn get(&self) -> bool {
        self.0.get()
    }

    /// Lets the page know that it is.
    pub fn set(&self) {
        self.0.set(true);
    }
}

/// Does something in the browser when the page is alive: at once where it is already. What it changes may be shown by the page, which is
/// not so in an effect.
pub fn when_hydrated(act: impl Fn() + 'static) {
    let hydrated = Hydrated::here();
    Effect::new(move |_| {
        if hydrated.get() {
            untrack(&act);
        }
    });
}
