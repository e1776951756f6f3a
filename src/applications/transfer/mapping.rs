//! The second step: what each column is, how dates are written, which stage each word means.

use super::{Column, MapTransfer, TransferView, Word, page::count};
use crate::ui::*;
use leptos::prelude::*;

#[component]
pub fn Mapping(table: TransferView, say: ServerAction<MapTransfer>) -> impl IntoView {
    let errors = action_errors(say);
    let problem = table.columns_problem.clone();
    let first = |words: &str, all: Vec<(String, String)>| -> Vec<(String, String)> {
        std::iter::once((String::new(), words.to_owned())).chain(all).collect()
    };
    let presets = first("Told by the headings", table.presets.clone());
    let fields = first("Leave out", table.fields.clone());
    let stages = first("Leave its rows out", table.stages.clone());
    let columns = table
        .columns
        .into_iter()
        .enumerate()
        .map(|(at, column)| view! { <ColumnRow at column fields=fields.clone()/> })
        .collect_view();
    let order = (!table.order.is_empty()).then(|| {
        view! { <Select name="order" id="date-order" label="Dates are written" value=table.order.clone() options=table.orders.clone() help="Guessed from all dates of the table."/> }
    });
    let words = (!table.words.is_empty()).then(|| {
        let rows = table
            .words
            .into_iter()
            .enumerate()
            .map(|(at, word)| view! { <WordRow at word stages=stages.clone()/> })
            .collect_view();
        view! {
            <section class="card stack">
                <h2>"What its words for stages mean"</h2>
                <ul class="map-rows">{rows}</ul>
            </section>
        }
    });
    view! {
        <ActionForm action=say attr:class="form" attr:novalidate=true>
            <FormError errors/>
            <input type="hidden" name="id" value=table.id.to_string()/>
            <section class="card stack">
                <h2>{count(table.rows, "row")}" in "{table.label}</h2>
                <div class="fields">
                    <Select name="preset" id="preset" label="It comes from" value=table.preset options=presets help="Choosing another one guesses the columns anew."/>
                    {order}
                </div>
            </section>
            <section class="card stack">
                <h2>"What its columns are"</h2>
                <p class="field-error" role="alert">{move || errors.with(|errors| errors.get("columns").cloned()).or_else(|| problem.clone())}</p>
                <ul class="map-rows">{columns}</ul>
            </section>
            {words}
            <div class="form-actions">
                <Submit pending=say.pending()>"Look at what will be made"</Submit>
                <a class="button quiet" href="/applications/import">"Read something else"</a>
            </div>
        </ActionForm>
    }
}

#[component]
fn ColumnRow(at: usize, column: Column, fields: Vec<(String, String)>) -> impl IntoView {
    let label = ["What “", &column.heading, "” is"].concat();
    let samples = column.samples.join(" · ");
    view! {
        <li class="map-row">
            <div><p><strong>{column.heading}</strong></p><p class="small muted clip">{samples}</p></div>
            <Select name="columns[]" id=["column-".to_owned(), at.to_string()].concat() label hide_label=true value=column.field options=fields/>
        </li>
    }
}

#[component]
fn WordRow(at: usize, word: Word, stages: Vec<(String, String)>) -> impl IntoView {
    let label = ["The stage “", &word.word, "” means"].concat();
    view! {
        <li class="map-row">
            <div><p><strong>{word.word.clone()}</strong></p><p class="small muted">{count(word.count, "time")}</p></div>
            <input type="hidden" name="words[]" value=word.word/>
            <Select name="stages[]" id=["word-".to_owned(), at.to_string()].concat() label hide_label=true value=word.stage options=stages/>
        </li>
    }
}
