//! One application on the board.

use super::{Line, moving::Moving};
use crate::{applications::stages::Stage, browser, ids::ApplicationId, offline::NotSent, ui::*};
use leptos::{ev, prelude::*};
use std::sync::Arc;

/// The id of a card's element.
pub fn card_id(id: ApplicationId) -> String {
    ["card-".to_owned(), id.to_string()].concat()
}

/// A card: it can be dragged, moved from its menu, and moved and chosen by keyboard.
#[component]
pub fn Card(line: Arc<Line>, stages: Arc<[Stage]>) -> impl IntoView {
    let moving = expect_context::<Moving>();
    let id = line.id;
    let place = match (line.location.is_empty(), line.remote.0) {
        (_, Some(way)) if line.location.is_empty() => Some(way.label().to_owned()),
        (true, _) => None,
        (false, _) => Some(line.location.clone()),
    };
    let score = line
        .match_score
        .map(|score| view! { <span class=["score-chip ", strength(score)].concat() title="Match">{score}</span> });
    let say = ["Choose ", &line.title, " at ", &line.company].concat();
    let move_it = ["Move ", &line.title, " at ", &line.company].concat();
    let (title, company, since) = (line.title.clone(), line.company.clone(), line.since);
    let noted = line.noted.then(|| view! { <span title="Has notes"><Icon name=Icon::Document/><span class="visually-hidden">"Has notes"</span></span> });
    let chosen = line.clone();
    let keys = move |ev: ev::KeyboardEvent| pressed(&ev, moving, &line, &stages);
    view! {
        <li
            class="card-item"
            id=card_id(id)
            draggable="true"
            class:held=move || moving.held.get() == Some(id)
            class:chosen=move || moving.chosen.with(|all| all.contains(&id))
            on:dragstart=move |ev| {
                browser::carry(&ev, &id.to_string());
                moving.held.set(Some(id));
            }
            on:dragend=move |_| {
                moving.held.set(None);
                moving.over.set(None);
            }
            on:keydown=keys
        >
            <div class="card-top">
                <a class="item-title" href=["/applications/".to_owned(), id.to_string()].concat()>{title}</a>
                {score}
            </div>
            <p class="meta small"><span>{company}</span>{place.map(|place| view! { <span>{place}</span> })}</p>
            <div class="card-bottom">
                <label class="card-choose js-only">
                    <input
                        type="checkbox" aria-label=say
                        prop:checked=move || moving.chosen.with(|all| all.contains(&id))
                        on:change=move |_| moving.toggle(id)
                    />
                </label>
                <p class="meta small"><Time at=since/>{noted}<NotSent id=id.to_string()/></p>
                <button
                    type="button" class="button icon-only quiet small js-only" aria-label=move_it
                    on:click=move |_| moving.choosing.set(Some((*chosen).clone()))
                ><Icon name=Icon::ChevronRight/></button>
            </div>
        </li>
    }
}

/// The tone of a score.
pub fn strength(score: i64) -> &'static str {
    match score {
        75.. => "strong",
        50.. => "fair",
        _ => "weak",
    }
}

/// Keys on a card: Shift with an arrow moves it a stage, an arrow goes to another card, X chooses it, M opens its stages.
fn pressed(ev: &ev::KeyboardEvent, moving: Moving, line: &Line, stages: &[Stage]) {
    if ev.ctrl_key() || ev.alt_key() || ev.meta_key() {
        return;
    }
    let step = match ev.key().as_str() {
        "ArrowLeft" => -1,
        "ArrowRight" => 1,
        "ArrowUp" | "ArrowDown" => 0,
        "x" | "X" => {
            ev.prevent_default();
            return moving.toggle(line.id);
        }
        "m" | "M" => {
            ev.prevent_default();
            return moving.choosing.set(Some(line.clone()));
        }
        _ => return,
    };
    ev.prevent_default();
    if ev.shift_key() && step != 0 {
        let key = untrack(|| moving.stage_of(line));
        let at = stages.iter().position(|stage| stage.key == key);
        if let Some(stage) = at.and_then(|at| stages.get(at.checked_add_signed(step)?)) {
            let id = line.id;
            moving.followed.set_value(Some(id));
            moving.go(line, stage);
            // It is drawn anew in its new column.
            request_animation_frame(move || browser::focus_in(&card_id(id)));
        }
    } else if !ev.shift_key() {
        browser::focus_card(&card_id(line.id), &ev.key());
    }
}
