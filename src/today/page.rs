use leptos::prelude::*;

#[component]
pub fn Today() -> impl IntoView {
    view! { <main id="main" class="page"></main> }
}
