//! The board: a column for each stage.

use super::{
    Line, Tracker, TrackerQuery,
    card::{Card, card_id},
    filters::href,
    moving::Moving,
};
use crate::{
    applications::stages::{Stage, StageCount},
    browser,
    ids::ApplicationId,
    ui::*,
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Board(query: TrackerQuery, tracker: Tracker) -> impl IntoView {
    let stages: Vec<Stage> = tracker.stages.iter().map(|counted| counted.stage.clone()).collect();
    // Shared, not owned by the page: a card that stays where it is outlives the board it was drawn with.
    let stages: Arc<[Stage]> = stages.into();
    let lines: Arc<[Arc<Line>]> = tracker.lines.into_iter().map(Arc::new).collect();
    keep_focus(expect_context::<Moving>());
    let columns = tracker
        .stages
        .into_iter()
        .filter(|counted| query.stage.is_empty() || counted.stage.key == query.stage)
        .map(|counted| view! { <Column counted query=query.clone() lines=lines.clone() stages=stages.clone()/> })
        .collect_view();
    view! {
        <div class="board" role="group" aria-label="Board, a column for each stage" aria-describedby="board-keys">{columns}</div>
        <p class="visually-hidden" id="board-keys">
            "On a card: arrow keys go to other cards, Shift with left or right moves it to the next stage, M chooses a stage, X chooses the card."
        </p>
    }
}

/// What a card shows: while it stays the same, so does the card, and the focus in it.
fn drawn_from(line: &Line) -> (ApplicationId, i64, Option<i64>, bool, String, String) {
    (line.id, line.version, line.match_score, line.noted, line.title.clone(), line.company.clone())
}

/// Gives the focus back to the card that was moved by keyboard, when it was drawn anew.
fn keep_focus(moving: Moving) {
    Effect::new(move |_| {
        if let Some(id) = moving.followed.get_value() {
            request_animation_frame(move || browser::focus_again(&card_id(id)));
        }
    });
}

#[component]
fn Column(counted: StageCount, query: TrackerQuery, lines: Arc<[Arc<Line>]>, stages: Arc<[Stage]>) -> impl IntoView {
    let moving = expect_context::<Moving>();
    let StageCount { stage, count } = counted;
    let (key, title_id) = (stage.key.clone(), ["stage-", &stage.key].concat());
    let (here, there) = (key.clone(), key.clone());
    let all = lines.clone();
    let cards = move || all.iter().filter(|line| moving.stage_of(line) == key).cloned().collect::<Vec<_>>();
    // How many there are, those included that are only on their way.
    let loaded = lines.iter().filter(|line| line.stage == here).count() as i64;
    let shown = cards.clone();
    let number = move || (count - loaded + shown().len() as i64).to_string();
    let more = (count > loaded).then(|| {
        let show = query.show.unwrap_or(30) + 60;
        let all = TrackerQuery { show: Some(show), ..query.clone() };
        view! { <a class="button quiet small" href=href(&all)>{["Show more of ", &(count - loaded).to_string()].concat()}</a> }
    });
    let (target, over, labelled_by) = (stage.clone(), there.clone(), title_id.clone());
    let empty = cards.clone();
    view! {
        <section
            class=["column ", stage.colour.as_str()].concat()
            aria-labelledby=labelled_by
            class:over=move || moving.over.with(|over| over.as_ref() == Some(&there))
            on:dragover=move |ev| {
                if moving.held.with_untracked(Option::is_some) {
                    ev.prevent_default();
                    if moving.over.with_untracked(|now| now.as_ref() != Some(&over)) {
                        moving.over.set(Some(over.clone()));
                    }
                }
            }
            on:drop=move |ev| {
                ev.prevent_default();
                let held = moving.held.get_untracked();
                if let Some(line) = held.and_then(|id| lines.iter().find(|line| line.id == id)) {
                    moving.followed.set_value(None);
                    moving.go(line, &target);
                }
                // The card that was dragged is gone from where it was, and hears of no end.
                moving.held.set(None);
                moving.over.set(None);
            }
        >
            <header class="column-head">
                <span class="dot" aria-hidden="true"></span>
                <h2 id=title_id>{stage.name}</h2>
                <span class="count">{number}</span>
            </header>
            <ul class="cards">
                <For each=cards key=|line| drawn_from(line) let:line><Card line stages=stages.clone()/></For>
            </ul>
            <p class="column-empty muted small" hidden=move || !empty().is_empty()>"Nothing here"</p>
            {more}
        </section>
    }
}

/// The stages to choose from, for the card that asks.
#[component]
pub fn MoveDialog(stages: Vec<Stage>) -> impl IntoView {
    let moving = expect_context::<Moving>();
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if moving.choosing.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && moving.choosing.with_untracked(Option::is_some) {
            moving.choosing.set(None);
        }
    });
    let what = move || {
        moving
            .choosing
            .with(|line| line.as_ref().map(|line| [&line.title, " at ", &line.company].concat()).unwrap_or_default())
    };
    let entries = stages
        .into_iter()
        .map(|stage| {
            let (key, name, colour) = (stage.key.clone(), stage.name.clone(), stage.colour.as_str());
            let current = move || {
                moving.choosing.with(|line| line.as_ref().is_some_and(|line| line.stage == key)).then_some("true")
            };
            let go = move |_| {
                if let Some(line) = moving.choosing.get_untracked() {
                    moving.followed.set_value(Some(line.id));
                    moving.go(&line, &stage);
                }
                open.set(false);
            };
            view! {
                <li><button type="button" class=["stage-choice ", colour].concat() aria-current=current on:click=go>
                    <span class="dot" aria-hidden="true"></span>{name}
                </button></li>
            }
        })
        .collect_view();
    view! {
        <Dialog id="move-dialog" title="Move to" open>
            <p class="muted">{what}</p>
            <ul class="stage-choices">{entries}</ul>
        </Dialog>
    }
}
