//! A few actions behind one button.

use super::Icon;
use leptos::{html, prelude::*};

/// A native popover with links and buttons: it opens, closes and gives the focus back without script.
#[component]
pub fn Menu(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    #[prop(optional)] icon: Option<Icon>,
    /// Shows the icon only; the label is for screen readers.
    #[prop(optional)]
    icon_only: bool,
    #[prop(default = "quiet")] class: &'static str,
    children: Children,
) -> impl IntoView {
    let panel = NodeRef::<html::Div>::new();
    let shape = if icon_only { " icon-only" } else { "" };
    let text = if icon_only { "visually-hidden" } else { "clip" };
    view! {
        <button type="button" class=["button ", class, shape].concat() popovertarget=id.clone()>
            {icon.map(|icon| view! { <Icon name=icon/> })}
            <span class=text>{label}</span>
            {(!icon_only).then(|| view! { <Icon name=Icon::ChevronDown class="small"/> })}
        </button>
        <div
            class="menu"
            id=id
            popover="auto"
            node_ref=panel
            on:click=move |_| {
                // An entry was taken: a link goes on by itself, the menu has done its work.
                if let Some(panel) = panel.get_untracked() {
                    _ = panel.hide_popover();
                }
            }
        >
            {children()}
        </div>
    }
}
