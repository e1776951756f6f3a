//! `/jobs/hidden`: hidden companies, what was said about jobs, and how lists are ordered by it.

use super::{
    Feedback, HiddenCompany, HideCompany, Overview, Place, ShowCompany, Verdict, load_feedback,
    thumbs::{self, Ask, Thumbs, sentence},
};
use crate::{
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

/// What can be done about companies.
#[derive(Clone, Copy)]
struct Acts {
    hide: ServerAction<HideCompany>,
    show: ServerAction<ShowCompany>,
}

#[component]
pub fn HiddenPage() -> impl IntoView {
    let changed = live::watch(&[Topic::Jobs]);
    let all = wire::load(changed, |_| load_feedback());
    thumbs::provide(true);
    let acts = Acts { hide: ServerAction::new(), show: ServerAction::new() };
    let toasts = use_toasts();
    Effect::new(move |_| {
        if let Some(Ok(_)) = acts.hide.value().get() {
            toasts.push(Toast::good("Hidden."));
        }
    });
    Effect::new(move |_| match acts.show.value().get() {
        Some(Ok(_)) => toasts.push(Toast::good("Shown again.")),
        Some(Err(error)) => toasts.push(Toast::bad(sentence(&error))),
        None => {}
    });
    view! {
        <Title text="What you said about jobs"/>
        <main id="main" class="page narrow" tabindex="-1">
            <header class="page-head">
                <div><h1>"What you said about jobs"</h1><p class="muted">"It changes the order of lists, and what is left out of them. It never changes a match score."</p></div>
            </header>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match all.await {
                        Ok(all) => Either::Left(view! { <Shown all acts/> }),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| all.refetch())/> }),
                    }
                })}
            </Transition>
            <How/>
            <Ask/>
        </main>
    }
}

#[component]
fn Shown(all: Overview, acts: Acts) -> impl IntoView {
    let errors = action_errors(acts.hide);
    let Overview { hidden, said } = all;
    let none = hidden.is_empty().then(|| view! { <p class="muted">"No company is hidden."</p> });
    let quiet = said.is_empty().then(|| view! {
        <p class="muted">"Nothing yet. At each recommended job two small buttons say whether it is a good match."</p>
    });
    view! {
        <section class="card stack tight" id="companies">
            <h2>"Hidden companies"</h2>
            <p class="muted small">"Their jobs are left out of lists, recommendations and alerts; those you applied to stay."</p>
            {none}
            <ul class="list plain">{hidden.into_iter().map(|company| view! { <Company company acts/> }).collect_view()}</ul>
            <ActionForm action=acts.hide attr:class="form" attr:novalidate=true>
                <FormError errors/>
                <Field name="company" label="Hide a company" maxlength=300 required=true autocomplete="off" errors/>
                <div class="form-actions"><Submit class="" pending=acts.hide.pending()>"Hide"</Submit></div>
            </ActionForm>
        </section>
        <section class="card stack tight" id="said">
            <h2>"What you said"</h2>
            {quiet}
            <ul class="list plain">{said.into_iter().map(|said| view! { <Row said/> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Company(company: HiddenCompany, acts: Acts) -> impl IntoView {
    let say = ["Show again: ", &company.company].concat();
    view! {
        <li class="item">
            <div class="item-main"><p><strong>{company.company}</strong></p><p class="meta small"><Time at=company.created_at/></p></div>
            <div class="item-side">
                <ActionForm action=acts.show>
                    <input type="hidden" name="id" value=company.id.to_string()/>
                    <button class="button small" type="submit" aria-label=say>"Show again"</button>
                </ActionForm>
            </div>
        </li>
    }
}

#[component]
fn Row(said: Feedback) -> impl IntoView {
    let words = match said.verdict {
        Verdict::Up => "Good match",
        Verdict::Down => "Not for me",
    };
    let note = (!said.note.is_empty()).then(|| view! { <p class="plain small">{said.note}</p> });
    let title = said.about.title;
    view! {
        <li class="item">
            <div class="item-main">
                <a class="item-title" href=["/jobs/", &said.job_id.to_string()].concat()>{title.clone()}</a>
                <p class="meta"><span>{said.about.company}</span></p>
                <p class="meta small">
                    <span>{words}</span>
                    {said.reason.map(|reason| view! { <span>{reason.label()}</span> })}
                    <Time at=said.given_at/>
                </p>
                {note}
            </div>
            <Thumbs job=said.job_id title verdict=Some(said.verdict) list=Place::Job/>
        </li>
    }
}

/// The formula, in words.
#[component]
fn How() -> impl IntoView {
    view! {
        <section class="card stack tight" id="how">
            <h2>"How it changes the order"</h2>
            <p>"Lists by best match go by the match score and up to 15 points for what you said, and each row says which. A job you turned down gets −15 and is not recommended again."</p>
            <p>"Every verdict counts for the words of the title, the skills, the company, the place and the level of its job: without a reason each half, with a reason once for what you named, and twice for title and skills with “Less like this”. Pay, “Seen elsewhere” and “Something else” say nothing about other jobs."</p>
            <p>"With these counts for and against, each of them is worth (for − against) ÷ (for + against + 3): nothing while nothing was said, and never quite everything. Title and skills move a job by up to 4 points, its company by 3, its place and level by 2."</p>
            <p class="muted small">"This is Bayesian smoothing, after Laplace’s rule of succession: one word says little, ten say much."</p>
        </section>
    }
}
