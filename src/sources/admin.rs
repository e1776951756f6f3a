//! `/admin/sources`

use super::{Health, HoldSource, RetrySource, Source, list_sources, mine::HealthWords};
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
    tell(acts);
    view! {
        <Title text="All sources"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head">
                <div><h1>"All sources"</h1><p class="muted">"Where postings are looked for, those in trouble first. One that fails five times in a row is left alone, for longer each time, up to a day."</p></div>
                <div class="actions"><a class="button quiet" href="/admin">"Accounts"</a></div>
            </header>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match sources.await {
                        Ok(sources) => EitherOf3::A(view! { <Shown sources acts/> }),
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
fn Shown(sources: Vec<Source>, acts: Acts) -> impl IntoView {
    let many = |health: fn(Health) -> bool| sources.iter().filter(|source| health(source.health)).count().to_string();
    let words = [
        &many(|health| health == Health::Well),
        " work, ",
        &many(|health| matches!(health, Health::Failing | Health::Trial)),
        " are in trouble, ",
        &many(|health| health == Health::Paused),
        " are paused",
    ]
    .concat();
    view! {
        <p class="muted">{words}</p>
        <section class="card flush"><ul class="list">{sources.into_iter().map(|source| view! { <Row source acts/> }).collect_view()}</ul></section>
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
