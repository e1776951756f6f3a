//! `/applications/offers`: all offers side by side.

use super::{Cell, Comparison, Head, load_offers};
use crate::{
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;

#[component]
pub fn OffersPage() -> impl IntoView {
    let changed = live::watch(&[Topic::Applications, Topic::Jobs, Topic::Profile]);
    let loaded = wire::load(changed, |_| load_offers());
    view! {
        <Title text="Offers"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head"><div>
                <p class="meta small"><a href="/applications">"Applications"</a></p>
                <h1>"Offers"</h1>
                <p class="muted">"A year is counted as 12 months, 52 weeks, 260 days or 2,080 hours. Certain are the base, a promised bonus, and benefits with a value; likely, besides, are other bonuses and shares with a value."</p>
            </div></header>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(all) if all.heads.is_empty() => EitherOf3::A(view! {
                            <Empty title="No offers yet" text="When an employer makes you an offer, note it on the application’s page. All offers are compared here." icon=Icon::Money>
                                <a class="button primary" href="/applications">"Your applications"</a>
                            </Empty>
                        }),
                        Ok(all) => EitherOf3::B(view! { <Compared all/> }),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| loaded.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

/// A table where there is room, a card for each offer where there is not: the same words in both.
#[component]
fn Compared(all: Comparison) -> impl IntoView {
    let Comparison { heads, rows, currencies } = all;
    let note = currencies.then(|| {
        view! { <div class="callout info"><Icon name=Icon::Info/><div>"These offers are in different currencies, so what they pay is not compared."</div></div> }
    });
    let cards = heads
        .iter()
        .enumerate()
        .map(|(n, head)| {
            let parts = rows
                .iter()
                .filter_map(|row| Some((row.label.clone(), row.cells.get(n)?.clone())))
                .map(|(label, cell)| view! { <div><dt>{label}</dt><dd>{shown(cell)}</dd></div> })
                .collect_view();
            view! { <section class="card stack tight"><h2>{name(head)}</h2><dl class="facts">{parts}</dl></section> }
        })
        .collect_view();
    let columns = heads.iter().map(|head| view! { <th scope="col">{name(head)}</th> }).collect_view();
    let lines = rows
        .into_iter()
        .map(|row| {
            let cells = row.cells.into_iter().map(|cell| view! { <td>{shown(cell)}</td> }).collect_view();
            view! { <tr><th scope="row">{row.label}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="stack">
            {note}
            <div class="card flush offers-wide" role="region" aria-label="Offers side by side" tabindex="0">
                <table class="offers-table">
                    <thead><tr><td></td>{columns}</tr></thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            <div class="stack offers-narrow">{cards}</div>
        </div>
    }
}

fn name(head: &Head) -> impl IntoView + use<> {
    let href = ["/applications/".to_owned(), head.application_id.to_string()].concat();
    view! { <a href=href>{head.title.clone()}</a><span class="muted small">" at "{head.company.clone()}</span> }
}

fn shown(cell: Cell) -> impl IntoView {
    let best = cell.best.then(|| view! { " "<span class="badge good">"Best"</span> });
    let note = (!cell.note.is_empty()).then(|| view! { <span class="offer-note muted small">{cell.note}</span> });
    view! { {cell.text}{best}{note} }
}
