//! A long list of sources: the first of them, and a way to the others.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Rows of a list that is not asked for as a whole.
const FIRST: usize = 20;

/// Whether the address asks for all rows.
pub(super) fn whole() -> Memo<bool> {
    let map = use_query_map();
    Memo::new(move |_| map.with(|map| map.get("all").is_some()))
}

/// How many rows of so many are shown.
pub(super) fn shown(rows: usize, whole: bool) -> usize {
    if whole { rows } else { rows.min(FIRST) }
}

/// Whether there are more than are shown at first.
pub(super) fn is_long(rows: usize) -> bool {
    rows > FIRST
}

/// The way to the rows that are not shown, and back.
#[component]
pub(super) fn Others(rows: usize, whole: bool) -> impl IntoView {
    is_long(rows).then(|| {
        let (href, words) = match whole {
            true => ("/jobs/sources", ["Show the first ", &FIRST.to_string()].concat()),
            false => ("/jobs/sources?all=yes", ["Show all ", &rows.to_string()].concat()),
        };
        view! { <footer class="card-foot"><a class="button quiet small" href=href data-noscroll="true">{words}</a></footer> }
    })
}
