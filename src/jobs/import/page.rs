use leptos::prelude::*;

#[component]
pub fn ImportPage() -> impl IntoView {
    view! { <main id="main" class="page"></main> }
}
