//! The fields of an interview, as they are typed.

use super::{InterviewKind, InterviewResult, InterviewView};
use crate::ui::*;
use leptos::prelude::*;

/// When, where and with whom; for a new one (`interview` is absent) nothing about how it went.
#[component]
pub fn Fields(
    interview: Option<InterviewView>,
    /// The zone of a new one.
    time_zone: String,
    /// The round of a new one.
    round: i64,
    errors: FieldErrors,
) -> impl IntoView {
    let kinds: Vec<_> = InterviewKind::ALL.iter().map(|kind| (kind.as_str(), kind.label())).collect();
    let results: Vec<_> = InterviewResult::ALL.iter().map(|result| (result.as_str(), result.label())).collect();
    let (starts, ends, thanked) = match &interview {
        Some(view) => (view.starts.clone(), view.ends.clone(), view.thanked.clone()),
        None => Default::default(),
    };
    let now = interview.map(|view| view.interview);
    let is_new = now.is_none();
    let text = |of: fn(&super::Interview) -> String| now.as_ref().map(of).unwrap_or_default();
    let kind = now.as_ref().map_or(InterviewKind::Video, |now| now.kind);
    let result = now.as_ref().map_or(InterviewResult::Planned, |now| now.result);
    let zone = now.as_ref().map_or(time_zone, |now| now.time_zone.clone());
    let round = now.as_ref().map_or(round, |now| now.round);
    let after = (!is_new).then(|| {
        view! {
            <fieldset class="fieldset">
                <legend>"Afterwards"</legend>
                <div class="fields">
                    <Select name="result" id="iv-result" label="Result" value=result.as_str() options=results errors/>
                    <Field name="thanked_at" id="iv-thanked" label="Thanks sent" kind="datetime-local" value=thanked errors/>
                </div>
                <TextArea name="notes" id="iv-notes" label="How it went" value=text(|now| now.notes.clone()) rows=6 maxlength=20_000 errors/>
            </fieldset>
        }
    });
    view! {
        <div class="fields">
            <Field name="round" id="iv-round" label="Round" kind="number" inputmode="numeric" min="1" max="99" value=round.to_string() errors/>
            <Select name="kind" id="iv-kind" label="Type" value=kind.as_str() options=kinds errors/>
        </div>
        <div class="fields">
            <Field name="starts_at" id="iv-starts" label="Starts" kind="datetime-local" value=starts required=true errors/>
            <Field name="ends_at" id="iv-ends" label="Ends" kind="datetime-local" value=ends help="An hour later when left empty." errors/>
        </div>
        <Field name="time_zone" id="iv-zone" label="Time zone" value=zone maxlength=60 help="The times are meant there." errors/>
        <Field name="place" id="iv-place" label="Place" value=text(|now| now.place.clone()) maxlength=300 errors/>
        <Field name="link" id="iv-link" label="Link" kind="url" inputmode="url" value=text(|now| now.link.clone().unwrap_or_default()) maxlength=2_000 placeholder="https://…" errors/>
        <TextArea name="people" id="iv-people" label="People" value=text(|now| now.people.join("\n")) rows=3 help="One a line." errors/>
        <TextArea
            name="preparation" id="iv-preparation" label="Preparation" value=text(|now| now.preparation.clone()) rows=5 maxlength=20_000
            help="**bold**, *italic*, # heading, - list, [words](https://…)" errors
        />
        {after}
    }
}
