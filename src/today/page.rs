//! `/today`

use super::{ActivityLine, Dashboard, NextStep, load_dashboard};
use crate::{
    feedback::{
        Place,
        section::LeftOutNote,
        thumbs::{self, Ask},
    },
    jobs::{JobStatus, card::JobItem},
    live::{self, Topic},
    next::page::Action,
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

#[component]
pub fn Today() -> impl IntoView {
    let changed = live::watch(&[Topic::Jobs, Topic::Applications, Topic::Profile, Topic::Alerts]);
    thumbs::provide(true);
    let dashboard = wire::load(changed, |_| load_dashboard());
    view! {
        <Title text="Today"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head">
                <div><h1>"Today"</h1></div>
                <div class="actions"><a class="button" href="/jobs/add"><Icon name=Icon::Plus/>"Add a job"</a></div>
            </header>
            <Transition fallback=|| view! { <Skeleton lines=10 card=true/> }>
                {move || Suspend::new(async move {
                    match dashboard.await {
                        Ok(now) => Either::Left(view! { <Shown now/> }),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| dashboard.refetch())/> }),
                    }
                })}
            </Transition>
            <Ask/>
        </main>
    }
}

#[component]
fn Shown(now: Dashboard) -> impl IntoView {
    let bars = now
        .by_status
        .iter()
        .map(|(status, n)| {
            Bar::new(status.label(), u32::try_from(*n).unwrap_or(u32::MAX))
                .tone(tone(*status))
                .href(["/jobs?status=", status.as_str()].concat())
        })
        .collect::<Vec<_>>();
    let any = now.total_jobs > 0;
    let briefing = now.briefing.map(|line| {
        let words = ["Your ", &line.kind.label().to_lowercase()].concat();
        view! { <p class="meta"><a href=["/briefings/", &line.id.to_string()].concat()>{words}</a><span>"not read yet"</span></p> }
    });
    view! {
        {briefing}
        <div class="grid small">
            <Number label="Jobs" value=now.total_jobs href="/jobs"/>
            <Number label="Applications" value=now.total_applications href="/applications"/>
            <Number label="Interviews" value=now.interviews href="/applications?status=interview"/>
            <Number label="Offers" value=now.offers href="/applications?status=offer"/>
        </div>
        <div class="split">
            <div class="stack">
                <section class="card accent">
                    <header class="card-head"><h2>"Next steps"</h2><a href="/applications/next">"All, and how they are chosen"</a></header>
                    {if now.next_steps.is_empty() && now.actions.is_empty() {
                        Either::Left(view! { <p class="muted">"Nothing presses. New matches and answers will show up here."</p> })
                    } else {
                        Either::Right(view! {
                            <ul class="list">
                                {now.actions.into_iter().map(|action| view! { <Action action/> }).collect_view()}
                                {now.next_steps.into_iter().map(|step| view! { <Step step/> }).collect_view()}
                            </ul>
                        })
                    }}
                </section>
                <section class="card flush">
                    <header class="card-head"><h2>"Recommended"</h2><a href="/jobs">"All jobs"</a></header>
                    {match (now.recommended.is_empty(), now.scored) {
                        (false, _) => view! { <ul class="list">{now.recommended.into_iter().zip(1..).map(|(job, position)| view! { <JobItem job list=Place::Today position/> }).collect_view()}</ul> }.into_any(),
                        (true, false) => view! {
                            <Empty title="No matches yet" text="Say what you can do and where you want to be; then every job gets a score with its reasons.">
                                <a class="button primary" href="/welcome">"Take the three steps"</a>
                            </Empty>
                        }.into_any(),
                        (true, true) => view! {
                            <Empty title="Nothing left to recommend" text="Bring in more postings to see what fits.">
                                <a class="button primary" href="/jobs/import">"Bring in jobs"</a>
                            </Empty>
                        }.into_any(),
                    }}
                </section>
                <LeftOutNote left_out=now.left_out show="/jobs?hidden=show".to_owned()/>
            </div>
            <div class="stack">
                {now.coverage.map(|value| view! {
                    <section class="card">
                        <header class="card-head"><h2>"Skill coverage"</h2><a href="/skills">"What is missing"</a></header>
                        <Gauge value label="Skill coverage" note="of what your jobs ask for"/>
                    </section>
                })}
                {any.then(|| view! { <section class="card"><h2>"Where jobs stand"</h2><BarChart label="Jobs by status" bars/></section> })}
                <section class="card">
                    <h2>"Lately"</h2>
                    {if now.activity.is_empty() {
                        Either::Left(view! { <p class="muted">"What you do shows up here."</p> })
                    } else {
                        Either::Right(view! { <ol class="timeline">{now.activity.into_iter().map(|line| view! { <Line line/> }).collect_view()}</ol> })
                    }}
                </section>
            </div>
        </div>
    }
}

/// Bars use the badge's colours, but plain is plain.
fn tone(status: JobStatus) -> &'static str {
    match status.tone() {
        "muted" => "",
        tone => tone,
    }
}

#[component]
fn Number(label: &'static str, value: i64, href: &'static str) -> impl IntoView {
    view! { <a class="stat card" href=href><span class="stat-label">{label}</span><span class="big">{grouped(value.unsigned_abs())}</span></a> }
}

#[component]
fn Step(step: NextStep) -> impl IntoView {
    view! {
        <li class="item">
            <div class="item-main"><a class="item-title" href=step.href>{step.text}</a><p class="muted small">{step.reason}</p></div>
            <div class="item-side"><Icon name=Icon::ChevronRight/></div>
        </li>
    }
}

#[component]
fn Line(line: ActivityLine) -> impl IntoView {
    let icon = match line.kind.split('.').next() {
        Some("application") => Icon::Applications,
        Some("alert" | "briefing") => Icon::Bell,
        Some("profile") => Icon::User,
        _ => Icon::Jobs,
    };
    let words = match line.href {
        Some(href) => Either::Left(view! { <a href=href>{line.text}</a> }),
        None => Either::Right(line.text),
    };
    view! { <li><Icon name=icon/><div><p>{words}</p><Time at=line.at/></div></li> }
}
