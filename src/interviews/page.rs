//! `/applications/interviews/:id`: one interview, to be changed.

use super::{ChangeInterview, InterviewView, RemoveInterview, form::Fields, load_interview};
use crate::{
    applications::tracker::moving::tell,
    error::Error,
    ids::InterviewId,
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};

#[component]
pub fn InterviewPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|map| map.get("id")).and_then(|id| id.parse::<InterviewId>().ok()));
    let changed = live::watch(&[Topic::Jobs, Topic::Applications]);
    let loaded = wire::load(
        move || (id.get(), changed()),
        |(id, _)| async move { load_interview(id.ok_or(Error::NotFound)?).await },
    );
    let acts = Acts { change: ServerAction::new(), remove: ServerAction::new() };
    let toasts = use_toasts();
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(answer @ Ok(_)) = acts.change.value().get() {
            tell(toasts, answer, "Interview changed.".into());
        }
    });
    Effect::new(move |_| {
        if let Some(answer) = acts.remove.value().get()
            && tell(toasts, answer, "Interview removed.".into())
        {
            navigate("/applications/interviews", NavigateOptions::default());
        }
    });
    view! {
        <main id="main" class="page narrow" tabindex="-1">
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => EitherOf3::A(view! { <Shown view acts/> }),
                        Err(Error::NotFound) => EitherOf3::B(view! { <Gone/> }),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| loaded.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

/// What can be done on this page.
#[derive(Clone, Copy)]
struct Acts {
    change: ServerAction<ChangeInterview>,
    remove: ServerAction<RemoveInterview>,
}

#[component]
fn Gone() -> impl IntoView {
    view! {
        <Title text="Not found"/>
        <header class="page-head"><div><h1>"Interview"</h1></div></header>
        <Empty title="This interview is not here" text="It may have been removed, or the application it belongs to.">
            <a class="button primary" href="/applications/interviews">"All interviews"</a>
        </Empty>
    }
}

#[component]
fn Shown(view: InterviewView, acts: Acts) -> impl IntoView {
    let errors = action_errors(acts.change);
    let now = view.interview.clone();
    let title = now.title();
    let application = ["/applications/", &now.application_id.to_string()].concat();
    view! {
        <Title text=[&title, " at ", &view.company].concat()/>
        <header class="page-head">
            <div>
                <p class="meta small"><a href="/applications/interviews">"Interviews"</a></p>
                <h1>{title}</h1>
                <p class="meta"><a href=application>{view.job.clone()}" at "{view.company.clone()}</a></p>
                <p class="meta small"><span>{view.when.clone()}</span><span>{now.time_zone}</span></p>
            </div>
            <div class="actions">
                <ActionForm action=acts.remove>
                    <input type="hidden" name="id" value=now.id.to_string()/>
                    <button class="button quiet danger" type="submit"><Icon name=Icon::Trash/>"Remove"</button>
                </ActionForm>
            </div>
        </header>
        <section class="card">
            <ActionForm action=acts.change attr:class="form" attr:novalidate=true>
                <FormError errors/>
                <input type="hidden" name="id" value=now.id.to_string()/>
                <input type="hidden" name="version" value=now.version.to_string()/>
                <Fields interview=Some(view) time_zone=String::new() round=1 errors/>
                <div class="form-actions"><Submit pending=acts.change.pending()>"Save"</Submit></div>
            </ActionForm>
        </section>
    }
}
