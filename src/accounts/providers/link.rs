//! `/sign-in/link`: an account elsewhere has the address of an account here; its password shows that both are one person's.
//! `/account/connect`: the last step before leaving for a provider.

use super::{LinkWithPassword, Provider};
use crate::{app::leave_when_done, ui::*};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn LinkPage() -> impl IntoView {
    let action = ServerAction::<LinkWithPassword>::new();
    leave_when_done(action);
    let errors = action_errors(action);
    view! {
        <Title text="Is it you?"/>
        <main id="main" class="auth">
            <div class="auth-card">
                <p class="brand"><Icon name=Icon::Brand/><span>"Career Co-Pilot"</span></p>
                <h1>"You have an account here"</h1>
                <p>"There is an account with your e-mail address. Type its password once, and from then on you can sign in either way."</p>
                <ActionForm action attr:class="form" attr:novalidate=true>
                    <FormError errors/>
                    <Field name="password" label="Password" kind="password" autocomplete="current-password" required=true autofocus=true errors/>
                    <Submit pending=action.pending() class="primary wide">"Connect and sign in"</Submit>
                </ActionForm>
                <p class="muted">"Not your account? "<a href="/sign-in">"Sign in another way"</a></p>
            </div>
        </main>
    }
}

#[component]
pub fn ConnectPage() -> impl IntoView {
    let named = use_query_map().read_untracked().get("provider");
    let provider = named.as_deref().and_then(Provider::parse);
    view! {
        <Title text="Connect"/>
        <main id="main" class="page narrow" tabindex="-1">
            <header class="page-head"><div><h1>"Connect another way in"</h1></div></header>
            {match provider {
                Some(provider) => view! {
                    <section class="card stack">
                        <p>{provider.label()}" asks you whether it may tell us your name and e-mail address. Nothing else is asked for."</p>
                        <p>
                            <a class="button primary" rel="external" href=["/api/v1/auth/oauth/", provider.as_str(), "/login"].concat()>
                                "Continue to "{provider.label()}
                            </a>
                        </p>
                    </section>
                }
                .into_any(),
                None => view! { <Empty title="Connect what?" text="Choose a service on the account page."><a class="button" href="/account">"Account"</a></Empty> }.into_any(),
            }}
        </main>
    }
}
