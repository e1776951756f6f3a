//! Long lists of sources: how they do in all, the first of them, and a way to the others.

use super::{Health, Source};
use crate::ui::grouped;
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
pub(super) fn Others(page: &'static str, rows: usize, whole: bool) -> impl IntoView {
    is_long(rows).then(|| {
        let (href, words) = match whole {
            true => (page.to_owned(), ["Show the first ", &FIRST.to_string()].concat()),
            false => ([page, "?all=yes"].concat(), ["Show all ", &count(rows)].concat()),
        };
        view! { <footer class="card-foot"><a class="button quiet small" href=href data-noscroll="true">{words}</a></footer> }
    })
}

fn count(of: usize) -> String {
    grouped(u64::try_from(of).unwrap_or(u64::MAX))
}

/// "198 work, 17 are in trouble, 36 are paused"
pub(super) fn health<'a>(sources: impl Iterator<Item = &'a Source> + Clone) -> String {
    let many = |of: fn(Health) -> bool| count(sources.clone().filter(|source| of(source.health)).count());
    let trouble = |health| matches!(health, Health::Failing | Health::Trial);
    [
        &many(|health| health == Health::Well),
        " work, ",
        &many(trouble),
        " are in trouble, ",
        &many(|health| health == Health::Paused),
        " are paused",
    ]
    .concat()
}
