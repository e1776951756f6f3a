//! `/jobs/add`: paste a link or a text, look at what was found, save it.

use super::{ParseJob, Parsed, bookmarklet, parse_job, review::Review};
use crate::{browser, jobs::shared::Shared, ui::*, wire};
use leptos::{either::Either, ev, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use posting::Posting;

#[component]
pub fn AddPage() -> impl IntoView {
    let map = use_query_map();
    let action = ServerAction::<ParseJob>::new();
    // A form that was posted without script comes back here: with what was found, or with what was typed.
    let once = shown_once();
    let saving = typed("company").is_some();
    let came_back = saving || !once.is_empty() || typed("what").is_some();
    let found = RwSignal::new(serde_json::from_str::<Parsed>(&once).ok());
    let asked = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(Ok(parsed)) = action.value().get() {
            asked.set(true);
            found.set(Some(parsed));
        }
    });
    let shared = Memo::new(move |_| if came_back { None } else { map.with(Shared::of) });
    let given = wire::load(
        move || shared.get(),
        |shared| async move {
            match shared {
                Some(shared) => {
                    let [what, title, text] = shared.to_read();
                    parse_job(what, title, text).await.map(Some)
                }
                None => Ok(None),
            }
        },
    );
    let start = map.with_untracked(Shared::of).map(|shared| shared.to_read()[0].clone()).unwrap_or_default();
    view! {
        <Title text="Add a job"/>
        <main id="main" class="page narrow" tabindex="-1">
            <header class="page-head"><div>
                <h1>"Add a job"</h1>
                <p class="muted">"You see what was found before anything is saved. "<a href="/jobs/new">"Or fill it in by hand"</a>", or "<a href="/jobs/import">"bring in many at once"</a></p>
            </div></header>
            <Ask action value=start/>
            {saving.then(|| view! { <section class="stack"><h2>"Look it through"</h2><Again/></section> })}
            {move || found.get().map(|parsed| view! { <Review parsed focus=asked.get_untracked()/> })}
            <Show when=move || found.with(Option::is_none)>
                <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                    {move || Suspend::new(async move {
                        match given.await {
                            Ok(parsed) => Either::Left(parsed.map(|parsed| view! { <Review parsed focus=false/> })),
                            Err(error) => Either::Right(view! { <NotRead error shared=shared.get_untracked()/> }),
                        }
                    })}
                </Transition>
            </Show>
            <FromAnyPage/>
        </main>
    }
}

/// One field that takes either.
#[component]
fn Ask(action: ServerAction<ParseJob>, value: String) -> impl IntoView {
    let errors = action_errors(action);
    let keys = move |ev: ev::KeyboardEvent| {
        // As in a line: Enter goes on, Shift with it begins another.
        if ev.key() == "Enter" && !ev.shift_key() && !ev.is_composing() {
            ev.prevent_default();
            browser::submit("#read-form");
        }
    };
    view! {
        <section class="card">
            <ActionForm action attr:id="read-form" attr:class="form" attr:novalidate=true>
                <FormError errors/>
                <div class="field" on:keydown=keys>
                    <TextArea
                        name="what" id="add-what" label="Link or text of the posting" rows=3 value placeholder="https://"
                        help="A posting’s address, at a board or on a company’s own page, or its whole text." errors
                    />
                </div>
                <div class="form-actions"><Submit pending=action.pending()>"Read it"</Submit></div>
                <p class="muted small" role="status">{move || action.pending().get().then_some("Reading… this takes five seconds at the most.")}</p>
            </ActionForm>
        </section>
    }
}

/// The form as it was posted, with what is wrong in it.
#[component]
fn Again() -> impl IntoView {
    let posting = Posting { source: typed("source").unwrap_or_default(), ..Posting::default() };
    view! { <crate::jobs::form::JobForm posting/> }
}

/// What another app shared and could not be read.
#[component]
fn NotRead(error: crate::error::Error, shared: Option<Shared>) -> impl IntoView {
    let said = error.fields().into_values().next().unwrap_or_else(|| error.to_string());
    let shared = shared.unwrap_or_default();
    let board = shared.to_board();
    view! {
        <div class="callout bad" role="alert"><Icon name=Icon::Warning/><div class="stack tight">
            <p>{said}</p>
            <p class="row tight">
                <a class="button small" href=shared.to_form()>"Fill it in by hand"</a>
                {board.map(|board| view! { <a class="button quiet small" href=board>"Read the whole board it is on"</a> })}
            </p>
        </div></div>
    }
}

/// The bookmarklet. Its code is never run here: it is there to be dragged to the bookmarks, or copied into one.
#[component]
fn FromAnyPage() -> impl IntoView {
    let code = wire::load(|| (), |()| bookmarklet());
    view! {
        <section class="card stack">
            <h2>"From any page"</h2>
            <p class="muted">"Drag this to your browser’s bookmarks. Pressed on a posting, it brings the page here, with the text you selected in it. On a phone, share the page to Career Co-Pilot."</p>
            <Transition fallback=|| view! { <Skeleton lines=2/> }>
                {move || Suspend::new(async move {
                    code.await.ok().map(|code| view! {
                        <p><a class="button" href=code.clone() on:click=move |ev| ev.prevent_default()><Icon name=Icon::Plus/>"Add to Co-Pilot"</a></p>
                        <CopyField id="bookmarklet" label="Or make a bookmark with this as its address" value=code help="It opens this page in a new window, and does nothing else."/>
                    })
                })}
            </Transition>
        </section>
    }
}
