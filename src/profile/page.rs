use leptos::prelude::*;

#[component]
pub fn ProfilePage() -> impl IntoView {
    view! { <main id="main" class="page"></main> }
}
