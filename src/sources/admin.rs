//! `/admin/sources`

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod store;

use super::{AllSources, Health, HoldSource, RetrySource, Source, list_sources, mine::HealthWords};
use crate::{
    error::{Error, Result},
    ui::*,
    wire,
};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::{components::Form, hooks::use_query_map, params::ParamsMap};

#[derive(Clone, Copy)]
struct Acts {
    retry: ServerAction<RetrySource>,
    hold: ServerAction<HoldSource>,
}

/// What the address asks for.
#[derive(Clone, Default, PartialEq)]
struct Asked {
    q: String,
    health: Option<Health>,
    page: Option<u32>,
}

impl Asked {
    fn of(map: &ParamsMap) -> Self {
        Self {
            q: map.get("q").unwrap_or_default(),
            health: map.get("health").and_then(|word| Health::parse(&word)),
            page: map.get("page").and_then(|text| text.parse().ok()),
        }
    }

    fn health(&self) -> &'static str {
        self.health.map(Health::as_str).unwrap_or_default()
    }

    /// Another page of the same.
    fn href(&self, page: u32) -> String {
        let words = [("q", self.q.clone()), ("health", self.health().to_owned()), ("page", page.to_string())];
        let map = words.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<ParamsMap>();
        [PLACE.to_owned(), map.to_query_string()].concat()
    }
}

const PLACE: &str = "/admin/sources";

#[component]
pub fn AllSourcesPage() -> impl IntoView {
    let map = use_query_map();
    let asked = Memo::new(move |_| map.with(Asked::of));
    let acts = Acts { retry: ServerAction::new(), hold: ServerAction::new() };
    let sources = wire::load(
        move || (asked.get(), acts.retry.version().get(), acts.hold.version().get()),
        |(Asked { q, health, page }, ..)| list_sources(q, health, page),
    );
    tell(acts);
    view! {
        <Title text="All sources"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head">
                <div><h1>"All sources"</h1><p class="muted">"Where postings are looked for, those in trouble first. One that fails five times in a row is left alone, for longer each time, up to a day."</p></div>
                <div class="actions"><a class="button quiet" href="/admin">"Accounts"</a></div>
            </header>
            <Filters asked=asked.get_untracked()/>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match sources.await {
                        Ok(all) => EitherOf3::A(view! { <Shown all asked=asked.get_untracked() acts/> }),
                        Err(Error::Forbidden) => EitherOf3::B(view! {
                            <Empty title="For administrators" text="Your account is not one."><a class="button" href="/today">"Today"</a></Empty>
                        }),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| sources.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Filters(asked: Asked) -> impl IntoView {
    let healths = Health::ALL.map(|health| (health.as_str(), health.label()));
    let healths: Vec<_> = [("", "However they do")].into_iter().chain(healths).collect();
    let health = asked.health();
    view! {
        <Form method="GET" action=PLACE attr:class="toolbar" attr:role="search">
            <Field name="q" label="Search" kind="search" placeholder="Name or address" hide_label=true value=asked.q/>
            <div class="filters"><Select name="health" label="How they do" hide_label=true value=health options=healths/></div>
            <button class="button" type="submit"><Icon name=Icon::Search/>"Show"</button>
        </Form>
    }
}

/// Says what was done.
fn tell(acts: Acts) {
    let toasts = use_toasts();
    let say = move |outcome: Option<Result<()>>, words: &'static str| match outcome {
        Some(Ok(())) => toasts.push(Toast::good(words)),
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    };
    Effect::new(move |_| say(acts.retry.value().get(), "It is visited as soon as it is its turn."));
    Effect::new(move |_| say(acts.hold.value().get(), "Done."));
}

#[component]
fn Shown(all: AllSources, asked: Asked, acts: Acts) -> impl IntoView {
    let page = all.page;
    let none = page.items.is_empty();
    let rows = (!none).then(|| {
        view! {
            <section class="card flush" aria-label="Sources">
                <ul class="list">{page.items.into_iter().map(|source| view! { <Row source acts/> }).collect_view()}</ul>
            </section>
        }
    });
    view! {
        <p class="muted">{all.healths.words()}</p>
        {none.then(|| view! { <Empty title="None" text="No source is like that."><a class="button" href=PLACE>"All sources"</a></Empty> })}
        {rows}
        <Pager page=page.page per_page=page.per_page total=page.total.unsigned_abs() href=Callback::new(move |page| asked.href(page))/>
    }
}

#[component]
fn Row(source: Source, acts: Acts) -> impl IntoView {
    let id = source.id.to_string();
    let menu = ["source-", &id].concat();
    let say = ["What to do with ", &source.label].concat();
    let held = source.health == Health::Held;
    let (retrying, holding) = (id.clone(), id);
    view! {
        <li class="item">
            <div class="item-main">
                <p class="row tight"><strong>{source.label.clone()}</strong><span class=source.health.tone()>{source.health.label()}</span>
                    {source.shared.then(|| view! { <span class="badge info">"Everybody’s"</span> })}</p>
                <p class="small muted clip">{source.address.clone()}</p>
                <HealthWords source/>
            </div>
            <div class="item-side">
                <Menu id=menu label=say icon=Icon::More icon_only=true>
                    <ActionForm action=acts.retry><input type="hidden" name="id" value=retrying/><button type="submit">"Try it now"</button></ActionForm>
                    <ActionForm action=acts.hold>
                        <input type="hidden" name="id" value=holding/>
                        <input type="hidden" name="held" value=if held { "false" } else { "true" }/>
                        <button type="submit">{if held { "Let it go" } else { "Leave it alone" }}</button>
                    </ActionForm>
                </Menu>
            </div>
        </li>
    }
}
