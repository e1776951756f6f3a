//! What can be done with everything that is chosen.

use super::moving::Moving;
use crate::{applications::stages::Stage, ui::*};
use leptos::prelude::*;
use std::collections::HashSet;

/// Stands at the foot of the page while anything is chosen.
#[component]
pub fn Bulk(stages: Vec<Stage>) -> impl IntoView {
    let moving = expect_context::<Moving>();
    let number = move || moving.chosen.with(HashSet::len);
    let words = move || match number() {
        1 => "1 chosen".to_owned(),
        n => [n.to_string(), " chosen".to_owned()].concat(),
    };
    let options: Vec<(String, String)> = std::iter::once((String::new(), "Move to…".to_owned()))
        .chain(stages.iter().map(|stage| (stage.key.clone(), stage.name.clone())))
        .collect();
    let change = Callback::new(move |key: String| {
        if let Some(stage) = stages.iter().find(|stage| stage.key == key) {
            moving.move_chosen(stage);
        }
    });
    view! {
        <div class="bulk" role="region" aria-label="Chosen applications" hidden=move || number() == 0>
            <strong role="status">{words}</strong>
            <Select name="bulk" id="bulk-stage" label="Move the chosen to" hide_label=true options on_change=change/>
            <ConfirmButton
                id="bulk-remove" label="Remove" class="danger small" icon=Icon::Trash
                question="They go to the bin for 30 days, and their jobs back to not applied." confirm="Remove"
                on_confirm=Callback::new(move |()| moving.remove_chosen())
            />
            <button type="button" class="button quiet small" on:click=move |_| moving.chosen.set(HashSet::new())>"Choose none"</button>
        </div>
    }
}
