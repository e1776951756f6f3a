use leptos::prelude::*;

#[component]
pub fn AlertsPage() -> impl IntoView {
    view! { <main id="main" class="page"></main> }
}
