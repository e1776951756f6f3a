//! The shell around every page, and every page's address on one page.

use crate::{live::Live, ui};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

mod frame;
mod missing;
mod parts;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub use shell::shell_for;

pub use frame::{Account, leave_when_done};
use missing::Missing;
use parts::Page;

/// Pages that can be seen without signing in; the server sends everybody else to the sign-in page first.
pub const PUBLIC_PAGES: [&str; 13] = [
    "/",
    "/sign-in",
    "/sign-in/code",
    "/sign-in/link",
    "/sign-in/passkey",
    "/sign-up",
    "/forgot",
    "/reset",
    "/verify",
    "/privacy",
    "/closed",
    "/unsubscribe",
    "/ui",
];

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
                <Route path=path!("/") view=Page::Landing ssr=whole.clone()/>
                <Route path=path!("/sign-in") view=Page::SignIn ssr=whole.clone()/>
                <Route path=path!("/sign-in/code") view=Page::SignInCode ssr=whole.clone()/>
                <Route path=path!("/sign-in/passkey") view=Page::SignInPasskey ssr=whole.clone()/>
                <Route path=path!("/sign-in/link") view=Page::SignInLink ssr=whole.clone()/>
                <Route path=path!("/sign-up") view=Page::SignUp ssr=whole.clone()/>
                <Route path=path!("/forgot") view=Page::Forgot ssr=whole.clone()/>
                <Route path=path!("/reset") view=Page::Reset ssr=whole.clone()/>
                <Route path=path!("/verify") view=Page::Verify ssr=whole.clone()/>
                <Route path=path!("/privacy") view=Page::Privacy ssr=whole.clone()/>
                <Route path=path!("/closed") view=Page::Closed ssr=whole.clone()/>
                <Route path=path!("/unsubscribe") view=Page::Unsubscribe ssr=whole.clone()/>
                <Route path=path!("/ui") view=Page::Widgets ssr=whole.clone()/>
                // For the signed-in person.
                <ParentRoute path=path!("") view=Page::Frame ssr=whole.clone()>
                    <Route path=path!("/welcome") view=Page::Guide ssr=whole.clone()/>
                    <Route path=path!("/today") view=Page::Today ssr=whole.clone()/>
                    <Route path=path!("/jobs") view=Page::JobList ssr=whole.clone()/>
                    <Route path=path!("/jobs/add") view=Page::AddJob ssr=whole.clone()/>
                    <Route path=path!("/jobs/new") view=Page::NewJob ssr=whole.clone()/>
                    <Route path=path!("/jobs/import") view=Page::Import ssr=whole.clone()/>
                    <Route path=path!("/jobs/hidden") view=Page::Hidden ssr=whole.clone()/>
                    <Route path=path!("/jobs/searches") view=Page::Searches ssr=whole.clone()/>
                    <Route path=path!("/jobs/searches/new") view=Page::NewSearch ssr=whole.clone()/>
                    <Route path=path!("/jobs/searches/:id") view=Page::Search ssr=whole.clone()/>
                    <Route path=path!("/jobs/sources") view=Page::Sources ssr=whole.clone()/>
                    <Route path=path!("/jobs/:id") view=Page::Job ssr=whole.clone()/>
                    <Route path=path!("/jobs/:id/edit") view=Page::EditJob ssr=whole.clone()/>
                    <Route path=path!("/applications") view=Page::Applications ssr=whole.clone()/>
                    <Route path=path!("/applications/stages") view=Page::Stages ssr=whole.clone()/>
                    <Route path=path!("/applications/interviews") view=Page::Interviews ssr=whole.clone()/>
                    <Route path=path!("/applications/interviews/:id") view=Page::Interview ssr=whole.clone()/>
                    <Route path=path!("/applications/people") view=Page::People ssr=whole.clone()/>
                    <Route path=path!("/applications/people/:id") view=Page::Contact ssr=whole.clone()/>
                    <Route path=path!("/applications/next") view=Page::Next ssr=whole.clone()/>
                    <Route path=path!("/applications/import") view=Page::TakeIn ssr=whole.clone()/>
                    <Route path=path!("/applications/export") view=Page::HandOut ssr=whole.clone()/>
                    <Route path=path!("/applications/tasks") view=Page::Tasks ssr=whole.clone()/>
                    <Route path=path!("/applications/mail") view=Page::Mail ssr=whole.clone()/>
                    <Route path=path!("/applications/offers") view=Page::Offers ssr=whole.clone()/>
                    <Route path=path!("/applications/:id") view=Page::Application ssr=whole.clone()/>
                    <Route path=path!("/skills") view=Page::SkillGap ssr=whole.clone()/>
                    <Route path=path!("/alerts") view=Page::Alerts ssr=whole.clone()/>
                    <Route path=path!("/briefings") view=Page::Briefings ssr=whole.clone()/>
                    <Route path=path!("/briefings/:id") view=Page::Briefing ssr=whole.clone()/>
                    <Route path=path!("/offline") view=Page::Offline ssr=whole.clone()/>
                    <Route path=path!("/account") view=Page::Account ssr=whole.clone()/>
                    <Route path=path!("/admin") view=Page::Admin ssr=whole.clone()/>
                    <Route path=path!("/admin/sources") view=Page::AllSources ssr=whole.clone()/>
                    <Route path=path!("/admin/work") view=Page::AdminWork ssr=whole.clone()/>
                    <Route path=path!("/account/confirm") view=Page::Confirm ssr=whole.clone()/>
                    <Route path=path!("/account/connect") view=Page::Connect ssr=whole.clone()/>
                    <Route path=path!("/account/second-factor") view=Page::SecondFactor ssr=whole.clone()/>
                    <Route path=path!("/account/data") view=Page::Data ssr=whole.clone()/>
                    <Route path=path!("/account/log") view=Page::AccountLog ssr=whole.clone()/>
                    <Route path=path!("/profile") view=Page::Profile ssr=whole/>
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
