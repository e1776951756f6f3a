//! The signed-out pages.

use super::{EnterDemo, SignIn, SignUp, demo_offered, providers::buttons::ProviderButtons, strength::NewPassword};
use crate::{app::leave_when_done, browser, ui::*, wire};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// `/`: what this is, and the ways in.
#[component]
pub fn Landing() -> impl IntoView {
    let demo = wire::load(|| (), |()| demo_offered());
    view! {
        <Title text=""/>
        <main id="main" class="landing">
            <div class="landing-hero">
                <p class="brand"><Icon name=Icon::Brand/><span>"Career Co-Pilot"</span></p>
                <h1>"Know which jobs fit, why, and what to do next."</h1>
                <p>
                    "Bring in real postings. See how each one fits what you can do and where you want to be, what is missing, \
                     and keep every application in one calm place. What you keep here is passed on to nobody."
                </p>
                <div class="row">
                    <a class="button primary" href="/sign-up">"Create an account"</a>
                    <a class="button" href="/sign-in">"Sign in"</a>
                    <Suspense>
                        {move || Suspend::new(async move {
                            demo.await.unwrap_or_default().then(|| view! { <DemoButton/> })
                        })}
                    </Suspense>
                </div>
            </div>
            <ul class="landing-points">
                <li>
                    <h2>"Every score explains itself"</h2>
                    <p>"Skills, place and experience, each with its points, its evidence and what would change it."</p>
                </li>
                <li>
                    <h2>"Real postings, no retyping"</h2>
                    <p>"Read a company’s public board, a feed, a spreadsheet or a paste. Duplicates are named, nothing is lost."</p>
                </li>
                <li>
                    <h2>"Works without an AI key"</h2>
                    <p>"Reading, matching and skill gaps are worked out by the app itself, which never invents a thing about you."</p>
                </li>
            </ul>
            <p class="muted small"><a href="/privacy">"Privacy and terms"</a></p>
        </main>
    }
}

#[component]
fn DemoButton() -> impl IntoView {
    let enter = ServerAction::<EnterDemo>::new();
    leave_when_done(enter);
    view! {
        <ActionForm action=enter>
            <Submit pending=enter.pending() class="">"Look around as a demo user"</Submit>
        </ActionForm>
    }
}

/// `/sign-in`
#[component]
pub fn SignInPage() -> impl IntoView {
    let action = ServerAction::<SignIn>::new();
    leave_when_done(action);
    let errors = action_errors(action);
    let next = use_query_map().read_untracked().get("next").unwrap_or_default();
    view! {
        <Title text="Sign in"/>
        <main id="main" class="auth">
            <div class="auth-card">
                <p class="brand"><Icon name=Icon::Brand/><span>"Career Co-Pilot"</span></p>
                <h1>"Welcome back"</h1>
                <ProviderButtons next=next.clone()/>
                <ActionForm action attr:class="form" attr:novalidate=true>
                    <FormError errors/>
                    <input type="hidden" name="next" value=next/>
                    <Field name="email" label="E-mail address" kind="email" autocomplete="username" required=true errors/>
                    <Field name="password" label="Password" kind="password" autocomplete="current-password" required=true errors/>
                    <Submit pending=action.pending() class="primary wide">"Sign in"</Submit>
                </ActionForm>
                <p class="muted"><a href="/forgot">"Forgot your password?"</a>" · "<a href="/sign-in/passkey">"Use a passkey"</a></p>
                <p class="muted">"New here? "<a href="/sign-up">"Create an account"</a></p>
            </div>
        </main>
    }
}

/// `/sign-up`
#[component]
pub fn SignUpPage() -> impl IntoView {
    let action = ServerAction::<SignUp>::new();
    leave_when_done(action);
    let errors = action_errors(action);
    let zone = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = zone.get() {
            input.set_value(&browser::time_zone());
        }
    });
    view! {
        <Title text="Create an account"/>
        <main id="main" class="auth">
            <div class="auth-card">
                <p class="brand"><Icon name=Icon::Brand/><span>"Career Co-Pilot"</span></p>
                <h1>"Create your account"</h1>
                <ProviderButtons/>
                <ActionForm action attr:class="form" attr:novalidate=true>
                    <FormError errors/>
                    <input type="hidden" name="time_zone" value="" node_ref=zone/>
                    <Field name="name" label="Name" autocomplete="name" help="How we address you. You can leave it out." maxlength=100 errors/>
                    <Field name="email" label="E-mail address" kind="email" autocomplete="username" required=true errors/>
                    <NewPassword
                        name="password" label="Password" errors
                        help="At least 8 characters. A few random words are easy to remember and hard to guess."
                    />
                    <Submit pending=action.pending() class="primary wide">"Create account"</Submit>
                </ActionForm>
                <p class="muted small">"With an account you agree to the "<a href="/privacy">"terms"</a>"."</p>
                <p class="muted">"Already have one? "<a href="/sign-in">"Sign in"</a></p>
            </div>
        </main>
    }
}
