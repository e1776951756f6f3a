//! A window over the page.

use super::Icon;
use leptos::{html, prelude::*};

/// A native modal dialog that follows `open`. The browser keeps the focus inside and gives it back afterwards.
#[component]
pub fn Dialog(
    /// Unique on the page. Before hydration a button opens it too: `command="show-modal" commandfor=id`.
    #[prop(into)]
    id: String,
    #[prop(into)] title: String,
    open: RwSignal<bool>,
    #[prop(optional)] wide: bool,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let wanted = open.get();
        let Some(dialog) = node.get() else { return };
        if wanted && !dialog.open() {
            _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    let title_id = [&id, "-title"].concat();
    let labelled_by = title_id.clone();
    view! {
        <dialog
            class=if wide { "dialog wide" } else { "dialog" }
            id=id
            node_ref=node
            aria-labelledby=labelled_by
            on:close=move |_| open.set(false)
        >
            <h2 class="dialog-head" id=title_id>
                {title}
            </h2>
            <div class="dialog-body">{children()}</div>
            // Last, so that the first field gets the focus.
            <form class="dialog-close" method="dialog">
                <button class="button icon-only quiet small" aria-label="Close">
                    <Icon name=Icon::Close/>
                </button>
            </form>
        </dialog>
    }
}
