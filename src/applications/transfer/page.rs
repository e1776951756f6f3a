//! `/applications/import`: choose a table, say what its columns are, look at what will be made, take it in.

use super::{
    MapTransfer, PastTransfer, RunTransfer, TransferView, load_transfer, load_transfers, mapping::Mapping,
    preview::Found,
};
use crate::{
    acts::TakeBack,
    error::Error,
    ids::{BundleId, TransferId},
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use std::collections::BTreeMap;

#[component]
pub fn TakeInPage() -> impl IntoView {
    let map = use_query_map();
    let id = Memo::new(move |_| map.with(|map| map.get("read")).and_then(|id| id.parse::<TransferId>().ok()));
    let check = Memo::new(move |_| map.with(|map| map.get("step")).is_some_and(|step| step == "check"));
    let changed = live::watch(&[Topic::Applications]);
    let (say, run, back) =
        (ServerAction::<MapTransfer>::new(), ServerAction::<RunTransfer>::new(), ServerAction::new());
    let loaded = wire::load(
        move || (id.get(), check.get(), say.version().get(), run.version().get(), changed()),
        |(id, check, ..)| async move {
            match id {
                Some(id) => load_transfer(id, check).await.map(Some),
                None => Ok(None),
            }
        },
    );
    let past = wire::load(changed, |_| load_transfers());
    lead_on(say, run, back);
    view! {
        <Title text="Bring in applications"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head"><div>
                <p class="meta small"><a href="/applications">"Applications"</a></p>
                <h1>"Bring in applications"</h1>
                <p class="muted">"From a spreadsheet or another tracker. You see what will be made before anything is saved, and can take all of it back."</p>
            </div></header>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(Some(table)) if table.report.is_some() => view! { <Finished table back/> }.into_any(),
                        Ok(Some(table)) if table.problem.is_some() => view! { <ReadForm problem=table.problem/> }.into_any(),
                        Ok(Some(table)) if table.preview.is_some() => view! { <Found table run/> }.into_any(),
                        Ok(Some(table)) => view! { <Mapping table say/> }.into_any(),
                        Ok(None) => view! { <ReadForm problem=None/> }.into_any(),
                        Err(Error::NotFound) => view! { <Expired/><ReadForm problem=None/> }.into_any(),
                        Err(error) => view! { <ErrorState text=error.to_string()/><ReadForm problem=None/> }.into_any(),
                    }
                })}
            </Transition>
            <Transition fallback=|| ()>
                {move || Suspend::new(async move { past.await.ok().map(|past| view! { <Past past back/> }) })}
            </Transition>
        </main>
    }
}

/// Goes where an answer leads, and says what came of taking back.
fn lead_on(say: ServerAction<MapTransfer>, run: ServerAction<RunTransfer>, back: ServerAction<TakeBack>) {
    let toasts = use_toasts();
    let navigate = use_navigate();
    let go = navigate.clone();
    Effect::new(move |_| {
        if let Some(Ok(page)) = say.value().get() {
            go(&page, NavigateOptions::default());
        }
    });
    Effect::new(move |_| match run.value().get() {
        Some(Ok(page)) => navigate(&page, NavigateOptions { replace: true, ..NavigateOptions::default() }),
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    });
    Effect::new(move |_| match back.value().get() {
        Some(Ok(back)) => match back.kept.first() {
            None => toasts.push(Toast::good("The import was taken back.")),
            Some(first) => toasts.push(Toast::bad(["Taken back, but not all: ", first].concat())),
        },
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    });
}

#[component]
fn Expired() -> impl IntoView {
    view! {
        <div class="callout info"><Icon name=Icon::Info/><div>
            "What was read here is gone: it is kept for a day. Please bring the table in again."
        </div></div>
    }
}

/// A plain browser form: it works before any script.
#[component]
fn ReadForm(problem: Option<String>) -> impl IntoView {
    let reading = RwSignal::new(false);
    let errors: FieldErrors = Signal::stored(BTreeMap::from_iter(problem.map(|why| ("file".to_owned(), why))));
    view! {
        <form method="post" action="/applications/import/read" enctype="multipart/form-data" class="form card" on:submit=move |_| reading.set(true)>
            <FormError errors/>
            <FileField name="file" label="File" accept=".csv,.tsv,.txt,.json,.xlsx" help="CSV, Excel (.xlsx) or JSON, up to 5,000 rows and 10 MB. Exports of Huntr, Teal, Simplify, Notion, Google Sheets and LinkedIn are recognised." errors/>
            <TextArea name="text" label="Or paste the table here" rows=4 help="With its headings, as you copy it from a spreadsheet."/>
            <div class="form-actions">
                <Submit pending=reading>"Read it"</Submit>
                <a class="button quiet" href="/applications">"Back to applications"</a>
            </div>
            <p class="muted" role="status">{move || reading.get().then_some("Reading…")}</p>
        </form>
    }
}

/// A number with its word.
pub fn count(n: u32, one: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    [grouped(u64::from(n)).as_str(), " ", one, plural].concat()
}

#[component]
fn Finished(table: TransferView, back: ServerAction<TakeBack>) -> impl IntoView {
    let Some(report) = table.report else { return ().into_any() };
    let undo = table.bundle.map(|bundle| {
        view! { <Undo id="undo-this" bundle label="Take the whole import back" back/> }
    });
    let gone = (table.bundle.is_none() && report.created > 0)
        .then(|| view! { <p class="muted">"This import was taken back."</p> });
    view! {
        <section class="card accent stack">
            <h2>{count(report.created, "application")}" taken in from "{table.label}</h2>
            <p class="muted">{count(report.duplicates, "duplicate")}" and "{count(report.rejected, "row")}" were left out."</p>
            {gone}
            <div class="row">
                <a class="button primary" href="/applications">"See your applications"</a>
                <a class="button" href="/applications/import">"Bring in more"</a>
                {undo}
            </div>
        </section>
    }
    .into_any()
}

/// A form that takes an import back, after asking.
#[component]
fn Undo(
    #[prop(into)] id: String,
    bundle: BundleId,
    label: &'static str,
    back: ServerAction<TakeBack>,
) -> impl IntoView {
    view! {
        <ActionForm action=back>
            <input type="hidden" name="id" value=bundle.to_string()/>
            <ConfirmButton
                id label class="small" icon=Icon::Undo
                question="The applications and jobs that came with it go to the bin. What you changed since stays."
                confirm="Take it back"
            />
        </ActionForm>
    }
}

/// The imports of the last thirty days.
#[component]
fn Past(past: Vec<PastTransfer>, back: ServerAction<TakeBack>) -> impl IntoView {
    if past.is_empty() {
        return ().into_any();
    }
    let rows = past
        .into_iter()
        .map(|one| {
            let to = ["/applications/import?read=".to_owned(), one.id.to_string()].concat();
            let undo = match one.bundle {
                Some(bundle) => {
                    let id = ["undo-".to_owned(), one.id.to_string()].concat();
                    view! { <Undo id bundle label="Take back" back/> }.into_any()
                }
                None if one.created > 0 => view! { <span class="badge muted">"Taken back"</span> }.into_any(),
                None => ().into_any(),
            };
            view! {
                <li class="item">
                    <div class="item-main">
                        <p><a href=to>{one.label}</a></p>
                        <p class="meta small"><span>{count(one.created, "application")}</span><Time at=one.at style=TimeStyle::Day/></p>
                    </div>
                    <div class="item-side">{undo}</div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card flush">
            <header class="card-head"><h2>"Last imports"</h2></header>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}
