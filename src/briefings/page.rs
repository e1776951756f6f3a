//! `/briefings`: what the person was told, newest first, and which of it is mailed.

use super::{
    BriefingLine, Briefings, Kind, MakeBriefing, MarkBriefing, SaveBriefingSettings, card::MailCard, load_briefings,
};
use crate::{
    app::leave_when_done,
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// What can be done on this page.
#[derive(Clone, Copy)]
struct Acts {
    save: ServerAction<SaveBriefingSettings>,
    make: ServerAction<MakeBriefing>,
    mark: ServerAction<MarkBriefing>,
}

#[component]
pub fn BriefingsPage() -> impl IntoView {
    let query = use_query_map();
    let kind = Memo::new(move |_| query.with(|map| map.get("kind")).unwrap_or_default());
    let page = Memo::new(move |_| query.with(|map| map.get("page")).and_then(|page| page.parse().ok()).unwrap_or(1));
    let changed = live::watch(&[Topic::Alerts, Topic::Account]);
    let list = wire::load(
        move || (kind.get(), page.get(), changed()),
        |(kind, page, _)| async move { load_briefings(kind, page).await },
    );
    let acts = Acts { save: ServerAction::new(), make: ServerAction::new(), mark: ServerAction::new() };
    leave_when_done(acts.make);
    let toasts = use_toasts();
    Effect::new(move |_| {
        // An error stands above the form.
        if let Some(Ok(())) = acts.save.value().get() {
            toasts.push(Toast::good("Saved."));
        }
    });
    Effect::new(move |_| {
        if let Some(Err(error)) = acts.make.value().get() {
            toasts.push(Toast::bad(error.to_string()));
        }
    });
    view! {
        <Title text="Briefings"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head">
                <div><h1>"Briefings"</h1><p class="muted">"What each day holds, what it brought, and a report of the week."</p></div>
            </header>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    let kind = kind.get_untracked();
                    match list.await {
                        Ok(briefings) => Either::Left(view! { <Shown briefings kind acts/> }),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| list.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Shown(briefings: Briefings, kind: String, acts: Acts) -> impl IntoView {
    let own = if briefings.any {
        Either::Left(view! { <List briefings=briefings.clone() kind acts/> })
    } else {
        Either::Right(view! { <First zone=briefings.zone.clone() acts/> })
    };
    view! {
        <div class="split">
            <div class="stack">{own}</div>
            <div class="stack"><MailCard briefings action=acts.save/></div>
        </div>
    }
}

/// When there is none yet.
#[component]
fn First(zone: String, acts: Acts) -> impl IntoView {
    let text = [
        "The first morning briefing comes at 08:00, the evening summary at 20:00, the weekly report on Monday at 07:00, by the clocks of ",
        &zone,
        ".",
    ]
    .concat();
    view! {
        <Empty title="None yet" text icon=Icon::Sun>
            <ActionForm action=acts.make>
                <input type="hidden" name="kind" value=Kind::Morning.as_str()/>
                <Submit pending=acts.make.pending()>"Make the latest one now"</Submit>
            </ActionForm>
        </Empty>
    }
}

#[component]
fn List(briefings: Briefings, kind: String, acts: Acts) -> impl IntoView {
    let tabs: Vec<_> = [("", "All")]
        .into_iter()
        .chain(Kind::ALL.into_iter().map(|kind| (kind.as_str(), kind.label())))
        .map(|(word, label)| {
            let current = (word == kind).then_some("page");
            view! { <a href=address(word, 1) aria-current=current>{label}</a> }
        })
        .collect();
    let total = briefings.total.unsigned_abs();
    let lines = if briefings.lines.is_empty() {
        Either::Left(view! { <p class="muted">"None of this kind yet."</p> })
    } else {
        Either::Right(view! {
            <section class="card flush">
                <ul class="list">{briefings.lines.into_iter().map(|line| view! { <Line line acts/> }).collect_view()}</ul>
            </section>
        })
    };
    view! {
        <nav class="tabs" aria-label="Kinds of briefings">{tabs}</nav>
        {lines}
        <Pager page=briefings.page per_page=briefings.per_page total href=move |page| address(&kind, page)/>
    }
}

fn address(kind: &str, page: u32) -> String {
    match (kind, page) {
        ("", 1) => "/briefings".to_owned(),
        (kind, page) => ["/briefings?kind=", kind, "&page=", &page.to_string()].concat(),
    }
}

#[component]
fn Line(line: BriefingLine, acts: Acts) -> impl IntoView {
    let read = line.read_at.is_some();
    view! {
        <li class="item" class:unread=!read>
            <div class="item-main">
                <a class="item-title" href=["/briefings/", &line.id.to_string()].concat()>{line.subject}</a>
                <p class="meta"><span>{line.kind.label()}</span><span>{line.day.to_string()}</span></p>
            </div>
            <div class="item-side">
                <ActionForm action=acts.mark>
                    <input type="hidden" name="id" value=line.id.to_string()/>
                    <input type="hidden" name="read" value=if read { "false" } else { "true" }/>
                    <button class="button small quiet" type="submit">{if read { "Mark unread" } else { "Mark read" }}</button>
                </ActionForm>
            </div>
        </li>
    }
}
