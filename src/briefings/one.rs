//! `/briefings/:id`: one briefing, with the way to everything it names.

use super::{
    BriefingView, MarkBriefing, load_briefing,
    sheet::{Figure, Figures, Row, Section},
};
use crate::{
    error::Error,
    ids::BriefingId,
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

#[component]
pub fn BriefingPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|map| map.get("id")).and_then(|id| id.parse::<BriefingId>().ok()));
    let changed = live::watch(&[Topic::Alerts]);
    let loaded = wire::load(
        move || (id.get(), changed()),
        |(id, _)| async move { load_briefing(id.ok_or(Error::NotFound)?).await },
    );
    let mark = ServerAction::<MarkBriefing>::new();
    // Whoever looks at it has read it; said once, and by the browser: opening an address changes nothing.
    let said = StoredValue::new(None);
    Effect::new(move |_| {
        if let Some(Ok(view)) = loaded.get()
            && view.line.read_at.is_none()
            && said.get_value() != Some(view.line.id)
        {
            said.set_value(Some(view.line.id));
            mark.dispatch(MarkBriefing { id: view.line.id, read: true });
        }
    });
    view! {
        <main id="main" class="page narrow" tabindex="-1">
            <Transition fallback=|| view! { <Skeleton lines=10 card=true/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => EitherOf3::A(view! { <Shown view mark/> }),
                        Err(Error::NotFound) => EitherOf3::B(view! { <Gone/> }),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| loaded.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Gone() -> impl IntoView {
    view! {
        <Title text="Not found"/>
        <h1>"Not found"</h1>
        <Empty title="This briefing is not here" text="It was never yours, or it was forgotten after its time.">
            <a class="button primary" href="/briefings">"All briefings"</a>
        </Empty>
    }
}

#[component]
fn Shown(view: BriefingView, mark: ServerAction<MarkBriefing>) -> impl IntoView {
    let BriefingView { line, sheet } = view;
    let unread = line.read_at.is_none().then(|| {
        view! {
            <div class="no-js-only">
                <ActionForm action=mark>
                    <input type="hidden" name="id" value=line.id.to_string()/>
                    <input type="hidden" name="read" value="true"/>
                    <button class="button small quiet" type="submit">"Mark read"</button>
                </ActionForm>
            </div>
        }
    });
    view! {
        <Title text=[&sheet.name, ", ", &sheet.title].concat()/>
        <header class="page-head">
            <div>
                <p class="meta small"><a href="/briefings">"Briefings"</a><span>{sheet.name}</span></p>
                <h1>{sheet.title}</h1>
                <p>{sheet.lead}</p>
            </div>
            <div class="actions">{unread}</div>
        </header>
        {sheet.sections.into_iter().map(|section| view! { <Part section/> }).collect_view()}
    }
}

#[component]
fn Part(section: Section) -> impl IntoView {
    let Section { title, note, rows, figures, more } = section;
    let list = (!rows.is_empty())
        .then(|| view! { <ul class="list">{rows.into_iter().map(|row| view! { <Item row/> }).collect_view()}</ul> });
    let note = (!note.is_empty()).then(|| view! { <p class="muted small">{note}</p> });
    let more = more.map(|way| view! { <p class="card-foot"><a href=way.path>{way.words}</a></p> });
    view! {
        <section class="card stack tight">
            <h2>{title}</h2>
            {note}
            {list}
            {figures.map(|figures| view! { <Numbers figures/> })}
            {more}
        </section>
    }
}

#[component]
fn Item(row: Row) -> impl IntoView {
    let facts: Vec<String> = [row.at, row.about].into_iter().filter(|fact| !fact.is_empty()).collect();
    let facts = (!facts.is_empty()).then(|| {
        view! { <p class="meta">{facts.into_iter().map(|fact| view! { <span>{fact}</span> }).collect_view()}</p> }
    });
    let mark = (!row.mark.is_empty())
        .then(|| view! { <div class="item-side"><span class="badge accent">{row.mark}</span></div> });
    let reasons = row.reasons.into_iter().map(|reason| view! { <p class="muted small">{reason}</p> }).collect_view();
    view! {
        <li class="item">
            <div class="item-main">
                <a class="item-title" href=row.path>{row.title}</a>
                {facts}
                {reasons}
            </div>
            {mark}
        </li>
    }
}

#[component]
fn Numbers(figures: Figures) -> impl IntoView {
    let Figures { heads, rows } = figures;
    let named = heads.iter().map(|head| view! { <th scope="col" class="number">{head.clone()}</th> }).collect_view();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|Figure { name, path, values }| {
            let cells: Vec<_> = heads
                .iter()
                .zip(values)
                .map(|(head, value)| view! { <td class="number" data-label=head.clone()>{value}</td> })
                .collect();
            view! { <tr><th scope="row"><a href=path>{name}</a></th>{cells}</tr> }
        })
        .collect();
    view! { <table class="table"><thead><tr><td></td>{named}</tr></thead><tbody>{rows}</tbody></table> }
}
