//! The parts of `/admin/work`.

use super::{Item, Queue, Run, page::Acts};
use crate::ui::*;
use leptos::prelude::*;

/// A kind of work in words.
fn words(kind: &str) -> String {
    match kind {
        "fetch_source" => "Reading sources".into(),
        "check_openings" => "Looking whether postings are open".into(),
        "look" => "Asking searches about new postings".into(),
        "deliver" => "Bringing people what was found".into(),
        "backfill" => "Filling new searches".into(),
        "brief" => "Writing briefings".into(),
        "fan_out" => "Going through people".into(),
        other => other.to_owned(),
    }
}

/// What the schedule has, in words.
const SCHEDULES: [(&str, &str); 5] = [
    ("ingest", "Sources are read"),
    ("openings", "Postings are looked after"),
    ("morning", "Morning briefing"),
    ("evening", "Evening summary"),
    ("weekly", "Weekly report"),
];

/// What is done, and about what where it is about anything.
fn named(item: &Item) -> String {
    let subject = if item.subject.is_empty() { &item.about } else { &item.subject };
    let kind = words(&item.kind);
    if subject.is_empty() { kind } else { [kind.as_str(), ", ", subject.as_str()].concat() }
}

/// Something of the schedule in words.
fn schedule_words(schedule: &str) -> String {
    SCHEDULES.iter().find(|(word, _)| *word == schedule).map_or(schedule, |(_, words)| words).to_owned()
}

