//! `/applications/export`: applications as a table or as a proof of search.

use crate::{applications::tracker::filters::query_of, ui::*};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Where the files come from.
const FILE: &str = "/api/v1/applications/export";

#[component]
pub fn HandOutPage() -> impl IntoView {
    let map = use_query_map();
    // The tracker's filters come along in the address.
    let query = map.with_untracked(query_of);
    let number = |value: Option<u16>| value.map(|n| n.to_string()).unwrap_or_default();
    let filters = StoredValue::new([
        ("q", query.q.clone()),
        ("stage", query.stage.clone()),
        ("source", query.source.clone()),
        ("min_score", number(query.min_score.map(u16::from))),
        ("quiet", number(query.quiet)),
    ]);
    let hidden = move || {
        filters.with_value(|all| {
            let given = all.iter().filter(|(_, value)| !value.is_empty());
            given.map(|(name, value)| view! { <input type="hidden" name=*name value=value.clone()/> }).collect_view()
        })
    };
    let note = query.filters().then(|| {
        view! {
            <div class="callout info"><Icon name=Icon::Info/><div>
                "Only the applications that pass the filters of your tracker are in these files. "
                <a href="/applications/export" rel="external">"Hand out all"</a>
            </div></div>
        }
    });
    let formats = vec![("csv", "CSV"), ("xlsx", "Excel (.xlsx)"), ("json", "JSON")];
    view! {
        <Title text="Hand out applications"/>
        <main id="main" class="page narrow" tabindex="-1">
            <header class="page-head"><div>
                <p class="meta small"><a href="/applications">"Applications"</a></p>
                <h1>"Hand out applications"</h1>
            </div></header>
            {note}
            <section class="card stack">
                <h2>"As a table"</h2>
                <p class="muted">"One row for each application with its stages, days and notes. It can be brought in again here."</p>
                <form method="get" action=FILE class="form">
                    {hidden()}
                    <Choices name="format" id="format" label="Format" value="csv" options=formats/>
                    <div class="form-actions"><Submit>"Download"</Submit></div>
                </form>
            </section>
            <section class="card stack">
                <h2>"As a proof of search"</h2>
                <p class="muted">"A PDF for an employment office: date, company, position, place, how you applied and what came of it."</p>
                <form method="get" action=FILE class="form">
                    {hidden()}
                    <input type="hidden" name="format" value="pdf"/>
                    <div class="fields">
                        <Field name="from" id="proof-from" label="From" kind="date"/>
                        <Field name="to" id="proof-to" label="To" kind="date"/>
                    </div>
                    <Field name="name" id="proof-name" label="Your name" maxlength=200 autocomplete="name" help="The name of your account when it is empty."/>
                    <div class="form-actions"><Submit>"Download the PDF"</Submit></div>
                </form>
            </section>
        </main>
    }
}
