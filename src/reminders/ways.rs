//! The ways a reminder reaches its person. Each writes what it sends in the transaction that takes the reminder up, so that both
//! happen or neither.
//!
//! Another way is one more function here: it puts its message into a queue of its own in `change.tx`, and a worker like mail's sends it;
//! its switch is a column of `reminder_settings`.

use super::{
    Kind, Settings,
    store::{self, Reminder},
    words::{self, Subject},
};
use crate::{
    error::Result,
    events::Change,
    mail::{self, messages},
    push::{self, actions::Push, content::Content},
    tasks::clock,
};
use chrono::{DateTime, Days, Duration, NaiveDateTime, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;
use serde_json::json;

/// How long after something was due, or was told, its message is of use on a device.
const TASK_HOLDS: Duration = Duration::days(1);
const INTERVIEW_HOLDS: Duration = Duration::hours(1);

/// Reminds in every way its person wants.
pub async fn tell(change: &mut Change, reminder: &Reminder, subject: &Subject, settings: &Settings) -> Result<()> {
    live(change, reminder, subject, settings);
    if settings.mail {
        by_mail(change, reminder, subject, settings).await?;
    }
    by_push(change, reminder, subject, settings).await
}

/// The event that open pages show as a note, and the activity list as a line.
fn live(change: &mut Change, reminder: &Reminder, subject: &Subject, settings: &Settings) {
    let mut detail = subject.told.clone();
    detail["kind"] = json!(reminder.kind);
    detail["due_at"] = json!(reminder.due_at);
    detail["late"] = json!(words::is_late(reminder, change.at));
    detail["path"] = json!(subject.path);
    detail["live"] = json!(settings.live);
    change.record("reminder.due", Some(reminder.entity_id), detail);
}

/// A message to the confirmed address; in quiet hours it waits until they end.
async fn by_mail(change: &mut Change, reminder: &Reminder, subject: &Subject, settings: &Settings) -> Result<()> {
    let Some(to) = store::confirmed_address(&mut change.tx, change.who).await? else { return Ok(()) };
    let (zone, now) = (change.zone(), change.at);
    let at = awake(settings, zone, now);
    let due = words::due(reminder.due_at, now, words::is_late(reminder, now), zone);
    // What a posting calls a job is not the person's own text: no mail has it.
    let title = match reminder.kind {
        Kind::Task => subject.title.as_str(),
        Kind::Interview => "An interview",
    };
    let app = change.app();
    let message = messages::reminder(&app.config.public_url, title, &due, &subject.path);
    mail::enqueue(&mut change.tx, Some(change.who), &to, &message, at).await
}

/// A message on each of the person's devices; in quiet hours it waits until they end, or until it is of no use any more.
async fn by_push(change: &mut Change, reminder: &Reminder, subject: &Subject, settings: &Settings) -> Result<()> {
    let (wanted, kind, holds) = match reminder.kind {
        Kind::Task => (settings.push_tasks, push::Kind::Task, TASK_HOLDS),
        Kind::Interview => (settings.push_interviews, push::Kind::Interview, INTERVIEW_HOLDS),
    };
    if !wanted {
        return Ok(());
    }
    let (zone, now) = (change.zone(), change.at);
    let due = words::due(reminder.due_at, now, words::is_late(reminder, now), zone);
    let content =
        Content::Reminder { title: subject.title.clone(), body: format!("{due}."), path: subject.path.clone() };
    let topic = reminder.id.0.simple().to_string();
    let at = awake(settings, zone, now);
    push::actions::show(change, &Push { kind, topic: &topic, at, until: reminder.due_at.max(now) + holds }, &content)
        .await
}

/// Now, or when the quiet hours end that it is in.
pub fn awake(settings: &Settings, zone: Tz, now: DateTime<Utc>) -> DateTime<Utc> {
    let Some((from, until)) = settings.quiet_from.zip(settings.quiet_until) else { return now };
    let local = clock::local(zone, now);
    let minute = i64::from(local.num_seconds_from_midnight() / 60);
    let quiet = if from < until { (from..until).contains(&minute) } else { minute >= from || minute < until };
    let end = || -> Option<DateTime<Utc>> {
        let time = NaiveTime::MIN + Duration::minutes(until);
        let day = if minute < until { local.date() } else { local.date().checked_add_days(Days::new(1))? };
        clock::moment(zone, NaiveDateTime::new(day, time))
    };
    if quiet { end().unwrap_or(now).max(now) } else { now }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_end_in_the_morning() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a moment");
        let berlin = chrono_tz::Europe::Berlin;
        let night = Settings { quiet_from: Some(22 * 60), quiet_until: Some(7 * 60), ..Settings::default() };
        for (now, then) in [
            ("2026-12-01T20:59:00Z", "2026-12-01T20:59:00Z"),
            ("2026-12-01T21:00:00Z", "2026-12-02T06:00:00Z"),
            ("2026-12-02T03:00:00Z", "2026-12-02T06:00:00Z"),
            ("2026-12-02T06:00:00Z", "2026-12-02T06:00:00Z"),
            // The night of the change to winter time.
            ("2026-10-24T21:00:00Z", "2026-10-25T06:00:00Z"),
        ] {
            assert_eq!(awake(&night, berlin, at(now)), at(then), "{now}");
        }
        let noon = Settings { quiet_from: Some(12 * 60), quiet_until: Some(13 * 60 + 30), ..Settings::default() };
        assert_eq!(awake(&noon, Tz::UTC, at("2026-12-01T12:10:00Z")), at("2026-12-01T13:30:00Z"));
        assert_eq!(awake(&noon, Tz::UTC, at("2026-12-01T23:10:00Z")), at("2026-12-01T23:10:00Z"));
        assert_eq!(awake(&Settings::default(), berlin, at("2026-12-01T02:00:00Z")), at("2026-12-01T02:00:00Z"));
    }
}