/// How much there is of each kind.
#[component]
pub(super) fn Queues(queues: Memo<Vec<Queue>>) -> impl IntoView {
    let row = |queue: Queue| {
        let oldest = match queue.oldest {
            Some(at) => view! { <Time at/> }.into_any(),
            None => "none".into_any(),
        };
        let here = if queue.at_once == 0 { "not on this server".to_owned() } else { queue.at_once.to_string() };
        view! {
            <tr>
                <th scope="row">{words(&queue.kind)}</th>
                <td data-label="Waiting">{queue.waiting}</td>
                <td data-label="Due since">{oldest}</td>
                <td data-label="Under way">{queue.running}</td>
                <td data-label="At once">{here}</td>
                <td data-label="Done in 24 h">{queue.done}</td>
                <td data-label="Given up">{queue.dead}</td>
            </tr>
        }
    };
    view! {
        <section class="card stack">
            <h2>"Queues"</h2>
            <table class="table">
                <thead><tr>
                    <th scope="col">"Kind"</th><th scope="col">"Waiting"</th><th scope="col">"Due since"</th><th scope="col">"Under way"</th>
                    <th scope="col">"At once"</th><th scope="col">"Done in 24 h"</th><th scope="col">"Given up"</th>
                </tr></thead>
                <tbody>{move || queues.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
}

/// What is under way, and how far it is.
#[component]
pub(super) fn Running(running: Memo<Vec<Item>>, acts: Acts) -> impl IntoView {
    let ids = Memo::new(move |_| running.with(|all| all.iter().map(|item| item.id).collect::<Vec<_>>()));
    let row = move |id| {
        let item = Memo::new(move |_| running.with(|all| all.iter().find(|item| item.id == id).cloned()));
        let progress = move || item.get().filter(|item| item.total > 0).map(|item| progress(&item));
        let ending = move || item.get().is_some_and(|item| item.cancelling);
        let first = item.get_untracked();
        let what = first.as_ref().map(named).unwrap_or_default();
        view! {
            <li class="item">
                <div class="item-main">
                    {first.map(|item| view! { <Head item/> })}
                    {progress}
                    {move || ending().then(|| view! { <p class="small muted">"It is asked to end."</p> })}
                </div>
                <div class="item-side">{move || (!ending()).then(|| view! { <Cancel id=id.to_string() what=what.clone() acts/> })}</div>
            </li>
        }
    };
    view! {
        <section class="card stack">
            <h2>"Under way"</h2>
            {move || ids.with(Vec::is_empty).then(|| view! { <p class="muted">"Nothing at this moment."</p> })}
            <ul class="list"><For each=move || ids.get() key=|id| *id children=row/></ul>
        </section>
    }
}

/// How far something is.
fn progress(item: &Item) -> impl IntoView + use<> {
    let share = item.done.clamp(0, item.total).saturating_mul(100) / item.total.max(1);
    let text = [grouped(item.done.unsigned_abs()), " of ".into(), grouped(item.total.unsigned_abs())].concat();
    view! {
        <Meter value=u8::try_from(share).unwrap_or(100) label="How far it is"/>
        <p class="small muted">{text}</p>
    }
}

/// What was given up, with its reason.
#[component]
pub(super) fn Dead(dead: Memo<Vec<Item>>, acts: Acts) -> impl IntoView {
    let row = move |item: Item| {
        let (id, why, what) = (item.id.to_string(), item.last_error.clone(), named(&item));
        let retried = id.clone();
        view! {
            <li class="item">
                <div class="item-main">
                    <Head item/>
                    <p class="small field-error">{why}</p>
                </div>
                <div class="item-side row tight">
                    <ActionForm action=acts.retry>
                        <input type="hidden" name="id" value=retried/>
                        <button class="button small" type="submit">"Try again"</button>
                    </ActionForm>
                    <Cancel id what acts/>
                </div>
            </li>
        }
    };
    view! {
        <section class="card stack">
            <header class="card-head">
                <h2>"Given up"</h2>
                {move || dead.with(|all| !all.is_empty()).then(|| view! {
                    <ActionForm action=acts.retry_all><button class="button small" type="submit">"Try all again"</button></ActionForm>
                })}
            </header>
            {move || dead.with(Vec::is_empty).then(|| view! { <p class="muted">"Nothing was given up."</p> })}
            <ul class="list">{move || dead.get().into_iter().map(row).collect_view()}</ul>
        </section>
    }
}

/// What comes next.
#[component]
pub(super) fn Waiting(waiting: Memo<Vec<Item>>, acts: Acts) -> impl IntoView {
    let row = move |item: Item| {
        let (id, why, what) = (item.id.to_string(), item.last_error.clone(), named(&item));
        view! {
            <li class="item">
                <div class="item-main">
                    <Head item/>
                    {(!why.is_empty()).then(|| view! { <p class="small muted">{["Last time: ", &why].concat()}</p> })}
                </div>
                <div class="item-side"><Cancel id what acts/></div>
            </li>
        }
    };
    view! {
        <section class="card stack">
            <h2>"Next"</h2>
            {move || waiting.with(Vec::is_empty).then(|| view! { <p class="muted">"Nothing waits."</p> })}
            <ul class="list">{move || waiting.get().into_iter().map(row).collect_view()}</ul>
        </section>
    }
}

/// What it is, since or from when, and how often it failed.
#[component]
fn Head(item: Item) -> impl IntoView {
    let failures = match item.failures {
        0 => None,
        1 => Some("failed once".to_owned()),
        n => Some(["failed ", &n.to_string(), " times"].concat()),
    };
    view! {
        <strong>{words(&item.kind)}</strong>
        <p class="meta small">
            <Time at=item.at style=TimeStyle::Full/>
            {failures.map(|words| view! { <span>{words}</span> })}
            <span>{if item.subject.is_empty() { item.about } else { item.subject }}</span>
        </p>
    }
}

#[component]
fn Cancel(id: String, what: String, acts: Acts) -> impl IntoView {
    view! {
        <ActionForm action=acts.cancel>
            <input type="hidden" name="id" value=id/>
            <button class="button quiet small" type="submit" aria-label=["Cancel: ", &what].concat()>"Cancel"</button>
        </ActionForm>
    }
}

/// The newest runs of the schedule.
#[component]
pub(super) fn Runs(runs: Memo<(Vec<Run>, bool)>, acts: Acts) -> impl IntoView {
    let things: Vec<(&'static str, &'static str)> = SCHEDULES.to_vec();
    let row = |run: Run| {
        let (tone, words) = match run.result.as_str() {
            "done" => ("badge good", "Done"),
            "failed" => ("badge bad", "Failed"),
            _ => ("badge info", "Under way"),
        };
        let ended = run.ended_at.map(|at| view! { <span>"ended "<Time at style=TimeStyle::Full/></span> });
        view! {
            <li class="item">
                <div class="item-main">
                    <strong>{[schedule_words(&run.schedule), ", ".into(), run.day].concat()}</strong>
                    <p class="meta small">
                        <span class=tone>{words}</span>
                        <span>{run.zone}</span>
                        <span>"planned "<Time at=run.planned_at style=TimeStyle::Full/></span>
                        <span>"began "<Time at=run.started_at style=TimeStyle::Full/></span>
                        {ended}
                    </p>
                    {(!run.trouble.is_empty()).then(|| view! { <p class="small field-error">{run.trouble}</p> })}
                </div>
            </li>
        }
    };
    let quiet = move || runs.with(|(_, scheduler)| !scheduler);
    view! {
        <section class="card stack">
            <header class="card-head">
                <h2>"Schedule"</h2>
                {move || quiet().then(|| view! { <span class="muted small">"This server puts nothing in by the clock (ENABLE_SCHEDULER)."</span> })}
            </header>
            <ActionForm action=acts.begin attr:class="row">
                <Select name="schedule" label="What to begin before its time today" hide_label=true value="ingest" options=things/>
                <Submit pending=acts.begin.pending()>"Begin now"</Submit>
            </ActionForm>
            {move || runs.with(|(runs, _)| runs.is_empty()).then(|| view! { <p class="muted">"Nothing was due yet."</p> })}
            <ul class="list">{move || runs.get().0.into_iter().map(row).collect_view()}</ul>
        </section>
    }
}
