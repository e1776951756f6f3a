//! The interviews on an application's page.

use super::{AddInterview, InterviewResult, InterviewView, RemoveInterview, form::Fields};
use crate::{
    applications::{Application, ApplicationStatus, tracker::moving::tell},
    browser,
    ui::*,
};
use leptos::prelude::*;

/// What is folded after an interview was added.
const ADD: &str = "add-interview";

/// What can be done in the section; kept above it, because it is drawn anew as soon as a change is told.
#[derive(Clone, Copy)]
struct Acts {
    add: ServerAction<AddInterview>,
    remove: ServerAction<RemoveInterview>,
}

/// Gives the section below what it can do, and says what came of it.
pub fn provide() {
    let acts = Acts { add: ServerAction::new(), remove: ServerAction::new() };
    provide_context(acts);
    let toasts = use_toasts();
    Effect::new(move |_| {
        if let Some(answer @ Ok(_)) = acts.add.value().get() {
            browser::fold(ADD);
            tell(toasts, answer, "Interview added.".into());
        }
    });
    Effect::new(move |_| {
        if let Some(answer) = acts.remove.value().get() {
            tell(toasts, answer, "Interview removed.".into());
        }
    });
}

/// An application's interviews, and the way to add one.
#[component]
pub fn Interviews(application: Application, interviews: Vec<InterviewView>, time_zone: String) -> impl IntoView {
    let acts = expect_context::<Acts>();
    let add = acts.add;
    let errors = action_errors(add);
    let next = interviews.iter().map(|view| view.interview.round).max().unwrap_or(0).saturating_add(1).min(99);
    let early = matches!(application.status, ApplicationStatus::Interested | ApplicationStatus::Applied);
    let along = early.then(|| {
        view! { <Check name="move_along" id="iv-along" label="Move the application to the interview stage" checked=true/> }
    });
    let none = interviews.is_empty().then(|| view! { <p class="muted">"None planned yet."</p> });
    let rows = interviews.into_iter().map(|view| view! { <Row view acts/> }).collect_view();
    view! {
        <section class="card stack tight" id="interviews">
            <header class="card-head"><h2>"Interviews"</h2><a href="/applications/interviews">"All interviews"</a></header>
            {none}
            <ol class="timeline">{rows}</ol>
            <details class="disclose" id=ADD>
                <summary>"Add an interview"</summary>
                <ActionForm action=add attr:class="form" attr:novalidate=true>
                    <FormError errors/>
                    <input type="hidden" name="id" value=application.id.to_string()/>
                    <Fields interview=None time_zone round=next errors/>
                    {along}
                    <div class="form-actions"><Submit pending=add.pending()>"Add interview"</Submit></div>
                </ActionForm>
            </details>
        </section>
    }
}

#[component]
fn Row(view: InterviewView, acts: Acts) -> impl IntoView {
    let now = view.interview;
    let title = now.title();
    let page = ["/applications/interviews/", &now.id.to_string()].concat();
    let say = [&title, ": remove"].concat();
    let prepared = (!now.preparation.is_empty()).then(|| {
        view! { <details class="disclose small"><summary>"Preparation"</summary><div class="prose" inner_html=view.preparation_html></div></details> }
    });
    let notes = (!now.notes.is_empty()).then(|| view! { <div class="prose" inner_html=view.notes_html></div> });
    let thanked = now.thanked_at.map(|at| view! { <span>"thanks sent "<Time at style=TimeStyle::Day/></span> });
    let left = (view.ahead && now.result != InterviewResult::Cancelled).then(|| view! { <Time at=now.starts_at/> });
    view! {
        <li>
            <div class="grow">
                <p class="row tight"><strong>{title}</strong><span class=["badge ", now.result.tone()].concat()>{now.result.label()}</span></p>
                <p class="meta small"><span>{view.when}</span><span>{now.time_zone.clone()}</span>{left}{thanked}</p>
                <Where place=now.place link=now.link people=now.people/>
                {prepared}
                {notes}
                <div class="row tight">
                    <a class="button quiet small" href=page><Icon name=Icon::Edit/>"Change"</a>
                    <ActionForm action=acts.remove>
                        <input type="hidden" name="id" value=now.id.to_string()/>
                        <button class="button icon-only quiet small" type="submit" aria-label=say><Icon name=Icon::Trash/></button>
                    </ActionForm>
                </div>
            </div>
        </li>
    }
}

/// Place, link and people in one line; nothing where there are none.
#[component]
pub fn Where(place: String, link: Option<String>, people: Vec<String>) -> impl IntoView {
    let place = (!place.is_empty()).then(|| view! { <span><Icon name=Icon::Place/>{place}</span> });
    let link = link.map(|link| {
        view! { <a href=link target="_blank" rel="noopener noreferrer"><Icon name=Icon::External/>"Join"</a> }
    });
    let people = (!people.is_empty()).then(|| view! { <span><Icon name=Icon::User/>{people.join(", ")}</span> });
    let any = place.is_some() || link.is_some() || people.is_some();
    any.then(|| view! { <p class="meta small">{place}{link}{people}</p> })
}
