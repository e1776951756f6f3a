//! What stays around the signed-in person's pages: navigation, live state, account.

use crate::{
    accounts::{Me, who_am_i},
    live::{self, Live, Status, Topic},
    offline::{Offline, bar::Bar},
    palette::{FindButton, Hands, Panels, RECENT},
    profile::picture::Portrait,
    ui::*,
    wire::{self, Loaded},
};
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

/// The signed-in person, refetched when profile, alerts or jobs change.
#[derive(Clone, Copy)]
pub struct Account(pub Loaded<Me>);

struct Entry {
    href: &'static str,
    label: &'static str,
    icon: Icon,
}

const ENTRIES: [Entry; 5] = [
    Entry { href: "/today", label: "Today", icon: Icon::Today },
    Entry { href: "/jobs", label: "Jobs", icon: Icon::Jobs },
    Entry { href: "/applications", label: "Applications", icon: Icon::Applications },
    Entry { href: "/skills", label: "Skills", icon: Icon::Skills },
    Entry { href: "/profile", label: "Profile", icon: Icon::User },
];

#[component]
pub fn Frame() -> impl IntoView {
    let changed = live::watch(&[Topic::Profile, Topic::Alerts, Topic::Jobs]);
    let account = wire::load(changed, |_| who_am_i());
    provide_context(Account(account));
    Hands::provide();
    Offline::provide(account);
    connect(account);
    announce_alerts();
    view! {
        // The router would take the address and leave the focus where it is.
        <a class="skip-link" href="#main" rel="external">"Skip to content"</a>
        <div class="app">
            <header class="topbar">
                <a class="brand" href="/today"><Icon name=Icon::Brand/><span>"Career Co-Pilot"</span></a>
                <span class="grow"></span>
                <Connection/>
                <FindButton class="button icon-only quiet" named=false/>
                <AlertsLink class="button icon-only quiet" account named=false/>
                <AccountMenu/>
            </header>
            <nav class="rail" aria-label="Main">
                <a class="brand" href="/today"><Icon name=Icon::Brand/><span>"Career Co-Pilot"</span></a>
                <FindButton class="button rail-find" named=true/>
                <ul>
                    <NavItems/>
                    <li><AlertsLink class="" account named=true/></li>
                </ul>
                <div class="rail-foot">
                    <Connection/>
                    <ThemeToggle/>
                    <Person account/>
                </div>
            </nav>
            <Bar/>
            <Outlet/>
            <nav class="bottom-bar" aria-label="Main, short">
                {ENTRIES.iter().map(|entry| view! { <NavLink entry/> }).collect_view()}
            </nav>
        </div>
        <Panels/>
    }
}

#[component]
fn NavItems() -> impl IntoView {
    ENTRIES.iter().map(|entry| view! { <li><NavLink entry/></li> }).collect_view()
}

#[component]
fn NavLink(entry: &'static Entry) -> impl IntoView {
    let path = use_location().pathname;
    let current = move || path.with(|path| path.starts_with(entry.href)).then_some("page");
    view! { <a href=entry.href aria-current=current><Icon name=entry.icon/><span>{entry.label}</span></a> }
}

#[component]
fn AlertsLink(class: &'static str, account: Loaded<Me>, named: bool) -> impl IntoView {
    let path = use_location().pathname;
    let current = move || path.with(|path| path == "/alerts").then_some("page");
    let unread = move || {
        account
            .get()
            .and_then(Result::ok)
            .map(|me| me.unread_alerts)
            .filter(|n| *n > 0)
            .map(|n| n.to_string())
            .unwrap_or_default()
    };
    view! {
        <a class=class href="/alerts" aria-current=current>
            <Icon name=Icon::Bell/>
            <span class=(!named).then_some("visually-hidden")>"Alerts"</span>
            <Transition><span class="count">{unread}</span></Transition>
        </a>
    }
}

/// What stands at the rail's foot, for phones.
#[component]
fn AccountMenu() -> impl IntoView {
    view! {
        <Menu id="account-menu" label="Account" icon=Icon::More icon_only=true>
            <a href="/account">"Account"</a>
            <ThemeToggle name="theme-menu"/>
            <SignOut>
                <button type="submit"><Icon name=Icon::SignOut/>"Sign out"</button>
            </SignOut>
        </Menu>
    }
}

#[component]
fn Person(account: Loaded<Me>) -> impl IntoView {
    let name = move || {
        account
            .get()
            .and_then(Result::ok)
            .map(|me| if me.name.is_empty() { me.email } else { me.name })
            .unwrap_or_default()
    };
    view! {
        <div class="row between">
            <a class="row clip" href="/account" title="Account"><Portrait/><Transition><span class="clip">{name}</span></Transition></a>
            <SignOut>
                <button class="button icon-only quiet" aria-label="Sign out" title="Sign out"><Icon name=Icon::SignOut/></button>
            </SignOut>
        </div>
    }
}

/// A plain form, which the browser sends by itself: what was kept for the person goes with the page.
#[component]
fn SignOut(children: Children) -> impl IntoView {
    let forget = |_| crate::browser::forget(RECENT);
    view! { <form method="post" action="/api/sign_out" on:submit=forget>{children()}</form> }
}

/// Loads the page a server function answered with from the server: what was kept for the person before is gone with it.
pub fn leave_when_done<S>(action: ServerAction<S>)
where
    S: leptos::server_fn::ServerFn<Output = String, Error = crate::error::Error> + Clone + Send + Sync + 'static,
    S::Error: Send + Sync + Clone,
{
    Effect::new(move |_| {
        if let Some(Ok(page)) = action.value().get() {
            crate::browser::go(&page);
        }
    });
}

#[component]
fn Connection() -> impl IntoView {
    let live = expect_context::<Live>();
    let words = move || match live.status.get() {
        Status::Starting | Status::Live => "",
        Status::Polling => "Checking every few seconds",
        Status::Offline => "Reconnecting…",
    };
    view! { <span class="live-dot" class:off=move || !words().is_empty() role="status">{words}</span> }
}

/// Opens the live connection once the page knows who it is for.
fn connect(account: Loaded<Me>) {
    let live = expect_context::<Live>();
    let connected = StoredValue::new(false);
    Effect::new(move |_| {
        if let Some(Ok(me)) = account.get()
            && !connected.get_value()
        {
            connected.set_value(true);
            live.connect(me.seq);
        }
    });
}

/// Shows a toast for each alert that arrives while the page is open.
fn announce_alerts() {
    let live = expect_context::<Live>();
    let toasts = use_toasts();
    Effect::new(move |_| {
        if let Some(event) = live.alert.get() {
            leptos::task::spawn_local(async move {
                if let Ok(Some(notice)) = crate::alerts::alert_notice(event.seq).await {
                    toasts.push(Toast::info(notice.text).link("Open", notice.href));
                }
            });
        }
    });
}
