//! The card that says which briefings are mailed.

use super::{Briefings, Kind, SaveBriefingSettings};
use crate::ui::*;
use leptos::prelude::*;

/// Which ones are wanted by mail.
#[component]
pub fn MailCard(briefings: Briefings, action: ServerAction<SaveBriefingSettings>) -> impl IntoView {
    let errors = action_errors(action);
    let Briefings { settings, confirmed, mails, .. } = briefings;
    let hint = match (mails, confirmed) {
        (false, _) => Some("This site sends no mail: you find them here."),
        (true, false) => Some("Mail goes to a confirmed address only."),
        (true, true) => None,
    };
    let account = (mails && !confirmed).then(|| view! { " "<a href="/account">"Confirm yours"</a> });
    view! {
        <section class="card stack tight">
            <h2>"By mail, too"</h2>
            {hint.map(|hint| view! { <p class="muted small">{hint}{account}</p> })}
            <ActionForm action attr:class="form" attr:novalidate=true>
                <FormError errors/>
                <Check name="morning" id="mail-morning" label=Kind::Morning.label() help=Kind::Morning.comes() checked=settings.morning/>
                <Check name="evening" id="mail-evening" label=Kind::Evening.label() help=Kind::Evening.comes() checked=settings.evening/>
                <Check name="weekly" id="mail-weekly" label=Kind::Weekly.label() help=Kind::Weekly.comes() checked=settings.weekly/>
                <Check
                    name="only_news" id="mail-only-news" label="Only when there is something"
                    help="Something due, done or new." checked=settings.only_news
                />
                <div class="form-actions"><Submit pending=action.pending() class="small">"Save"</Submit></div>
            </ActionForm>
        </section>
    }
}
