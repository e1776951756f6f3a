//! The card about reminders on `/applications/tasks`.

use super::{Reminding, SaveReminding};
use crate::ui::*;
use leptos::prelude::*;

/// How to be reminded.
#[component]
pub fn RemindingCard(reminding: Reminding, action: ServerAction<SaveReminding>) -> impl IntoView {
    let errors = action_errors(action);
    let Reminding { settings, confirmed, zone, .. } = reminding;
    let mail_help = if confirmed { "" } else { "Only once your e-mail address is confirmed: see Account." };
    let (from, until) = (clock(settings.quiet_from), clock(settings.quiet_until));
    view! {
        <section class="card stack tight">
            <h2>"Reminders"</h2>
            <ActionForm action attr:class="form" attr:novalidate=true>
                <FormError errors/>
                <Check name="live" id="remind-live" label="A note on every open page" checked=settings.live/>
                <Check name="mail" id="remind-mail" label="E-mail" checked=settings.mail help=mail_help/>
                <fieldset class="fieldset">
                    <legend>"On your devices"</legend>
                    <Check name="push_tasks" id="remind-push-tasks" label="Tasks" checked=settings.push_tasks/>
                    <Check name="push_interviews" id="remind-push-interviews" label="Interviews" checked=settings.push_interviews/>
                    <Check name="push_matches" id="remind-push-matches" label="New matches" checked=settings.push_matches/>
                    <p class="field-help">"On those named below."</p>
                </fieldset>
                <fieldset class="fieldset">
                    <legend>"Quiet between"</legend>
                    <div class="fields">
                        <Field name="quiet_from" label="From" kind="time" value=from errors/>
                        <Field name="quiet_until" label="Until" kind="time" value=until errors/>
                    </div>
                    <p class="field-help">"E-mail and devices wait until then. Times are those of "{zone}", as your profile says."</p>
                </fieldset>
                <div class="form-actions"><Submit pending=action.pending() class="small">"Save"</Submit></div>
            </ActionForm>
        </section>
    }
}

/// `22:00` of a minute of the day.
fn clock(minute: Option<i64>) -> String {
    let two = |n: i64| if n < 10 { ["0", &n.to_string()].concat() } else { n.to_string() };
    minute.map(|minute| [two(minute / 60), ":".to_owned(), two(minute % 60)].concat()).unwrap_or_default()
}
