//! `/admin`

use super::{
    Account, EndAllSessions, OutboxRow, ResendVerification, SetDisabled, SetRole, Standing, list_accounts,
    load_standing,
};
use crate::{error::Error, jobs::Page, ui::*, wire};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::{components::Form, hooks::use_query_map, params::ParamsMap};

#[derive(Clone, Copy)]
struct Acts {
    disable: ServerAction<SetDisabled>,
    end: ServerAction<EndAllSessions>,
    role: ServerAction<SetRole>,
    resend: ServerAction<ResendVerification>,
}

#[component]
pub fn AdminPage() -> impl IntoView {
    let map = use_query_map();
    let asked = Memo::new(move |_| {
        map.with(|map| {
            let page = map.get("page").and_then(|text| text.parse::<u32>().ok());
            (map.get("q").unwrap_or_default(), page)
        })
    });
    let acts = Acts {
        disable: ServerAction::new(),
        end: ServerAction::new(),
        role: ServerAction::new(),
        resend: ServerAction::new(),
    };
    let done = move || (acts.disable.version().get(), acts.end.version().get(), acts.role.version().get());
    let accounts = wire::load(move || (asked.get(), done()), |((q, page), _)| list_accounts(q, page));
    tell(acts);
    view! {
        <Title text="Accounts"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head">
                <div><h1>"Accounts"</h1><p class="muted">"Who has an account here. What people keep in theirs, only they see."</p></div>
                <div class="actions"><a class="button" href="/admin/work">"Work and schedule"</a></div>
            </header>
            <Form method="GET" action="/admin" attr:class="toolbar" attr:role="search">
                <Field name="q" label="Search" kind="search" placeholder="E-mail address" hide_label=true value=asked.get_untracked().0/>
                <button class="button" type="submit"><Icon name=Icon::Search/>"Show"</button>
            </Form>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match accounts.await {
                        Ok(page) => EitherOf3::A(view! { <Accounts page q=asked.get_untracked().0 acts/> }),
                        Err(Error::Forbidden) => EitherOf3::B(view! {
                            <Empty title="For administrators" text="Your account is not one."><a class="button" href="/today">"Today"</a></Empty>
                        }),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| accounts.refetch())/> }),
                    }
                })}
            </Transition>
            <HowItIs again=acts.resend.version()/>
        </main>
    }
}

/// Says what was done.
fn tell(acts: Acts) {
    let toasts = use_toasts();
    let say = move |outcome: Option<Result<(), Error>>, words: &'static str| match outcome {
        Some(Ok(())) => toasts.push(Toast::good(words)),
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    };
    Effect::new(move |_| say(acts.disable.value().get(), "Done."));
    Effect::new(move |_| say(acts.end.value().get().map(|ended| ended.map(|_| ())), "Signed out everywhere."));
    Effect::new(move |_| say(acts.role.value().get(), "The role is changed."));
    Effect::new(move |_| say(acts.resend.value().get(), "The message is on its way."));
}

#[component]
fn Accounts(page: Page<Account>, q: String, acts: Acts) -> impl IntoView {
    let href = move |page: u32| {
        let map = ParamsMap::from_iter([("q".to_owned(), q.clone()), ("page".to_owned(), page.to_string())]);
        ["/admin".to_owned(), map.to_query_string()].concat()
    };
    let none = page.items.is_empty();
    view! {
        {none.then(|| view! { <Empty title="Nobody" text="No account has such an address."><a class="button" href="/admin">"Everybody"</a></Empty> })}
        {(!none).then(|| view! { <section class="card flush"><ul class="list">{page.items.into_iter().map(|account| view! { <Row account acts/> }).collect_view()}</ul></section> })}
        <Pager page=page.page per_page=page.per_page total=page.total.unsigned_abs() href=Callback::new(href)/>
    }
}

