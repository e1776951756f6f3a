//! What was said about pay on an application's page, as a timeline.

use super::{AddTalk, RemoveTalk, Said, Speaker};
use crate::{
    ids::ApplicationId,
    offers::{Pay, form::periods},
    ui::*,
};
use leptos::prelude::*;
use posting::Period;

/// The timeline, newest first, and the form that adds to it.
#[component]
pub fn Talk(
    id: ApplicationId,
    talk: Vec<Said>,
    currency: String,
    add: ServerAction<AddTalk>,
    remove: ServerAction<RemoveTalk>,
) -> impl IntoView {
    let errors = action_errors(add);
    let none = talk.is_empty().then(|| view! { <p class="muted small">"Note what they say and what you say about pay, to know it when it matters."</p> });
    let entries = talk.into_iter().rev().map(|said| view! { <Entry said remove/> }).collect_view();
    let speakers: Vec<(&'static str, &'static str)> =
        [Speaker::They, Speaker::You].into_iter().map(|by| (by.as_str(), by.label())).collect();
    view! {
        <section class="card stack tight" id="salary-talk">
            <h2>"Talk about pay"</h2>
            {none}
            <ol class="timeline">{entries}</ol>
            <details class="disclose">
                <summary>"Note what was said"</summary>
                <ActionForm action=add attr:class="form" attr:novalidate=true>
                    <FormError errors/>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <div class="fields">
                        <Select name="by" id="talk-by" label="Who" value="they" options=speakers errors/>
                        <Field name="said_on" id="talk-day" label="On" kind="date" help="Leave it empty for today." errors/>
                    </div>
                    <div class="fields">
                        <Field name="amount" id="talk-amount" label="Amount" inputmode="numeric" errors/>
                        <Field name="currency" id="talk-currency" label="Currency" value=currency maxlength=3 placeholder="EUR" errors/>
                        <Select name="period" id="talk-period" label="Per" value="year" options=periods() errors/>
                    </div>
                    <TextArea name="note" id="talk-note" label="Note" rows=2 errors/>
                    <div class="form-actions"><Submit pending=add.pending() class="small">"Note it"</Submit></div>
                </ActionForm>
            </details>
        </section>
    }
}

#[component]
fn Entry(said: Said, remove: ServerAction<RemoveTalk>) -> impl IntoView {
    let pay = said.pay.as_ref().map(|pay| view! { ": "{amount(pay)} });
    let note = (!said.note.is_empty()).then(|| view! { <p class="plain">{said.note.clone()}</p> });
    let date = day(&said.said_on);
    let say = ["Remove what was said on ", &date].concat();
    view! {
        <li>
            <div class="grow">
                <p><strong>{said.by.label()}</strong>{pay}</p>
                {note}
                <p class="meta small"><span>{date}</span></p>
            </div>
            <ActionForm action=remove>
                <input type="hidden" name="id" value=said.id.to_string()/>
                <button class="button icon-only quiet small" type="submit" aria-label=say><Icon name=Icon::Trash/></button>
            </ActionForm>
        </li>
    }
}

/// "EUR 5,000 a month".
pub fn amount(pay: &Pay) -> String {
    let article = if pay.period == Period::Hour { " an " } else { " a " };
    [&pay.currency, " ", &grouped(pay.amount.unsigned_abs()), article, pay.period.as_str()].concat()
}
