//! What stands in the calendar.

use crate::{
    applications::{
        ApplicationStatus,
        tracker::{self, store::Posted},
    },
    db,
    error::Result,
    ids::UserId,
    interviews::{self, store::Upcoming},
    offers,
    state::App,
    tasks::{self, clock},
};
use calendar::{Calendar, Event, Span, Status};
use chrono::{DateTime, Duration, Utc};

/// How far the calendar goes back and ahead.
pub const BACK: Duration = Duration::days(90);
const AHEAD: Duration = Duration::days(400);
/// Postings that are looked at for their last day.
const POSTINGS: i64 = 2_000;
/// How long a task takes in the calendar.
const TASK: Duration = Duration::minutes(15);

/// The person's whole calendar.
pub async fn calendar(app: &App, who: UserId) -> Result<Calendar> {
    let now = db::now();
    let zone = clock::zone(&app.db, who).await?;
    let mut events: Vec<Event> = interviews::store::upcoming(&app.db, who, now - BACK, now + AHEAD)
        .await?
        .into_iter()
        .map(|interview| of_interview(app, interview))
        .collect();
    let today = now.with_timezone(&zone).date_naive();
    for offer in offers::store::with_deadlines(app, who, today - BACK, today + AHEAD).await? {
        let Some(day) = offer.terms.decide_by else { continue };
        events.push(Event {
            summary: format!("Decide on the offer: {} at {}", offer.title, offer.company),
            url: Some(address(app, &format!("/applications/{}", offer.application_id))),
            created: offer.created_at,
            modified: offer.updated_at,
            sequence: sequence(offer.version),
            alarms: vec![24 * 60],
            ..entry(app, "offer", &offer.id.to_string(), Span::Days { first: day, last: day })
        });
    }
    for Posted { line, closes_on, .. } in tracker::store::open(&app.db, who, POSTINGS).await? {
        let near = closes_on.filter(|day| (today - BACK..=today + AHEAD).contains(day));
        let Some(day) = near.filter(|_| line.status == ApplicationStatus::Interested) else { continue };
        events.push(Event {
            summary: format!("Last day to apply: {} at {}", line.title, line.company),
            url: Some(address(app, &format!("/applications/{}", line.id))),
            created: line.since,
            modified: line.since,
            sequence: sequence(line.version),
            alarms: vec![24 * 60],
            ..entry(app, "closing", &line.id.to_string(), Span::Days { first: day, last: day })
        });
    }
    for task in tasks::store::due_between(app, who, now - BACK, now + AHEAD).await? {
        let Some(due) = task.state.due_at else { continue };
        let start = due.with_timezone(&zone);
        let path = match task.state.application_id {
            Some(id) => format!("/applications/{id}"),
            None => "/applications/tasks".to_owned(),
        };
        events.push(Event {
            summary: task.state.title.clone(),
            description: task.about.clone(),
            url: Some(address(app, &path)),
            created: task.created_at,
            modified: task.updated_at,
            sequence: sequence(task.version),
            ..entry(app, "task", &task.id.to_string(), Span::Zoned { start, end: start + TASK })
        });
    }
    Ok(Calendar { name: "Career Co-Pilot".into(), events, now })
}

/// An interview, as it stands in the calendar and in a file of its own.
pub fn of_interview(app: &App, interview: Upcoming) -> Event {
    let zone: chrono_tz::Tz = interview.time_zone.parse().unwrap_or(chrono_tz::UTC);
    let at = |moment: DateTime<Utc>| moment.with_timezone(&zone);
    let page = address(app, &format!("/applications/{}", interview.application_id));
    let link = interview.link.clone();
    // Where there is no place, readers show the link as one.
    let location = if interview.place.is_empty() { link.clone().unwrap_or_default() } else { interview.place.clone() };
    let description = [link.map(|link| format!("Link: {link}")), Some(page.clone())];
    Event {
        summary: format!("Interview: {} at {}", interview.title, interview.company),
        description: description.into_iter().flatten().collect::<Vec<_>>().join("\n"),
        location,
        url: Some(page),
        modified: interview.updated_at,
        sequence: sequence(interview.sequence),
        status: if interview.cancelled { Status::Cancelled } else { Status::Confirmed },
        alarms: vec![60],
        ..entry(
            app,
            "interview",
            &interview.id.to_string(),
            Span::Zoned { start: at(interview.starts_at), end: at(interview.ends_at) },
        )
    }
}

/// What all entries have in common.
fn entry(app: &App, kind: &str, id: &str, span: Span) -> Event {
    let now = db::now();
    let host = url::Url::parse(&app.config.public_url).ok().and_then(|url| url.host_str().map(str::to_owned));
    Event {
        uid: format!("{kind}-{id}@{}", host.unwrap_or_else(|| "career-copilot".into())),
        sequence: 0,
        created: now,
        modified: now,
        span,
        summary: String::new(),
        description: String::new(),
        location: String::new(),
        url: None,
        organizer: None,
        attendees: Vec::new(),
        status: Status::Confirmed,
        alarms: Vec::new(),
        categories: vec!["Job search".into()],
    }
}

fn sequence(version: i64) -> u32 {
    u32::try_from(version).unwrap_or(u32::MAX)
}

fn address(app: &App, path: &str) -> String {
    format!("{}{path}", app.config.public_url.trim_end_matches('/'))
}
