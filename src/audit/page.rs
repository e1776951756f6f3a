//! `/account/log`

use super::{Line, load_log};
use crate::{
    jobs::Page,
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn LogPage() -> impl IntoView {
    let map = use_query_map();
    let page = Memo::new(move |_| map.with(|map| map.get("page")).and_then(|text| text.parse().ok()).unwrap_or(1));
    let changed = live::watch(&[Topic::Account]);
    let log = wire::load(move || (page.get(), changed()), |(page, _)| load_log(Some(page)));
    view! {
        <Title text="Account log"/>
        <main id="main" class="page narrow" tabindex="-1">
            <header class="page-head">
                <div>
                    <h1>"Account log"</h1>
                    <p class="muted">"Every way into your account, used or tried, and every change to it. "<a href="/account">"Back to the account"</a></p>
                </div>
                <div class="actions">
                    <a class="button" href="/api/v1/account/log/export" rel="external" download="account-log.json"><Icon name=Icon::Download/>"Export"</a>
                </div>
            </header>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match log.await {
                        Ok(page) => Either::Left(view! { <Lines page/> }),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| log.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Lines(page: Page<Line>) -> impl IntoView {
    if page.items.is_empty() {
        return Either::Left(view! {
            <Empty title="Nothing here" text="The log begins with the next time you sign in." icon=Icon::Info>
                <a class="button" href="/account/log">"Newest first"</a>
            </Empty>
        });
    }
    Either::Right(view! {
        <section class="card flush"><ul class="list">{page.items.into_iter().map(|line| view! { <Row line/> }).collect_view()}</ul></section>
        <p class="muted small">"Addresses and devices are kept for 400 days."</p>
        <Pager
            page=page.page per_page=page.per_page total=page.total.unsigned_abs()
            href=Callback::new(|page: u32| ["/account/log?page=".to_owned(), page.to_string()].concat())
        />
    })
}

#[component]
fn Row(line: Line) -> impl IntoView {
    let known = |text: String| (!text.is_empty()).then(|| view! { <span>{text}</span> });
    view! {
        <li class="item">
            <div class="item-main">
                <strong>{line.text}</strong>
                <p class="meta small"><Time at=line.at style=TimeStyle::Full/>{known(line.device)}{known(line.address)}</p>
            </div>
            {line.notable.then(|| view! { <div class="item-side"><span class="badge warn">"Was it you?"</span></div> })}
        </li>
    }
}
