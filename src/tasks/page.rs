//! `/applications/tasks`

use super::{
    Group, TaskLine, TaskPage,
    form::Choices,
    load_tasks,
    row::{Acts, TaskRow},
    section::QuickAdd,
};
use crate::{
    live::{self, Topic},
    push::card::{self, PushCard},
    reminders::{SaveReminding, card::RemindingCard},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

#[component]
pub fn TasksPage() -> impl IntoView {
    let changed = live::watch(&[Topic::Applications, Topic::Jobs, Topic::Profile]);
    let loaded = wire::load(changed, |_| load_tasks());
    let acts = Acts::new();
    let settings = ServerAction::<SaveReminding>::new();
    let push = card::Acts::provide();
    let toasts = use_toasts();
    Effect::new(move |_| {
        if let Some(Ok(())) = settings.value().get() {
            toasts.push(Toast::good("Saved."));
        }
    });
    view! {
        <Title text="Tasks"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head"><div>
                <p class="meta small"><a href="/applications">"Applications"</a></p>
                <h1>"Tasks"</h1>
            </div></header>
            <section class="card stack tight">
                <h2 class="visually-hidden">"New task"</h2>
                <QuickAdd acts/>
            </section>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(page) => Either::Left(view! { <Shown page acts settings push/> }),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| loaded.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Shown(page: TaskPage, acts: Acts, settings: ServerAction<SaveReminding>, push: card::Acts) -> impl IntoView {
    let TaskPage { groups, applications, reminding } = page;
    let pushing = reminding.pushing.clone();
    let nothing = groups.iter().all(|(group, _)| *group == Group::Done);
    let empty = nothing.then(|| {
        view! {
            <Empty title="Nothing to do" text="Write a task on the line above, such as “Send the papers by 3 Dec”, or add one on an application’s page." icon=Icon::Check>
                <a class="button" href="/applications">"Your applications"</a>
            </Empty>
        }
    });
    let lists = groups
        .into_iter()
        .map(|(group, lines)| view! { <GroupList group lines applications=applications.clone() acts/> })
        .collect_view();
    view! {
        <div class="split">
            <div class="stack">{empty}{lists}</div>
            <div class="stack"><RemindingCard reminding action=settings/><PushCard pushing acts=push/></div>
        </div>
    }
}

#[component]
fn GroupList(
    group: Group,
    lines: Vec<TaskLine>,
    applications: Vec<(crate::ids::ApplicationId, String)>,
    acts: Acts,
) -> impl IntoView {
    let count = lines.len();
    let rows = lines
        .into_iter()
        .map(|line| view! { <TaskRow line acts choices=Choices::Of(applications.clone())/> })
        .collect_view();
    view! {
        <section class="card flush">
            <header class="card-head"><h2>{group.label()}</h2><span class="count">{count}</span></header>
            <ul class="list">{rows}</ul>
        </section>
    }
}
