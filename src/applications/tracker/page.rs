//! `/applications`

use super::{
    Tracker, TrackerQuery,
    board::{Board, MoveDialog},
    bulk::Bulk,
    filters::{Filters, href, query_of, search_of},
    load_tracker,
    moving::Moving,
    table::Table,
};
use crate::{
    applications::{
        stages::Stage,
        views::{RemoveView, SaveView, SavedView},
    },
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{
    either::{Either, EitherOf3},
    prelude::*,
};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn TrackerPage() -> impl IntoView {
    let map = use_query_map();
    let query = Memo::new(move |_| map.with(query_of));
    let changed = live::watch(&[Topic::Jobs, Topic::Applications]);
    let tracker = wire::load(move || (query.get(), changed()), |(query, _)| load_tracker(query));
    let moving = Moving::provide();
    view! {
        <Title text="Applications"/>
        <main id="main" class="page wide" tabindex="-1">
            <header class="page-head">
                <div><h1>"Applications"</h1></div>
                <div class="actions">
                    <Shapes query/>
                    <a class="button" href="/applications/interviews"><Icon name=Icon::Calendar/>"Interviews"</a>
                    <a class="button" href="/applications/people"><Icon name=Icon::User/>"People"</a>
                    <Menu id="in-and-out" label="In and out">
                        <a href="/applications/mail">"Read mail"</a>
                        <a href="/applications/import">"Bring in applications"</a>
                        <a href=move || query.with(out)>"Hand out applications"</a>
                    </Menu>
                    <a class="button" href="/applications/tasks"><Icon name=Icon::Check/>"Tasks"</a>
                    <a class="button" href="/applications/offers"><Icon name=Icon::Money/>"Offers"</a>
                    <a class="button" href="/applications/stages"><Icon name=Icon::Settings/>"Stages"</a>
                </div>
            </header>
            <p class="visually-hidden" role="status" aria-live="polite">{move || moving.said.get()}</p>
            <Transition fallback=|| view! { <Skeleton lines=10 card=true/> }>
                {move || Suspend::new(async move {
                    let query = query.get_untracked();
                    match tracker.await {
                        Ok(tracker) => Either::Left(view! { <Shown query tracker/> }),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| tracker.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

/// The page that hands out what passes these filters.
fn out(query: &TrackerQuery) -> String {
    let kept = TrackerQuery {
        view: String::new(),
        sort: String::new(),
        group: String::new(),
        columns: String::new(),
        page: None,
        show: None,
        ..query.clone()
    };
    let search = search_of(&kept);
    let mark = if search.is_empty() { "" } else { "?" };
    ["/applications/export", mark, &search].concat()
}

/// Board or table, under the same filters.
#[component]
fn Shapes(query: Memo<TrackerQuery>) -> impl IntoView {
    let to = move |view: &'static str| {
        query.with(|query| href(&TrackerQuery { view: view.to_owned(), page: None, show: None, ..query.clone() }))
    };
    let current = move |table: bool| query.with(|query| query.is_table() == table).then_some("page");
    view! {
        <nav class="button-group" aria-label="Shape">
            <a class="button" href=move || to("") aria-current=move || current(false)>"Board"</a>
            <a class="button" href=move || to("table") aria-current=move || current(true)>"Table"</a>
        </nav>
    }
}

#[component]
fn Shown(query: TrackerQuery, tracker: Tracker) -> impl IntoView {
    if !tracker.any {
        return EitherOf3::A(view! {
            <Empty title="No applications yet" text="Press Apply on a job and it appears here, on the board and in the table." icon=Icon::Applications>
                <a class="button primary" href="/jobs">"See your jobs"</a>
            </Empty>
        });
    }
    let stages: Vec<Stage> = tracker.stages.iter().map(|counted| counted.stage.clone()).collect();
    let count = match tracker.total {
        1 => "1 application".to_owned(),
        n => [grouped(n.unsigned_abs()), " applications".to_owned()].concat(),
    };
    let head = view! {
        <Filters query=query.clone() tracker=tracker.clone()/>
        <div class="row between">
            <p class="muted small" role="status">{count}</p>
            <Views query=query.clone() views=tracker.views.clone()/>
        </div>
    };
    if tracker.total == 0 {
        return EitherOf3::B(view! {
            {head}
            <Empty title="Nothing passes these filters" text="Try fewer words or another stage.">
                <a class="button" href="/applications">"Show all applications"</a>
            </Empty>
        });
    }
    let body = if query.is_table() {
        Either::Left(view! { <Table query tracker/> })
    } else {
        Either::Right(view! { <Board query tracker/> })
    };
    EitherOf3::C(view! {
        {head}
        {body}
        <MoveDialog stages=stages.clone()/>
        <Bulk stages/>
    })
}

/// Views kept under a name, and a place to keep this one.
#[component]
fn Views(query: TrackerQuery, views: Vec<SavedView>) -> impl IntoView {
    let save = ServerAction::<SaveView>::new();
    let remove = ServerAction::<RemoveView>::new();
    let errors = action_errors(save);
    let search = search_of(&TrackerQuery { page: None, show: None, ..query });
    let entries = views
        .into_iter()
        .map(|kept| {
            let to = ["/applications?", &kept.query].concat();
            let current = (kept.query == search).then_some("page");
            let say = ["Forget the view ", &kept.name].concat();
            view! {
                <li class="row tight between">
                    <a href=to aria-current=current>{kept.name}</a>
                    <ActionForm action=remove>
                        <input type="hidden" name="id" value=kept.id.to_string()/>
                        <button class="button icon-only quiet small" type="submit" aria-label=say><Icon name=Icon::Close/></button>
                    </ActionForm>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="dropdown end">
            <summary class="button small quiet">"Views"</summary>
            <div class="dropdown-panel stack tight">
                <ul class="stack tight">{entries}</ul>
                <ActionForm action=save attr:class="form" attr:novalidate=true>
                    <FormError errors focus=false/>
                    <input type="hidden" name="query" value=search/>
                    <Field name="name" id="view-name" label="Keep these filters as" maxlength=60 autocomplete="off" required=true errors/>
                    <Submit pending=save.pending() class="small">"Keep"</Submit>
                </ActionForm>
            </div>
        </details>
    }
}
