//! `/account/confirm`: shows once more who one is.

use super::{ConfirmByPasskey, ConfirmPerson, Means, begin_confirming, load_means};
use crate::{app::leave_when_done, browser, ui::*, wire};
use leptos::{either::Either, prelude::*, task::spawn_local};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn ConfirmPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let next = StoredValue::new(query.get("next").unwrap_or_default());
    let done = query.get("done").is_some();
    let action = ServerAction::<ConfirmPerson>::new();
    leave_when_done(action);
    let means = wire::load(|| (), |()| load_means());
    view! {
        <Title text="Confirm that it is you"/>
        <main id="main" class="page narrow" tabindex="-1">
            <header class="page-head"><div>
                <h1>"Confirm that it is you"</h1>
                <p class="muted">"Before the ways into your account change. It counts for ten minutes."</p>
            </div></header>
            {if done {
                Either::Left(view! {
                    <div class="callout good" role="status"><Icon name=Icon::Check/><div>
                        "Thank you. You can close this page and send the other one again, or go "<a href="/account">"to your account"</a>"."
                    </div></div>
                })
            } else {
                Either::Right(view! {
                    <Transition fallback=|| view! { <Skeleton lines=4 card=true/> }>
                        {move || Suspend::new(async move {
                            match means.await {
                                Ok(means) => Either::Left(view! { <Ways means action next=next.get_value()/> }),
                                Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| means.refetch())/> }),
                            }
                        })}
                    </Transition>
                })
            }}
        </main>
    }
}

#[component]
fn Ways(means: Means, action: ServerAction<ConfirmPerson>, next: String) -> impl IntoView {
    let errors = action_errors(action);
    let Means { password, code, passkey } = means;
    let passkey = passkey.then(|| view! { <ByPasskey next=next.clone()/> });
    let none = !password && passkey.is_none();
    view! {
        {passkey}
        {password.then(|| view! {
            <section class="card stack">
                <ActionForm action attr:class="form" attr:novalidate=true>
                    <input type="hidden" name="next" value=next/>
                    <FormError errors/>
                    <Field name="current_password" label="Password" kind="password" autocomplete="current-password" required=true errors/>
                    {code.then(|| view! {
                        <Field
                            name="code" label="Code" autocomplete="one-time-code" required=true errors
                            help="The six digits your app shows now, or one of your recovery codes."
                        />
                    })}
                    <div class="form-actions"><Submit pending=action.pending()>"Confirm"</Submit></div>
                </ActionForm>
            </section>
        })}
        {none.then(|| view! {
            <section class="card"><p>"Your account has no password. Sign out, sign in again, and go on within ten minutes."</p></section>
        })}
    }
}

#[component]
fn ByPasskey(next: String) -> impl IntoView {
    let action = ServerAction::<ConfirmByPasskey>::new();
    leave_when_done(action);
    let refused = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(Err(error)) = action.value().get() {
            refused.set(error.to_string());
        }
    });
    let ask = move |_| {
        let next = next.clone();
        spawn_local(async move {
            busy.set(true);
            refused.set(String::new());
            let answered = match begin_confirming().await {
                Ok(options) => browser::use_passkey(&options).await,
                Err(error) => Err(error.to_string()),
            };
            busy.set(false);
            match answered {
                Ok(credential) => {
                    action.dispatch(ConfirmByPasskey { credential, next });
                }
                Err(words) => refused.set(words),
            }
        });
    };
    let pending = Signal::derive(move || busy.get() || action.pending().get());
    view! {
        <section class="card stack">
            <p>"Your device asks for your finger, your face or its PIN."</p>
            {move || refused.with(|words| (!words.is_empty()).then(|| view! {
                <div class="callout bad" role="alert"><Icon name=Icon::Warning/><div>{words.clone()}</div></div>
            }))}
            <button type="button" class="button primary" disabled=pending on:click=ask>
                {move || if pending.get() { "One moment…" } else { "Use a passkey" }}
            </button>
            <noscript><p>"Passkeys need JavaScript."</p></noscript>
        </section>
    }
}
