//! `/jobs`: search, filters, sort and pages, all in the address.

use super::{JobQuery, JobStatus, Listing, card::JobItem, list_jobs};
use crate::{
    error::Error,
    feedback::{
        LeftOut, Place,
        section::LeftOutNote,
        thumbs::{self, Ask},
    },
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::{components::Form, hooks::use_query_map, params::ParamsMap};
use posting::Remote;

const SORTS: [(&str, &str); 5] = [
    ("score", "Best match"),
    ("newest", "Newest here"),
    ("posted", "Newest posting"),
    ("company", "Company"),
    ("title", "Title"),
];

fn query_of(map: &ParamsMap) -> JobQuery {
    let text = |name: &str| map.get(name).unwrap_or_default();
    JobQuery {
        q: text("q"),
        status: text("status"),
        source: text("source"),
        remote: text("remote"),
        min_score: text("min_score").parse().ok(),
        sort: text("sort"),
        hidden: text("hidden"),
        page: text("page").parse().ok(),
        per_page: None,
    }
}

/// The address of this list at another page.
fn href(query: &JobQuery, page: u32) -> String {
    let mut map = ParamsMap::new();
    let min = query.min_score.map(|score| score.to_string()).unwrap_or_default();
    for (name, value) in [
        ("q", query.q.clone()),
        ("status", query.status.clone()),
        ("source", query.source.clone()),
        ("remote", query.remote.clone()),
        ("min_score", min),
        ("sort", query.sort.clone()),
        ("hidden", query.hidden.clone()),
        ("page", if page > 1 { page.to_string() } else { String::new() }),
    ] {
        if !value.is_empty() {
            map.insert(name.to_owned(), value);
        }
    }
    ["/jobs".to_owned(), map.to_query_string()].concat()
}

#[component]
pub fn JobsPage() -> impl IntoView {
    let map = use_query_map();
    let query = Memo::new(move |_| map.with(query_of));
    let changed = live::watch(&[Topic::Jobs, Topic::Applications, Topic::Profile]);
    thumbs::provide(true);
    let jobs = wire::load(move || (query.get(), changed()), |(query, _)| list_jobs(query));
    view! {
        <Title text="Jobs"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head">
                <div><h1>"Jobs"</h1><p class="muted">"Everything you collected, best match first."</p></div>
                <div class="actions">
                    <a class="button" href="/jobs/searches"><Icon name=Icon::Search/>"Searches"</a>
                    <a class="button" href="/jobs/add"><Icon name=Icon::Plus/>"Add a job"</a>
                    <a class="button primary" href="/jobs/import"><Icon name=Icon::Upload/>"Bring in jobs"</a>
                </div>
            </header>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    let query = query.get_untracked();
                    match jobs.await {
                        Ok(listing) => EitherOf3::A(view! { <Filters query=query.clone() sources=listing.sources.clone()/><Rows query listing/> }),
                        Err(Error::Unauthorized) => EitherOf3::B(view! { <ErrorState text="Your session has ended. Please sign in again."/> }),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| jobs.refetch())/> }),
                    }
                })}
            </Transition>
            <Ask/>
        </main>
    }
}

#[component]
fn Filters(query: JobQuery, sources: Vec<String>) -> impl IntoView {
    let statuses: Vec<(&'static str, &'static str)> = [("", "Any status"), ("all", "Also archived")]
        .into_iter()
        .chain(JobStatus::ALL.into_iter().map(|status| (status.as_str(), status.label())))
        .collect();
    let ways: Vec<(&'static str, &'static str)> =
        [("", "Anywhere")].into_iter().chain(Remote::ALL.into_iter().map(|way| (way.as_str(), way.label()))).collect();
    let sources: Vec<(String, String)> = [(String::new(), "Any source".to_owned())]
        .into_iter()
        .chain(sources.into_iter().map(|name| (name.clone(), name)))
        .collect();
    let scores = vec![
        ("", "Any score"),
        ("50", "50 and up"),
        ("60", "60 and up"),
        ("70", "70 and up"),
        ("80", "80 and up"),
        ("90", "90 and up"),
    ];
    let min = query.min_score.map(|score| score.to_string()).unwrap_or_default();
    view! {
        <Form method="GET" action="/jobs" attr:class="toolbar" attr:role="search">
            <Field name="q" label="Search" kind="search" placeholder="Title, company, place or skill" hide_label=true value=query.q/>
            <div class="filters">
                <Select name="status" label="Status" hide_label=true value=query.status options=statuses/>
                <Select name="remote" label="Where" hide_label=true value=query.remote options=ways/>
                <Select name="min_score" label="Score" hide_label=true value=min options=scores/>
                <Select name="source" label="Source" hide_label=true value=query.source options=sources/>
                <Select name="sort" label="Order" hide_label=true value=query.sort options=SORTS.to_vec()/>
            </div>
            <button class="button" type="submit"><Icon name=Icon::Search/>"Show"</button>
        </Form>
    }
}

#[component]
fn Rows(query: JobQuery, listing: Listing) -> impl IntoView {
    let page = listing.page;
    let show = href(&JobQuery { hidden: "show".into(), ..query.clone() }, 1);
    let left_out = LeftOut { hidden: listing.hidden, turned_down: 0 };
    let left_out = view! { <LeftOutNote left_out show/> };
    if page.items.is_empty() {
        return if listing.any {
            EitherOf3::A(view! {
                <Empty title="Nothing passes these filters" text="Try fewer words or a lower score.">
                    <a class="button" href="/jobs">"Show all jobs"</a>
                </Empty>
                {left_out}
            })
        } else {
            EitherOf3::B(view! {
                <Empty title="No jobs yet" text="Read a company’s public board, a file or a paste, or add one from a link, and see which fit. Or say what you look for, and choose the boards to be read every day." icon=Icon::Jobs>
                    <a class="button primary" href="/jobs/import">"Bring in jobs"</a>
                    <a class="button" href="/jobs/sources">"Choose sources"</a>
                    <a class="button" href="/jobs/add">"Add one"</a>
                </Empty>
            })
        };
    }
    let count = match page.total {
        1 => "1 job".to_owned(),
        n => [grouped(n.unsigned_abs()), " jobs".to_owned()].concat(),
    };
    let first = (page.page - 1) * page.per_page + 1;
    EitherOf3::C(view! {
        {(!listing.scored).then(|| view! {
            <div class="callout info"><Icon name=Icon::Info/><div>
                "Scores appear once your profile says what you can do and where you want to be. "<a href="/welcome">"Take the three steps"</a>
            </div></div>
        })}
        <p class="muted small" role="status">{count}</p>
        {left_out}
        <section class="card flush">
            <ul class="list">{page.items.into_iter().zip(first..).map(|(job, position)| view! { <JobItem job list=Place::Jobs position/> }).collect_view()}</ul>
        </section>
        <Pager page=page.page per_page=page.per_page total=page.total.unsigned_abs() href=Callback::new(move |n| href(&query, n))/>
    })
}
