//! `/applications/:id`: one application with all there is about it.

use super::{
    Application, ApplicationStatus, ApplicationView, MoveApplication, RemoveApplication, SaveNotes, SavedPosting,
    history::section::History, load_application, stages::Stage, tracker::moving::tell,
};
use crate::{
    contacts::{self, section::Contacts},
    error::Error,
    ids::ApplicationId,
    interviews::{self, section::Interviews},
    jobs::{Job, text},
    live::{self, Topic},
    offline::NotSent,
    sent::{self, section::Documents},
    ui::{day as day_of, *},
    wire,
};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};

#[component]
pub fn ApplicationPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|map| map.get("id")).and_then(|id| id.parse::<ApplicationId>().ok()));
    let changed = live::watch(&[Topic::Jobs, Topic::Applications]);
    let loaded = wire::load(
        move || (id.get(), changed()),
        |(id, _)| async move { load_application(id.ok_or(Error::NotFound)?).await },
    );
    // Up here, because what is below is drawn anew as soon as the change is told, before the answer is in.
    let acts = Acts { go: ServerAction::new(), write: ServerAction::new(), remove: ServerAction::new() };
    say(acts);
    interviews::section::provide();
    contacts::section::provide();
    sent::section::provide();
    let tasks = crate::tasks::section::OfApplication::new(id, changed);
    let offers = crate::offers::section::OfApplication::new(id, changed);
    let letters = crate::letters::section::OfApplication::new(id, changed);
    view! {
        <main id="main" class="page" tabindex="-1">
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => {
                            let id = view.application.id;
                            let (tasks, offers) = (tasks.section(id).await, offers.section(id).await);
                            let letters = letters.section().await;
                            EitherOf3::A(view! { <Shown view acts tasks offers letters/> })
                        }
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
    go: ServerAction<MoveApplication>,
    write: ServerAction<SaveNotes>,
    remove: ServerAction<RemoveApplication>,
}

/// Says what came of them, with the offer to take it back.
fn say(acts: Acts) {
    let toasts = use_toasts();
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(answer @ Ok(_)) = acts.go.value().get() {
            tell(toasts, answer, "Moved.".into());
        }
    });
    Effect::new(move |_| {
        if let Some(answer @ Ok(_)) = acts.write.value().get() {
            tell(toasts, answer, "Notes saved.".into());
        }
    });
    Effect::new(move |_| {
        if let Some(answer) = acts.remove.value().get()
            && tell(toasts, answer, "Application removed.".into())
        {
            navigate("/applications", NavigateOptions::default());
        }
    });
}

#[component]
fn Gone() -> impl IntoView {
    view! {
        <Title text="Not found"/>
        <header class="page-head"><div><h1>"Application"</h1></div></header>
        <Empty title="This application is not here" text="It may have been removed. Removed applications rest in the bin for 30 days.">
            <a class="button primary" href="/applications">"All applications"</a>
        </Empty>
    }
}

#[component]
fn Shown(view: ApplicationView, acts: Acts, tasks: AnyView, offers: AnyView, letters: AnyView) -> impl IntoView {
    let ApplicationView {
        application,
        job,
        notes_html,
        posting,
        steps,
        stages,
        interviews,
        contacts,
        documents,
        time_zone,
    } = view;
    let id = application.id;
    let stage = stages.iter().find(|stage| stage.key == application.stage).cloned();
    let colour = stage.as_ref().map_or("gray", |stage| stage.colour.as_str());
    let name = stage.map_or_else(|| application.status.label().to_owned(), |stage| stage.name);
    let place = (!job.location.is_empty()).then(|| job.location.clone());
    let pay = job.salary.as_ref().map(ToString::to_string);
    view! {
        <Title text=[job.title.clone(), " at ".into(), job.company.clone()].concat()/>
        <header class="page-head">
            <div>
                <p class="meta small"><a href="/applications">"Applications"</a></p>
                <h1>{job.title.clone()}</h1>
                <p class="meta">
                    <span>{job.company.clone()}</span>
                    {place.map(|place| view! { <span>{place}</span> })}
                    {pay.map(|pay| view! { <span>{pay}</span> })}
                </p>
                <p class="meta small">
                    <span class=["stage-badge ", colour].concat()><span class="dot" aria-hidden="true"></span>{name}</span>
                    <span>"since "<Time at=application.stage_since style=TimeStyle::Day/></span>
                    <NotSent id=application.id.to_string()/>
                    {(application.status == ApplicationStatus::Interested).then_some(job.closes_on).flatten().map(|day| {
                        view! { <span>"closes "{day_of(&day)}</span> }
                    })}
                    {application.applied_at.map(|at| view! { <span>"applied "<Time at style=TimeStyle::Day/></span> })}
                </p>
            </div>
            <div class="actions">
                <a class="button" href=["/jobs/".to_owned(), job.id.to_string()].concat()><Icon name=Icon::Jobs/>"The job"</a>
                {job.url.clone().map(|url| view! {
                    <a class="button" href=url target="_blank" rel="noopener noreferrer"><Icon name=Icon::External/>"Posting"</a>
                })}
                <ActionForm action=acts.remove>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <button class="button quiet danger" type="submit"><Icon name=Icon::Trash/>"Remove"</button>
                </ActionForm>
            </div>
        </header>
        <div class="split">
            <div class="stack">
                <Interviews application=application.clone() interviews time_zone/>
                <Notes application=application.clone() html=notes_html action=acts.write/>
                {letters}
                <Posting posting job=job.clone()/>
            </div>
            <div class="stack">
                <MoveCard application=application.clone() stages action=acts.go/>
                {tasks}
                {offers}
                <Contacts application=id contacts company=job.company/>
                <Documents application=id documents/>
                <History steps/>
            </div>
        </div>
    }
}

