//! Fields, well and with errors.

use crate::ui::*;
use leptos::prelude::*;
use std::collections::BTreeMap;

pub(super) fn forms() -> AnyView {
    let wrong = RwSignal::new(BTreeMap::from(
        [
            ("", "Some fields need another look."),
            ("bad", "Give a company name."),
            ("bad-level", "Choose a level."),
            ("bad-skills", "Name at least one skill."),
            ("bad-text", "This is longer than 20,000 characters."),
        ]
        .map(|(name, text)| (name.to_owned(), text.to_owned())),
    ));
    let errors = Signal::from(wrong);
    let suggest = Suggest::new(|typed: String| async move { matching(&typed) });
    view! {
        <div class="split even" id="forms">
            <form class="card form" method="post" novalidate=true>
                <h2>"A form"</h2>
                <Field name="company" label="Company" value="Nordlicht Labs" required=true/>
                <Field name="link" label="Link" kind="url" placeholder="https://" help="The posting's own page, if there is one."/>
                <div class="fields">
                    <Field name="min" label="Salary from" kind="number" inputmode="numeric" value="60000"/>
                    <Field name="max" label="to" kind="number" inputmode="numeric"/>
                    <Select name="currency" label="Currency" value="EUR" options=vec![("EUR", "EUR"), ("USD", "USD"), ("GBP", "GBP")]/>
                </div>
                <TagInput
                    name="skills"
                    label="Skills"
                    values=vec!["Rust".to_owned(), "PostgreSQL".to_owned()]
                    suggest=suggest.clone()
                    placeholder="Type a skill"
                    help="Enter or a comma adds one."
                />
                <Combobox name="role" label="Target role" suggest=suggest.clone() placeholder="Type a title"/>
                <Choices
                    name="remote"
                    label="Where"
                    value="hybrid"
                    options=vec![("remote", "Remote"), ("hybrid", "Hybrid"), ("onsite", "On site")]
                />
                <TextArea name="notes" label="Notes" rows=3 value="Met their lead at a meet-up."/>
                <FileField name="file" label="File" accept=".csv,.json" help="CSV or JSON, up to 5 MB."/>
                <CopyField id="copied" label="Address of your calendar" value="https://example.org/calendar/7f3a" help="For other programs."/>
                <Check name="agree" label="Tell me when something like this comes in" checked=true/>
                <Check name="push" label="Live updates" switch=true checked=true help="Takes effect at once."/>
                <div class="form-actions">
                    <Submit>"Save"</Submit>
                    <a class="button quiet" href="#forms">"Cancel"</a>
                </div>
            </form>
            <form class="card form" method="post" novalidate=true>
                <h2>"The same with errors"</h2>
                <FormError errors focus=false/>
                <Field name="bad" label="Company" required=true errors/>
                <Select
                    name="bad-level"
                    label="Level"
                    options=vec![("", "Choose"), ("entry", "Entry"), ("senior", "Senior")]
                    errors
                />
                <TagInput name="bad-skills" label="Skills" suggest=suggest.clone() errors/>
                <TextArea name="bad-text" label="Description" value="A very long text." errors/>
                <fieldset class="fieldset">
                    <legend>"A group"</legend>
                    <Check name="one" label="One"/>
                    <Check name="two" label="Two" checked=true/>
                </fieldset>
                <Steps steps=vec![("What you can do", "#forms"), ("Where", "#forms"), ("Bring in jobs", "#forms")] current=1/>
                <div class="form-actions">
                    <Submit pending=Signal::from(true)>"Saving"</Submit>
                </div>
            </form>
        </div>
        <form class="toolbar" role="search">
            <Field name="q" label="Search jobs" kind="search" placeholder="Search title, company, text" hide_label=true/>
            <Select name="status" label="Status" hide_label=true options=vec![("", "Any status"), ("saved", "Saved")]/>
            <Select name="sort" label="Sort" hide_label=true options=vec![("match", "Best match"), ("new", "Newest")]/>
            <button class="button">
                <Icon name=Icon::Filter/>
                "Filter"
            </button>
        </form>
    }
    .into_any()
}

fn matching(typed: &str) -> Vec<Suggestion> {
    const SOME: [(&str, &str); 8] = [
        ("Python", "Programming language"),
        ("PostgreSQL", "Database"),
        ("Patient care", "Health"),
        ("Payroll", "Finance"),
        ("Project management", "Management"),
        ("Public speaking", "Communication"),
        ("Photography", "Design"),
        ("Plumbing", "Trades"),
    ];
    let typed = typed.to_lowercase();
    SOME.iter()
        .filter(|(name, _)| name.to_lowercase().contains(&typed))
        .map(|(name, hint)| Suggestion {
            value: (*name).to_owned(),
            label: (*name).to_owned(),
            hint: (*hint).to_owned(),
        })
        .collect()
}
