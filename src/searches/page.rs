//! `/jobs/searches/new` and `/jobs/searches/:id`.

use super::{
    LookAtSearch, Matched, PreviewSearch, SaveSearch, SearchView,
    form::SearchForm,
    list::{Acts, found},
    load_new_search, load_search, look_at_search,
};
use crate::{
    error::Error,
    ids::SearchId,
    jobs::Page,
    live::{self, Topic},
    ui::*,
    wire,
};
use chrono::{DateTime, Utc};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};

#[component]
pub fn NewSearchPage() -> impl IntoView {
    let copy = use_query_map().with_untracked(|map| map.get("copy")).unwrap_or_default();
    let filled = wire::load(move || copy.clone(), load_new_search);
    let forms = Forms::new("Search saved. What is here already is being looked through.");
    view! {
        <Title text="New search"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head"><div>
                <p class="meta small"><a href="/jobs/searches">"Searches"</a></p>
                <h1>"New search"</h1>
            </div></header>
            <Suspense fallback=|| view! { <Skeleton lines=10 card=true/> }>
                {move || Suspend::new(async move {
                    match filled.await {
                        Ok(filled) => EitherOf3::A(view! { <SearchForm id=None version=0 filled forms/> }),
                        Err(Error::NotFound) => EitherOf3::B(view! { <Gone/> }),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| filled.refetch())/> }),
                    }
                })}
            </Suspense>
        </main>
    }
}

/// What the form of a search does.
#[derive(Clone, Copy)]
pub struct Forms {
    pub save: ServerAction<SaveSearch>,
    pub preview: ServerAction<PreviewSearch>,
}

impl Forms {
    /// With words for when it was saved.
    fn new(saved: &'static str) -> Self {
        let forms = Forms { save: ServerAction::new(), preview: ServerAction::new() };
        let (toasts, navigate) = (use_toasts(), use_navigate());
        Effect::new(move |_| {
            if let Some(Ok(page)) = forms.save.value().get() {
                toasts.push(Toast::good(saved));
                navigate(&page, NavigateOptions::default());
            }
        });
        forms
    }
}

