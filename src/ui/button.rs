//! The button that sends a form.

use super::wiring::given;
use leptos::prelude::*;

/// A submit button that shows when its form is under way, and does not send it twice.
#[component]
pub fn Submit(
    #[prop(optional, into)] pending: Signal<bool>,
    #[prop(default = "primary")] class: &'static str,
    #[prop(optional)] name: &'static str,
    #[prop(optional, into)] value: String,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="submit"
            class=["button ", class].concat()
            name=given(name)
            value=given(value)
            aria-busy=move || pending.get().then_some("true")
            on:click=move |ev| {
                if pending.get_untracked() {
                    ev.prevent_default();
                }
            }
        >
            {children()}
        </button>
    }
}
