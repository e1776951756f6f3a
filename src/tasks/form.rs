//! The form that changes a task.

use super::{Remind, Repeat, SaveTask, Task};
use crate::{ids::ApplicationId, ui::*};
use leptos::prelude::*;

/// What a task can be about.
#[derive(Clone)]
pub enum Choices {
    /// Any of these applications.
    Of(Vec<(ApplicationId, String)>),
    /// The application whose page it is.
    Only(ApplicationId),
}

impl Choices {
    /// Whether a row names its application.
    pub fn named(&self) -> bool {
        matches!(self, Choices::Of(_))
    }
}

/// Everything of a task. `about` names the application it has.
#[component]
pub fn TaskForm(
    task: Task,
    due_input: String,
    about: String,
    choices: Choices,
    action: ServerAction<SaveTask>,
) -> impl IntoView {
    let errors = action_errors(action);
    let (own, id) = (task.id, task.id.to_string());
    // An answer belongs to the task it was sent for.
    let mine = Signal::derive(move || {
        let sent = action.input().with(|input| input.as_ref().map(|input| input.id));
        if sent.is_none_or(|sent| sent == own) { errors.get() } else { Default::default() }
    });
    let ids = ["title", "due", "repeat", "remind", "application", "notes"].map(|name| [name, "-", &id].concat());
    let [title_id, due_id, repeat_id, remind_id, application_id, notes_id] = ids;
    let repeats: Vec<(&'static str, &'static str)> =
        Repeat::ALL.into_iter().map(|repeat| (repeat.as_str(), repeat.label())).collect();
    let reminds: Vec<(&'static str, &'static str)> =
        Remind::ALL.into_iter().map(|remind| (remind.as_str(), remind.label())).collect();
    let application = match choices {
        Choices::Only(id) => view! { <input type="hidden" name="application" value=id.to_string()/> }.into_any(),
        Choices::Of(all) => {
            let mut options: Vec<(String, String)> = vec![(String::new(), "No application".to_owned())];
            options.extend(all.into_iter().map(|(id, name)| (id.to_string(), name)));
            let now = task.application_id.map(|id| id.to_string()).unwrap_or_default();
            // The list is of those that moved last.
            if !options.iter().any(|(id, _)| *id == now) {
                options.push((now.clone(), about));
            }
            view! { <Select name="application" id=application_id label="For" value=now options errors=mine/> }
                .into_any()
        }
    };
    view! {
        <ActionForm action attr:class="form" attr:novalidate=true>
            <FormError errors=mine/>
            <input type="hidden" name="id" value=id.clone()/>
            <input type="hidden" name="version" value=task.version.to_string()/>
            <Field name="title" id=title_id label="What" value=task.title maxlength=200 required=true autocomplete="off" errors=mine/>
            <div class="fields">
                <Field name="due" id=due_id label="Due" kind="datetime-local" value=due_input errors=mine/>
                <Select name="repeat" id=repeat_id label="Again" value=task.repeat.as_str() options=repeats errors=mine/>
                <Select name="remind" id=remind_id label="Remind me" value=task.remind.as_str() options=reminds errors=mine/>
            </div>
            {application}
            <TextArea name="notes" id=notes_id label="Notes" value=task.notes rows=3 errors=mine/>
            <div class="form-actions"><Submit pending=action.pending() class="small">"Save"</Submit></div>
        </ActionForm>
    }
}
