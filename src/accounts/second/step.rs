//! `/sign-in/code`: the second step of signing in.

use super::SecondStep;
use crate::{app::leave_when_done, ui::*};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn CodePage() -> impl IntoView {
    let action = ServerAction::<SecondStep>::new();
    leave_when_done(action);
    let errors = action_errors(action);
    view! {
        <Title text="Your code"/>
        <main id="main" class="auth">
            <div class="auth-card">
                <p class="brand"><Icon name=Icon::Brand/><span>"Career Co-Pilot"</span></p>
                <h1>"Your code"</h1>
                <ActionForm action attr:class="form" attr:novalidate=true>
                    <FormError errors/>
                    <Field
                        name="code" label="Code" autocomplete="one-time-code" required=true autofocus=true errors
                        help="The six digits your app shows now, or one of your recovery codes."
                    />
                    <Submit pending=action.pending() class="primary wide">"Sign in"</Submit>
                </ActionForm>
                <p class="muted"><a href="/sign-in/passkey">"Use a passkey instead"</a>" · "<a href="/sign-in">"Start again"</a></p>
            </div>
        </main>
    }
}
