//! What was found, to be looked through and saved.

use super::{Parsed, Twin, whence};
use crate::{
    jobs::{card::FitBadge, form::JobForm},
    ui::*,
};
use leptos::{html, prelude::*};

/// Fields whose lack is worth a word.
const TOLD: [&str; 7] = ["title", "company", "location", "salary", "experience_level", "tech_stack", "description"];

#[component]
pub(super) fn Review(
    parsed: Parsed,
    /// Whether the focus goes here: after a press of a button, not when the page opens with it.
    focus: bool,
) -> impl IntoView {
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get().filter(|_| focus) {
            // Without the focus it can still be read.
            _ = heading.focus();
        }
    });
    let Parsed { job, from, missing, twins, fit, note } = parsed;
    let missing: Vec<&str> =
        TOLD.into_iter().filter(|field| missing.iter().any(|name| name == field)).map(whence::name).collect();
    let scored = fit.is_some();
    view! {
        <section class="stack">
            <header class="card-head">
                <h2 tabindex="-1" node_ref=heading>"Look it through"</h2>
                {scored.then(|| view! { <FitBadge fit/> })}
            </header>
            {(!note.is_empty()).then(|| view! { <div class="callout warn"><Icon name=Icon::Warning/><div>{note}</div></div> })}
            {(!twins.is_empty()).then(|| view! { <Twins twins/> })}
            {(!missing.is_empty()).then(|| view! {
                <p class="muted" role="status">{["Not found: ", &missing.join(", "), "."].concat()}</p>
            })}
            <JobForm posting=job from/>
        </section>
    }
}

/// The jobs one has already.
#[component]
fn Twins(twins: Vec<Twin>) -> impl IntoView {
    let each = twins.into_iter().map(|twin| {
        let to = ["/jobs/".to_owned(), twin.job_id.to_string()].concat();
        let name = [twin.title.as_str(), " at ", &twin.company].concat();
        view! { <li class="breaks"><a href=to>{name}</a>". "{twin.reason}</li> }
    });
    view! {
        <div class="callout warn" role="alert"><Icon name=Icon::Warning/><div class="stack tight">
            <p>"You have this job already."</p>
            <ul>{each.collect_view()}</ul>
        </div></div>
    }
}
