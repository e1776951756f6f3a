//! The field in which a new password is chosen: it says how hard the password is to guess while it is typed.

use crate::{
    error::Result,
    ui::{Field, FieldErrors},
};
use leptos::prelude::*;
use std::time::Duration;

/// Typing pauses this long before the password is looked at.
const PAUSE: Duration = Duration::from_millis(300);

/// How hard a password is to guess: 0 (at once) to 4 (hardly).
#[server]
pub async fn password_strength(password: String) -> Result<u8> {
    use crate::session::{self, Origin};
    let app = expect_context::<crate::state::App>();
    let origin = Origin::of(&app, &expect_context::<axum::http::request::Parts>());
    let who = session::current();
    let about = who.as_ref().map_or([""; 2], |who| [&who.email, &who.name]);
    crate::error::answer(app.limits.look(&origin.address).map(|()| super::password::strength(&password, &about)))
}

/// A password's score in words, and the tone it is drawn in.
fn words(score: u8) -> (&'static str, &'static str) {
    match score {
        0 => ("Guessed at once", "bad"),
        1 => ("Guessed quickly", "bad"),
        2 => ("Fair: one more word makes it good", "warn"),
        3 => ("Good", "good"),
        _ => ("Very good", "good"),
    }
}

/// The field; `name` is the form's.
#[component]
pub fn NewPassword(name: &'static str, label: &'static str, help: &'static str, errors: FieldErrors) -> impl IntoView {
    let score = RwSignal::new(None::<u8>);
    let round = StoredValue::new(0_u32);
    let look = move |typed: String| {
        round.update_value(|n| *n = n.wrapping_add(1));
        let asked = round.get_value();
        if typed.is_empty() {
            return score.set(None);
        }
        let current = move || round.try_get_value() == Some(asked);
        set_timeout(
            move || {
                if current() {
                    leptos::task::spawn_local(async move {
                        // Without an answer there is nothing to show; the form still says what is wrong.
                        let found = password_strength(typed).await.ok();
                        if current() {
                            score.set(found);
                        }
                    });
                }
            },
            PAUSE,
        );
    };
    view! {
        <div class="stack tight" on:input=move |ev| look(event_target_value(&ev))>
            <Field name label kind="password" autocomplete="new-password" help required=true errors/>
            <div role="status">
                {move || score.get().map(|score| {
                    let (text, tone) = words(score);
                    view! { <span class=["badge ", tone].concat()>{text}</span> }
                })}
            </div>
        </div>
    }
}
