//! The pages that links in mail lead to, and the one that asks for such a link. Nothing happens by opening them: programs that
//! look into mail open links too.

use super::{ConfirmAddress, ForgotPassword, ResetPassword};
use crate::{app::leave_when_done, ui::*};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Whether the page's address says that it is done.
fn done(name: &'static str) -> impl Fn() -> bool + Copy + Send + Sync + 'static {
    let query = use_query_map();
    move || query.with(|query| query.get(name).is_some())
}

/// The link's token, from the page's address.
fn token() -> StoredValue<String> {
    StoredValue::new(use_query_map().read_untracked().get("token").unwrap_or_default())
}

/// The card of a signed-out page.
#[component]
fn Card(heading: &'static str, children: Children) -> impl IntoView {
    view! {
        <Title text=heading/>
        <main id="main" class="auth">
            <div class="auth-card">
                <p class="brand"><Icon name=Icon::Brand/><span>"Career Co-Pilot"</span></p>
                <h1>{heading}</h1>
                {children()}
            </div>
        </main>
    }
}

/// `/forgot`
#[component]
pub fn ForgotPage() -> impl IntoView {
    let action = ServerAction::<ForgotPassword>::new();
    leave_when_done(action);
    let errors = action_errors(action);
    let sent = done("sent");
    view! {
        <Card heading="Forgot your password?">
            {move || if sent() {
                Either::Left(view! {
                    <p role="status">
                        "If there is an account with that address, a message with a link is on its way. The link works once, for 45 minutes."
                    </p>
                    <p class="muted">"Nothing there? Look among the unwanted messages, then "<a href="/forgot">"try again"</a>"."</p>
                })
            } else {
                Either::Right(view! {
                    <ActionForm action attr:class="form" attr:novalidate=true>
                        <FormError errors/>
                        <Field
                            name="email" label="E-mail address" kind="email" autocomplete="username"
                            help="The one you signed up with. We send a link to it." required=true errors
                        />
                        <Submit pending=action.pending() class="primary wide">"Send the link"</Submit>
                    </ActionForm>
                })
            }}
            <p class="muted"><a href="/sign-in">"Back to sign in"</a></p>
        </Card>
    }
}

/// `/reset?token=…`
#[component]
pub fn ResetPage() -> impl IntoView {
    let action = ServerAction::<ResetPassword>::new();
    leave_when_done(action);
    let errors = action_errors(action);
    let changed = done("done");
    let token = token();
    view! {
        <Card heading="Set a new password">
            {move || if changed() {
                Either::Left(view! {
                    <p role="status">"The password is changed, and you are signed out everywhere."</p>
                    <p><a class="button primary wide" href="/sign-in">"Sign in"</a></p>
                })
            } else {
                Either::Right(view! {
                    <ActionForm action attr:class="form" attr:novalidate=true>
                        <FormError errors/>
                        <input type="hidden" name="token" value=token.get_value()/>
                        <Field
                            name="new_password" label="New password" kind="password" autocomplete="new-password"
                            help="At least 8 characters. A few random words are easy to remember and hard to guess."
                            required=true errors
                        />
                        <Submit pending=action.pending() class="primary wide">"Set the password"</Submit>
                    </ActionForm>
                    <p class="muted">"The link does not work? "<a href="/forgot">"Ask for a new one"</a></p>
                })
            }}
        </Card>
    }
}

/// `/verify?token=…`
#[component]
pub fn VerifyPage() -> impl IntoView {
    let action = ServerAction::<ConfirmAddress>::new();
    leave_when_done(action);
    let errors = action_errors(action);
    let confirmed = done("done");
    let token = token();
    view! {
        <Card heading="Confirm your e-mail address">
            {move || if confirmed() {
                Either::Left(view! {
                    <p role="status">"Thank you. The address is confirmed."</p>
                    <p><a class="button primary wide" href="/today">"Go on"</a></p>
                })
            } else {
                Either::Right(view! {
                    <p>"Press the button to say that the address this message came to is yours."</p>
                    <ActionForm action attr:class="form">
                        <FormError errors/>
                        <input type="hidden" name="token" value=token.get_value()/>
                        <Submit pending=action.pending() class="primary wide">"Confirm the address"</Submit>
                    </ActionForm>
                    <p class="muted">"The link does not work? "<a href="/account">"Ask for a new one"</a>" on your account’s page."</p>
                })
            }}
        </Card>
    }
}
