//! Adding a source: by a company's name, by an address, by a question.

use super::page::Acts;
use crate::ui::*;
use leptos::prelude::*;

#[component]
pub(super) fn AddCard(acts: Acts) -> impl IntoView {
    let errors = action_errors(acts.add);
    view! {
        <section class="card stack" id="add" tabindex="-1">
            <h2>"Add a source"</h2>
            <ActionForm action=acts.add attr:class="form" attr:novalidate=true>
                <FormError errors/>
                <Field name="what" label="Company, board, feed or page" placeholder="Acme, or https://jobs.lever.co/acme" maxlength=2000 required=true
                    help="A name is looked up in the directory first, then at six boards. An RSS or Atom feed, or a page that says its postings to search engines, is read as well." errors/>
                <div class="form-actions"><Submit pending=acts.add.pending()>"Add"</Submit></div>
            </ActionForm>
        </section>
    }
}

/// A question to a board that answers questions here.
#[component]
pub(super) fn AskCard(asked: Vec<(String, String)>, acts: Acts) -> impl IntoView {
    let errors = action_errors(acts.ask);
    let first = asked.first().map(|(word, _)| word.clone()).unwrap_or_default();
    view! {
        <section class="card stack">
            <h2>"Ask a board"</h2>
            <ActionForm action=acts.ask attr:class="form" attr:novalidate=true>
                <FormError errors/>
                <Select name="kind" label="Board" value=first options=asked errors/>
                <Field name="words" label="What" placeholder="Data engineer" maxlength=200 required=true errors/>
                <div class="fields">
                    <Field name="place" label="Where" placeholder="Leeds" maxlength=200 errors/>
                    <Field name="country" label="Country" placeholder="gb" maxlength=2 help="Two letters; Adzuna and Indeed have a site for each." errors/>
                </div>
                <div class="form-actions"><Submit pending=acts.ask.pending()>"Add the question"</Submit></div>
            </ActionForm>
        </section>
    }
}
