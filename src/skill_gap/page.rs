//! `/skills`

use super::{Asker, Demand, Learn, SkillGap, load_skill_gap};
use crate::{
    live::{self, Topic},
    profile::{AddSkill, remove_skill},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

/// Missing skills that stand on the page before one asks for more.
const SHOWN: usize = 12;

#[component]
pub fn SkillGapPage() -> impl IntoView {
    let changed = live::watch(&[Topic::Jobs, Topic::Profile]);
    let gap = wire::load(changed, |_| load_skill_gap());
    let add = ServerAction::<AddSkill>::new();
    let all = RwSignal::new(false);
    let toasts = use_toasts();
    // An action forgets its input once it has its answer.
    let asked = StoredValue::new(String::new());
    Effect::new(move |_| {
        if let Some(input) = add.input().get() {
            asked.set_value(input.name);
        }
    });
    Effect::new(move |_| match add.value().get() {
        Some(Ok(())) => {
            let name = asked.get_value();
            let again = name.clone();
            let undo = move || {
                let name = again.clone();
                leptos::task::spawn_local(async move {
                    if let Err(error) = remove_skill(name).await {
                        toasts.push(Toast::bad(error.to_string()));
                    }
                });
            };
            toasts.push(Toast::good([name, " is on your profile now.".into()].concat()).action("Undo", undo));
        }
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    });
    view! {
        <Title text="Skills"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head">
                <div><h1>"Skills"</h1><p class="muted">"What your jobs ask for against what you have."</p></div>
                <div class="actions"><a class="button" href="/profile"><Icon name=Icon::Edit/>"Your skills"</a></div>
            </header>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match gap.await {
                        Ok(gap) => Either::Left(view! { <Shown gap add all/> }),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| gap.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Shown(gap: SkillGap, add: ServerAction<AddSkill>, all: RwSignal<bool>) -> impl IntoView {
    if gap.jobs == 0 {
        return Either::Left(view! {
            <Empty title="Nothing to compare yet" text="Once you have jobs that name skills, this page shows what they ask for." icon=Icon::Skills>
                <a class="button primary" href="/jobs/import">"Bring in jobs"</a>
            </Empty>
        });
    }
    let note = ["of what ".to_owned(), gap.jobs.to_string(), " jobs ask for".to_owned()].concat();
    let own = gap.user_skills.len();
    let bars = gap
        .top_market
        .iter()
        .map(|demand| {
            Bar::new(demand.skill.clone(), demand.jobs)
                .tone(if demand.have { "good" } else { "" })
                .note(if demand.have { "you have it" } else { "missing" })
                .href(["/jobs?q=", &in_address(&demand.skill)].concat())
        })
        .collect();
    Either::Right(view! {
        <div class="split">
            <div class="stack">
                <section class="card">
                    <header class="card-head"><h2>"Missing, most asked for first"</h2></header>
                    {if gap.missing.is_empty() {
                        Either::Left(view! { <p>"You have every skill your jobs ask for."</p> })
                    } else {
                        Either::Right(view! { <MissingList missing=gap.missing add all/> })
                    }}
                </section>
                <section class="card"><h2>"Asked for most"</h2><BarChart label="Skills by number of jobs" bars/></section>
            </div>
            <div class="stack side-sticky">
                <section class="card accent">
                    <h2>"Coverage"</h2>
                    <Gauge value=gap.coverage label="Coverage" note/>
                    <p class="muted small">"Each time a job asks for a skill counts: twice when it is a must, once when it is a wish. A close relative counts half. You named "{own}" skills."</p>
                </section>
                <section class="card">
                    <h2>"Learn next"</h2>
                    <ol class="list">{gap.learn_next.into_iter().map(|learn| view! { <Next learn/> }).collect_view()}</ol>
                </section>
            </div>
        </div>
    })
}

/// The skill as part of an address.
fn in_address(skill: &str) -> String {
    leptos_router::params::ParamsMap::from_iter([("q".to_owned(), skill.to_owned())])
        .to_query_string()
        .trim_start_matches("?q=")
        .to_owned()
}

#[component]
fn Next(learn: Learn) -> impl IntoView {
    view! { <li class="item"><div class="item-main"><strong>{learn.skill}</strong><p class="muted small">{learn.reason}</p></div></li> }
}

/// The first ones, and the others on demand; `all` is kept while the page is drawn anew.
#[component]
fn MissingList(missing: Vec<Demand>, add: ServerAction<AddSkill>, all: RwSignal<bool>) -> impl IntoView {
    let mut first = missing;
    let more = first.split_off(first.len().min(SHOWN));
    let turn = move |click: leptos::ev::MouseEvent| {
        // Opened by the signal, so that it stays as it is when the page is drawn anew.
        click.prevent_default();
        all.update(|all| *all = !*all);
    };
    let rows = move |list: Vec<Demand>| list.into_iter().map(|demand| view! { <Missing demand add/> }).collect_view();
    view! {
        <ul class="list">{rows(first)}</ul>
        {(!more.is_empty()).then(|| view! {
            <details class="more" open=move || all.get()>
                <summary on:click=turn>{more.len()}" more"</summary>
                <ul class="list">{rows(more)}</ul>
            </details>
        })}
    }
}

#[component]
fn Missing(demand: Demand, add: ServerAction<AddSkill>) -> impl IntoView {
    let jobs = if demand.jobs == 1 { "1 job".to_owned() } else { [demand.jobs.to_string(), " jobs".into()].concat() };
    let share = [((demand.share * 100.0).round() as u32).to_string(), " %".into()].concat();
    let name = demand.skill.clone();
    view! {
        <li class="item">
            <div class="item-main">
                <strong>{demand.skill}</strong>
                <p class="meta small"><span>{jobs}</span><span>{share}</span></p>
                <details class="small">
                    <summary>"Who asks for it"</summary>
                    <ul>{demand.asked_by.into_iter().map(|job| view! { <Posting job/> }).collect_view()}</ul>
                </details>
            </div>
            <div class="item-side">
                <ActionForm action=add>
                    <input type="hidden" name="name" value=name/>
                    <button class="button small" type="submit"><Icon name=Icon::Check/>"I have this"</button>
                </ActionForm>
            </div>
        </li>
    }
}

#[component]
fn Posting(job: Asker) -> impl IntoView {
    view! { <li><a href=["/jobs/".to_owned(), job.id.to_string()].concat()>{job.title}" at "{job.company}</a></li> }
}
