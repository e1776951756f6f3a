//! A numbered guide.

use leptos::prelude::*;

/// The steps of a guide: those behind are links, the current one is marked.
#[component]
pub fn Steps(
    /// Label and address of each.
    steps: Vec<(&'static str, &'static str)>,
    /// From 0; as many as there are steps when all are done.
    current: usize,
) -> impl IntoView {
    let items: Vec<_> = steps
        .into_iter()
        .enumerate()
        .map(|(at, (label, href))| {
            view! {
                <li class:done=at < current aria-current=(at == current).then_some("step")>
                    {if at < current {
                        view! { <a href=href>{label}<span class="visually-hidden">" (done)"</span></a> }.into_any()
                    } else {
                        view! { <span>{label}</span> }.into_any()
                    }}
                </li>
            }
        })
        .collect();
    view! { <ol class="steps" aria-label="Steps">{items}</ol> }
}
