//! The directory of companies with public boards.

use super::{Directory, Listed, page::Acts, search_directory};
use crate::{ui::*, wire};
use leptos::{either::EitherOf3, prelude::*};
use leptos_router::{components::Form, hooks::use_query_map};

#[component]
pub(super) fn Catalogue(acts: Acts) -> impl IntoView {
    let map = use_query_map();
    let asked = Memo::new(move |_| {
        map.with(|map| {
            let get = |name: &str| map.get(name).unwrap_or_default();
            (get("q"), get("field"), get("country"))
        })
    });
    let found = wire::load(
        move || (asked.get(), acts.add.version().get(), acts.forget.version().get()),
        |((q, field, country), ..)| search_directory(q, field, country),
    );
    view! {
        <section class="card stack" aria-label="Directory">
            <header class="card-head"><h2>"Companies with boards"</h2></header>
            <Transition fallback=|| view! { <Skeleton lines=6/> }>
                {move || Suspend::new(async move {
                    match found.await {
                        Ok(found) if found.companies.is_empty() => EitherOf3::A(view! {
                            <Filters found=found.clone() asked=asked.get_untracked()/>
                            <Empty title="None of them" text="No company of the directory fits. Its name can be added above all the same: its board is then looked for."><a class="button" href="/jobs/sources">"All companies"</a></Empty>
                        }),
                        Ok(found) => EitherOf3::B(view! { <Filters found=found.clone() asked=asked.get_untracked()/><Companies found acts/> }),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| found.refetch())/> }),
                    }
                })}
            </Transition>
        </section>
    }
}

#[component]
fn Filters(found: Directory, asked: (String, String, String)) -> impl IntoView {
    let any = |all: Vec<String>, word: &str| {
        let first = std::iter::once((String::new(), word.to_owned()));
        first.chain(all.into_iter().map(|name| (name.clone(), name))).collect::<Vec<(String, String)>>()
    };
    let (q, field, country) = asked;
    view! {
        <Form method="GET" action="/jobs/sources" attr:class="toolbar" attr:role="search">
            <Field name="q" label="Name" kind="search" placeholder="Name" hide_label=true value=q/>
            <div class="filters">
                <Select name="field" label="Field" hide_label=true value=field options=any(found.fields, "Every field")/>
                <Select name="country" label="Country" hide_label=true value=country options=any(found.countries, "Every country")/>
            </div>
            <button class="button" type="submit"><Icon name=Icon::Search/>"Show"</button>
        </Form>
    }
}

#[component]
fn Companies(found: Directory, acts: Acts) -> impl IntoView {
    let shown = found.companies.len();
    let words = if shown < found.total {
        ["The first ", &shown.to_string(), " of ", &found.total.to_string(), ". Narrow them down to see others."]
            .concat()
    } else {
        [found.total.to_string().as_str(), if found.total == 1 { " company" } else { " companies" }].concat()
    };
    view! {
        <p class="muted small">{words}</p>
        <ul class="list">{found.companies.into_iter().map(|company| view! { <Company company acts/> }).collect_view()}</ul>
    }
}

#[component]
fn Company(company: Listed, acts: Acts) -> impl IntoView {
    let Listed { name, field, country, board, address, mine } = company;
    let say = ["Add ", &name].concat();
    view! {
        <li class="item">
            <div class="item-main"><strong>{name}</strong><p class="meta small"><span>{field}</span><span>{country}</span><span>{board}</span></p></div>
            <div class="item-side">
                {if mine {
                    leptos::either::Either::Left(view! { <span class="badge good">"Yours"</span> })
                } else {
                    leptos::either::Either::Right(view! {
                        <ActionForm action=acts.add>
                            <input type="hidden" name="what" value=address/>
                            <button class="button small" type="submit" aria-label=say>"Add"</button>
                        </ActionForm>
                    })
                }}
            </div>
        </li>
    }
}
