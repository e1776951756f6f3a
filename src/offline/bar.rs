//! The line above a page that says what is not as usual: no network, changes that wait, changes that need a decision.

use super::{Offline, Standing, State};
use crate::ui::*;
use leptos::prelude::*;

#[component]
pub fn Bar() -> impl IntoView {
    let offline = expect_context::<Offline>();
    view! {
        <div class="offline-bar" role="status">
            {move || offline.standing.with(|standing| standing.as_ref().map(said))}
        </div>
    }
}

fn said(standing: &Standing) -> impl IntoView + use<> {
    let count = |wanted: fn(State) -> bool| standing.changes.iter().filter(|change| wanted(change.state)).count();
    let waiting = count(|state| state == State::Waiting);
    let asking = count(|state| state != State::Waiting);
    let as_of = standing
        .as_of
        .map(|at| view! { <p>"No network. This page is as it was on "<Time at style=TimeStyle::Full/>"."</p> });
    let waiting = (waiting > 0).then(|| {
        let words = many(waiting, " change waits", " changes wait");
        view! { <p><a href="/offline">{words}</a>" on this device for the network."</p> }
    });
    let asking = (asking > 0).then(|| {
        let words = many(asking, " change needs", " changes need");
        view! { <p><a href="/offline">{words}</a>" your decision."</p> }
    });
    (as_of, waiting, asking)
}

fn many(count: usize, one: &str, more: &str) -> String {
    [count.to_string().as_str(), if count == 1 { one } else { more }].concat()
}
