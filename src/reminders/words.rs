//! What a reminder is about, and how it is said.

use super::{Kind, store::Reminder};
use crate::{
    alerts::Notice,
    applications,
    error::{Error, Result},
    events::{Activity, Change},
    ids::{InterviewId, TaskId, UserId},
    interviews::{self, InterviewResult},
    jobs,
    state::App,
    tasks::{self, clock},
};
use chrono::{DateTime, Duration, Utc};
use serde_json::Value;

/// A reminder told this long after its moment says so.
const LATE: Duration = Duration::minutes(5);

/// What a reminder is about.
pub struct Subject {
    /// What the person called it.
    pub title: String,
    /// Where it is, from the site's root.
    pub path: String,
    /// For the activity list; it is kept in the open, so it has no title.
    pub told: Value,
}

/// What a reminder is about; None when that is done, removed or changed since.
pub async fn subject(change: &mut Change, reminder: &Reminder) -> Result<Option<Subject>> {
    let (app, who) = (change.app(), change.who);
    let mut told = Value::Object(Default::default());
    let mut about = None;
    let mut path = "/applications/tasks".to_owned();
    if let Some(id) = reminder.application_id {
        // In the bin: there is nothing to do for it.
        let Some(application) = found(applications::store::get_in(&app, &mut change.tx, who, id).await)? else {
            return Ok(None);
        };
        let brief = jobs::store::brief(&mut change.tx, who, application.job_id).await?;
        path = format!("/applications/{id}");
        told = applications::actions::told(&brief);
        about = Some(format!("{} at {}", brief.title, brief.company));
    }
    let title = match reminder.kind {
        Kind::Task => {
            let Some(task) = found(tasks::store::get_in(&app, &mut change.tx, who, TaskId(reminder.entity_id)).await)?
            else {
                return Ok(None);
            };
            if task.state.done_at.is_some() || task.state.due_at != Some(reminder.due_at) {
                return Ok(None);
            }
            task.state.title
        }
        Kind::Interview => {
            let id = InterviewId(reminder.entity_id);
            let Some(interview) = found(interviews::store::get_in(&app, &mut change.tx, who, id).await)? else {
                return Ok(None);
            };
            if interview.result != InterviewResult::Planned || interview.starts_at != reminder.due_at {
                return Ok(None);
            }
            about.map_or_else(|| "Interview".to_owned(), |about| format!("Interview: {about}"))
        }
    };
    Ok(Some(Subject { title, path, told }))
}

fn found<T>(result: Result<T>) -> Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether a reminder is told much later than planned.
pub fn is_late(reminder: &Reminder, now: DateTime<Utc>) -> bool {
    now - reminder.at > LATE
}

/// When it is due, in words: "Due now", "Due Tue 1 Dec 2026, 14:00", "This reminder is late: it was due …".
pub fn due(due: DateTime<Utc>, now: DateTime<Utc>, late: bool, zone: chrono_tz::Tz) -> String {
    let time = clock::said(zone, due);
    match () {
        () if late && due <= now => format!("This reminder is late: it was due {time}"),
        () if late => format!("This reminder is late: it is due {time}"),
        () if due <= now => "Due now".to_owned(),
        () => format!("Due {time}"),
    }
}

/// What a toast says about a reminder's event.
pub async fn notice(app: &App, who: UserId, event: &Activity) -> Result<Option<Notice>> {
    let detail = &event.detail.0;
    let due_at = detail["due_at"].as_str().and_then(|text| text.parse::<DateTime<Utc>>().ok());
    let Some((due_at, id)) = due_at.zip(event.entity_id) else { return Ok(None) };
    let title = if detail["kind"] == "interview" {
        let job = detail["title"].as_str().zip(detail["company"].as_str());
        job.map_or_else(|| "Interview".to_owned(), |(title, company)| format!("Interview: {title} at {company}"))
    } else {
        match found(tasks::store::get(app, who, TaskId(id)).await)? {
            Some(task) => task.state.title,
            None => return Ok(None),
        }
    };
    let zone = clock::zone(&app.db, who).await?;
    let due = due(due_at, event.at, detail["late"] == true, zone);
    let href = detail["path"].as_str().unwrap_or("/applications/tasks").to_owned();
    Ok(Some(Notice { text: format!("{title}. {due}."), href }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_one_says_so() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a moment");
        let (now, berlin) = (at("2026-12-01T13:00:00Z"), chrono_tz::Europe::Berlin);
        assert_eq!(due(now, now, false, berlin), "Due now");
        assert_eq!(due(at("2026-12-01T14:00:00Z"), now, false, berlin), "Due Tue 1 Dec 2026, 15:00");
        assert_eq!(
            due(at("2026-12-01T10:00:00Z"), now, true, berlin),
            "This reminder is late: it was due Tue 1 Dec 2026, 11:00"
        );
        assert_eq!(
            due(at("2026-12-01T14:00:00Z"), now, true, berlin),
            "This reminder is late: it is due Tue 1 Dec 2026, 15:00"
        );
    }
}
