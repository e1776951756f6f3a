//! The e-mail address on the account's page.

use super::{ChangeAddress, KeepAddress, SendVerification};
use crate::{accounts::security::AccountView, ui::*, wire::Loaded};
use leptos::prelude::*;

#[component]
pub fn EmailCard(account: Loaded<AccountView>) -> impl IntoView {
    let acts = Acts { again: ServerAction::new(), keep: ServerAction::new(), change: ServerAction::new() };
    let form = NodeRef::<leptos::html::Div>::new();
    tell(acts, form);
    let change = acts.change;
    let errors = action_errors(change);
    view! {
        <section class="card">
            <header class="card-head"><h2>"E-mail address"</h2></header>
            <div class="stack">
                <Transition fallback=|| view! { <Skeleton lines=1/> }>
                    {move || Suspend::new(async move { account.await.ok().map(|account| view! { <Standing account acts/> }) })}
                </Transition>
                <div node_ref=form>
                    <ActionForm action=change attr:class="form" attr:novalidate=true>
                        <FormError errors/>
                        <Field name="email" label="New e-mail address" kind="email" autocomplete="email" required=true errors/>
                        <Field
                            name="password" label="Your password" kind="password" autocomplete="current-password"
                            help="We send a link to the new address. It is used once you have opened that." required=true errors
                        />
                        <div class="form-actions"><Submit pending=change.pending() class="">"Change the address"</Submit></div>
                    </ActionForm>
                </div>
            </div>
        </section>
    }
}

#[derive(Clone, Copy)]
struct Acts {
    again: ServerAction<SendVerification>,
    keep: ServerAction<KeepAddress>,
    change: ServerAction<ChangeAddress>,
}

/// Says what was done.
fn tell(acts: Acts, form: NodeRef<leptos::html::Div>) {
    let toasts = use_toasts();
    Effect::new(move |_| match acts.again.value().get() {
        Some(Ok(())) => toasts.push(Toast::good("The link is on its way.")),
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    });
    Effect::new(move |_| {
        if let Some(Err(error)) = acts.keep.value().get() {
            toasts.push(Toast::bad(error.to_string()));
        }
    });
    Effect::new(move |_| {
        if let Some(Ok(())) = acts.change.value().get() {
            toasts.push(Toast::good("A link is on its way to the new address."));
            if let Some(form) = form.get_untracked() {
                crate::browser::empty_fields(&form);
            }
        }
    });
}

/// The address in use, whether it is confirmed, and the one it is to be.
#[component]
fn Standing(account: AccountView, acts: Acts) -> impl IntoView {
    let (again, keep) = (acts.again, acts.keep);
    let open = account.reachable && !account.confirmed;
    let (class, words) =
        if account.confirmed { ("badge good", "Confirmed") } else { ("badge warn", "Not confirmed yet") };
    let badge = (account.confirmed || account.reachable).then(|| view! { <span class=class>{words}</span> });
    view! {
        <div class="row between">
            <p><strong>{account.email}</strong>" "{badge}</p>
            {open.then(|| view! {
                <ActionForm action=again><Submit pending=again.pending() class="small">"Send the link again"</Submit></ActionForm>
            })}
        </div>
        {account.wanted.map(|wanted| view! {
            <div class="callout info">
                <Icon name=Icon::Info/>
                <div class="row between">
                    <p>"Waiting for "<strong>{wanted}</strong>" to be confirmed. The link to it works for 24 hours."</p>
                    <ActionForm action=keep><Submit pending=keep.pending() class="small">"Cancel"</Submit></ActionForm>
                </div>
            </div>
        })}
    }
}
