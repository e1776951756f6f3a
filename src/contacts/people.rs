//! `/applications/people`: all contacts, and what each has to do with.

use super::{AddContact, ContactView, People, form::Fields, load_people, reach::Reach};
use crate::{
    applications::tracker::moving::tell,
    browser,
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// What is folded after somebody was added.
const ADD: &str = "add-contact";

#[component]
pub fn PeoplePage() -> impl IntoView {
    let map = use_query_map();
    let query = Memo::new(move |_| {
        map.with(|map| (map.get("q").unwrap_or_default(), map.get("page").and_then(|page| page.parse().ok())))
    });
    let changed = live::watch(&[Topic::Jobs, Topic::Applications]);
    let people = wire::load(move || (query.get(), changed()), |((q, page), _)| load_people(q, page));
    let add = ServerAction::<AddContact>::new();
    let toasts = use_toasts();
    Effect::new(move |_| {
        if let Some(answer @ Ok(_)) = add.value().get() {
            browser::fold(ADD);
            tell(toasts, answer, "Contact added.".into());
        }
    });
    let errors = action_errors(add);
    view! {
        <Title text="People"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head">
                <div>
                    <p class="meta small"><a href="/applications">"Applications"</a></p>
                    <h1>"People"</h1>
                </div>
            </header>
            <details class="disclose" id=ADD>
                <summary>"Add a contact"</summary>
                <section class="card">
                    <ActionForm action=add attr:class="form" attr:novalidate=true>
                        <FormError errors/>
                        <Fields contact=None company=String::new() errors/>
                        <div class="form-actions"><Submit pending=add.pending()>"Add contact"</Submit></div>
                    </ActionForm>
                </section>
            </details>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    let (q, _) = query.get_untracked();
                    match people.await {
                        Ok(people) if people.total == 0 && q.is_empty() => EitherOf3::A(view! {
                            <Empty title="No contacts yet" text="Add who you talk to: here, or on the page of an application." icon=Icon::User/>
                        }),
                        Ok(people) => EitherOf3::B(view! { <Shown people q/> }),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| people.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Shown(people: People, q: String) -> impl IntoView {
    let count = match people.total {
        1 => "1 contact".to_owned(),
        n => [grouped(n.unsigned_abs()), " contacts".to_owned()].concat(),
    };
    let none = (people.total == 0).then(|| {
        view! {
            <Empty title="Nobody is found" text="Try fewer words.">
                <a class="button" href="/applications/people">"Show everybody"</a>
            </Empty>
        }
    });
    let searched = q.clone();
    let to = Callback::new(move |n: u32| {
        let words = url(&searched);
        ["/applications/people?q=", &words, "&page=", &n.to_string()].concat()
    });
    let rows = people.contacts.into_iter().map(|view| view! { <Row view/> }).collect_view();
    view! {
        <form class="toolbar" method="get" action="/applications/people" role="search">
            <Field name="q" label="Search" hide_label=true kind="search" value=q placeholder="Name, role, company or address" maxlength=200/>
            <button class="button" type="submit"><Icon name=Icon::Search/>"Search"</button>
        </form>
        <p class="muted small" role="status">{count}</p>
        {none}
        <section class="card flush" hidden={people.total == 0}><ul class="list">{rows}</ul></section>
        <Pager page=people.page per_page=people.per_page total=people.total.unsigned_abs() href=to/>
    }
}

/// A text as it stands in an address.
fn url(text: &str) -> String {
    let mut params = leptos_router::params::ParamsMap::new();
    params.insert("q", text.to_owned());
    params.to_query_string().trim_start_matches("?q=").to_owned()
}

#[component]
fn Row(view: ContactView) -> impl IntoView {
    let ContactView { contact, notes_html, applications } = view;
    let page = ["/applications/people/", &contact.id.to_string()].concat();
    let role = (!contact.role.is_empty()).then(|| view! { <span>{contact.role.clone()}</span> });
    let company = (!contact.company.is_empty()).then(|| view! { <span>{contact.company.clone()}</span> });
    let any = role.is_some() || company.is_some();
    let notes = (!contact.notes.is_empty()).then(|| {
        view! { <details class="disclose small"><summary>"Notes"</summary><div class="prose" inner_html=notes_html></div></details> }
    });
    let linked = (!applications.is_empty()).then(|| {
        let links = applications
            .into_iter()
            .map(|one| {
                let to = ["/applications/", &one.id.to_string()].concat();
                view! { <li><a class="chip" href=to>{one.title}" at "{one.company}</a></li> }
            })
            .collect_view();
        view! { <ul class="chips">{links}</ul> }
    });
    view! {
        <li class="item">
            <div class="item-main">
                <a class="item-title" href=page>{contact.name.clone()}</a>
                {any.then(|| view! { <p class="meta small">{role}{company}</p> })}
                <Reach contact/>
                {linked}
                {notes}
            </div>
        </li>
    }
}