#[component]
pub fn SearchPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|map| map.get("id")).and_then(|id| id.parse::<SearchId>().ok()));
    let page = Memo::new(move |_| query.with(|map| map.get("page")).and_then(|page| page.parse::<u32>().ok()));
    let changed = live::watch(&[Topic::Jobs]);
    let view = wire::load(
        move || (id.get(), page.get(), changed()),
        |(id, page, _)| async move { load_search(id.ok_or(Error::NotFound)?, page).await },
    );
    let (acts, forms) = (Acts::telling(), Forms::new("Saved."));
    let look = ServerAction::<LookAtSearch>::new();
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(Ok(_)) = acts.remove.value().get() {
            navigate("/jobs/searches", NavigateOptions::default());
        }
    });
    // What was new when the page was opened stays marked while it is open.
    let since = StoredValue::new(None::<(SearchId, DateTime<Utc>)>);
    view! {
        <main id="main" class="page" tabindex="-1">
            <Transition fallback=|| view! { <Skeleton lines=10 card=true/> }>
                {move || Suspend::new(async move {
                    match view.await {
                        Ok(view) => EitherOf3::A(view! { <Shown view since acts forms look/> }),
                        Err(Error::NotFound) => EitherOf3::B(view! { <Title text="Not found"/><Gone/> }),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| view.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Gone() -> impl IntoView {
    view! {
        <Empty title="This search is not here" text="It may have been removed. That can be taken back from the note that appears then.">
            <a class="button primary" href="/jobs/searches">"All searches"</a>
        </Empty>
    }
}

#[component]
fn Shown(
    view: SearchView,
    since: StoredValue<Option<(SearchId, DateTime<Utc>)>>,
    acts: Acts,
    forms: Forms,
    look: ServerAction<LookAtSearch>,
) -> impl IntoView {
    let SearchView { line, matches, form } = view;
    let (id, active) = (line.search.id, line.search.active);
    let seen = since.get_value().filter(|(of, _)| *of == id).map_or(line.looked_at, |(_, at)| at);
    since.set_value(Some((id, seen)));
    // Looking is told by the page once it is alive: nothing changes by being fetched.
    if line.new > 0 {
        Effect::new(move |_| {
            leptos::task::spawn_local(async move {
                // What could not be noted is new once more the next time.
                let _ = look_at_search(id).await;
            });
        });
    }
    let text = id.to_string();
    let (seen_id, active_id) = (text.clone(), text.clone());
    let copy = ["/jobs/searches/new?copy=", &text].concat();
    let new = (line.new > 0).then(move || {
        view! {
            <ActionForm action=look attr:class="no-js-only">
                <input type="hidden" name="id" value=seen_id/>
                <button class="button small" type="submit">"Mark all seen"</button>
            </ActionForm>
        }
    });
    view! {
        <Title text=line.search.name.clone()/>
        <header class="page-head">
            <div>
                <p class="meta small"><a href="/jobs/searches">"Searches"</a></p>
                <h1>{line.search.name.clone()}</h1>
                <p class="muted">{line.words}</p>
            </div>
            <div class="actions">
                {new}
                <ActionForm action=acts.active>
                    <input type="hidden" name="id" value=active_id/>
                    <input type="hidden" name="active" value=if active { "false" } else { "true" }/>
                    <button class="button" type="submit">{if active { "Turn off" } else { "Turn on" }}</button>
                </ActionForm>
                <a class="button" href=copy>"Copy"</a>
                <ActionForm action=acts.remove>
                    <input type="hidden" name="id" value=text/>
                    <button class="button danger" type="submit">"Remove"</button>
                </ActionForm>
            </div>
        </header>
        {(!active).then(|| view! {
            <div class="callout info"><Icon name=Icon::Info/><div>"This search is off: nothing that arrives is held against it."</div></div>
        })}
        <Found id matches seen/>
        <details class="card disclose">
            <summary>"Change this search"</summary>
            <SearchForm id=Some(id) version=line.search.version filled=form forms/>
        </details>
    }
}

#[component]
fn Found(id: SearchId, matches: Page<Matched>, seen: DateTime<Utc>) -> impl IntoView {
    if matches.items.is_empty() {
        return view! {
            <Empty title="Nothing found yet" text="Postings of the last thirty days are looked through when a search is saved; new ones as they arrive." icon=Icon::Search/>
        }
        .into_any();
    }
    let Page { items, total, page, per_page } = matches;
    let href = move |page: u32| ["/jobs/searches/", &id.to_string(), "?page=", &page.to_string()].concat();
    view! {
        <p class="muted small" role="status">{found(total)}</p>
        <section class="card flush">
            <ul class="list">{items.into_iter().map(|found| view! { <Row new={found.found_at > seen} found/> }).collect_view()}</ul>
        </section>
        <Pager page per_page total=total.unsigned_abs() href=Callback::new(href)/>
    }
    .into_any()
}

#[component]
fn Row(found: Matched, new: bool) -> impl IntoView {
    let place = (!found.location.is_empty()).then_some(found.location);
    let score = found.score.and_then(|score| u8::try_from(score).ok());
    let title = match found.job_id {
        Some(id) => {
            view! { <a class="item-title" href=["/jobs/".to_owned(), id.to_string()].concat()>{found.title}</a> }
                .into_any()
        }
        None => view! { <span class="item-title">{found.title}</span> }.into_any(),
    };
    view! {
        <li class="item" class:unread=new>
            <div class="item-main">
                {title}
                <p class="meta"><span>{found.company}</span>{place.map(|place| view! { <span>{place}</span> })}<Time at=found.found_at/></p>
                <p class="small muted">{found.why}</p>
            </div>
            <div class="item-side row tight">
                {new.then(|| view! { <span class="badge accent">"new"</span> })}
                <ScoreBadge score/>
            </div>
        </li>
    }
}
