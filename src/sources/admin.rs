//! `/admin/sources`

use super::{
    Health, HoldSource, RetrySource, Source, list_sources,
    long::{self, Others},
    mine::HealthWords,
};
use crate::{
    error::{Error, Result},
    ui::*,
    wire,
};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;

#[derive(Clone, Copy)]
struct Acts {
    retry: ServerAction<RetrySource>,
    hold: ServerAction<HoldSource>,
}

#[component]
pub fn AllSourcesPage() -> impl IntoView {
    let acts = Acts { retry: ServerAction::new(), hold: ServerAction::new() };
    let sources = wire::load(move || (acts.retry.version().get(), acts.hold.version().get()), |_| list_sources());
    let whole = long::whole();
    tell(acts);
    view! {
        <Title text="All sources"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head">
                <div><h1>"All sources"</h1><p class="muted">"Where postings are looked for, those in trouble first. One that fails five times in a row is left alone, for longer each time, up to a day."</p></div>
                <div class="actions"><a class="button quiet" href="/admin">"Accounts"</a></div>
            </header>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || {
                    let whole = whole.get();
                    Suspend::new(async move {
                        match sources.await {
                            Ok(sources) => EitherOf3::A(view! { <Shown sources whole acts/> }),
                            Err(Error::Forbidden) => EitherOf3::B(view! {
                                <Empty title="For administrators" text="Your account is not one."><a class="button" href="/today">"Today"</a></Empty>
                            }),
                            Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| sources.refetch())/> }),
                        }
                    })
                }}
            </Transition>
        </main>
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
fn Shown(sources: Vec<Source>, whole: bool, acts: Acts) -> impl IntoView {
    let (words, all) = (long::health(sources.iter()), sources.len());
    let rows = sources.into_iter().take(long::shown(all, whole));
    view! {
        <p class="muted">{words}</p>
        <section class="card flush" aria-label="Sources">
            <ul class="list">{rows.map(|source| view! { <Row source acts/> }).collect_view()}</ul>
            <Others page="/admin/sources" rows=all whole/>
        </section>
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
