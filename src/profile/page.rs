//! `/profile`

use super::{Profile, RemoteWish, SaveProfile, load_profile, picture::OwnPicture, skill_input::SkillInput, suggest};
use crate::{browser, ui::*, wire};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use posting::{Level, Period};

#[component]
pub fn ProfilePage() -> impl IntoView {
    let profile = wire::load(|| (), |()| load_profile());
    view! {
        <Title text="Profile"/>
        <main id="main" class="page narrow" tabindex="-1">
            <header class="page-head"><div>
                <h1>"Profile"</h1>
                <p class="muted">"What jobs are compared with. Saving scores every job anew."</p>
            </div></header>
            <OwnPicture/>
            <Suspense fallback=|| view! { <Skeleton lines=12 card=true/> }>
                {move || Suspend::new(async move {
                    match profile.await {
                        Ok(profile) => Either::Left(view! { <ProfileForm profile/> }),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| profile.refetch())/> }),
                    }
                })}
            </Suspense>
        </main>
    }
}

/// The ways of working a person can wish for.
pub fn wishes() -> Vec<(&'static str, &'static str)> {
    RemoteWish::ALL.into_iter().map(|wish| (wish.as_str(), wish.label())).collect()
}

/// The levels, with "not said" first.
pub fn levels() -> Vec<(&'static str, &'static str)> {
    [("", "Not said")].into_iter().chain(Level::ALL.into_iter().map(|level| (level.as_str(), level.label()))).collect()
}

#[component]
fn ProfileForm(profile: Profile) -> impl IntoView {
    let action = ServerAction::<SaveProfile>::new();
    let errors = action_errors(action);
    let toasts = use_toasts();
    Effect::new(move |_| {
        if let Some(Ok(())) = action.value().get() {
            toasts.push(Toast::good("Saved. Scores are up to date."));
        }
    });
    let zone = StoredValue::new(profile.time_zone.clone());
    let here = RwSignal::new(String::new());
    when_hydrated(move || here.set(browser::time_zone()));
    let elsewhere = move || here.with(|here| !here.is_empty() && zone.with_value(|zone| zone != here));
    let salary = profile.salary_target;
    let amount = salary.as_ref().map(|salary| salary.amount.to_string()).unwrap_or_default();
    let currency = salary.as_ref().map(|salary| salary.currency.clone()).unwrap_or_default();
    let period = salary.as_ref().map_or("year", |salary| salary.period.as_str());
    let periods: Vec<(&'static str, &'static str)> =
        Period::ALL.into_iter().map(|p| (p.as_str(), p.as_str())).collect();
    let level = profile.experience_level.map(|level| level.as_str()).unwrap_or_default();
    view! {
        <ActionForm action attr:class="form" attr:novalidate=true>
            <FormError errors/>
            <fieldset class="fieldset">
                <legend>"You"</legend>
                <Field name="name" label="Name" value=profile.name autocomplete="name" maxlength=100 errors/>
                <Field name="headline" label="Headline" value=profile.headline placeholder="What you do, in a line" maxlength=200 errors/>
                <div class="fields">
                    <Combobox name="current_role" label="Current role" suggest=suggest::roles() value=profile.current_role errors/>
                    <Select name="experience_level" label="Experience" value=level options=levels() errors/>
                </div>
            </fieldset>
            <fieldset class="fieldset">
                <legend>"What you can do"</legend>
                <SkillInput skills=profile.skills errors/>
            </fieldset>
            <fieldset class="fieldset">
                <legend>"What you are after"</legend>
                <TagInput name="target_roles" label="Target roles" values=profile.target_roles suggest=suggest::roles() errors/>
                <TagInput
                    name="preferred_locations" label="Places" values=profile.preferred_locations commas=false
                    placeholder="Berlin, Germany" help="One entry per place: a city, a region or a country." errors
                />
                <Choices name="remote" label="Way of working" value=profile.remote.as_str() options=wishes() errors/>
                <Check name="relocate" label="I would move for a job" checked=profile.relocate/>
                <div class="fields">
                    <Field name="salary_amount" label="Target pay" inputmode="numeric" value=amount errors/>
                    <Field name="salary_currency" label="Currency" value=currency placeholder="EUR" maxlength=3 errors/>
                    <Select name="salary_period" label="Per" value=period options=periods errors/>
                </div>
            </fieldset>
            <fieldset class="fieldset">
                <legend>"Alerts and dates"</legend>
                <Field
                    name="match_threshold" label="Tell me about jobs that score at least" kind="number" min="0" max="100"
                    value=profile.match_threshold.to_string() errors
                />
                <div class="fields">
                    <Field name="country" label="Country" value=profile.country placeholder="DE" maxlength=2 help="Two letters." errors/>
                    <Field name="time_zone" label="Time zone" value=profile.time_zone errors/>
                </div>
                <p class="muted small" hidden=move || !elsewhere()>"Your browser says you are in "{here}"."</p>
            </fieldset>
            <div class="form-actions"><Submit pending=action.pending()>"Save"</Submit></div>
        </ActionForm>
    }
}
