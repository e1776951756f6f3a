//! `/welcome`: three steps from an empty account to scored jobs.

use super::{
    EndGuide, GuidePlaces, GuideSkills, Profile, load_profile,
    page::{levels, wishes},
    picture::OwnPicture,
    skill_input::SkillInput,
    suggest,
};
use crate::{app::leave_when_done, ui::*, wire};
use leptos::{
    either::{Either, EitherOf3},
    prelude::*,
};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

const STEPS: [(&str, &str); 3] =
    [("What you can do", "/welcome"), ("Where", "/welcome?step=2"), ("Bring in jobs", "/welcome?step=3")];

#[component]
pub fn Guide() -> impl IntoView {
    let map = use_query_map();
    let step = Memo::new(move |_| {
        map.with(|map| map.get("step")).and_then(|step| step.parse::<usize>().ok()).unwrap_or(1).clamp(1, 3)
    });
    let profile = wire::load(move || step.get(), |_| load_profile());
    view! {
        <Title text="Welcome"/>
        <main id="main" class="page narrow" tabindex="-1">
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    let step = step.get_untracked();
                    match profile.await {
                        Ok(profile) => Either::Left(view! {
                            <header class="page-head"><div>
                                <h1>"Three steps to your first matches"</h1>
                                <p class="muted">"Everything can be changed later in your profile."</p>
                            </div></header>
                            <Steps steps=STEPS.to_vec() current=step - 1/>
                            <section class="card stack">
                                {match step {
                                    1 => EitherOf3::A(view! { <First profile/> }),
                                    2 => EitherOf3::B(view! { <Second profile/> }),
                                    _ => EitherOf3::C(view! { <Third/> }),
                                }}
                            </section>
                        }),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string()/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

/// Goes to the page a step answered with, without a reload.
fn go_on<S>(action: ServerAction<S>)
where
    S: leptos::server_fn::ServerFn<Output = String, Error = crate::error::Error> + Clone + Send + Sync + 'static,
    S::Error: Send + Sync + Clone,
{
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(Ok(page)) = action.value().get() {
            navigate(&page, NavigateOptions::default());
        }
    });
}

#[component]
fn First(profile: Profile) -> impl IntoView {
    let action = ServerAction::<GuideSkills>::new();
    go_on(action);
    let errors = action_errors(action);
    let level = profile.experience_level.map(|level| level.as_str()).unwrap_or_default();
    view! {
        <h2>"What can you do?"</h2>
        // In front of the form: it has a form of its own.
        <OwnPicture/>
        <ActionForm action attr:class="form" attr:novalidate=true>
            <FormError errors/>
            <Field name="name" label="Name" value=profile.name autocomplete="name" maxlength=100 errors/>
            <Field name="headline" label="Headline" value=profile.headline placeholder="What you do, in a line" maxlength=200 errors/>
            <SkillInput skills=profile.skills errors/>
            <div class="fields">
                <Combobox name="current_role" label="Current role" suggest=suggest::roles() value=profile.current_role errors/>
                <Select name="experience_level" label="Experience" value=level options=levels() errors/>
            </div>
            <div class="form-actions"><Submit pending=action.pending()>"Next: where"</Submit></div>
        </ActionForm>
    }
}

#[component]
fn Second(profile: Profile) -> impl IntoView {
    let action = ServerAction::<GuidePlaces>::new();
    go_on(action);
    let errors = action_errors(action);
    view! {
        <h2>"Where do you want to work?"</h2>
        <ActionForm action attr:class="form" attr:novalidate=true>
            <FormError errors/>
            <Choices name="remote" label="Way of working" value=profile.remote.as_str() options=wishes() errors/>
            <TagInput
                name="preferred_locations" label="Places" values=profile.preferred_locations commas=false
                placeholder="Berlin, Germany" help="One entry per place: a city, a region or a country." errors
            />
            <Check name="relocate" label="I would move for a job" checked=profile.relocate/>
            <div class="form-actions">
                <Submit pending=action.pending()>"Next: bring in jobs"</Submit>
                <a class="button quiet" href="/welcome">"Back"</a>
            </div>
        </ActionForm>
    }
}

#[component]
fn Third() -> impl IntoView {
    let action = ServerAction::<EndGuide>::new();
    leave_when_done(action);
    view! {
        <h2>"Bring in jobs"</h2>
        <p>"Read a company’s public board, a file or a paste. You see what was found before anything is saved."</p>
        <div class="row">
            <a class="button primary" href="/jobs/import"><Icon name=Icon::Upload/>"Bring in jobs"</a>
            <a class="button" href="/jobs/add"><Icon name=Icon::Plus/>"Add one from a link"</a>
            <ActionForm action><Submit pending=action.pending() class="quiet">"Finish"</Submit></ActionForm>
        </div>
    }
}
