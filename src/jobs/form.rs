//! `/jobs/new` and `/jobs/:id/edit`.

use super::{
    Job, JobStatus, SaveJob,
    detail::Gone,
    load_job,
    parse::{Whence, whence},
    shared::Shared,
};
use crate::{error::Error, ids::JobId, profile::suggest, ui::*, wire};
use chrono::NaiveDate;
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use posting::{Level, Period, Posting, Remote};
use std::collections::BTreeMap;

#[component]
pub fn NewJobPage() -> impl IntoView {
    // What another app shared, if it did.
    let Shared { link, title, text } = use_query_map().with_untracked(Shared::of).unwrap_or_default();
    let link = Some(link).filter(|link| !link.is_empty());
    let posting = Posting { title, url: link, description: text, ..Posting::default() };
    view! {
        <Title text="Add a job by hand"/>
        <main id="main" class="page narrow" tabindex="-1">
            <header class="page-head"><div>
                <h1>"Add a job by hand"</h1>
                <p class="muted">"Skills and level are read from the text. "<a href="/jobs/add">"Or paste a link or a text, and have all of it read"</a></p>
            </div></header>
            <JobForm posting/>
        </main>
    }
}

#[component]
pub fn EditJobPage() -> impl IntoView {
    let params = use_params_map();
    let job = wire::load(
        move || params.with(|map| map.get("id")).and_then(|id| id.parse::<JobId>().ok()),
        |id| async move { load_job(id.ok_or(Error::NotFound)?).await },
    );
    view! {
        <Title text="Edit job"/>
        <main id="main" class="page narrow" tabindex="-1">
            <Suspense fallback=|| view! { <Skeleton lines=10 card=true/> }>
                {move || Suspend::new(async move {
                    match job.await {
                        Ok(view) => EitherOf3::A(view! {
                            <header class="page-head"><div><h1>"Edit job"</h1></div></header>
                            {changing(view.job)}
                        }),
                        Err(Error::NotFound) => EitherOf3::B(view! { <Gone/> }),
                        Err(error) => EitherOf3::C(view! {
                            <header class="page-head"><div><h1>"Edit job"</h1></div></header>
                            <ErrorState text=error.to_string()/>
                        }),
                    }
                })}
            </Suspense>
        </main>
    }
}

fn changing(job: Job) -> impl IntoView {
    let (id, status, date_applied) = (job.id, job.status, job.date_applied);
    view! { <JobForm posting=posting_of(job) id status date_applied/> }
}

