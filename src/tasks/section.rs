//! The tasks on an application's page, and the line that adds one.

use super::{
    TaskLine,
    form::Choices,
    load_tasks_of, quick,
    row::{Acts, TaskRow},
};
use crate::{
    error::Error,
    ids::ApplicationId,
    ui::*,
    wire::{self, Loaded},
};
use chrono::{Local, NaiveDateTime};
use leptos::{html, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlInputElement};

/// The tasks of the application whose page it is. Made where the page begins.
#[derive(Clone, Copy)]
pub struct OfApplication {
    loaded: Loaded<Vec<TaskLine>>,
    acts: Acts,
}

impl OfApplication {
    pub fn new(id: Memo<Option<ApplicationId>>, changed: impl Fn() -> u32 + Copy + Send + Sync + 'static) -> Self {
        let loaded = wire::load(
            move || (id.get(), changed()),
            |(id, _)| async move { load_tasks_of(id.ok_or(Error::NotFound)?).await },
        );
        OfApplication { loaded, acts: Acts::new() }
    }

    /// The section, once it is loaded.
    pub async fn section(self, id: ApplicationId) -> AnyView {
        match self.loaded.await {
            Ok(lines) => view! { <Section id lines acts=self.acts/> }.into_any(),
            Err(error) => {
                let loaded = self.loaded;
                view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| loaded.refetch())/> }
                    .into_any()
            }
        }
    }
}

#[component]
fn Section(id: ApplicationId, lines: Vec<TaskLine>, acts: Acts) -> impl IntoView {
    let (done, open): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.task.done_at.is_some());
    let list = move |lines: Vec<TaskLine>| {
        let rows =
            lines.into_iter().map(|line| view! { <TaskRow line acts choices=Choices::Only(id)/> }).collect_view();
        view! { <ul class="list">{rows}</ul> }
    };
    let none = open.is_empty().then(|| view! { <p class="muted small">"Nothing to do for it."</p> });
    let before = (!done.is_empty()).then(|| {
        view! {
            <details class="disclose small">
                <summary>"Done in the last 30 days: "{done.len()}</summary>
                {list(done)}
            </details>
        }
    });
    view! {
        <section class="card stack tight" id="tasks">
            <header class="card-head"><h2>"Tasks"</h2><a href="/applications/tasks">"All tasks"</a></header>
            <QuickAdd acts application=id.to_string()/>
            {none}
            {list(open)}
            {before}
        </section>
    }
}

/// One line that adds a task, and how it is going to be read.
#[component]
pub fn QuickAdd(acts: Acts, #[prop(optional)] application: String) -> impl IntoView {
    let errors = action_errors(acts.quick);
    let typed = RwSignal::new(String::new());
    // The server reads it again, by the clock where the person is; it says how when it has saved it.
    let seen = move || typed.with(|line| hint(line, Local::now().naive_local()));
    // What was added leaves the line, which keeps the focus for the next.
    let place = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(Ok(_)) = acts.quick.value().get() {
            typed.set(String::new());
            let input = place.get_untracked().and_then(|place| place.query_selector("input").ok().flatten());
            if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
                input.set_value("");
            }
        }
    });
    view! {
        <ActionForm action=acts.quick attr:class="form" attr:novalidate=true>
            <FormError errors/>
            <input type="hidden" name="application" value=application/>
            <div class="quick-add" node_ref=place on:input=move |ev| typed.set(event_target_value(&ev))>
                <Field
                    name="line" id="quick-line" label="New task" maxlength=400 autocomplete="off"
                    placeholder="Call Ms Weber tomorrow 14:00" errors
                />
                <Submit pending=acts.quick.pending()>"Add"</Submit>
            </div>
            <p class="field-help" role="status">{seen}</p>
        </ActionForm>
    }
}

/// "Due 1 Dec 2026, 14:00"; nothing where no date is read.
fn hint(line: &str, now: NaiveDateTime) -> String {
    let Some(due) = quick::read(line, now).due else { return String::new() };
    let two = |n: u32| if n < 10 { ["0", &n.to_string()].concat() } else { n.to_string() };
    let (hour, minute) = (chrono::Timelike::hour(&due), chrono::Timelike::minute(&due));
    ["Due ", &day(&due), ", ", &two(hour), ":", &two(minute)].concat()
}
