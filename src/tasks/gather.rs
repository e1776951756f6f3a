//! Gathers tasks for pages.

use super::{
    Group, TaskLine, TaskPage, clock,
    store::{self, Kept},
};
use crate::{
    applications::{self, tracker},
    db,
    error::Result,
    ids::ApplicationId,
    reminders,
    session::Who,
    state::App,
};
use chrono::{DateTime, Datelike, Days, Duration, Utc};
use chrono_tz::Tz;

/// Days for which what was done is shown.
const DONE_DAYS: i64 = 30;

/// The person's tasks by when they are due.
pub async fn page(app: &App, who: &Who) -> Result<TaskPage> {
    let now = db::now();
    let zone = clock::zone(&app.db, who.user).await?;
    let mut all = store::open(app, who.user, None).await?;
    all.extend(store::done_since(app, who.user, now - Duration::days(DONE_DAYS), None).await?);
    let mut groups: Vec<(Group, Vec<TaskLine>)> = Group::ALL.into_iter().map(|group| (group, Vec::new())).collect();
    for kept in all {
        let group = group(&kept, zone, now);
        if let Some((_, lines)) = groups.iter_mut().find(|(own, _)| *own == group) {
            lines.push(line(kept, zone, now));
        }
    }
    groups.retain(|(_, lines)| !lines.is_empty());
    Ok(TaskPage {
        groups,
        applications: tracker::store::names(&app.db, who.user).await?,
        reminding: reminders::actions::reminding(app, who).await?,
    })
}

/// The tasks of an application.
pub async fn of_application(app: &App, who: &Who, id: ApplicationId) -> Result<Vec<TaskLine>> {
    applications::store::get(app, who.user, id).await?;
    let now = db::now();
    let zone = clock::zone(&app.db, who.user).await?;
    let mut all = store::open(app, who.user, Some(id)).await?;
    all.extend(store::done_since(app, who.user, now - Duration::days(DONE_DAYS), Some(id)).await?);
    Ok(all.into_iter().map(|kept| line(kept, zone, now)).collect())
}

fn line(kept: Kept, zone: Tz, now: DateTime<Utc>) -> TaskLine {
    let due = kept.state.due_at;
    TaskLine {
        due_input: due.map(|at| clock::input(zone, at)).unwrap_or_default(),
        due_text: due.map(|at| clock::said(zone, at)).unwrap_or_default(),
        late: kept.state.done_at.is_none() && due.is_some_and(|at| at < now),
        about: kept.about.clone(),
        task: kept.into(),
    }
}

/// Where a task stands: by days where the person is; a week ends on Sunday.
fn group(kept: &Kept, zone: Tz, now: DateTime<Utc>) -> Group {
    if kept.state.done_at.is_some() {
        return Group::Done;
    }
    let Some(due) = kept.state.due_at else { return Group::Undated };
    let (day, today) = (clock::local(zone, due).date(), clock::local(zone, now).date());
    let until = |days: u32| today.checked_add_days(Days::new(days.into())).is_none_or(|last| day <= last);
    match () {
        () if due < now => Group::Overdue,
        () if until(0) => Group::Today,
        () if until(1) => Group::Tomorrow,
        () if until(6 - today.weekday().num_days_from_monday()) => Group::Week,
        () => Group::Later,
    }
}