#[component]
pub(super) fn JobForm(
    /// What the fields start from.
    posting: Posting,
    /// The job that is changed; a new one is made without.
    #[prop(optional)]
    id: Option<JobId>,
    #[prop(optional)] status: JobStatus,
    #[prop(default = None)] date_applied: Option<NaiveDate>,
    /// Where the fields are from, by their names, when they were read.
    #[prop(optional)]
    from: BTreeMap<String, Whence>,
) -> impl IntoView {
    let action = ServerAction::<SaveJob>::new();
    let errors = action_errors(action);
    let navigate = use_navigate();
    let toasts = use_toasts();
    let is_new = id.is_none();
    Effect::new(move |_| {
        if let Some(Ok(page)) = action.value().get() {
            toasts.push(Toast::good(if is_new { "Job added." } else { "Saved." }));
            navigate(&page, NavigateOptions::default());
        }
    });
    let help = move |field: &str, or: &str| from.get(field).map_or_else(|| or.to_owned(), whence::words);
    let amount = |amount: Option<i64>| amount.map(|amount| amount.to_string()).unwrap_or_default();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let back = id.map_or_else(|| "/jobs".to_owned(), |id| ["/jobs/".to_owned(), id.to_string()].concat());
    let salary = posting.salary;
    let (min, max) = (amount(salary.as_ref().and_then(|s| s.min)), amount(salary.as_ref().and_then(|s| s.max)));
    let currency = salary.as_ref().map(|s| s.currency.clone()).unwrap_or_default();
    let period = salary.as_ref().map_or("year", |s| s.period.as_str());
    let remote = posting.remote.map(|way| way.as_str()).unwrap_or_default();
    let level = posting.experience_level.map(|level| level.as_str()).unwrap_or_default();
    let ways: Vec<(&'static str, &'static str)> =
        [("", "Not said")].into_iter().chain(Remote::ALL.into_iter().map(|way| (way.as_str(), way.label()))).collect();
    let levels: Vec<(&'static str, &'static str)> = [("", "Not said")]
        .into_iter()
        .chain(Level::ALL.into_iter().map(|level| (level.as_str(), level.label())))
        .collect();
    let statuses: Vec<(&'static str, &'static str)> =
        JobStatus::ALL.into_iter().map(|s| (s.as_str(), s.label())).collect();
    let periods: Vec<(&'static str, &'static str)> =
        Period::ALL.into_iter().map(|p| (p.as_str(), p.as_str())).collect();
    view! {
        <ActionForm action attr:class="form" attr:novalidate=true>
            <FormError errors/>
            <input type="hidden" name="id" value=id.map(|id| id.to_string()).unwrap_or_default()/>
            {is_new.then(|| view! { <input type="hidden" name="source" value=posting.source/> })}
            <Field name="title" label="Title" value=posting.title required=true maxlength=300 help=help("title", "") errors/>
            <Field name="company" label="Company" value=posting.company required=true maxlength=300 help=help("company", "") errors/>
            <div class="fields">
                <Field name="location" label="Place" value=posting.location placeholder="Berlin, Germany" help=help("location", "") errors/>
                <Select name="remote" label="Way of working" value=remote options=ways help=help("remote", "") errors/>
            </div>
            <Field name="url" label="Link to the posting" kind="url" value=posting.url.unwrap_or_default() placeholder="https://" help=help("url", "") errors/>
            <TextArea name="description" label="Text of the posting" rows=10 value=posting.description help=help("description", "") errors/>
            <TagInput
                name="tech_stack" label="Skills asked for" values=posting.tech_stack
                suggest=suggest::skills() help=help("tech_stack", "Left empty, they are read from the text.") errors
            />
            <div class="fields">
                <Select name="experience_level" label="Level" value=level options=levels help=help("experience_level", "") errors/>
                <Select name="status" label="Status" value=status.as_str() options=statuses errors/>
            </div>
            <fieldset class="fieldset">
                <legend>"Pay"</legend>
                <div class="fields">
                    <Field name="salary_min" label="From" inputmode="numeric" value=min help=help("salary", "") errors/>
                    <Field name="salary_max" label="To" inputmode="numeric" value=max errors/>
                    <Field name="salary_currency" label="Currency" value=currency placeholder="EUR" maxlength=3 errors/>
                    <Select name="salary_period" label="Per" value=period options=periods errors/>
                </div>
            </fieldset>
            <TextArea name="responsibilities" label="Responsibilities" rows=3 help=help("responsibilities", "One a line.") value=posting.responsibilities.join("\n") errors/>
            <TextArea name="requirements" label="Requirements" rows=3 help=help("requirements", "One a line.") value=posting.requirements.join("\n") errors/>
            <div class="fields">
                <Field name="date_posted" label="Posted on" kind="date" value=day(posting.date_posted) help=help("date_posted", "") errors/>
                <Field name="closes_on" label="Closes on" kind="date" help=help("closes_on", "The last day to apply.") value=day(posting.closes_on) errors/>
                <Field name="date_applied" label="Applied on" kind="date" value=day(date_applied) errors/>
            </div>
            <div class="form-actions">
                <Submit pending=action.pending()>{if is_new { "Add job" } else { "Save" }}</Submit>
                <a class="button quiet" href=back>"Cancel"</a>
            </div>
        </ActionForm>
    }
}

/// The part of a job that a posting says.
fn posting_of(job: Job) -> Posting {
    Posting {
        company: job.company,
        title: job.title,
        location: job.location,
        remote: job.remote,
        description: job.description,
        tech_stack: job.tech_stack,
        responsibilities: job.responsibilities,
        requirements: job.requirements,
        experience_level: job.experience_level,
        salary: job.salary,
        source: job.source,
        url: job.url,
        date_posted: job.date_posted,
        closes_on: job.closes_on,
    }
}
