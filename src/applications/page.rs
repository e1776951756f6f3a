//! `/applications`

use super::{
    ApplicationLine, ApplicationListing, ApplicationStatus, MoveApplication, list_applications, move_application,
};
use crate::{
    ids::ApplicationId,
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Where the application moved last stood before.
type Before = StoredValue<Option<(ApplicationId, ApplicationStatus)>>;

#[component]
pub fn ApplicationsPage() -> impl IntoView {
    let map = use_query_map();
    let chosen = Memo::new(move |_| {
        map.with(|map| {
            (map.get("status").unwrap_or_default(), map.get("page").and_then(|page| page.parse().ok()).unwrap_or(1u32))
        })
    });
    let changed = live::watch(&[Topic::Jobs, Topic::Applications]);
    let list = wire::load(move || (chosen.get(), changed()), |((status, page), _)| list_applications(status, page));
    // Up here, because the rows are drawn anew as soon as the change is told, before the answer is in.
    let action = ServerAction::<MoveApplication>::new();
    let before = StoredValue::new(None);
    let toasts = use_toasts();
    Effect::new(move |_| match (action.value().get(), before.get_value()) {
        (Some(Ok(())), Some((id, status))) => {
            let undo = move || {
                leptos::task::spawn_local(async move {
                    if let Err(error) = move_application(id, status).await {
                        toasts.push(Toast::bad(error.to_string()));
                    }
                });
            };
            toasts.push(Toast::good("Moved.").action("Undo", undo));
        }
        (Some(Err(error)), _) => toasts.push(Toast::bad(error.to_string())),
        _ => {}
    });
    view! {
        <Title text="Applications"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head"><div><h1>"Applications"</h1><p class="muted">"Where each one stands, the latest moved first."</p></div></header>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    let (status, _) = chosen.get_untracked();
                    match list.await {
                        Ok(listing) => Either::Left(view! { <List status listing action before/> }),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| list.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn List(
    status: String,
    listing: ApplicationListing,
    action: ServerAction<MoveApplication>,
    before: Before,
) -> impl IntoView {
    let all: i64 = listing.counts.iter().map(|(_, n)| n).sum();
    if all == 0 {
        return Either::Left(view! {
            <Empty title="No applications yet" text="Press Apply on a job and it appears here." icon=Icon::Applications>
                <a class="button primary" href="/jobs">"See your jobs"</a>
            </Empty>
        });
    }
    let tab = |key: &'static str, label: &'static str, n: i64| {
        let href = if key.is_empty() { "/applications".to_owned() } else { ["/applications?status=", key].concat() };
        let current = (status == key).then_some("page");
        view! { <a href=href aria-current=current>{label}" "<span class="count">{n}</span></a> }
    };
    let tabs = listing.counts.iter().map(|(status, n)| tab(status.as_str(), status.label(), *n)).collect_view();
    let page = listing.page;
    let key = status.clone();
    let href = Callback::new(move |n: u32| {
        ["/applications?status=".to_owned(), key.clone(), "&page=".to_owned(), n.to_string()].concat()
    });
    Either::Right(view! {
        <nav class="tabs" aria-label="By status">{tab("", "All", all)}{tabs}</nav>
        <section class="card flush">
            <table class="table">
                <thead><tr><th>"Job"</th><th>"Status"</th><th>"Since"</th><th>"Applied"</th><th class="number">"Match"</th></tr></thead>
                <tbody>{page.items.into_iter().map(|line| view! { <Row line action before/> }).collect_view()}</tbody>
            </table>
        </section>
        <Pager page=page.page per_page=page.per_page total=page.total.unsigned_abs() href/>
    })
}

#[component]
fn Row(line: ApplicationLine, action: ServerAction<MoveApplication>, before: Before) -> impl IntoView {
    let (id, stands) = (line.id, line.status);
    let options: Vec<(&'static str, &'static str)> =
        ApplicationStatus::ALL.into_iter().map(|s| (s.as_str(), s.label())).collect();
    let change = Callback::new(move |value: String| {
        if let Ok(status) = value.parse() {
            before.set_value(Some((id, stands)));
            action.dispatch(MoveApplication { id, status });
        }
    });
    let place = (!line.location.is_empty()).then_some(line.location);
    view! {
        <tr>
            <th scope="row">
                <a href=["/jobs/".to_owned(), line.job_id.to_string()].concat()>{line.title}</a>
                <p class="meta small"><span>{line.company}</span>{place.map(|place| view! { <span>{place}</span> })}</p>
            </th>
            <td data-label="Status">
                <ActionForm action attr:class="row tight">
                    <input type="hidden" name="id" value=id.to_string()/>
                    <Select
                        name="status" id=["status-".to_owned(), id.to_string()].concat() label="Status" hide_label=true
                        value=line.status.as_str() options on_change=change
                    />
                    <noscript><button class="button small" type="submit">"Set"</button></noscript>
                </ActionForm>
            </td>
            <td data-label="Since"><Time at=line.since/></td>
            <td data-label="Applied">{line.applied_at.map(|at| view! { <Time at style=TimeStyle::Day/> })}</td>
            <td class="number" data-label="Match">{line.match_score}</td>
        </tr>
    }
}
