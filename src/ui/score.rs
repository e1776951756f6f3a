//! A match score that opens to its reasons.

use leptos::prelude::*;

/// The score as a figure over a ruler, with its parts in a popover on hover and focus; Escape closes it. The style sheet
/// shows and places it, so it works without script. Without parts it is a picture, and no stop for the keyboard.
#[component]
pub fn ScoreBadge(
    /// 0–100; nothing while it is not known.
    score: Option<u8>,
    #[prop(default = "Match")] label: &'static str,
    #[prop(optional)] big: bool,
    /// The parts and their evidence: `<dl class="parts">`.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let closed = RwSignal::new(false);
    let strength = match score {
        Some(75..) => " strong",
        Some(50..) => " fair",
        Some(_) => " weak",
        None => " none",
    };
    let text = score.map_or_else(|| "–".to_owned(), |score| score.to_string());
    let said = match score {
        Some(_) => [label, " ", &text, " of 100"].concat(),
        None => [label, " not known yet"].concat(),
    };
    let class = ["score-badge", strength, if big { " big" } else { "" }].concat();
    let figure = view! {
        <span class="score-number" aria-hidden="true">{text}</span>
        <svg class="score-rule" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" width="100" height="6"></rect>
            <rect class="fill" width=score.unwrap_or(0).min(100).to_string() height="6"></rect>
        </svg>
    };
    let Some(children) = children else {
        return view! { <div class="score"><span class=class role="img" aria-label=said>{figure}</span></div> }
            .into_any();
    };
    view! {
        <div
            class="score"
            class:closed=closed
            on:keydown=move |ev| {
                if ev.key() == "Escape" {
                    closed.set(true);
                }
            }
            on:mouseenter=move |_| closed.set(false)
            on:focusout=move |_| closed.set(false)
        >
            <button type="button" class=class aria-label=said>
                {figure}
            </button>
            <div class="score-parts">{children()}</div>
        </div>
    }
    .into_any()
}
