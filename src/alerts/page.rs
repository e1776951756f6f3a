//! `/alerts`

use super::{Alert, MarkAlert, MarkAllAlerts, alerts};
use crate::{
    feedback::{
        Place,
        thumbs::{self, Ask, Thumbs},
    },
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;

#[component]
pub fn AlertsPage() -> impl IntoView {
    let changed = live::watch(&[Topic::Alerts, Topic::Jobs]);
    let list = wire::load(changed, |_| alerts());
    let all = ServerAction::<MarkAllAlerts>::new();
    thumbs::provide(true);
    view! {
        <Title text="Alerts"/>
        <main id="main" class="page narrow" tabindex="-1">
            <header class="page-head">
                <div><h1>"Alerts"</h1><p class="muted">"Jobs that scored at or above your threshold when they arrived. "<a href="/profile">"Change the threshold"</a></p></div>
            </header>
            <Transition fallback=|| view! { <Skeleton lines=6 card=true/> }>
                {move || Suspend::new(async move {
                    match list.await {
                        Ok(list) if list.is_empty() => EitherOf3::A(view! {
                            <Empty title="No alerts yet" text="When a job arrives that fits you well, it is named here and in a note on every open page." icon=Icon::Bell>
                                <a class="button primary" href="/jobs/searches">"Say what you look for"</a>
                                <a class="button" href="/jobs/import">"Bring in jobs"</a>
                            </Empty>
                        }),
                        Ok(list) => EitherOf3::B(view! {
                            {list.iter().any(|alert| alert.read_at.is_none()).then(|| view! {
                                <div class="row end"><ActionForm action=all><Submit pending=all.pending() class="small">"Mark all read"</Submit></ActionForm></div>
                            })}
                            {arrivals(list).into_iter().map(|arrival| view! { <Arrival arrival/> }).collect_view()}
                        }),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| list.refetch())/> }),
                    }
                })}
            </Transition>
            <Ask/>
        </main>
    }
}

/// Alerts that came at the same moment, the newest first, each with its place in the list.
fn arrivals(list: Vec<Alert>) -> Vec<Vec<(Alert, u32)>> {
    let mut all: Vec<Vec<(Alert, u32)>> = Vec::new();
    for (alert, position) in list.into_iter().zip(1..) {
        match all.last_mut().filter(|last| last.first().is_some_and(|(first, _)| first.created_at == alert.created_at))
        {
            Some(last) => last.push((alert, position)),
            None => all.push(vec![(alert, position)]),
        }
    }
    all
}

/// What arrived together, as one card.
#[component]
fn Arrival(arrival: Vec<(Alert, u32)>) -> impl IntoView {
    let at = arrival.first().map(|(alert, _)| alert.created_at);
    let count = arrival.len();
    let head = (count > 1).then(|| {
        view! { <header class="card-head"><h2>{count}" jobs"</h2>{at.map(|at| view! { <span class="muted small"><Time at/></span> })}</header> }
    });
    view! {
        <section class="card flush">
            {head}
            <ul class="list">{arrival.into_iter().map(|(alert, position)| view! { <Row alert position/> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Row(alert: Alert, position: u32) -> impl IntoView {
    let action = ServerAction::<MarkAlert>::new();
    let read = alert.read_at.is_some();
    let place = (!alert.location.is_empty()).then_some(alert.location);
    let title = alert.title.clone();
    view! {
        <li class="item" class:unread=!read>
            <div class="item-main">
                <a class="item-title" href=["/jobs/".to_owned(), alert.job_id.to_string()].concat()>{alert.title}</a>
                <p class="meta"><span>{alert.company}</span>{place.map(|place| view! { <span>{place}</span> })}<Time at=alert.created_at/></p>
                {alert.search.map(|name| view! { <p class="meta small"><span>"Found by the search “"{name}"”"</span></p> })}
            </div>
            <Thumbs job=alert.job_id title verdict=alert.verdict list=Place::Alerts position/>
            <div class="item-side">
                <span class="badge accent">{alert.score}" of 100"</span>
                <ActionForm action>
                    <input type="hidden" name="id" value=alert.id.to_string()/>
                    <input type="hidden" name="read" value=if read { "false" } else { "true" }/>
                    <button class="button small quiet" type="submit">{if read { "Mark unread" } else { "Mark read" }}</button>
                </ActionForm>
            </div>
        </li>
    }
}
