//! `/sign-in/passkey`: alone, or as the second step of signing in.

use super::{UsePasskey, begin_passkey_use};
use crate::{app::leave_when_done, browser, ui::*};
use leptos::{prelude::*, task::spawn_local};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn PasskeyPage() -> impl IntoView {
    let action = ServerAction::<UsePasskey>::new();
    leave_when_done(action);
    let refused = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let next = use_query_map().read_untracked().get("next").unwrap_or_default();
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
            let answered = match begin_passkey_use().await {
                Ok(options) => browser::use_passkey(&options).await,
                Err(error) => Err(error.to_string()),
            };
            busy.set(false);
            match answered {
                Ok(credential) => {
                    action.dispatch(UsePasskey { credential, next });
                }
                Err(words) => refused.set(words),
            }
        });
    };
    let pending = Signal::derive(move || busy.get() || action.pending().get());
    view! {
        <Title text="Passkey"/>
        <main id="main" class="auth">
            <div class="auth-card">
                <p class="brand"><Icon name=Icon::Brand/><span>"Career Co-Pilot"</span></p>
                <h1>"Your passkey"</h1>
                <p>"Your device asks for your finger, your face or its PIN."</p>
                {move || refused.with(|words| (!words.is_empty()).then(|| view! {
                    <div class="callout bad" role="alert"><Icon name=Icon::Warning/><div>{words.clone()}</div></div>
                }))}
                <button type="button" class="button primary wide" disabled=pending on:click=ask>
                    {move || if pending.get() { "One moment…" } else { "Use the passkey" }}
                </button>
                <noscript><p>"Passkeys need JavaScript."</p></noscript>
                <p class="muted"><a href="/sign-in/code">"Type a code instead"</a>" · "<a href="/sign-in">"Sign in with the password"</a></p>
            </div>
        </main>
    }
}
