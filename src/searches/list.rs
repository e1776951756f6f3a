//! `/jobs/searches`

use super::{MOST, RemoveSearch, SearchLine, SearchList, SetSearchActive, load_searches};
use crate::{
    applications::tracker::moving::tell,
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;

#[component]
pub fn SearchesPage() -> impl IntoView {
    let changed = live::watch(&[Topic::Jobs]);
    let searches = wire::load(changed, |_| load_searches());
    let acts = Acts::telling();
    view! {
        <Title text="Searches"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head">
                <div>
                    <p class="meta small"><a href="/jobs">"Jobs"</a></p>
                    <h1>"Searches"</h1>
                    <p class="muted">"What you look for. Postings that arrive are held against it, and what fits becomes a job of yours."</p>
                </div>
                <div class="actions"><a class="button" href="/jobs/sources">"Sources"</a><a class="button primary" href="/jobs/searches/new"><Icon name=Icon::Plus/>"New search"</a></div>
            </header>
            <Transition fallback=|| view! { <Skeleton lines=6 card=true/> }>
                {move || Suspend::new(async move {
                    match searches.await {
                        Ok(list) if list.lines.is_empty() => EitherOf3::A(view! {
                            <Empty title="No searches yet" text="Say once what you look for, and new postings that fit come by themselves. The first search starts with what your profile says." icon=Icon::Search>
                                <a class="button primary" href="/jobs/searches/new">"Write the first one"</a>
                            </Empty>
                        }),
                        Ok(list) => EitherOf3::B(view! { <Shown list acts/> }),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| searches.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

/// What can be done with a search on its row and on its page.
#[derive(Clone, Copy)]
pub struct Acts {
    pub active: ServerAction<SetSearchActive>,
    pub remove: ServerAction<RemoveSearch>,
}

impl Acts {
    /// What says by itself what came of it.
    pub fn telling() -> Self {
        let acts = Acts { active: ServerAction::new(), remove: ServerAction::new() };
        let toasts = use_toasts();
        Effect::new(move |_| {
            if let Some(answer) = acts.active.value().get() {
                tell(toasts, answer, "Saved.".to_owned());
            }
        });
        Effect::new(move |_| {
            if let Some(answer) = acts.remove.value().get() {
                tell(toasts, answer, "Search removed. What it found stays.".to_owned());
            }
        });
        acts
    }
}

#[component]
fn Shown(list: SearchList, acts: Acts) -> impl IntoView {
    let left_out = (list.left_out > 0).then(|| {
        let many = [
            grouped(list.left_out.unsigned_abs()),
            " more fit today than can be brought. Narrower searches find fewer and better ones.".to_owned(),
        ]
        .concat();
        view! { <div class="callout info"><Icon name=Icon::Info/><div>{many}</div></div> }
    });
    let full = (list.lines.len() >= MOST).then(|| {
        view! { <p class="muted small">"These are as many as one can have."</p> }
    });
    let rows = list.lines.into_iter().map(|line| view! { <Row line acts/> }).collect_view();
    view! {
        {left_out}
        <section class="card flush"><ul class="list">{rows}</ul></section>
        {full}
    }
}

#[component]
fn Row(line: SearchLine, acts: Acts) -> impl IntoView {
    let href = ["/jobs/searches/".to_owned(), line.search.id.to_string()].concat();
    let id = line.search.id.to_string();
    let active = line.search.active;
    let new = (line.new > 0)
        .then(|| view! { <span class="badge accent">{[line.new.to_string(), " new".to_owned()].concat()}</span> });
    let last = line.last_found.map(|at| view! { <span>"last "<Time at/></span> });
    view! {
        <li class="item" class:dim=!active class:unread={line.new > 0}>
            <div class="item-main">
                <a class="item-title" href=href>{line.search.name}</a>
                <p>{line.words}</p>
                <p class="meta small">
                    <span>{found(line.found)}</span>
                    {last}
                    {(!active).then(|| view! { <span>"off"</span> })}
                </p>
            </div>
            <div class="item-side row tight">
                {new}
                <ActionForm action=acts.active>
                    <input type="hidden" name="id" value=id/>
                    <input type="hidden" name="active" value=if active { "false" } else { "true" }/>
                    <button class="button small quiet" type="submit">{if active { "Turn off" } else { "Turn on" }}</button>
                </ActionForm>
            </div>
        </li>
    }
}

/// How many a search found.
pub fn found(count: i64) -> String {
    match count {
        0 => "nothing found yet".to_owned(),
        1 => "1 found".to_owned(),
        n => [grouped(n.unsigned_abs()), " found".to_owned()].concat(),
    }
}
