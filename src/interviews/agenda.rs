//! `/applications/interviews`: all interviews by day.

use super::{Agenda, Day, Entry, InterviewResult, load_interviews, section::Where};
use crate::{
    feed::card::FeedCard,
    google_calendar::card::GoogleCalendarCard,
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

#[component]
pub fn AgendaPage() -> impl IntoView {
    let changed = live::watch(&[Topic::Jobs, Topic::Applications, Topic::Profile]);
    let agenda = wire::load(changed, |_| load_interviews());
    view! {
        <Title text="Interviews"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head">
                <div>
                    <p class="meta small"><a href="/applications">"Applications"</a></p>
                    <h1>"Interviews"</h1>
                </div>
            </header>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match agenda.await {
                        Ok(agenda) => Either::Left(view! { <Shown agenda/> }),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| agenda.refetch())/> }),
                    }
                })}
            </Transition>
            <FeedCard/>
            <GoogleCalendarCard/>
        </main>
    }
}

#[component]
fn Shown(agenda: Agenda) -> impl IntoView {
    let Agenda { time_zone, upcoming, past } = agenda;
    if upcoming.is_empty() && past.is_empty() {
        return Either::Left(view! {
            <Empty title="No interviews yet" text="Open an application and press “Add an interview”. All of them appear here, by day." icon=Icon::Calendar>
                <a class="button primary" href="/applications">"See your applications"</a>
            </Empty>
        });
    }
    let nothing = upcoming.is_empty().then(|| view! { <p class="muted">"Nothing is coming up."</p> });
    let past = (!past.is_empty()).then(|| {
        view! { <section class="stack"><h2>"Past"</h2>{past.into_iter().map(|day| view! { <OneDay day ahead=false/> }).collect_view()}</section> }
    });
    Either::Right(view! {
        <p class="muted small">"Times in "{time_zone}"."</p>
        <section class="stack">
            <h2>"Coming up"</h2>
            {nothing}
            {upcoming.into_iter().map(|day| view! { <OneDay day ahead=true/> }).collect_view()}
        </section>
        {past}
    })
}

#[component]
fn OneDay(day: Day, ahead: bool) -> impl IntoView {
    view! {
        <section class="card stack tight">
            <h3>{day.name}</h3>
            <ul class="list plain">{day.entries.into_iter().map(|entry| view! { <One entry ahead/> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn One(entry: Entry, ahead: bool) -> impl IntoView {
    let Entry { interview: now, company, job, times, there } = entry;
    let title = now.title();
    let page = ["/applications/interviews/", &now.id.to_string()].concat();
    let application = ["/applications/", &now.application_id.to_string()].concat();
    let file = ["/api/v1/interviews/", &now.id.to_string(), "/calendar"].concat();
    let there = (!there.is_empty()).then(|| view! { <span>{there}</span> });
    let left = (ahead && now.result != InterviewResult::Cancelled).then(|| view! { <Time at=now.starts_at/> });
    view! {
        <li class="item">
            <div class="item-main">
                <a class="item-title" href=page>{title}</a>
                <p class="meta"><a href=application>{job}" at "{company}</a></p>
                <p class="meta small"><span>{times}</span>{there}{left}</p>
                <Where place=now.place link=now.link people=now.people/>
            </div>
            <div class="item-side">
                <a class="button quiet small" href=file download=true><Icon name=Icon::Calendar/>"File"</a>
                <span class=["badge ", now.result.tone()].concat()>{now.result.label()}</span>
            </div>
        </li>
    }
}
