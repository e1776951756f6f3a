//! The person's picture: taken over from the service they signed in with first, shown to them alone, gone when they say so.

use crate::{app::Account, error::Result, ui::*};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod image;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod store;

/// Removes the picture.
#[server]
pub async fn remove_picture() -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::remove(&app, &who).await
        }
        .await,
    )
}

/// Where the picture is to be had; none where there is none.
fn address(account: Account) -> Option<String> {
    account.0.get().and_then(Result::ok).and_then(|me| me.picture)
}

/// The picture, small, where the person's name stands beside it.
#[component]
pub fn Portrait() -> impl IntoView {
    let account = expect_context::<Account>();
    view! {
        <Transition>
            {move || address(account).map(|src| view! { <img class="portrait" src=src alt="" width="32" height="32"/> })}
        </Transition>
    }
}

/// The picture with a way to be rid of it; nothing where there is none.
#[component]
pub fn OwnPicture() -> impl IntoView {
    let account = expect_context::<Account>();
    let action = ServerAction::<RemovePicture>::new();
    let toasts = use_toasts();
    Effect::new(move |_| match action.value().get() {
        Some(Ok(())) => toasts.push(Toast::good("The picture is removed.")),
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    });
    view! {
        <Transition>
            {move || address(account).map(|src| view! {
                <div class="row">
                    <img class="portrait large" src=src alt="Your picture" width="64" height="64"/>
                    <ActionForm action>
                        <Submit pending=action.pending() class="quiet small">"Remove the picture"</Submit>
                    </ActionForm>
                </div>
            })}
        </Transition>
    }
}
