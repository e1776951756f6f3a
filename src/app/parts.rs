//! The browser half comes in parts: what every page needs, and one part for each group of pages, loaded with the first of them.
//! `cargo xtask` splits them (`xtask/src/site/split.rs`); on the server there is only one program and nothing to wait for.

use crate::ui;
use leptos::{prelude::*, wasm_split::SplitLoaderError};
use leptos_meta::Title;
use leptos_router::ChooseView;

/// The parts a page is made of beyond the common one; none where that is enough.
#[cfg(feature = "ssr")]
pub fn parts_of(path: &str) -> &'static [&'static str] {
    let mut parts = path.split('/').skip(1);
    let Some(first) = parts.next() else { return &[] };
    match (first, parts.next()) {
        ("" | "sign-in", None) => &["start"],
        ("sign-up", _) => &["join"],
        // Not what a first page is.
        ("sign-in" | "forgot" | "reset" | "verify" | "privacy" | "closed" | "unsubscribe", _) => &["profile"],
        ("welcome" | "profile" | "account" | "admin", _) => &["frame", "profile"],
        ("today", _) => &["frame", "today"],
        ("jobs", Some("searches")) => &["frame", "searches"],
        ("jobs", _) => &["frame", "jobs"],
        (
            "applications",
            Some("interviews" | "people" | "next" | "import" | "export" | "tasks" | "offers" | "mail"),
        ) => &["frame", "beside"],
        ("applications", _) => &["frame", "tracker"],
        ("skills" | "alerts" | "briefings" | "offline", _) => &["frame", "standing"],
        ("ui", _) => &["widgets"],
        _ => &[],
    }
}

