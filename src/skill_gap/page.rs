use leptos::prelude::*;

#[component]
pub fn SkillGapPage() -> impl IntoView {
    view! { <main id="main" class="page"></main> }
}
