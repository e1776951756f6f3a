//! `/account/second-factor`

use super::{
    ConfirmSecondFactor, KeepRecoveryCodes, NewRecoveryCodes, Qr, SecondFactor, Setup, StartSecondFactor,
    StopSecondFactor, load_second_factor,
};
use crate::{
    accounts::passkeys::section::{self as passkeys, Passkeys},
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

/// What can be done here; kept above what is drawn anew with every change.
#[derive(Clone, Copy)]
struct Acts {
    start: ServerAction<StartSecondFactor>,
    confirm: ServerAction<ConfirmSecondFactor>,
    stop: ServerAction<StopSecondFactor>,
    renew: ServerAction<NewRecoveryCodes>,
    keep: ServerAction<KeepRecoveryCodes>,
}

#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let changed = live::watch(&[Topic::Account]);
    let acts = Acts {
        start: ServerAction::new(),
        confirm: ServerAction::new(),
        stop: ServerAction::new(),
        renew: ServerAction::new(),
        keep: ServerAction::new(),
    };
    let keys = passkeys::Acts::provide();
    let stands = wire::load(changed, |_| load_second_factor());
    view! {
        <Title text="Second factor"/>
        <main id="main" class="page narrow" tabindex="-1">
            <header class="page-head">
                <div>
                    <h1>"Second factor"</h1>
                    <p class="muted">
                        "With a code from your phone or a passkey, a password somebody got hold of opens nothing. "<a href="/account">"Back to the account"</a>
                    </p>
                    <p class="muted small">
                        "Once it is on, a change takes it too: sign in or "
                        <a href="/account/confirm?next=%2Faccount%2Fsecond-factor">"confirm that it is you"</a>" within ten minutes before."
                    </p>
                </div>
            </header>
            <Transition fallback=|| view! { <Skeleton lines=4 card=true/> }>
                {move || Suspend::new(async move {
                    match stands.await {
                        Ok(stands) => Either::Left(shown(stands, acts, keys)),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| stands.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

fn shown(stands: SecondFactor, acts: Acts, keys: passkeys::Acts) -> impl IntoView {
    let SecondFactor { since, setup, codes_left, fresh_codes, passkeys, passkeys_offered } = stands;
    let any = since.is_some() || !passkeys.is_empty();
    let app = match (setup, since) {
        (Some(setup), _) => view! { <SetUp setup acts/> }.into_any(),
        (None, None) => view! { <Off acts/> }.into_any(),
        (None, Some(since)) => view! {
            <section class="card stack">
                <header class="card-head"><h2>"Codes from your app"</h2><span class="badge good">"On"</span></header>
                <p>"Signing in takes a code from your app, since "<Time at=since style=TimeStyle::Day/>"."</p>
                <Off acts on=true/>
            </section>
        }
        .into_any(),
    };
    view! {
        {(!fresh_codes.is_empty()).then(|| view! { <Fresh codes=fresh_codes acts/> })}
        {app}
        <Passkeys keys=passkeys offered=passkeys_offered acts=keys/>
        {any.then(|| view! {
            <section class="card stack">
                <h2>"Recovery codes"</h2>
                <p>{left(codes_left)}" Each opens your account once when app and passkeys are lost."</p>
                <Renew acts/>
            </section>
        })}
    }
}

fn left(codes: usize) -> String {
    match codes {
        0 => "No recovery code is left.".to_owned(),
        1 => "One recovery code is left.".to_owned(),
        n => [&n.to_string(), " recovery codes are left."].concat(),
    }
}

/// The way in, or the way out when it is on.
#[component]
fn Off(acts: Acts, #[prop(optional)] on: bool) -> impl IntoView {
    if on {
        let errors = action_errors(acts.stop);
        return Either::Left(view! {
            <details>
                <summary>"Turn it off"</summary>
                <ActionForm action=acts.stop attr:class="form" attr:novalidate=true>
                    <FormError errors/>
                    <Field name="current_password" id="stop-password" label="Current password" kind="password" autocomplete="current-password" required=true errors/>
                    <div class="form-actions"><Submit pending=acts.stop.pending() class="danger">"Turn off"</Submit></div>
                </ActionForm>
            </details>
        });
    }
    let errors = action_errors(acts.start);
    Either::Right(view! {
        <section class="card stack">
            <header class="card-head"><h2>"Codes from an app"</h2><span class="badge muted">"Off"</span></header>
            <p>"Any authenticator app will do. When you sign in, you type the six digits it shows."</p>
            <ActionForm action=acts.start attr:class="form" attr:novalidate=true>
                <FormError errors/>
                <Field name="current_password" label="Current password" kind="password" autocomplete="current-password" required=true errors/>
                <div class="form-actions"><Submit pending=acts.start.pending()>"Set it up"</Submit></div>
            </ActionForm>
        </section>
    })
}

#[component]
fn SetUp(setup: Setup, acts: Acts) -> impl IntoView {
    let errors = action_errors(acts.confirm);
    view! {
        <section class="card stack">
            <h2>"Tell your app"</h2>
            <p>"Scan this with your authenticator app. On the phone itself, "<a href=setup.address rel="external">"open it in the app"</a>"."</p>
            <Drawn qr=setup.qr/>
            <p>"Or type this secret: "<code>{setup.secret}</code></p>
            <ActionForm action=acts.confirm attr:class="form" attr:novalidate=true>
                <FormError errors/>
                <Field name="code" label="The code it shows now" inputmode="numeric" autocomplete="one-time-code" required=true errors/>
                <div class="form-actions"><Submit pending=acts.confirm.pending()>"Turn it on"</Submit></div>
            </ActionForm>
            <ActionForm action=acts.stop><Submit pending=acts.stop.pending() class="quiet small">"Do not set it up"</Submit></ActionForm>
        </section>
    }
}

/// Dark on light in both themes: readers expect it.
#[component]
fn Drawn(qr: Qr) -> impl IntoView {
    let size = qr.size.to_string();
    let all = ["0 0 ", &size, " ", &size].concat();
    view! {
        <svg class="qr" viewBox=all role="img" aria-label="The secret as a QR code" shape-rendering="crispEdges">
            <rect width=size.clone() height=size fill="#fff"></rect>
            <path d=qr.path fill="#000"></path>
        </svg>
    }
}

#[component]
fn Fresh(codes: Vec<String>, acts: Acts) -> impl IntoView {
    view! {
        <section class="card accent stack">
            <h2>"Keep these recovery codes"</h2>
            <p>"Each opens your account once, when your phone or your passkeys are lost. Print them or put them into a password manager: they are shown only now."</p>
            <ul class="codes">{codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view()}</ul>
            <ActionForm action=acts.keep><Submit pending=acts.keep.pending()>"I have kept them"</Submit></ActionForm>
        </section>
    }
}

#[component]
fn Renew(acts: Acts) -> impl IntoView {
    let errors = action_errors(acts.renew);
    view! {
        <details>
            <summary>"Make new ones"</summary>
            <ActionForm action=acts.renew attr:class="form" attr:novalidate=true>
                <FormError errors/>
                <Field
                    name="current_password" id="renew-password" label="Current password" kind="password" autocomplete="current-password"
                    help="The old ones open nothing any more then." required=true errors
                />
                <div class="form-actions"><Submit pending=acts.renew.pending()>"Make new codes"</Submit></div>
            </ActionForm>
        </details>
    }
}