/// Each part with its pages and their views.
macro_rules! parts {
    ($($part:ident { $($(#[$about:meta])* $page:ident => $view:path,)* })*) => {
        /// A page, as the router knows it: it fetches its part before it is shown.
        #[derive(Clone, Copy)]
        pub enum Page {
            $($($(#[$about])* $page,)*)*
        }

        $(mod $part {
            use super::Page;
            use leptos::{prelude::*, wasm_split::{self, SplitLoaderError}};

            #[wasm_split::wasm_split($part, wasm_split_path = leptos::wasm_split, fallible, preload(fetch))]
            pub fn show(page: Page) -> Result<AnyView, SplitLoaderError> {
                Ok(match page {
                    $(Page::$page => $view().into_any(),)*
                    // `Page::show` asks each part for its own pages only.
                    #[allow(unreachable_patterns)]
                    _ => ().into_any(),
                })
            }
        })*

        impl Page {
            async fn show(self) -> Result<AnyView, SplitLoaderError> {
                match self {
                    $($(Page::$page)|* => $part::show(self).await,)*
                }
            }

            async fn fetch(self) -> Result<(), SplitLoaderError> {
                match self {
                    $($(Page::$page)|* => $part::fetch().await,)*
                }
            }
        }
    };
}

parts! {
    start {
        /// `/`
        Landing => crate::accounts::page::Landing,
        /// `/sign-in`
        SignIn => crate::accounts::page::SignInPage,
    }
    join {
        /// `/sign-up`
        SignUp => crate::accounts::page::SignUpPage,
    }
    frame {
        /// Around the signed-in person's pages.
        Frame => super::super::frame::Frame,
    }
    today {
        /// `/today`
        Today => crate::today::page::Today,
    }
    jobs {
        /// `/jobs`
        JobList => crate::jobs::list::JobsPage,
        /// `/jobs/add`
        AddJob => crate::jobs::parse::page::AddPage,
        /// `/jobs/new`
        NewJob => crate::jobs::form::NewJobPage,
        /// `/jobs/import`
        Import => crate::jobs::import::page::ImportPage,
        /// `/jobs/hidden`
        Hidden => crate::feedback::page::HiddenPage,
        /// `/jobs/sources`
        Sources => crate::sources::page::SourcesPage,
        /// `/jobs/:id`
        Job => crate::jobs::detail::JobPage,
        /// `/jobs/:id/edit`
        EditJob => crate::jobs::form::EditJobPage,
    }
    searches {
        /// `/jobs/searches`
        Searches => crate::searches::list::SearchesPage,
        /// `/jobs/searches/new`
        NewSearch => crate::searches::page::NewSearchPage,
        /// `/jobs/searches/:id`
        Search => crate::searches::page::SearchPage,
    }
    tracker {
        /// `/applications`
        Applications => crate::applications::tracker::page::TrackerPage,
        /// `/applications/stages`
        Stages => crate::applications::stages::page::StagesPage,
        /// `/applications/:id`
        Application => crate::applications::detail::ApplicationPage,
    }
    // What is looked at beside the tracker.
    beside {
        /// `/applications/interviews`
        Interviews => crate::interviews::agenda::AgendaPage,
        /// `/applications/interviews/:id`
        Interview => crate::interviews::page::InterviewPage,
        /// `/applications/people`
        People => crate::contacts::people::PeoplePage,
        /// `/applications/people/:id`
        Contact => crate::contacts::page::ContactPage,
        /// `/applications/next`
        Next => crate::next::page::NextPage,
        /// `/applications/import`
        TakeIn => crate::applications::transfer::page::TakeInPage,
        /// `/applications/export`
        HandOut => crate::applications::transfer::export::HandOutPage,
        /// `/applications/tasks`
        Tasks => crate::tasks::page::TasksPage,
        /// `/applications/mail`
        Mail => crate::letters::page::MailPage,
        /// `/applications/offers`
        Offers => crate::offers::page::OffersPage,
    }
    // Small pages, together: what parts share is cut into a piece for each set of parts that share it.
    standing {
        /// `/skills`
        SkillGap => crate::skill_gap::page::SkillGapPage,
        /// `/alerts`
        Alerts => crate::alerts::page::AlertsPage,
        /// `/briefings`
        Briefings => crate::briefings::page::BriefingsPage,
        /// `/briefings/:id`
        Briefing => crate::briefings::one::BriefingPage,
        /// `/offline`
        Offline => crate::offline::page::OfflinePage,
    }
    profile {
        /// `/profile`
        Profile => crate::profile::page::ProfilePage,
        /// `/account`
        Account => crate::accounts::security::page::AccountPage,
        /// `/account/second-factor`
        SecondFactor => crate::accounts::second::page::SecondFactorPage,
        /// `/sign-in/code`
        SignInCode => crate::accounts::second::step::CodePage,
        /// `/sign-in/passkey`
        SignInPasskey => crate::accounts::passkeys::sign_in::PasskeyPage,
        /// `/sign-in/link`
        SignInLink => crate::accounts::providers::link::LinkPage,
        /// `/admin`
        Admin => crate::admin::page::AdminPage,
        /// `/admin/sources`
        AllSources => crate::sources::admin::AllSourcesPage,
        /// `/admin/work`
        AdminWork => crate::work::page::WorkPage,
        /// `/account/confirm`
        Confirm => crate::accounts::confirm::page::ConfirmPage,
        /// `/account/connect`
        Connect => crate::accounts::providers::link::ConnectPage,
        /// `/account/log`
        AccountLog => crate::audit::page::LogPage,
        /// `/account/data`
        Data => crate::privacy::page::DataPage,
        /// `/privacy`
        Privacy => crate::privacy::policy::PrivacyPage,
        /// `/closed`
        Closed => crate::privacy::policy::ClosedPage,
        /// `/welcome`
        Guide => crate::profile::guide::Guide,
        /// `/unsubscribe`
        Unsubscribe => crate::briefings::leave::UnsubscribePage,
        // Not with the first page, which everybody waits for: few ever come here.
        /// `/forgot`
        Forgot => crate::accounts::email::page::ForgotPage,
        /// `/reset`
        Reset => crate::accounts::email::page::ResetPage,
        /// `/verify`
        Verify => crate::accounts::email::page::VerifyPage,
    }
    widgets {
        /// `/ui`: every widget in every state, in debug builds.
        Widgets => super::widgets,
    }
}

impl ChooseView for Page {
    async fn choose(self) -> AnyView {
        self.show().await.unwrap_or_else(|_| NotLoaded().into_any())
    }

    async fn preload(&self) {
        // Tried again, and told, by `choose`.
        let _ = self.fetch().await;
    }
}

fn widgets() -> AnyView {
    if cfg!(debug_assertions) { ui::Gallery().into_any() } else { super::Missing().into_any() }
}

/// In place of a page whose part could not be fetched: no network, or the server was replaced by a newer one meanwhile.
#[component]
fn NotLoaded() -> impl IntoView {
    view! {
        <Title text="Not loaded"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head">
                <div>
                    <h1>"Not loaded"</h1>
                </div>
            </header>
            <ui::ErrorState text="This page could not be loaded. The network may be away, or there is a new version of the app."/>
        </main>
    }
}

#[cfg(test)]
mod tests {
    use super::parts_of;

    #[test]
    fn an_address_leads_to_its_parts() {
        assert_eq!(parts_of("/"), ["start"]);
        assert_eq!(parts_of("/jobs/123/edit"), ["frame", "jobs"]);
        assert_eq!(parts_of("/jobs/searches/123"), ["frame", "searches"]);
        assert_eq!((parts_of("/sign-in"), parts_of("/sign-in/code")), (&["start"][..], &["profile"][..]));
        assert_eq!(parts_of("/applications/tasks"), ["frame", "beside"]);
        assert_eq!(parts_of("/applications/123"), ["frame", "tracker"]);
        assert!(parts_of("/jobsite").is_empty() && parts_of("nonsense").is_empty());
    }
}
