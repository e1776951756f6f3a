//! A text to take along.

use super::wiring::{given, label as label_for};
use leptos::{html, prelude::*};

/// A text that cannot be changed, and a button that copies it. Without script there is no button; the text can be selected.
#[component]
pub fn CopyField(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(optional, into)] help: String,
    /// Whether it takes the focus when it appears.
    #[prop(optional)]
    focus: bool,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let told = RwSignal::new("");
    let copy = move |_| {
        if let Some(input) = input.get_untracked() {
            told.set(if crate::browser::copy(&input) {
                "Copied."
            } else {
                "It is selected now: please copy it by hand."
            });
        }
    };
    Effect::new(move |_| {
        if let Some(input) = input.get().filter(|_| focus) {
            // Without the focus it can still be read and copied.
            _ = input.focus();
        }
    });
    let help_id = [&id, "-help"].concat();
    let described_by = help_id.clone();
    view! {
        <div class="field">
            {label_for(&id, label, false, false)}
            <div class="copy">
                <input id=id class="input" value=value readonly=true autofocus=focus spellcheck="false" aria-describedby=described_by node_ref=input/>
                <button type="button" class="button js-only" on:click=copy>"Copy"</button>
            </div>
            <p class="field-help" id=help_id>{given(help)}" "<span role="status">{move || told.get()}</span></p>
        </div>
    }
}
