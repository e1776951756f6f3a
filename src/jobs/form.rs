//! `/jobs/new` and `/jobs/:id/edit`.

use super::{Job, JobStatus, SaveJob, detail::Gone, load_job, shared::Shared};
use crate::{error::Error, ids::JobId, profile::suggest, ui::*, wire};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use posting::{Level, Period, Remote};

#[component]
pub fn NewJobPage() -> impl IntoView {
    view! {
        <Title text="Add a job"/>
        <main id="main" class="page narrow" tabindex="-1">
            <header class="page-head"><div>
                <h1>"Add a job"</h1>
                <p class="muted">"Paste the posting’s text as it is; skills and level are read from it. "<a href="/jobs/import">"Or bring in many at once"</a></p>
            </div></header>
            <JobForm job=None shared=use_query_map().with_untracked(Shared::of).unwrap_or_default()/>
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
                            <JobForm job=Some(view.job)/>
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

#[component]
fn JobForm(job: Option<Job>, #[prop(optional)] shared: Shared) -> impl IntoView {
    let action = ServerAction::<SaveJob>::new();
    let errors = action_errors(action);
    let navigate = use_navigate();
    let toasts = use_toasts();
    let is_new = job.is_none();
    Effect::new(move |_| {
        if let Some(Ok(page)) = action.value().get() {
            toasts.push(Toast::good(if is_new { "Job added." } else { "Saved." }));
            navigate(&page, NavigateOptions::default());
        }
    });
    let skills = job.as_ref().map(|job| job.tech_stack.clone()).unwrap_or_default();
    let amount = |amount: Option<i64>| amount.map(|amount| amount.to_string()).unwrap_or_default();
    let back =
        job.as_ref().map_or_else(|| "/jobs".to_owned(), |job| ["/jobs/".to_owned(), job.id.to_string()].concat());
    let salary = job.as_ref().and_then(|job| job.salary.clone());
    let job = StoredValue::new(job);
    let text = move |pick: fn(&Job) -> String| job.with_value(|job| job.as_ref().map(pick).unwrap_or_default());
    // Of a new job what another app shared, if it did.
    let or = move |pick: fn(&Job) -> String, given: String| if is_new { given } else { text(pick) };
    let Shared { link, title, text: posting } = shared;
    let (min, max) = (amount(salary.as_ref().and_then(|s| s.min)), amount(salary.as_ref().and_then(|s| s.max)));
    let currency = salary.as_ref().map(|s| s.currency.clone()).unwrap_or_default();
    let period = salary.as_ref().map_or("year", |s| s.period.as_str());
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
            <input type="hidden" name="id" value=text(|job| job.id.to_string())/>
            <Field name="title" label="Title" value=or(|job| job.title.clone(), title) required=true maxlength=300 errors/>
            <Field name="company" label="Company" value=text(|job| job.company.clone()) required=true maxlength=300 errors/>
            <div class="fields">
                <Field name="location" label="Place" value=text(|job| job.location.clone()) placeholder="Berlin, Germany" errors/>
                <Select name="remote" label="Way of working" value=text(|job| job.remote.map(|way| way.as_str()).unwrap_or_default().to_owned()) options=ways errors/>
            </div>
            <Field name="url" label="Link to the posting" kind="url" value=or(|job| job.url.clone().unwrap_or_default(), link) placeholder="https://" errors/>
            <TextArea name="description" label="Text of the posting" rows=10 value=or(|job| job.description.clone(), posting) errors/>
            <TagInput
                name="tech_stack" label="Skills asked for" values=skills
                suggest=suggest::skills() help="Left empty, they are read from the text." errors
            />
            <div class="fields">
                <Select name="experience_level" label="Level" value=text(|job| job.experience_level.map(|level| level.as_str()).unwrap_or_default().to_owned()) options=levels errors/>
                <Select name="status" label="Status" value=text(|job| job.status.as_str().to_owned()) options=statuses errors/>
            </div>
            <fieldset class="fieldset">
                <legend>"Pay"</legend>
                <div class="fields">
                    <Field name="salary_min" label="From" inputmode="numeric" value=min errors/>
                    <Field name="salary_max" label="To" inputmode="numeric" value=max errors/>
                    <Field name="salary_currency" label="Currency" value=currency placeholder="EUR" maxlength=3 errors/>
                    <Select name="salary_period" label="Per" value=period options=periods errors/>
                </div>
            </fieldset>
            <TextArea name="responsibilities" label="Responsibilities" rows=3 help="One a line." value=text(|job| job.responsibilities.join("\n")) errors/>
            <TextArea name="requirements" label="Requirements" rows=3 help="One a line." value=text(|job| job.requirements.join("\n")) errors/>
            <div class="fields">
                <Field name="date_posted" label="Posted on" kind="date" value=text(|job| job.date_posted.map(|day| day.to_string()).unwrap_or_default()) errors/>
                <Field name="closes_on" label="Closes on" kind="date" help="The last day to apply." value=text(|job| job.closes_on.map(|day| day.to_string()).unwrap_or_default()) errors/>
                <Field name="date_applied" label="Applied on" kind="date" value=text(|job| job.date_applied.map(|day| day.to_string()).unwrap_or_default()) errors/>
            </div>
            <div class="form-actions">
                <Submit pending=action.pending()>{if is_new { "Add job" } else { "Save" }}</Submit>
                <a class="button quiet" href=back>"Cancel"</a>
            </div>
        </ActionForm>
    }
}
