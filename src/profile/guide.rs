use leptos::prelude::*;

#[component]
pub fn Guide() -> impl IntoView {
    view! { <main id="main" class="page"></main> }
}
