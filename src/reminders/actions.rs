//! Planning reminders, and how a person wants them.

use super::{
    Kind, Reminding, Settings,
    store::{self, Reminder},
    words,
};
use crate::{
    accounts,
    alerts::Notice,
    error::{Check, Result},
    events::{Activity, Change},
    ids::{ApplicationId, ReminderId},
    push,
    session::Who,
    state::App,
    tasks::clock,
};
use chrono::{DateTime, Duration, NaiveTime, Timelike, Utc};
use serde_json::json;
use uuid::Uuid;

/// What to remind of, and when.
pub struct Plan {
    pub kind: Kind,
    pub entity: Uuid,
    pub application: Option<ApplicationId>,
    /// When it is due.
    pub due: DateTime<Utc>,
    /// How long before that to remind.
    pub minutes_before: i64,
}

/// Plans the one reminder of a thing; what was planned before and not told yet is forgotten. When the moment to remind has passed
/// and it is not due yet, its person is reminded when it is due; nothing is told of what was due before it was planned.
pub async fn plan(change: &mut Change, plan: &Plan) -> Result<()> {
    forget(change, plan.kind, plan.entity).await?;
    if plan.due <= change.at {
        return Ok(());
    }
    let early = plan.due.checked_sub_signed(Duration::minutes(plan.minutes_before)).filter(|at| *at > change.at);
    let new = Reminder {
        id: ReminderId::fresh(),
        kind: plan.kind,
        entity_id: plan.entity,
        application_id: plan.application,
        at: early.unwrap_or(plan.due),
        due_at: plan.due,
    };
    store::plan(&mut change.tx, change.who, &new, change.at).await?;
    change.app().reminding.notify_one();
    Ok(())
}

/// Forgets what was planned for a thing and not told yet.
pub async fn forget(change: &mut Change, kind: Kind, entity: Uuid) -> Result<()> {
    store::forget(&mut change.tx, change.who, kind, entity).await
}

/// What the card about reminders shows.
pub async fn reminding(app: &App, who: &Who) -> Result<Reminding> {
    Ok(Reminding {
        settings: store::settings(&app.db, who.user).await?,
        confirmed: accounts::store::email_verified_at(&app.db, who.user).await?.is_some(),
        zone: clock::zone(&app.db, who.user).await?.name().to_owned(),
        pushing: push::actions::load(app, who).await?,
    })
}

/// Says how to remind. What waits for devices and is not wanted there any more is forgotten.
pub async fn save(app: &App, who: &Who, settings: Settings, from: &str, until: &str) -> Result<()> {
    let mut check = Check::default();
    let (quiet_from, quiet_until) = (minute(from), minute(until));
    for (field, text, read) in [("quiet_from", from, quiet_from), ("quiet_until", until, quiet_until)] {
        check.that(text.trim().is_empty() || read.is_some(), field, "Please enter a time, such as 22:00.");
    }
    check.that(
        from.trim().is_empty() == until.trim().is_empty(),
        if from.trim().is_empty() { "quiet_from" } else { "quiet_until" },
        "Please enter both times, or none.",
    );
    check.that(
        quiet_from.is_none() || quiet_from != quiet_until,
        "quiet_until",
        "Please enter another time than the first: a whole day would be quiet.",
    );
    check.done()?;
    let mut change = app.change(who.user).await?;
    let settings = Settings { quiet_from, quiet_until, ..settings };
    store::set(&mut change.tx, who.user, &settings).await?;
    for (wanted, kind) in [
        (settings.push_tasks, push::Kind::Task),
        (settings.push_interviews, push::Kind::Interview),
        (settings.push_matches, push::Kind::Match),
    ] {
        if !wanted {
            push::store::forget(&mut change.tx, who.user, kind).await?;
        }
    }
    change.record("reminder.settings", None, json!({}));
    change.commit().await
}

/// The minute of the day.
fn minute(text: &str) -> Option<i64> {
    let time = ["%H:%M", "%H:%M:%S"].iter().find_map(|format| NaiveTime::parse_from_str(text.trim(), format).ok())?;
    Some(i64::from(time.num_seconds_from_midnight() / 60))
}

/// What a toast says about a reminder's event; nothing where its person wants none.
pub async fn notice(app: &App, who: &Who, event: &Activity) -> Result<Option<Notice>> {
    if event.detail.0["live"] != true {
        return Ok(None);
    }
    words::notice(app, who.user, event).await
}

#[cfg(test)]
mod tests {
    use super::minute;

    #[test]
    fn times_are_minutes_of_the_day() {
        assert_eq!([minute("00:00"), minute(" 22:30 "), minute("07:05:00")], [Some(0), Some(1_350), Some(425)]);
        assert!(["24:00", "7", "late", ""].into_iter().all(|text| minute(text).is_none()));
    }
}
