//! `/unsubscribe?token=…`: for whoever holds a message. Nothing happens by opening it: programs that look into mail open links too.

use super::UNSUBSCRIBE;
use crate::ui::*;
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn UnsubscribePage() -> impl IntoView {
    let query = use_query_map();
    let token = query.read_untracked().get("token").unwrap_or_default();
    let is_ours = |c: &char| c.is_ascii_alphanumeric() || "-_.".contains(*c);
    let action = [UNSUBSCRIBE, "?token=", &token.chars().filter(is_ours).collect::<String>()].concat();
    let done = query.read_untracked().get("done");
    let shown = match done.as_deref() {
        Some("off") => EitherOf3::A(view! {
            <p role="status">"You get no more of these messages. What they said stays in the app, under Briefings."</p>
            <form method="post" action=action>
                <input type="hidden" name="page" value="yes"/>
                <input type="hidden" name="undo" value="yes"/>
                <button class="button wide" type="submit">"Undo"</button>
            </form>
        }),
        Some(_) => EitherOf3::B(view! { <p role="status">"You get these messages again."</p> }),
        None => EitherOf3::C(view! {
            <p>"Press the button to get no more messages like the one that led you here. Other messages are not changed by it."</p>
            <form method="post" action=action>
                <input type="hidden" name="page" value="yes"/>
                <button class="button primary wide" type="submit">"No more of these"</button>
            </form>
        }),
    };
    view! {
        <Title text="Briefings by mail"/>
        <main id="main" class="auth">
            <div class="auth-card stack">
                <p class="brand"><Icon name=Icon::Brand/><span>"Career Co-Pilot"</span></p>
                <h1>"Briefings by mail"</h1>
                {shown}
                <p class="muted"><a href="/briefings">"Choose which ones you get"</a></p>
            </div>
        </main>
    }
}
