//! `/offline`: the changes that wait on this device, those that need a decision, and whether pages are kept here.

use super::{Offline, Standing, State, Waiting, words, worker};
use crate::{palette, ui::*};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use std::collections::HashMap;

/// The names of what changes are about, by its address.
type Names = RwSignal<HashMap<String, String>>;

#[component]
pub fn OfflinePage() -> impl IntoView {
    let offline = expect_context::<Offline>();
    let names = names(offline);
    view! {
        <Title text="On this device"/>
        <main id="main" class="page narrow" tabindex="-1">
            <header class="page-head"><div>
                <h1>"On this device"</h1>
                <p class="muted">"What you change without a network waits here and is sent when it is back, in the order you made it."</p>
            </div></header>
            {move || offline.standing.get().map_or_else(
                || Either::Left(view! { <p class="card muted">"This browser keeps nothing here: it has no offline mode, or the page is not on a safe connection (https)."</p> }),
                |standing| Either::Right(sections(&standing, names)),
            )}
        </main>
    }
}

/// Asks what the changes are about is called, as long as there is a network to ask.
fn names(offline: Offline) -> Names {
    let names = Names::new(HashMap::new());
    Effect::new(move |_| {
        let places: Vec<String> = offline.standing.with(|standing| {
            let changes = standing.iter().flat_map(|standing| &standing.changes);
            changes.flat_map(place).filter(|place| names.with_untracked(|names| !names.contains_key(place))).collect()
        });
        if places.is_empty() {
            return;
        }
        leptos::task::spawn_local(async move {
            if let Ok(found) = palette::recall_places(places).await {
                names.update(|names| {
                    names.extend(found.into_iter().map(|hit| (hit.to, [hit.title, hit.company].join(" at "))))
                });
            }
        });
    });
    names
}

/// The page of what a change is about, where it has one.
fn place(change: &Waiting) -> Option<String> {
    let of_application = ["move_application", "remove_application", "save_notes", "save_offer", "add_interview"];
    if of_application.contains(&change.name.as_str()) {
        return Some(["/applications/", &change.about].concat());
    }
    (change.from.matches('/').count() > 1).then(|| change.from.clone())
}

fn sections(standing: &Standing, names: Names) -> impl IntoView + use<> {
    let (asked, waiting): (Vec<_>, Vec<_>) =
        standing.changes.iter().cloned().partition(|change| change.state != State::Waiting);
    let none = standing.changes.is_empty();
    let keep = standing.keep;
    view! {
        {none.then(|| view! { <section class="card"><Empty title="Everything is sent" text="Nothing waits on this device."/></section> })}
        {(!asked.is_empty()).then(|| view! {
            <section class="stack tight">
                <h2>"For you to decide"</h2>
                {asked.into_iter().map(|change| asking(change, names)).collect_view()}
            </section>
        })}
        {(!waiting.is_empty()).then(|| view! {
            <section class="card stack tight">
                <h2>"Waiting for the network"</h2>
                <ul class="list plain">{waiting.into_iter().map(|change| row(change, names)).collect_view()}</ul>
                <div class="row"><button type="button" class="button small" on:click=|_| worker::say("back", 0, false)><Icon name=Icon::Refresh/>"Try now"</button></div>
            </section>
        })}
        <section class="card stack tight">
            <h2>"Pages to read without a network"</h2>
            <p class="muted">"Your main pages and those you looked at last are kept on this device for two weeks, until you sign out. An installed app keeps them unless you say otherwise, a browser if you say so. Do that only where nobody else can look."</p>
            <div class="row">
                <button type="button" class="button small" aria-pressed=keep.to_string() on:click=move |_| worker::say("keep", 0, !keep)>
                    {if keep { "Do not keep pages here" } else { "Keep pages here" }}
                </button>
            </div>
        </section>
    }
}

/// What a change is and where it was made.
fn heading(change: &Waiting, names: Names) -> impl IntoView + use<> {
    let place = place(change);
    let (href, at) = (place.clone().unwrap_or_else(|| change.from.clone()), change.at);
    let name = move || place.as_ref().and_then(|place| names.with(|names| names.get(place).cloned()));
    let link = move || name().unwrap_or_else(|| "Open the page".into());
    view! {
        <strong>{words::deed(&change.name)}</strong>
        <p class="meta"><a href=href>{link}</a><Time at style=TimeStyle::Full/></p>
    }
}

fn row(change: Waiting, names: Names) -> impl IntoView {
    let number = change.number;
    let fields: Vec<_> = change.fields.iter().filter(|(_, mine, _)| !mine.is_empty()).cloned().collect();
    view! {
        <li class="item">
            <div class="item-main stack tight">
                <div>{heading(&change, names)}</div>
                <dl class="facts">
                    {fields.into_iter().map(|(name, mine, _)| view! { <div><dt>{words::label(&name)}</dt><dd class="clip">{mine}</dd></div> }).collect_view()}
                </dl>
            </div>
            <div class="item-side"><GiveUp number/></div>
        </li>
    }
}

/// A change that met another one, or that the server could not do: both sides, and what can be done.
fn asking(change: Waiting, names: Names) -> impl IntoView {
    let number = change.number;
    let conflict = change.state == State::Asking;
    let why = if conflict { "It was changed elsewhere after you last saw it.".to_owned() } else { change.why.clone() };
    let differs = |(_, mine, now): &&(String, String, String)| !conflict || mine != now;
    let fields: Vec<_> = change.fields.iter().filter(differs).cloned().collect();
    view! {
        <article class="card stack tight">
            <div>{heading(&change, names)}</div>
            <p class="callout warn"><Icon name=Icon::Warning/><span>{why}</span></p>
                <table class="table">
                    <thead><tr><th scope="col">"Field"</th><th scope="col">"Yours"</th>{conflict.then(|| view! { <th scope="col">"As it is now"</th> })}</tr></thead>
                    <tbody>
                        {fields.into_iter().map(|(name, mine, now)| view! {
                            <tr><th scope="row">{words::label(&name)}</th><td class="plain" data-label="Yours">{mine}</td>{conflict.then(|| view! { <td class="plain" data-label="As it is now">{now}</td> })}</tr>
                        }).collect_view()}
                    </tbody>
                </table>
            <div class="row">
                <button type="button" class="button small primary" on:click=move |_| worker::say("insist", number, false)>
                    {if conflict { "Use yours" } else { "Try again" }}
                </button>
                <GiveUp number label=if conflict { "Keep it as it is now" } else { "Give it up" }/>
            </div>
        </article>
    }
}

/// Drops a change, asked once more: what was typed is gone with it.
#[component]
fn GiveUp(number: u32, #[prop(default = "Give it up")] label: &'static str) -> impl IntoView {
    let sure = RwSignal::new(false);
    let click = move |_| if sure.get() { worker::say("give-up", number, false) } else { sure.set(true) };
    view! {
        <button type="button" class="button small quiet" class:danger=sure on:click=click>
            {move || if sure.get() { "Really? What you typed is gone then" } else { label }}
        </button>
    }
}
