//! One task in a list: done or not, what it is, and what can be done with it.

use super::{
    FinishTask, PutOffTask, QuickTask, RemoveTask, ReopenTask, Repeat, SaveTask, TaskLine,
    form::{Choices, TaskForm},
};
use crate::{acts::Done, applications::tracker::moving::tell, error::Result, offline::NotSent, ui::*};
use leptos::prelude::*;

/// What can be done with tasks. Made where the page begins: rows are drawn anew as soon as a change is told.
#[derive(Clone, Copy)]
pub struct Acts {
    pub quick: ServerAction<QuickTask>,
    pub save: ServerAction<SaveTask>,
    finish: ServerAction<FinishTask>,
    reopen: ServerAction<ReopenTask>,
    put_off: ServerAction<PutOffTask>,
    remove: ServerAction<RemoveTask>,
}

impl Acts {
    pub fn new() -> Self {
        let acts = Acts {
            quick: ServerAction::new(),
            save: ServerAction::new(),
            finish: ServerAction::new(),
            reopen: ServerAction::new(),
            put_off: ServerAction::new(),
            remove: ServerAction::new(),
        };
        let toasts = use_toasts();
        Effect::new(move |_| {
            if let Some(Ok(added)) = acts.quick.value().get() {
                tell(toasts, Ok(added.done), ["Added: ", &added.said, "."].concat());
            }
        });
        // What a form's own field does not show is said here.
        let say = move |answer: Option<Result<Done>>, words: &'static str| {
            if let Some(answer) = answer {
                tell(toasts, answer, words.into());
            }
        };
        Effect::new(move |_| say(acts.save.value().get().filter(Result::is_ok), "Task saved."));
        Effect::new(move |_| say(acts.finish.value().get(), "Done."));
        Effect::new(move |_| say(acts.reopen.value().get(), "To be done again."));
        Effect::new(move |_| say(acts.put_off.value().get(), "Put off."));
        Effect::new(move |_| say(acts.remove.value().get(), "Task removed."));
        acts
    }
}

/// A row. Inside an application's page it does not name the application.
#[component]
pub fn TaskRow(line: TaskLine, acts: Acts, choices: Choices) -> impl IntoView {
    let TaskLine { task, due_input, due_text, late, about } = line;
    let (id, version, done) = (task.id.to_string(), task.version.to_string(), task.done_at.is_some());
    let when = if done {
        task.done_at.map(|at| view! { <span>"done "<Time at style=TimeStyle::Day/></span> }.into_any())
    } else if late {
        Some(view! { <span class="badge bad">{due_text}</span> }.into_any())
    } else {
        (!due_text.is_empty()).then(|| view! { <span>{due_text}</span> }.into_any())
    };
    let again =
        (task.repeat != Repeat::None).then(|| view! { <span><Icon name=Icon::Refresh/>{task.repeat.label()}</span> });
    let bell = task.remind.minutes().filter(|_| !done);
    let bell = bell.map(|_| view! { <span><Icon name=Icon::Bell/>{task.remind.label()}</span> });
    let place = task.application_id.filter(|_| choices.named()).map(|application| {
        view! { <a href=["/applications/".to_owned(), application.to_string()].concat()>{about.clone()}</a> }
    });
    let notes = (!task.notes.is_empty()).then(|| view! { <p class="plain small">{task.notes.clone()}</p> });
    let task_id = task.id;
    let tick = tick(&task.title, &id, &version, done, acts);
    let more = if done {
        None
    } else {
        Some(view! {
            <details class="disclose small">
                <summary>"Change or put off"</summary>
                <div class="stack tight">
                    {later(id.clone(), version.clone(), acts)}
                    <TaskForm task due_input about choices action=acts.save/>
                    <ActionForm action=acts.remove>
                        <input type="hidden" name="id" value=id.clone()/>
                        <button class="button quiet danger small" type="submit"><Icon name=Icon::Trash/>"Remove"</button>
                    </ActionForm>
                </div>
            </details>
        })
    };
    view! {
        <li class="item task" class:dim=done>
            {tick.0}
            <div class="item-main">
                <p class="item-title">{tick.1}</p>
                {notes}
                <p class="meta small"><NotSent id=task_id.to_string()/>{when}{again}{bell}{place}</p>
                {more}
            </div>
        </li>
    }
}

/// The button that marks it done, or not, and the title.
fn tick(title: &str, id: &str, version: &str, done: bool, acts: Acts) -> (AnyView, String) {
    let fields = view! {
        <input type="hidden" name="id" value=id.to_owned()/>
        <input type="hidden" name="version" value=version.to_owned()/>
    };
    let button = if done {
        let say = ["Not done: ", title].concat();
        view! {
            <ActionForm action=acts.reopen>
                {fields}
                <button class="button icon-only quiet small" type="submit" aria-label=say><Icon name=Icon::Undo/></button>
            </ActionForm>
        }
        .into_any()
    } else {
        let say = ["Done: ", title].concat();
        view! {
            <ActionForm action=acts.finish>
                {fields}
                <button class="button icon-only small" type="submit" aria-label=say><Icon name=Icon::Check/></button>
            </ActionForm>
        }
        .into_any()
    };
    (button, title.to_owned())
}

/// Ways to put it off.
fn later(id: String, version: String, acts: Acts) -> AnyView {
    let field = ["at-", &id].concat();
    let hidden = |id: String, version: String| {
        view! {
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="version" value=version/>
        }
    };
    let mornings = hidden(id.clone(), version.clone());
    let chosen = hidden(id, version);
    view! {
        <ActionForm action=acts.put_off attr:class="row tight">
            {mornings}
            <button class="button small" type="submit" name="to" value="tomorrow">"Tomorrow 9:00"</button>
            <button class="button small" type="submit" name="to" value="monday">"Next Monday 9:00"</button>
        </ActionForm>
        <ActionForm action=acts.put_off attr:class="row tight">
            {chosen}
            <input type="hidden" name="to" value="at"/>
            <Field name="at" id=field label="Put off to" kind="datetime-local"/>
            <button class="button small" type="submit">"Put off"</button>
        </ActionForm>
    }
    .into_any()
}