/// Where it goes next: a stage, perhaps an earlier moment, perhaps why.
#[component]
fn MoveCard(application: Application, stages: Vec<Stage>, action: ServerAction<MoveApplication>) -> impl IntoView {
    let errors = action_errors(action);
    let options: Vec<(String, String)> = stages.into_iter().map(|stage| (stage.key, stage.name)).collect();
    view! {
        <section class="card stack tight">
            <h2>"Move"</h2>
            <ActionForm action attr:class="form" attr:novalidate=true>
                <FormError errors/>
                <input type="hidden" name="id" value=application.id.to_string()/>
                <input type="hidden" name="version" value=application.version.to_string()/>
                <Select name="stage" label="To" value=application.stage options errors/>
                <Field name="at" label="When" kind="datetime-local" help="Leave it empty for now." errors/>
                <Field name="note" label="Note" maxlength=500 placeholder="Why, or what was said" errors/>
                <div class="form-actions"><Submit pending=action.pending()>"Move"</Submit></div>
            </ActionForm>
        </section>
    }
}

/// Notes: shown as written, edited as Markdown.
#[component]
fn Notes(application: Application, html: String, action: ServerAction<SaveNotes>) -> impl IntoView {
    let errors = action_errors(action);
    let empty = application.notes.is_empty();
    let shown = (!empty).then(|| view! { <div class="prose" inner_html=html></div> });
    let summary = if empty { "Write notes" } else { "Edit" };
    view! {
        <section class="card stack tight">
            <h2>"Notes"</h2>
            {shown}
            <details class="disclose">
                <summary>{summary}</summary>
                <ActionForm action attr:class="form" attr:novalidate=true>
                    <FormError errors/>
                    <input type="hidden" name="id" value=application.id.to_string()/>
                    <input type="hidden" name="version" value=application.version.to_string()/>
                    <TextArea
                        name="notes" label="Notes" hide_label=true value=application.notes rows=8
                        help="**bold**, *italic*, # heading, - list, [words](https://…)" errors
                    />
                    <div class="form-actions"><Submit pending=action.pending()>"Save notes"</Submit></div>
                </ActionForm>
            </details>
        </section>
    }
}

/// The posting as it was; of applications from before it was kept, as it is.
#[component]
fn Posting(posting: Option<SavedPosting>, job: Job) -> impl IntoView {
    let (when, description, requirements) = match posting {
        Some(kept) => {
            let at = kept.saved_at;
            (view! { "As it was on "<Time at style=TimeStyle::Day/> }.into_any(), kept.description, kept.requirements)
        }
        None => ("As the job has it now".into_any(), job.description, job.requirements),
    };
    let nothing = description.is_empty() && requirements.is_empty();
    let list = description.is_empty().then(|| {
        view! { <ul>{requirements.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }
    });
    view! {
        <section class="card stack tight">
            <header class="card-head"><h2>"The posting"</h2><p class="muted small">{when}</p></header>
            <div class="prose">{text::blocks(&description).into_iter().map(text::shown).collect_view()}{list}</div>
            {nothing.then(|| view! { <p class="muted">"No text was saved with this job."</p> })}
        </section>
    }
}
