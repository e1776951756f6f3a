//! What is due on a day.

use super::For;
use crate::{
    applications::{
        ApplicationStatus,
        tracker::{self, store::Posted},
    },
    briefings::{
        content::{Due, What},
        days::{self, Span},
    },
    error::{Error, Result},
    ids::TaskId,
    interviews::{self, store::Upcoming},
    offers,
    reminders::{self, store::Reminder},
    tasks::{self, store::Kept},
};
use chrono::{DateTime, Duration, NaiveDate, Utc};

/// Tasks overdue for longer are forgotten ones.
const OVERDUE: Duration = Duration::days(90);
/// Applications that are looked at for the last day to apply.
const POSTINGS: i64 = 2_000;

/// Everything due on a day: first what has the whole day, then by time.
pub async fn on(about: &For<'_>, day: NaiveDate) -> Result<Vec<Due>> {
    let (app, who) = (about.app, about.who.user);
    let span = Span::of(about.zone, day, 1);
    let mut all: Vec<(Option<DateTime<Utc>>, Due)> = Vec::new();
    for offer in offers::store::with_deadlines(app, who, day, day).await? {
        let title = format!("Decide on the offer: {} at {}", offer.title, offer.company);
        all.push((None, whole_day(What::Decision, title, format!("/applications/{}", offer.application_id))));
    }
    for Posted { line, closes_on, .. } in tracker::store::open(&app.db, who, POSTINGS).await? {
        if closes_on == Some(day) && line.status == ApplicationStatus::Interested {
            let title = format!("Last day to apply: {} at {}", line.title, line.company);
            all.push((None, whole_day(What::Closing, title, format!("/applications/{}", line.id))));
        }
    }
    for interview in interviews::store::upcoming(&app.db, who, span.from, span.until).await? {
        if !interview.cancelled && span.has(interview.starts_at) {
            all.push((Some(interview.starts_at), of_interview(about, &interview)));
        }
    }
    for task in tasks::store::due_between(app, who, span.from, span.until).await? {
        let Some(due) = task.state.due_at else { continue };
        let at = days::time(about.zone, due);
        all.push((Some(due), of_task(task, at)));
    }
    for reminder in reminders::store::between(&app.db, who, span.from, span.until).await? {
        if !span.has(reminder.due_at)
            && let Some(due) = of_reminder(about, &reminder).await?
        {
            all.push((Some(reminder.at), due));
        }
    }
    all.sort_by(|(at, one), (other, two)| at.cmp(other).then_with(|| one.title.cmp(&two.title)));
    Ok(all.into_iter().map(|(_, due)| due).collect())
}

/// Tasks that were due before the day, the latest first.
pub async fn overdue(about: &For<'_>) -> Result<Vec<Due>> {
    let from = about.span().from;
    let tasks = tasks::store::due_between(about.app, about.who.user, from - OVERDUE, from).await?;
    let due = |task: Kept| {
        let day = task.state.due_at.map(|at| days::short(at.with_timezone(&about.zone).date_naive()));
        of_task(task, day.unwrap_or_default())
    };
    Ok(tasks.into_iter().rev().map(due).collect())
}

fn whole_day(what: What, title: String, path: String) -> Due {
    Due { what, title, about: String::new(), at: String::new(), path }
}

fn of_task(task: Kept, at: String) -> Due {
    let path = match task.state.application_id {
        Some(id) => format!("/applications/{id}"),
        None => "/applications/tasks".to_owned(),
    };
    Due { what: What::Task, title: task.state.title, about: task.about, at, path }
}

fn of_interview(about: &For<'_>, interview: &Upcoming) -> Due {
    let kind = interview.kind.label().to_lowercase();
    let until = days::time(about.zone, interview.ends_at);
    let place = if interview.place.is_empty() { String::new() } else { format!(", {}", interview.place) };
    Due {
        what: What::Interview,
        title: format!("Interview: {} at {}", interview.title, interview.company),
        about: format!("Round {}, {kind}, until {until}{place}", interview.round),
        at: days::time(about.zone, interview.starts_at),
        path: format!("/applications/interviews/{}", interview.id),
    }
}

/// A reminder of something later; None where that is gone.
async fn of_reminder(about: &For<'_>, reminder: &Reminder) -> Result<Option<Due>> {
    let (app, who) = (about.app, about.who.user);
    let due = match reminder.kind {
        reminders::Kind::Task => match tasks::store::get(app, who, TaskId(reminder.entity_id)).await {
            Ok(task) if task.state.done_at.is_none() => of_task(task, String::new()),
            Ok(_) | Err(Error::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        },
        reminders::Kind::Interview => {
            let (from, until) = (reminder.due_at, reminder.due_at + Duration::seconds(1));
            let near = interviews::store::upcoming(&app.db, who, from, until).await?;
            match near.iter().find(|interview| interview.id.0 == reminder.entity_id && !interview.cancelled) {
                Some(interview) => of_interview(about, interview),
                None => return Ok(None),
            }
        }
    };
    let day = days::short(reminder.due_at.with_timezone(&about.zone).date_naive());
    let then = format!("Due {day}, {}", days::time(about.zone, reminder.due_at));
    Ok(Some(Due {
        what: What::Reminder,
        title: format!("Reminder: {}", due.title),
        about: if due.about.is_empty() { then } else { format!("{then}. {}", due.about) },
        at: days::time(about.zone, reminder.at),
        path: due.path,
    }))
}
