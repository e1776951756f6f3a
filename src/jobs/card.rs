//! How a job looks in a list, and how its score shows its parts.

use super::{Fit, JobLine, JobStatus, fit::PartFit};
use crate::{
    feedback::{Place, Said, thumbs::Thumbs},
    ui::*,
};
use leptos::prelude::*;

/// One job of a list: a `.item`. The page has what its buttons need (`feedback::thumbs::provide`).
#[component]
pub fn JobItem(
    job: JobLine,
    /// Which list it is, and the job's place in it, from 1.
    list: Place,
    position: u32,
) -> impl IntoView {
    let href = format!("/jobs/{}", job.id);
    let way = job.remote.and_then(|way| way.beside(&job.location));
    let place = if job.location.is_empty() { None } else { Some(job.location) };
    let pay = job.salary.map(|salary| salary.to_string());
    let status = (job.status != JobStatus::NotApplied).then(|| view! { <StatusBadge status=job.status/> });
    let title = job.title.clone();
    let Said { verdict, moved } = job.said;
    view! {
        <li class="item">
            <div class="item-main">
                <a class="item-title" href=href>{job.title}</a>
                <p class="meta">
                    <span>{job.company}</span>
                    {place.map(|place| view! { <span>{place}</span> })}
                    {way.map(|way| view! { <span>{way}</span> })}
                    {pay.map(|pay| view! { <span>{pay}</span> })}
                </p>
                <p class="meta small">
                    <SourceBadge source=job.source/>
                    {status}
                    <Time at=job.created_at/>
                </p>
                {moved.map(|moved| view! { <p class="muted small">{moved.words}</p> })}
            </div>
            <Thumbs job=job.id title verdict list position/>
            <div class="item-side"><FitBadge fit=job.fit/></div>
        </li>
    }
}

/// Where a job stands.
#[component]
pub fn StatusBadge(status: JobStatus) -> impl IntoView {
    view! { <span class=["badge ", status.tone()].concat()>{status.label()}</span> }
}

/// Where a job came from.
#[component]
pub fn SourceBadge(source: String) -> impl IntoView {
    view! { <span class="badge muted">{source}</span> }
}

/// The score; its parts on hover and focus.
#[component]
pub fn FitBadge(fit: Option<Fit>) -> impl IntoView {
    match fit {
        Some(fit) => view! { <ScoreBadge score=Some(fit.total)><FitParts fit/></ScoreBadge> }.into_any(),
        None => view! { <ScoreBadge score=None/> }.into_any(),
    }
}

/// The three parts with points and reasons, and what would change them.
#[component]
pub fn FitParts(fit: Fit) -> impl IntoView {
    let skills = fit.skills;
    let list = |title: &'static str, names: Vec<String>| {
        (!names.is_empty()).then(|| view! { <dd class="why">{title}{names.join(", ")}</dd> })
    };
    let related =
        skills.related.into_iter().map(|(asked, own)| [asked, " (through ".into(), own, ")".into()].concat()).collect();
    view! {
        <dl class="parts">
            <div>
                <dt>"Skills"</dt>
                <dd>{points(skills.score, skills.weight)}</dd>
                <dd class="why">{skills.reason}</dd>
                {list("Have: ", skills.matched)}
                {list("Close: ", related)}
                {list("Missing: ", skills.missing)}
            </div>
            {part("Location", fit.location)}
            {part("Experience", fit.experience)}
            {(!fit.would_change.is_empty()).then(|| view! {
                <div><dt>"What would change it"</dt>{fit.would_change.into_iter().map(|line| view! { <dd class="why">{line}</dd> }).collect_view()}</div>
            })}
        </dl>
    }
}

fn part(name: &'static str, part: PartFit) -> impl IntoView {
    view! { <div><dt>{name}</dt><dd>{points(part.score, part.weight)}</dd><dd class="why">{part.reason}</dd></div> }
}

fn points(score: u8, weight: u8) -> String {
    [score.to_string(), " of ".into(), weight.to_string()].concat()
}
