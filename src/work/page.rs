//! `/admin/work`

use super::{
    BeginSchedule, CancelWork, RetryAllWork, RetryWork, Standing, load_work,
    sections::{Dead, Queues, Running, Runs, Waiting},
};
use crate::{
    error::{Error, Result},
    ui::*,
    wire,
};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use std::time::Duration;

/// How often an open page looks again.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What can be done on the page.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    pub retry: ServerAction<RetryWork>,
    pub retry_all: ServerAction<RetryAllWork>,
    pub cancel: ServerAction<CancelWork>,
    pub begin: ServerAction<BeginSchedule>,
}

#[component]
pub fn WorkPage() -> impl IntoView {
    let acts = Acts {
        retry: ServerAction::new(),
        retry_all: ServerAction::new(),
        cancel: ServerAction::new(),
        begin: ServerAction::new(),
    };
    let retried = move || (acts.retry.version().get(), acts.retry_all.version().get());
    let done = move || (retried(), acts.cancel.version().get(), acts.begin.version().get());
    let standing = wire::load(|| (), |()| load_work());
    // What an open page sees afterwards; only what differs is drawn anew, and what is chosen stays chosen.
    let again = Action::new(|(): &()| load_work());
    Effect::new(move |before: Option<_>| {
        let now = done();
        if before.is_some_and(|before| before != now) {
            again.dispatch(());
        }
        now
    });
    watch(again);
    tell(acts);
    view! {
        <Title text="Work and schedule"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head">
                <div><h1>"Work and schedule"</h1><p class="muted">"What is done in the background: what waits, what is under way, what was given up."</p></div>
                <div class="actions"><a class="button quiet" href="/admin">"Accounts"</a></div>
            </header>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match standing.await {
                        Ok(first) => EitherOf3::A(view! { <Shown first again acts/> }),
                        Err(Error::Forbidden) => EitherOf3::B(view! {
                            <Empty title="For administrators" text="Your account is not one."><a class="button" href="/today">"Today"</a></Empty>
                        }),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| standing.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

/// Looks again now and then, for as long as the page is open.
fn watch(again: Action<(), Result<Standing>>) {
    Effect::new(move |_| {
        let tick = set_interval_with_handle(
            move || {
                if !again.pending().get_untracked() {
                    again.dispatch(());
                }
            },
            LOOK_EVERY,
        );
        if let Ok(tick) = tick {
            on_cleanup(move || tick.clear());
        }
    });
}

/// Says what was done.
fn tell(acts: Acts) {
    let toasts = use_toasts();
    let say = move |outcome: Option<Result<()>>, words: &'static str| match outcome {
        Some(Ok(())) => toasts.push(Toast::good(words)),
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    };
    Effect::new(move |_| say(acts.retry.value().get(), "It is tried once more."));
    Effect::new(move |_| say(acts.retry_all.value().get().map(|all| all.map(|_| ())), "All of it is tried once more."));
    Effect::new(move |_| say(acts.begin.value().get().map(|all| all.map(|_| ())), "It begins."));
    Effect::new(move |_| say(acts.cancel.value().get(), "It is not done, or ends in a moment."));
}

#[component]
fn Shown(first: Standing, again: Action<(), Result<Standing>>, acts: Acts) -> impl IntoView {
    let newest = RwSignal::new(first);
    // What was asked for before the page was drawn says nothing new.
    Effect::new(move |drawn: Option<()>| {
        let answer = again.value().get();
        if let (Some(()), Some(Ok(standing))) = (drawn, answer) {
            newest.set(standing);
        }
    });
    let queues = Memo::new(move |_| newest.with(|standing| standing.queues.clone()));
    let running = Memo::new(move |_| newest.with(|standing| standing.running.clone()));
    let waiting = Memo::new(move |_| newest.with(|standing| standing.waiting.clone()));
    let dead = Memo::new(move |_| newest.with(|standing| standing.dead.clone()));
    let runs = Memo::new(move |_| newest.with(|standing| (standing.runs.clone(), standing.scheduler)));
    view! {
        <Queues queues/>
        <Running running acts/>
        <Dead dead acts/>
        <Waiting waiting acts/>
        <Runs runs acts/>
    }
}
