//! Short news in the corner: what was done, and how to take it back.

use super::Icon;
use leptos::prelude::*;
use std::sync::Arc;

/// One piece of news.
#[derive(Clone)]
pub struct Toast {
    text: String,
    kind: &'static str,
    /// Not a `Callback`: a toast outlives the page that raised it.
    action: Option<(String, Arc<dyn Fn() + Send + Sync>)>,
    link: Option<(String, String)>,
    sticky: bool,
}

impl Toast {
    fn new(kind: &'static str, text: impl Into<String>) -> Self {
        Self { text: text.into(), kind, action: None, link: None, sticky: false }
    }

    /// Something was done.
    pub fn good(text: impl Into<String>) -> Self {
        Self::new("good", text)
    }

    /// Something happened elsewhere.
    pub fn info(text: impl Into<String>) -> Self {
        Self::new("info", text)
    }

    /// Something needs a look.
    pub fn warn(text: impl Into<String>) -> Self {
        Self::new("warn", text)
    }

    /// Something failed.
    pub fn bad(text: impl Into<String>) -> Self {
        Self::new("bad", text)
    }

    /// A button that does something and closes the toast: "Undo".
    pub fn action(mut self, label: impl Into<String>, act: impl Fn() + Send + Sync + 'static) -> Self {
        self.action = Some((label.into(), Arc::new(act)));
        self
    }

    /// A link that closes the toast.
    pub fn link(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.link = Some((label.into(), href.into()));
        self
    }

    /// Stays until it is closed.
    pub fn sticky(mut self) -> Self {
        self.sticky = true;
        self
    }
}

/// How many stand on the screen at once; the oldest gives way.
const SHOWN: usize = 4;

/// Where news is handed in. Copied freely into callbacks.
#[derive(Clone, Copy)]
pub struct Toaster {
    all: RwSignal<Vec<(u32, Toast)>>,
    last: StoredValue<u32>,
}

impl Toaster {
    /// Shows a toast for about eight seconds, longer while it is pointed at or has the focus.
    pub fn push(&self, toast: Toast) {
        self.last.update_value(|n| *n += 1);
        let id = self.last.get_value();
        self.all.update(|all| {
            all.push((id, toast));
            if all.len() > SHOWN {
                all.remove(0);
            }
        });
    }

    fn close(&self, id: u32) {
        self.all.update(|all| all.retain(|(other, _)| *other != id));
    }
}

pub(super) fn provide() {
    provide_context(Toaster { all: RwSignal::new(Vec::new()), last: StoredValue::new(0) });
}

/// The toaster of the page. [`super::provide_ui`] must have run above.
pub fn use_toasts() -> Toaster {
    expect_context()
}

/// The corner where toasts appear; once per page, after everything else. Each one leaves when its timer's animation ends, so
/// that the style sheet alone can pause it.
#[component]
pub fn Toasts() -> impl IntoView {
    let toaster = use_toasts();
    view! {
        <div class="toasts" role="status" aria-live="polite" aria-relevant="additions">
            <For each=move || toaster.all.get() key=|(id, _)| *id let:entry>
                {one(toaster, entry.0, entry.1)}
            </For>
        </div>
    }
}

fn one(toaster: Toaster, id: u32, toast: Toast) -> AnyView {
    let icon = match toast.kind {
        "good" => Icon::Check,
        "info" => Icon::Bell,
        _ => Icon::Warning,
    };
    view! {
        <div class=["toast ", toast.kind].concat()>
            <Icon name=icon/>
            <p>{toast.text}</p>
            {toast
                .action
                .map(|(label, act)| {
                    view! {
                        <button
                            type="button"
                            class="link-button"
                            on:click=move |_| {
                                toaster.close(id);
                                act();
                            }
                        >
                            {label}
                        </button>
                    }
                })}
            {toast.link.map(|(label, href)| view! { <a href=href on:click=move |_| toaster.close(id)>{label}</a> })}
            <button type="button" class="button icon-only quiet small" aria-label="Close this message" on:click=move |_| toaster.close(id)>
                <Icon name=Icon::Close/>
            </button>
            {(!toast.sticky).then(|| view! { <span class="toast-timer" on:animationend=move |_| toaster.close(id)></span> })}
        </div>
    }
    .into_any()
}
