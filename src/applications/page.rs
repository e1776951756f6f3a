use leptos::prelude::*;

#[component]
pub fn ApplicationsPage() -> impl IntoView {
    view! { <main id="main" class="page"></main> }
}
