//! `/account`: the address, the password, and where one is signed in.

use super::{AccountView, ChangePassword, EndOtherSessions, EndSession, SignedIn, load_account};
use crate::{
    accounts::{email::card::EmailCard, providers::section::Ways, strength::NewPassword, tokens::page::Tokens},
    app::Account,
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

#[component]
pub fn AccountPage() -> impl IntoView {
    let changed = live::watch(&[Topic::Account]);
    let account = wire::load(changed, |_| load_account());
    let acts = Acts { end: ServerAction::new(), others: ServerAction::new() };
    tell(acts);
    view! {
        <Title text="Account"/>
        <main id="main" class="page narrow" tabindex="-1">
            <header class="page-head"><div><h1>"Account"</h1><p class="muted">"Your address, the ways in, where you are signed in, and access tokens."</p></div></header>
            <EmailCard account/>
            <Password/>
            <Ways/>
            <Transition fallback=|| view! { <Skeleton lines=4 card=true/> }>
                {move || Suspend::new(async move {
                    match account.await {
                        Ok(account) => Either::Left(view! { <Second on=account.second_factor/><Sessions account acts/> }),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| account.refetch())/> }),
                    }
                })}
            </Transition>
            <Tokens/>
            <p class="meta"><a href="/account/data">"Your data: copy, consents, closing"</a><a href="/briefings">"Briefings by mail"</a><a href="/account/log">"What happened to your account"</a><AdminLink/></p>
        </main>
    }
}

#[derive(Clone, Copy)]
struct Acts {
    end: ServerAction<EndSession>,
    others: ServerAction<EndOtherSessions>,
}

/// Says what was done.
fn tell(acts: Acts) {
    let toasts = use_toasts();
    Effect::new(move |_| match acts.end.value().get() {
        Some(Ok(())) => toasts.push(Toast::good("Signed out there.")),
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    });
    Effect::new(move |_| match acts.others.value().get() {
        Some(Ok(0)) => toasts.push(Toast::info("You are signed in nowhere else.")),
        Some(Ok(_)) => toasts.push(Toast::good("Signed out everywhere else.")),
        // An error stands above the list.
        Some(Err(_)) | None => {}
    });
}

#[component]
fn Password() -> impl IntoView {
    let action = ServerAction::<ChangePassword>::new();
    let errors = action_errors(action);
    let toasts = use_toasts();
    let form = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(Ok(())) = action.value().get() {
            toasts.push(Toast::good("The password is changed. Every other place was signed out."));
            if let Some(form) = form.get_untracked() {
                crate::browser::empty_fields(&form);
            }
        }
    });
    view! {
        <section class="card">
            <header class="card-head"><h2>"Password"</h2></header>
            <div node_ref=form>
                <ActionForm action attr:class="form" attr:novalidate=true>
                    <FormError errors/>
                    <Field name="current_password" label="Current password" kind="password" autocomplete="current-password" required=true errors/>
                    <NewPassword
                        name="new_password" label="New password" errors
                        help="At least 8 characters. Every other place you are signed in is signed out."
                    />
                    <div class="form-actions"><Submit pending=action.pending()>"Change password"</Submit></div>
                </ActionForm>
            </div>
        </section>
    }
}

/// The way to the administrators' page, for administrators.
#[component]
fn AdminLink() -> impl IntoView {
    let Account(me) = expect_context();
    view! {
        <Transition>
            {move || me.get().and_then(Result::ok).is_some_and(|me| me.admin).then(|| view! { <a href="/admin">"All accounts"</a> })}
        </Transition>
    }
}

#[component]
fn Second(on: bool) -> impl IntoView {
    let (tone, words, act) =
        if on { ("badge good", "On", "Look after it") } else { ("badge muted", "Off", "Set it up") };
    view! {
        <section class="card">
            <header class="card-head"><h2>"Second factor"</h2><span class=tone>{words}</span></header>
            <p>"A passkey, or a code from your phone, beside the password. "<a href="/account/second-factor">{act}</a></p>
        </section>
    }
}

#[component]
fn Sessions(account: AccountView, acts: Acts) -> impl IntoView {
    let several = account.sessions.len() > 1;
    let others = acts.others;
    view! {
        <section class="card">
            <header class="card-head">
                <h2>"Where you are signed in"</h2>
                {several.then(|| view! {
                    <ActionForm action=others><Submit pending=others.pending() class="small">"Sign out everywhere else"</Submit></ActionForm>
                })}
            </header>
            <p class="muted small">"As "{account.email}". "{several.then(|| view! {
                "To sign out another place, sign in here or "<a href="/account/confirm?next=%2Faccount">"confirm that it is you"</a>" within ten minutes before."
            })}</p>
            <FormError errors=action_errors(others)/>
            <ul class="list">{account.sessions.into_iter().map(|session| view! { <Session session end=acts.end/> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Session(session: SignedIn, end: ServerAction<EndSession>) -> impl IntoView {
    let address = (!session.address.is_empty()).then_some(session.address);
    let place = (!session.place.is_empty()).then_some(session.place);
    let act = if session.here {
        Either::Left(view! { <span class="badge accent">"Here"</span> })
    } else {
        let label = ["Sign out ", &session.device].concat();
        Either::Right(view! {
            <ActionForm action=end>
                <input type="hidden" name="id" value=session.id.to_string()/>
                <button class="button small" type="submit" aria-label=label>"Sign out"</button>
            </ActionForm>
        })
    };
    view! {
        <li class="item">
            <div class="item-main">
                <strong>{session.device}</strong>
                <p class="meta small">
                    <span>"used "<Time at=session.seen_at/></span>
                    <span>"since "<Time at=session.since style=TimeStyle::Day/></span>
                    {place.map(|place| view! { <span>{place}</span> })}
                    {address.map(|address| view! { <span>{address}</span> })}
                </p>
            </div>
            <div class="item-side">{act}</div>
        </li>
    }
}
