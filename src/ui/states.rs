//! What stands where rows would: nothing yet, something failed, still loading.

use super::{Icon, wiring::given};
use leptos::prelude::*;

/// Nothing here yet, and what to do about it.
#[component]
pub fn Empty(
    #[prop(into)] title: String,
    #[prop(optional, into)] text: String,
    #[prop(optional)] icon: Option<Icon>,
    /// The way out: a button or a link.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            {icon.map(|icon| view! { <Icon name=icon/> })}
            <p class="empty-title">{title}</p>
            {given(text).map(|text| view! { <p>{text}</p> })}
            {children.map(|children| view! { <div class="row">{children()}</div> })}
        </div>
    }
}

/// Something failed; offers another try.
#[component]
pub fn ErrorState(
    #[prop(into)] text: String,
    /// Without it the page itself is asked for again.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let again = match retry {
        Some(retry) => view! {
            <button type="button" class="button small" on:click=move |_| retry.run(())>
                <Icon name=Icon::Refresh/>
                "Try again"
            </button>
        }
        .into_any(),
        None => view! {
            <a class="button small" href="" rel="external">
                <Icon name=Icon::Refresh/>
                "Try again"
            </a>
        }
        .into_any(),
    };
    view! {
        <div class="error-state" role="alert">
            <Icon name=Icon::Warning/>
            <p>{text}</p>
            {again}
        </div>
    }
}

/// Gray lines where text will be.
#[component]
pub fn Skeleton(#[prop(default = 3)] lines: usize, #[prop(optional)] card: bool) -> impl IntoView {
    let lines: Vec<_> = (0..lines).map(|_| view! { <span></span> }).collect();
    view! {
        <div class=if card { "skeleton card" } else { "skeleton" } role="status">
            <span class="visually-hidden">"Loading"</span>
            {lines}
        </div>
    }
}
