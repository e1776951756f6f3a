//! The shell around every page, and every page's address on one page.

use crate::{accounts, alerts, applications, jobs, live::Live, profile, skill_gap, today, ui};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

mod frame;
mod missing;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub use shell::shell_for;

use frame::Frame;
pub use frame::{Account, leave_when_done};
use missing::Missing;

/// Pages that can be seen without signing in; the server sends everybody else to the sign-in page first.
pub const PUBLIC_PAGES: [&str; 4] = ["/", "/sign-in", "/sign-up", "/ui"];

/// `/ui`: every widget in every state, in debug builds.
#[component]
fn Widgets() -> impl IntoView {
    if cfg!(debug_assertions) { view! { <ui::Gallery/> }.into_any() } else { view! { <Missing/> }.into_any() }
}

/// The whole app, the same on the server and in the browser.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    ui::provide_ui();
    Live::provide();
    // Pages are rendered whole: they can be read and their forms posted before any script has run.
    let whole = SsrMode::Async;
    view! {
        <Title formatter=|title: String| if title.is_empty() { "Career Co-Pilot".to_owned() } else { title + " · Career Co-Pilot" }/>
        <Router>
            <Routes fallback=Missing>
                // For everybody.
                <Route path=path!("/") view=accounts::page::Landing ssr=whole.clone()/>
                <Route path=path!("/sign-in") view=accounts::page::SignInPage ssr=whole.clone()/>
                <Route path=path!("/sign-up") view=accounts::page::SignUpPage ssr=whole.clone()/>
                <Route path=path!("/ui") view=Widgets ssr=whole.clone()/>
                // For the signed-in person.
                <ParentRoute path=path!("") view=Frame ssr=whole.clone()>
                    <Route path=path!("/welcome") view=profile::guide::Guide ssr=whole.clone()/>
                    <Route path=path!("/today") view=today::page::Today ssr=whole.clone()/>
                    <Route path=path!("/jobs") view=jobs::list::JobsPage ssr=whole.clone()/>
                    <Route path=path!("/jobs/new") view=jobs::form::NewJobPage ssr=whole.clone()/>
                    <Route path=path!("/jobs/import") view=jobs::import::page::ImportPage ssr=whole.clone()/>
                    <Route path=path!("/jobs/:id") view=jobs::detail::JobPage ssr=whole.clone()/>
                    <Route path=path!("/jobs/:id/edit") view=jobs::form::EditJobPage ssr=whole.clone()/>
                    <Route path=path!("/applications") view=applications::page::ApplicationsPage ssr=whole.clone()/>
                    <Route path=path!("/skills") view=skill_gap::page::SkillGapPage ssr=whole.clone()/>
                    <Route path=path!("/alerts") view=alerts::page::AlertsPage ssr=whole.clone()/>
                    <Route path=path!("/profile") view=profile::page::ProfilePage ssr=whole/>
                </ParentRoute>
            </Routes>
        </Router>
        <ui::Toasts/>
    }
}

/// Tells the page (and the browser tests) that it is alive, and installs the worker that keeps assets and the offline page.
#[cfg(feature = "hydrate")]
pub fn mark_hydrated() {
    if let Some(root) = document().document_element() {
        // An attribute cannot be refused by the root element.
        let _ = root.set_attribute("data-hydrated", "true");
    }
    if window().is_secure_context() {
        // Without the worker everything but offline reading works.
        let _ = window().navigator().service_worker().register("/sw.js");
    }
}
