//! The history on an application's page: where it was, for how long, and the way to correct it.

use super::{ChangeStep, Step};
use crate::{
    applications::tracker::moving::{tell, undo},
    ui::*,
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// Steps, newest first, with the time spent in each.
#[component]
pub fn History(steps: Vec<Step>) -> impl IntoView {
    let change = ServerAction::<ChangeStep>::new();
    let toasts = use_toasts();
    Effect::new(move |_| {
        if let Some(answer @ Ok(_)) = change.value().get() {
            tell(toasts, answer, "History corrected.".into());
        }
    });
    let ends: Vec<Option<DateTime<Utc>>> =
        steps.iter().skip(1).map(|step| Some(step.at)).chain(std::iter::once(None)).collect();
    let only = steps.len() == 1;
    let entries =
        steps.into_iter().zip(ends).rev().map(|(step, end)| view! { <Entry step end only change/> }).collect_view();
    view! {
        <section class="card stack tight">
            <h2>"History"</h2>
            <ol class="timeline">{entries}</ol>
        </section>
    }
}

#[component]
fn Entry(step: Step, end: Option<DateTime<Utc>>, only: bool, change: ServerAction<ChangeStep>) -> impl IntoView {
    let toasts = use_toasts();
    let errors = action_errors(change);
    let id = step.id.to_string();
    // An answer belongs to the step it was sent for.
    let mine = {
        let id = step.id;
        Signal::derive(move || {
            let sent = change.input().with(|input| input.as_ref().map(|input| input.id));
            if sent.is_none_or(|sent| sent == id) { errors.get() } else { Default::default() }
        })
    };
    let spent = end.map(|end| view! { <span>{lasted(step.at, end)}</span> });
    let late = (step.recorded_at - step.at).num_hours() >= 24;
    let written = late.then(|| view! { <span>"written down "<Time at=step.recorded_at style=TimeStyle::Day/></span> });
    let note = (!step.note.is_empty()).then(|| view! { <p class="plain">{step.note.clone()}</p> });
    let back = step.bundle.filter(|_| !only).map(|bundle| {
        view! {
            <form method="post" action="/api/take_back" on:submit=move |ev| {
                ev.prevent_default();
                undo(toasts, bundle);
            }>
                <input type="hidden" name="id" value=bundle.to_string()/>
                <button class="button quiet small" type="submit"><Icon name=Icon::Undo/>"Take back"</button>
            </form>
        }
    });
    view! {
        <li>
            <div class="grow">
                <p><strong>{step.name}</strong></p>
                {note}
                <p class="meta small"><Time at=step.at style=TimeStyle::Full/>{spent}<span>{step.actor.label()}</span>{written}</p>
                <details class="disclose small">
                    <summary>"Correct"</summary>
                    <ActionForm action=change attr:class="form" attr:novalidate=true>
                        <FormError errors=mine/>
                        <input type="hidden" name="id" value=id.clone()/>
                        <Field name="at" id=["at-", &id].concat() label="When" kind="datetime-local" help="Leave it empty to keep the time." errors=mine/>
                        <Field name="note" id=["note-", &id].concat() label="Note" value=step.note maxlength=500 errors=mine/>
                        <div class="form-actions"><Submit pending=change.pending() class="small">"Save"</Submit></div>
                    </ActionForm>
                    // A form of its own: browsers take one inside another apart.
                    {back}
                </details>
            </div>
        </li>
    }
}

/// How long something lasted, in its largest unit.
fn lasted(from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    let minutes = (to - from).num_minutes().max(0);
    let (n, one) = match minutes {
        0..60 => (minutes, "minute"),
        60..1_440 => (minutes / 60, "hour"),
        _ => (minutes / 1_440, "day"),
    };
    let plural = if n == 1 { "" } else { "s" };
    ["for ", &n.to_string(), " ", one, plural].concat()
}

#[cfg(test)]
mod tests {
    use super::lasted;
    use chrono::{TimeZone, Utc};

    #[test]
    fn a_stay_is_told_in_its_largest_unit() {
        let at = |minutes: i64| Utc.timestamp_opt(minutes * 60, 0).single().expect("a moment");
        assert_eq!(lasted(at(0), at(0)), "for 0 minutes");
        assert_eq!(lasted(at(0), at(61)), "for 1 hour");
        assert_eq!(lasted(at(0), at(1_440)), "for 1 day");
        assert_eq!(lasted(at(0), at(14_400)), "for 10 days");
    }
}
