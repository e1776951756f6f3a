//! The person's sources in a list: order, health, numbers.

use super::{
    FEW, Health, Healths, Mine, Source, Tally,
    long::{self, Others},
    page::Acts,
    share,
};
use crate::ui::*;
use leptos::{either::Either, prelude::*};

#[component]
pub(super) fn List(mine: Vec<Mine>, whole: bool, acts: Acts) -> impl IntoView {
    if mine.is_empty() {
        return Either::Left(view! {
            <Empty title="No sources" text="Name a company, or choose some from the directory."/>
        });
    }
    let (all, last) = (mine.len(), mine.iter().filter(|mine| mine.wanted).count());
    let wanted = mine.iter().filter(|mine| mine.wanted).map(|mine| mine.source.health);
    let words = long::is_long(all).then(|| view! { <p class="muted">{wanted.collect::<Healths>().words()}</p> });
    let rows = mine.into_iter().take(long::shown(all, whole)).enumerate().map(|(at, mine)| {
        let (up, down) = (mine.wanted && at > 0, mine.wanted && at + 1 < last);
        view! { <Row mine up down acts/> }
    });
    Either::Right(view! {
        {words}
        <section class="card flush" aria-label="Your sources">
            <ol class="list">{rows.collect_view()}</ol>
            <Others rows=all whole/>
        </section>
    })
}

#[component]
fn Row(mine: Mine, up: bool, down: bool, acts: Acts) -> impl IntoView {
    let Mine { source, wanted, numbers, .. } = mine;
    let id = source.id.to_string();
    let label = source.label.clone();
    let menu = ["source-", &id].concat();
    let (moving, wanting, forgetting) = (id.clone(), id.clone(), id.clone());
    let more = ["What to do with ", &label].concat();
    let shared = source.shared;
    view! {
        <li class="item" class:dim=!wanted>
            <div class="item-main">
                <p class="row tight"><a class="item-title" href=source.address.clone() rel="noopener noreferrer external" target="_blank">{label.clone()}</a>
                    {(!wanted).then(|| view! { <span class="badge muted">"Off"</span> })}
                    <span class=source.health.tone()>{source.health.label()}</span></p>
                <HealthWords source/>
                <Numbers numbers/>
            </div>
            <div class="item-side row tight">
                {up.then(|| arrow(acts, moving.clone(), true, &label))}
                {down.then(|| arrow(acts, moving.clone(), false, &label))}
                <Menu id=menu label=more icon=Icon::More icon_only=true>
                    <ActionForm action=acts.want>
                        <input type="hidden" name="id" value=wanting/>
                        <input type="hidden" name="wanted" value=if wanted { "false" } else { "true" }/>
                        <button type="submit">{if wanted { "Turn off" } else { "Turn on" }}</button>
                    </ActionForm>
                    {(!shared).then(|| view! {
                        <ActionForm action=acts.forget>
                            <input type="hidden" name="id" value=forgetting/>
                            <button type="submit">"Take off the list"</button>
                        </ActionForm>
                    })}
                </Menu>
            </div>
        </li>
    }
}

/// A button that moves a source by one place. It keeps its id, so that the focus stays on it.
fn arrow(acts: Acts, id: String, up: bool, label: &str) -> impl IntoView + use<> {
    let (icon, word) = if up { (Icon::ChevronUp, "up") } else { (Icon::ChevronDown, "down") };
    let say = ["Move ", label, " ", word].concat();
    let own = [word, "-", &id].concat();
    view! {
        <ActionForm action=acts.shift>
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="up" value=if up { "true" } else { "false" }/>
            <button id=own class="button icon-only quiet small" type="submit" aria-label=say><Icon name=icon/></button>
        </ActionForm>
    }
}

/// How a source does, in words.
#[component]
pub(super) fn HealthWords(source: Source) -> impl IntoView {
    let trouble = matches!(source.health, Health::Failing | Health::Paused | Health::Trial);
    let until = source.paused_until.filter(|_| source.health == Health::Paused);
    let next = (source.health == Health::Failing).then_some(source.next_at);
    let failures = match source.failures {
        0 | 1 => String::new(),
        n => [&n.to_string(), " visits in a row"].concat(),
    };
    view! {
        <p class="meta small">
            {match source.succeeded_at {
                Some(at) => Either::Left(view! { <span>"Read "<Time at/></span> }),
                None => Either::Right(view! { <span>"Not read so far"</span> }),
            }}
            {(!source.note.is_empty()).then(|| view! { <span>{source.note.clone()}</span> })}
            {until.map(|at| view! { <span>"Left alone until "<Time at style=TimeStyle::Full/></span> })}
            {next.map(|at| view! { <span>"Tried again at "<Time at style=TimeStyle::Full/></span> })}
        </p>
        {(trouble && !source.last_error.is_empty()).then(|| view! {
            <p class="small field-error">{source.last_error.clone()}{(!failures.is_empty()).then(|| [" (", &failures, ")"].concat())}</p>
        })}
        {(source.health == Health::Closed).then(|| view! { <p class="small muted">"It answers only with a key, and none is set here."</p> })}
    }
}

#[component]
fn Numbers(numbers: Tally) -> impl IntoView {
    let counted = |n: i64| grouped(n.unsigned_abs());
    let found = match numbers.found {
        0 => "Nothing new in 30 days".to_owned(),
        n => [
            &counted(n),
            " found in 30 days, ",
            &counted(numbers.new),
            " of them new, ",
            &counted(numbers.duplicate),
            " known from elsewhere",
        ]
        .concat(),
    };
    let matched = match numbers.matched {
        1 => "1 became a job of yours".to_owned(),
        n => [&counted(n), " became jobs of yours"].concat(),
    };
    // Shares of too few are left out: a list of sources without any would be full of them.
    let told = |word: &str, part: i64, whole: i64| (whole >= FEW).then(|| [word, &share(part, whole)].concat());
    let applied = told("applied: ", numbers.applied, numbers.matched);
    let answered = told("answered: ", numbers.answered, numbers.applied);
    view! { <p class="meta small">{[Some(found), Some(matched), applied, answered].into_iter().flatten().map(|words| view! { <span>{words}</span> }).collect_view()}</p> }
}
