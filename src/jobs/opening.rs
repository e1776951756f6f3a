//! What is known of the opening a job was made from: whether it is still open, where else it is shown, and what speaks against it.

use crate::{
    error::Result,
    ids::{JobId, PostingId},
    ui::*,
};
use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// An opening, for the page of the job that was made from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Opening {
    pub standing: Standing,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub first_seen: DateTime<Utc>,
    /// Where it is or was shown; the first is where it was found first.
    pub seen_on: Vec<Seen>,
    /// What speaks against a real opening behind it; empty unless there is enough for a note. Never part of a score.
    pub doubts: Vec<Doubtful>,
}

/// Whether it can still be applied to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema), schema(as = OpeningStanding))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Standing {
    Open,
    Closed {
        #[serde(deserialize_with = "crate::wire::moment")]
        since: DateTime<Utc>,
        reason: String,
    },
    /// Perhaps open, but old.
    Stale {
        reason: String,
    },
}

/// One place that shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema), schema(as = OpeningSeen))]
pub struct Seen {
    pub posting: PostingId,
    /// `Greenhouse`, `Remotive`, …
    pub board: String,
    /// As it is called there.
    pub company: String,
    pub title: String,
    pub url: Option<String>,
    #[serde(deserialize_with = "crate::wire::maybe_day")]
    pub posted: Option<NaiveDate>,
    pub closed: bool,
    /// `same`, `repost` or `agency_copy`; None for the one that was found first.
    pub kind: Option<String>,
    /// Why it is taken for the same opening, and what that was told by.
    pub reason: String,
    pub evidence: Vec<String>,
    /// The person said that it is another opening.
    pub apart: bool,
}

/// One thing that speaks against a real opening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Doubtful {
    pub reason: String,
    pub evidence: String,
}

/// Says that a posting is another opening than the job was made from: it becomes a job of its own, and stays one. Answers with its page.
#[server]
pub async fn keep_apart(id: JobId, posting: PostingId) -> Result<String> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            crate::postings::apart::keep(&app, &who, id, posting).await
        }
        .await,
    )
}

/// Takes that back: the posting counts as the same opening again. The job that was made of it stays.
#[server]
pub async fn put_together(id: JobId, posting: PostingId) -> Result<()> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            crate::postings::apart::undo(&app, &who, id, posting).await
        }
        .await,
    )
}

/// What can be done about it.
#[derive(Clone, Copy)]
pub struct OpeningActs {
    pub apart: ServerAction<KeepApart>,
    pub together: ServerAction<PutTogether>,
}

/// Whether it is still open, and where it is shown.
#[component]
pub fn OpeningCard(job: JobId, opening: Opening, acts: OpeningActs) -> impl IntoView {
    let Opening { standing, first_seen, seen_on, doubts } = opening;
    let many = seen_on.len() > 1;
    view! {
        <section class="card stack tight">
            <h2>"Is it still open?"</h2>
            {match standing {
                Standing::Open => view! { <p><span class="badge good">"Open"</span>" It is on its board. First seen "<Time at=first_seen style=TimeStyle::Day/>"."</p> }.into_any(),
                Standing::Closed { since, reason } => view! {
                    <p><span class="badge bad">"Closed"</span>" "{reason}" Noticed "<Time at=since style=TimeStyle::Day/>"."</p>
                }.into_any(),
                Standing::Stale { reason } => view! { <p><span class="badge warn">"Old"</span>" "{reason}</p> }.into_any(),
            }}
            {(!doubts.is_empty()).then(|| view! {
                <h3>"It may not be a real opening"</h3>
                <p class="muted small">"This is no part of the score. What speaks for it:"</p>
                <ul>{doubts.into_iter().map(|doubt| view! { <li>{doubt.reason}{(!doubt.evidence.is_empty()).then(|| view! { <span class="muted small">" "{doubt.evidence}</span> })}</li> }).collect_view()}</ul>
            })}
            {many.then(|| view! {
                <h3>"Where it is shown"</h3>
                <ul class="list">{seen_on.into_iter().map(|seen| view! { <Shown job seen acts/> }).collect_view()}</ul>
            })}
        </section>
    }
}

#[component]
fn Shown(job: JobId, seen: Seen, acts: OpeningActs) -> impl IntoView {
    let Seen { posting, board, company, title, url, posted, closed, kind, reason, evidence, apart } = seen;
    let what = match (apart, kind.as_deref()) {
        (true, _) => "Another opening, as you said",
        (false, None) => "Found first",
        (false, Some("repost")) => "Posted again",
        (false, Some("agency_copy")) => "An agency's copy",
        (false, Some(_)) => "The same opening",
    };
    let name = [title, " at ".into(), company].concat();
    let label = ["Not the same: ".to_owned(), name.clone()].concat();
    let others = kind.is_some();
    view! {
        <li class="item">
            <div class="item-main">
                {match url {
                    Some(url) => view! { <a class="item-title" href=url target="_blank" rel="noopener noreferrer">{name}</a> }.into_any(),
                    None => view! { <span class="item-title">{name}</span> }.into_any(),
                }}
                <p class="meta small">
                    <span class="badge muted">{board}</span>
                    <span>{what}</span>
                    {posted.map(|posted| view! { <span>"posted "{day(&posted)}</span> })}
                    {closed.then(|| view! { <span>"closed"</span> })}
                </p>
                {(others && !apart).then(|| view! {
                    <details><summary class="small">{reason}</summary><ul class="small">{evidence.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul></details>
                })}
            </div>
            {others.then(|| view! {
                <div class="item-side">
                    {if apart { view! {
                        <ActionForm action=acts.together>
                            <input type="hidden" name="id" value=job.to_string()/>
                            <input type="hidden" name="posting" value=posting.to_string()/>
                            <button class="button small quiet" type="submit">"It is the same after all"</button>
                        </ActionForm>
                    }.into_any() } else { view! {
                        <ActionForm action=acts.apart>
                            <input type="hidden" name="id" value=job.to_string()/>
                            <input type="hidden" name="posting" value=posting.to_string()/>
                            <button class="button small quiet" type="submit" aria-label=label>"Not the same"</button>
                        </ActionForm>
                    }.into_any() }}
                </div>
            })}
        </li>
    }
}