#[component]
fn Row(account: Account, acts: Acts) -> impl IntoView {
    let id = account.id.to_string();
    let disabled = account.disabled_at.is_some();
    let roles: Vec<_> =
        account.roles.iter().map(|role| view! { <span class="badge info">{role.clone()}</span> }).collect();
    let has = |role: &str| account.roles.iter().any(|own| own == role);
    let (mentor, admin) = (has("mentor"), has("admin"));
    let places = match account.places {
        1 => "signed in in 1 place".to_owned(),
        n => ["signed in in ", &n.to_string(), " places"].concat(),
    };
    let menu = (!account.oneself).then(|| {
        let (ending, disabling, mentoring, administering) = (id.clone(), id.clone(), id.clone(), id.clone());
        let resending = id.clone();
        view! {
            <Menu id=["account-", &id].concat() label=["What to do with ", &account.email].concat() icon=Icon::More icon_only=true>
                <ActionForm action=acts.end>
                    <input type="hidden" name="id" value=ending/>
                    <button type="submit">"Sign out everywhere"</button>
                </ActionForm>
                <Role id=mentoring role="mentor" given=!mentor words=if mentor { "No mentor any more" } else { "Make a mentor" } act=acts.role/>
                <Role id=administering role="admin" given=!admin words=if admin { "No administrator any more" } else { "Make an administrator" } act=acts.role/>
                {(!account.confirmed).then(|| view! {
                    <ActionForm action=acts.resend>
                        <input type="hidden" name="id" value=resending/>
                        <button type="submit">"Send the confirmation again"</button>
                    </ActionForm>
                })}
                <ActionForm action=acts.disable>
                    <input type="hidden" name="id" value=disabling/>
                    <input type="hidden" name="disabled" value=if disabled { "false" } else { "true" }/>
                    <button type="submit">{if disabled { "Let in again" } else { "Keep out" }}</button>
                </ActionForm>
            </Menu>
        }
    });
    view! {
        <li class="item">
            <div class="item-main">
                <strong>{account.email}</strong>
                <p class="meta small">
                    {account.oneself.then(|| view! { <span class="badge accent">"You"</span> })}
                    {roles}
                    {(!account.confirmed).then(|| view! { <span class="badge muted">"Not confirmed"</span> })}
                    {disabled.then(|| view! { <span class="badge bad">"Kept out"</span> })}
                    <span>"since "<Time at=account.since style=TimeStyle::Day/></span>
                    {account.seen_at.map(|at| view! { <span>"seen "<Time at/></span> })}
                    <span>{places}</span>
                </p>
            </div>
            <div class="item-side">{menu}</div>
        </li>
    }
}

/// Gives a role, or takes it.
#[component]
fn Role(id: String, role: &'static str, given: bool, words: &'static str, act: ServerAction<SetRole>) -> impl IntoView {
    view! {
        <ActionForm action=act>
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="role" value=role/>
            <input type="hidden" name="given" value=if given { "true" } else { "false" }/>
            <button type="submit">{words}</button>
        </ActionForm>
    }
}

/// How the service is, and the newest mail. `again` reads it once more.
#[component]
fn HowItIs(#[prop(into)] again: Signal<usize>) -> impl IntoView {
    let standing = wire::load(move || again.get(), |_| load_standing());
    view! {
        <Transition fallback=|| view! { <Skeleton lines=4 card=true/> }>
            {move || Suspend::new(async move {
                // Who is no administrator is told so above.
                standing.await.ok().map(|standing| view! { <Shown standing/> })
            })}
        </Transition>
    }
}

#[component]
fn Shown(standing: Standing) -> impl IntoView {
    let fact = |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let answered =
        [&standing.database, ", answered in ", &((standing.database_ms * 10.0).round() / 10.0).to_string(), " ms"]
            .concat();
    let up = match standing.up {
        s if s < 7_200 => [(s / 60).to_string().as_str(), " min"].concat(),
        s if s < 172_800 => [(s / 3_600).to_string().as_str(), " h"].concat(),
        s => [(s / 86_400).to_string().as_str(), " days"].concat(),
    };
    let mail = if standing.mail { "A mail server is set" } else { "No mail server is set: messages are kept here" };
    let none = standing.outbox.is_empty();
    view! {
        <section class="card stack">
            <h2>"How it is"</h2>
            <dl class="facts">
                {fact("Version", standing.version)}
                {fact("Running for", up)}
                {fact("Database", answered)}
                {fact("People with a page open", standing.live.to_string())}
                {fact("Exports under way", standing.exports.to_string())}
                {fact("Accounts to be erased", standing.closing.to_string())}
            </dl>
        </section>
        <section class="card stack">
            <header class="card-head"><h2>"Mail"</h2><span class="muted small">{mail}</span></header>
            <p class="meta small"><span>{[&standing.mail_waiting.to_string(), " waiting"].concat()}</span><span>{[&standing.mail_failed.to_string(), " given up"].concat()}</span></p>
            {none.then(|| view! { <p class="muted">"No message in the last 30 days."</p> })}
            <ul class="list">{standing.outbox.into_iter().map(|row| view! { <Mail row/> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Mail(row: OutboxRow) -> impl IntoView {
    let tone = match row.state.as_str() {
        "sent" => "badge good",
        "failed" => "badge bad",
        _ => "badge muted",
    };
    let attempts = (row.attempts > 1).then(|| [&row.attempts.to_string(), " attempts"].concat());
    view! {
        <li class="item">
            <div class="item-main">
                <strong>{row.subject}</strong>
                <p class="meta small"><span class=tone>{row.state}</span><span>{row.to}</span><Time at=row.created_at/>{attempts.map(|words| view! { <span>{words}</span> })}</p>
                {(!row.last_error.is_empty()).then(|| view! { <p class="small field-error">{row.last_error}</p> })}
                {row.text.map(|text| view! { <details class="small"><summary>"Read it"</summary><pre class="wrapped">{text}</pre></details> })}
            </div>
        </li>
    }
}
