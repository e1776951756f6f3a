//! The section of `/account` about access tokens.

use super::{AccessToken, CreateToken, RevokeToken, Scope, TokensView, load_tokens};
use crate::{
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};

#[component]
pub fn Tokens() -> impl IntoView {
    let changed = live::watch(&[Topic::Account]);
    let view = wire::load(changed, |_| load_tokens());
    let revoke = ServerAction::<RevokeToken>::new();
    let toasts = use_toasts();
    Effect::new(move |_| match revoke.value().get() {
        Some(Ok(())) => toasts.push(Toast::good("Revoked. Programs that use it are refused now.")),
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    });
    let admin = move || view.get().and_then(Result::ok).is_some_and(|view| view.admin);
    view! {
        <section class="card stack" id="tokens">
            <header class="card-head"><h2>"Access tokens"</h2></header>
            <p class="muted">
                "With an access token, a program reads or changes what you have here, without your password. A new password does not end it. "
                <a href="/api/docs" rel="external">"What programs can do"</a>". Making one asks that you signed in or "
                <a href="/account/confirm?next=%2Faccount%23tokens">"confirmed that it is you"</a>" within ten minutes."
            </p>
            <Transition fallback=|| view! { <Skeleton lines=3/> }>
                {move || Suspend::new(async move {
                    match view.await {
                        Ok(TokensView { tokens, .. }) => Either::Left((!tokens.is_empty()).then(|| view! {
                            <ul class="list">{tokens.into_iter().map(|token| view! { <Token token revoke/> }).collect_view()}</ul>
                        })),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| view.refetch())/> }),
                    }
                })}
            </Transition>
            <NewToken admin/>
        </section>
    }
}

#[component]
fn NewToken(admin: impl Fn() -> bool + Copy + Send + Sync + 'static) -> impl IntoView {
    let create = ServerAction::<CreateToken>::new();
    let errors = action_errors(create);
    let form = NodeRef::<leptos::html::Form>::new();
    let fresh = RwSignal::new(shown_once());
    Effect::new(move |_| {
        if let Some(Ok(made)) = create.value().get() {
            fresh.set(made.token);
            if let Some(form) = form.get_untracked() {
                form.reset();
            }
        }
    });
    let made = move || {
        let token = fresh.get();
        (!token.is_empty()).then(|| view! {
            <div class="callout good">
                <div class="grow">
                    <CopyField id="fresh-token" label="Your new token" value=token help="Please copy it now: it is not shown again." focus=true/>
                </div>
            </div>
        })
    };
    view! {
        {made}
        <ActionForm action=create node_ref=form attr:class="form" attr:novalidate=true>
            <fieldset class="fieldset">
                <legend>"New token"</legend>
                <FormError errors/>
                <Field name="name" label="Name" help="Such as the program that will use it." maxlength=100 autocomplete="off" required=true errors/>
                <Select
                    name="expires_in_days" label="Ends" value="90"
                    options=vec![("7", "In 7 days"), ("30", "In 30 days"), ("90", "In 90 days"), ("365", "In a year"), ("", "Never")] errors
                />
                <Choices
                    name="scopes" label="What it may do" value="read"
                    options=vec![("read", "Look"), ("write", "Look and change")]
                    help="It never changes your password, ends a session or makes another token." errors
                />
                <Transition>
                    {move || admin().then(|| view! { <Check name="admin" label="Also what only administrators may do" errors/> })}
                </Transition>
                <div class="form-actions"><Submit pending=create.pending()>"Make the token"</Submit></div>
            </fieldset>
        </ActionForm>
    }
}

/// What a token may do, in words.
fn allowed(scopes: &[Scope]) -> &'static str {
    match (scopes.contains(&Scope::Write), scopes.contains(&Scope::Admin)) {
        (false, false) => "Looks",
        (true, false) => "Looks and changes",
        (false, true) => "Looks, as administrator",
        (true, true) => "Looks and changes, as administrator",
    }
}

#[component]
fn Token(token: AccessToken, revoke: ServerAction<RevokeToken>) -> impl IntoView {
    let id = token.id.to_string();
    let ends = if token.expired { "ended " } else { "ends " };
    let end = match token.expires_at {
        Some(at) => Either::Left(view! { <span>{ends}<Time at style=TimeStyle::Day/></span> }),
        None => Either::Right(view! { <span>"never ends"</span> }),
    };
    let used = match token.used_at {
        Some(at) => Either::Left(view! { <span>"used "<Time at/>{[" from ", &token.used_from].concat()}</span> }),
        None => Either::Right(view! { <span>"never used"</span> }),
    };
    let question = ["Programs that use “", &token.name, "” are refused at once."].concat();
    view! {
        <li class="item" class:dim=token.expired>
            <div class="item-main">
                <span class="item-title">{token.name}</span>
                <p class="meta small">
                    <span>{allowed(&token.scopes)}</span>
                    <code>{["…", &token.hint].concat()}</code>
                    <span>"made "<Time at=token.created_at style=TimeStyle::Day/></span>
                    {end}
                    {used}
                </p>
            </div>
            <div class="item-side">
                {token.expired.then(|| view! { <span class="badge muted">"Ended"</span> })}
                <ActionForm action=revoke>
                    <input type="hidden" name="id" value=id.clone()/>
                    <ConfirmButton id=["revoke-", &id].concat() label="Revoke" question confirm="Revoke" class="danger small"/>
                </ActionForm>
            </div>
        </li>
    }
}
