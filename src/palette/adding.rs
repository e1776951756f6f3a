//! A job in a line, from any page.

use super::line::{self, Line};
use crate::{
    browser,
    ids::JobId,
    jobs::{SaveJob, delete_job},
    ui::*,
};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::location::Url;

/// As much of a paste as a job's text may have, in bytes.
const TEXT: usize = 100 << 10;

/// A part of a line.
type Part = fn(&Line) -> &str;

/// Field id, and the part of a line that goes there.
const FIELDS: [(&str, Part); 4] = [
    ("add-title", |line| &line.title),
    ("add-company", |line| &line.company),
    ("add-location", |line| &line.place),
    ("add-url", |line| &line.link),
];

#[component]
pub(super) fn Adding(open: RwSignal<bool>) -> impl IntoView {
    let action = ServerAction::<SaveJob>::new();
    let errors = action_errors(action);
    let toasts = use_toasts();
    // What was put into the fields: what a person changed there stays as they have it.
    let put = StoredValue::new(Line::default());
    let text = RwSignal::new(String::new());
    // The page that reads what a link leads to, once there is one.
    let by_link = RwSignal::new(String::new());
    let read = move |typed: String| {
        let line = line::read(&typed);
        let before = put.get_value();
        for (id, part) in FIELDS {
            let now = browser::value_of(id);
            if now.trim().is_empty() || now == part(&before) {
                browser::set_value(id, part(&line));
            }
        }
        by_link.set(if line.link.is_empty() {
            String::new()
        } else {
            ["/jobs/add?url=", &Url::escape(&line.link)].concat()
        });
        put.set_value(line);
        // One line is all in the fields; more is the posting's text.
        let long = typed.trim().lines().nth(1).is_some();
        text.set(if long { typed[..typed.floor_char_boundary(TEXT)].to_owned() } else { String::new() });
    };
    Effect::new(move |_| {
        let Some(Ok(page)) = action.value().get() else { return };
        let words = ["Added: ", browser::value_of("add-title").trim(), "."].concat();
        let toast = Toast::good(words).link("Open", page.clone());
        let id = page.strip_prefix("/jobs/").and_then(|id| id.parse::<JobId>().ok());
        toasts.push(match id {
            Some(id) => toast.action("Undo", move || undo(toasts, id)),
            None => toast,
        });
        browser::reset("add-form");
        put.set_value(Line::default());
        text.set(String::new());
        by_link.set(String::new());
        open.set(false);
    });
    let keys = move |ev: ev::KeyboardEvent| {
        // As in a line: Enter goes on, Shift with it begins another.
        if ev.key() == "Enter" && !ev.shift_key() && !ev.is_composing() {
            ev.prevent_default();
            browser::submit("#add-form");
        }
    };
    view! {
        <Dialog id="add-job" title="Add a job" open>
            <ActionForm action attr:id="add-form" attr:class="form" attr:novalidate=true>
                <FormError errors/>
                <div class="field" on:input=move |_| read(browser::value_of("add-line")) on:keydown=keys>
                    <TextArea
                        name="line" id="add-line" label="In a line" rows=2
                        placeholder="Data Engineer at Acme, Berlin"
                        help="Or paste a link or the whole posting: it is read into the fields below."
                    />
                </div>
                <input type="hidden" name="description" prop:value=move || text.get()/>
                <div class="fields">
                    <Field name="title" id="add-title" label="Title" required=true maxlength=300 autocomplete="off" errors/>
                    <Field name="company" id="add-company" label="Company" required=true maxlength=300 autocomplete="off" errors/>
                </div>
                <div class="fields">
                    <Field name="location" id="add-location" label="Place" maxlength=300 autocomplete="off" errors/>
                    <Field name="url" id="add-url" label="Link" kind="url" placeholder="https://" autocomplete="off" errors/>
                </div>
                <Choices
                    name="status" id="add-status" label="And" value="not_applied"
                    options=vec![("not_applied", "Just save it"), ("applied", "I have applied")] errors
                />
                <div class="form-actions">
                    <Submit pending=action.pending()>"Add job"</Submit>
                    <a class="button quiet" hidden=move || by_link.with(String::is_empty) href=move || by_link.get() on:click=move |_| open.set(false)>"Read it from the link"</a>
                    <a class="button quiet" href="/jobs/new" on:click=move |_| open.set(false)>"All fields"</a>
                </div>
            </ActionForm>
        </Dialog>
    }
}

/// Puts the job into the bin, and its application with it.
fn undo(toasts: Toaster, id: JobId) {
    spawn_local(async move {
        toasts.push(match delete_job(id).await {
            Ok(_) => Toast::good("Taken back."),
            Err(error) => Toast::bad(error.to_string()),
        });
    });
}
