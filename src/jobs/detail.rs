//! `/jobs/:id`: the posting, how it fits and why, where it stands.

use super::{
    DeleteJob, Job, JobStatus, JobView, SetJobStatus,
    card::{FitParts, SourceBadge, StatusBadge},
    employer::EmployerCard,
    load_job,
    opening::{OpeningActs, OpeningCard},
    text,
};
use crate::{
    applications::Apply,
    error::Error,
    feedback::section::{self, Opinion},
    ids::JobId,
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
pub fn JobPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|map| map.get("id")).and_then(|id| id.parse::<JobId>().ok()));
    let changed = live::watch(&[Topic::Jobs, Topic::Applications, Topic::Profile]);
    let job =
        wire::load(move || (id.get(), changed()), |(id, _)| async move { load_job(id.ok_or(Error::NotFound)?).await });
    // Up here, because what is below is drawn anew as soon as the change is told, before the answer is in.
    let acts = Acts {
        apply: ServerAction::new(),
        standing: ServerAction::new(),
        delete: ServerAction::new(),
        opening: OpeningActs { apart: ServerAction::new(), together: ServerAction::new() },
    };
    tell(acts);
    section::provide();
    view! {
        <main id="main" class="page" tabindex="-1">
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match job.await {
                        Ok(view) => EitherOf3::A(view! { <Shown view acts/> }),
                        Err(Error::NotFound) => EitherOf3::B(view! { <Gone/> }),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| job.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

/// What can be done on this page.
#[derive(Clone, Copy)]
struct Acts {
    apply: ServerAction<Apply>,
    standing: ServerAction<SetJobStatus>,
    delete: ServerAction<DeleteJob>,
    opening: OpeningActs,
}

/// Says what came of them.
fn tell(acts: Acts) {
    let toasts = use_toasts();
    let navigate = use_navigate();
    let deleted = StoredValue::new(None);
    let go = navigate.clone();
    Effect::new(move |_| match acts.opening.apart.value().get() {
        Some(Ok(page)) => {
            toasts.push(Toast::good("It is a job of its own now."));
            go(&page, NavigateOptions::default());
        }
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    });
    Effect::new(move |_| {
        if let Some(Err(error)) = acts.opening.together.value().get() {
            toasts.push(Toast::bad(error.to_string()));
        }
    });
    Effect::new(move |_| match acts.apply.value().get() {
        Some(Ok(())) => {
            toasts.push(Toast::good("Applied. It is on your applications list now.").link("Open", "/applications"))
        }
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    });
    Effect::new(move |_| {
        if let Some(Err(error)) = acts.standing.value().get() {
            toasts.push(Toast::bad(error.to_string()));
        }
    });
    // An action forgets its input once it has its answer.
    Effect::new(move |_| {
        if let Some(input) = acts.delete.input().get() {
            deleted.set_value(Some(input.id));
        }
    });
    Effect::new(move |_| match (acts.delete.value().get(), deleted.get_value()) {
        (Some(Ok(page)), Some(id)) => {
            toasts.push(Toast::info("Job deleted.").action("Undo", move || bring_back(id, toasts)));
            navigate(&page, NavigateOptions::default());
        }
        (Some(Err(error)), _) => toasts.push(Toast::bad(error.to_string())),
        _ => {}
    });
}

fn bring_back(id: JobId, toasts: Toaster) {
    leptos::task::spawn_local(async move {
        match super::restore_job(id).await {
            Ok(()) => {
                toasts.push(Toast::good("It is back.").link("Open", ["/jobs/".to_owned(), id.to_string()].concat()))
            }
            Err(error) => toasts.push(Toast::bad(error.to_string())),
        }
    });
}

/// No such job, or none of theirs.
#[component]
pub fn Gone() -> impl IntoView {
    view! {
        <Title text="Not found"/>
        <header class="page-head"><div><h1>"Job"</h1></div></header>
        <Empty title="This job is not here" text="It may have been deleted. Deleted jobs can be brought back from the note that appears then.">
            <a class="button primary" href="/jobs">"All jobs"</a>
        </Empty>
    }
}

#[component]
fn Shown(view: JobView, acts: Acts) -> impl IntoView {
    let JobView { job, fit, application, said, opening, employer } = view;
    let apply = acts.apply;
    let sent = application.as_ref().is_some_and(|application| application.status.is_sent());
    let (id, title) = (job.id, job.title.clone());
    let (named, company) = (title.clone(), job.company.clone());
    view! {
        <Title text=[job.title.clone(), " at ".into(), job.company.clone()].concat()/>
        <header class="page-head">
            <div>
                <h1>{job.title.clone()}</h1>
                <p class="meta"><span>{job.company.clone()}</span>{facts(&job)}</p>
                <p class="meta small">
                    <SourceBadge source=job.source.clone()/>
                    <StatusBadge status=job.status/>
                    <Time at=job.created_at/>
                </p>
            </div>
            <div class="actions">
                {(!sent).then(|| view! {
                    <ActionForm action=apply>
                        <input type="hidden" name="job_id" value=id.to_string()/>
                        <Submit pending=apply.pending()>"Apply"</Submit>
                    </ActionForm>
                })}
                {job.url.clone().map(|url| view! {
                    <a class="button" href=url target="_blank" rel="noopener noreferrer"><Icon name=Icon::External/>"Posting"</a>
                })}
                <a class="button" href=["/jobs/".into(), id.to_string(), "/edit".into()].concat()><Icon name=Icon::Edit/>"Edit"</a>
                <Delete id title action=acts.delete/>
            </div>
        </header>
        <div class="split">
            <div class="stack">
                <section class="card stack">
                    <h2>"The posting"</h2>
                    {body(&job)}
                </section>
            </div>
            <div class="stack side-sticky">
                <section class="card accent">
                    <header class="card-head">
                        <h2>"How it fits"</h2>
                        <ScoreBadge score=fit.as_ref().map(|fit| fit.total) big=true/>
                    </header>
                    {match fit {
                        Some(fit) => view! { <FitParts fit/> }.into_any(),
                        None => view! {
                            <p>"There is nothing to compare yet. "<a href="/welcome">"Say what you can do and where you want to be"</a>"."</p>
                        }.into_any(),
                    }}
                </section>
                {opening.map(|opening| view! { <OpeningCard job=id opening acts=acts.opening/> })}
                {employer.map(|employer| view! { <EmployerCard employer/> })}
                <Opinion job=id title=named company said/>
                <section class="card stack tight">
                    <h2>"Where it stands"</h2>
                    <Standing id status=job.status action=acts.standing/>
                    {application.map(|application| view! {
                        <p class="meta">
                            <span>"Application: "{application.status.label()}</span>
                            {application.applied_at.map(|at| view! { <span>"sent "<Time at style=TimeStyle::Day/></span> })}
                        </p>
                        <p><a href=["/applications/".to_owned(), application.id.to_string()].concat()>"The application: history, notes"</a></p>
                    })}
                </section>
            </div>
        </div>
    }
}

fn facts(job: &Job) -> impl IntoView + use<> {
    let place = (!job.location.is_empty()).then(|| job.location.clone());
    let level = job.experience_level.map(|level| level.label());
    let pay = job.salary.as_ref().map(ToString::to_string);
    let posted = job.date_posted.map(|posted| ["posted ".to_owned(), day(&posted)].concat());
    let closes = job.closes_on.map(|closes| ["closes ".to_owned(), day(&closes)].concat());
    view! {
        {place.map(|text| view! { <span>{text}</span> })}
        {job.remote.and_then(|way| way.beside(&job.location)).map(|way| view! { <span>{way}</span> })}
        {level.map(|text| view! { <span>{text}</span> })}
        {pay.map(|text| view! { <span>{text}</span> })}
        {posted.map(|text| view! { <span>{text}</span> })}
        {closes.map(|text| view! { <span>{text}</span> })}
    }
}

fn body(job: &Job) -> impl IntoView + use<> {
    let list = |title: &'static str, items: &[String]| {
        let items = items.to_vec();
        (!items.is_empty()).then(|| {
            view! {
                <h3>{title}</h3>
                <ul>{items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view()}</ul>
            }
        })
    };
    let skills = job.tech_stack.clone();
    let text = job.description.clone();
    let nothing = text.is_empty() && job.requirements.is_empty() && job.responsibilities.is_empty();
    // A posting's own text usually holds its lists already.
    let lists = text.is_empty().then(
        || view! { {list("What you will do", &job.responsibilities)} {list("What they ask for", &job.requirements)} },
    );
    view! {
        {(!skills.is_empty()).then(|| view! {
            <ul class="chips">{skills.into_iter().map(|skill| view! { <li class="chip">{skill}</li> }).collect_view()}</ul>
        })}
        <div class="prose">{text::blocks(&text).into_iter().map(text::shown).collect_view()}</div>
        <div class="prose">{lists}</div>
        {nothing.then(|| view! { <p class="muted">"No text was saved with this job."</p> })}
    }
}

#[component]
fn Standing(id: JobId, status: JobStatus, action: ServerAction<SetJobStatus>) -> impl IntoView {
    let options: Vec<(&'static str, &'static str)> =
        JobStatus::ALL.into_iter().map(|s| (s.as_str(), s.label())).collect();
    let change = Callback::new(move |value: String| {
        if let Some(status) = JobStatus::parse(&value) {
            action.dispatch(SetJobStatus { id, status });
        }
    });
    view! {
        <ActionForm action attr:class="row">
            <input type="hidden" name="id" value=id.to_string()/>
            <Select name="status" label="Status" hide_label=true value=status.as_str() options on_change=change/>
            <noscript><button class="button" type="submit">"Set"</button></noscript>
        </ActionForm>
    }
}

#[component]
fn Delete(id: JobId, title: String, action: ServerAction<DeleteJob>) -> impl IntoView {
    view! {
        <ActionForm action>
            <input type="hidden" name="id" value=id.to_string()/>
            <button class="button quiet danger" type="submit" aria-label=["Delete ".to_owned(), title].concat()>
                <Icon name=Icon::Trash/>"Delete"
            </button>
        </ActionForm>
    }
}
