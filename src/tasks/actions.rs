//! What can be done with tasks. Every way to change one ends in [`write`], which notes it, plans its reminder and tells of it.

use super::{
    Remind, Repeat, Task, clock, repeat,
    store::{self, Kept, State},
};
use crate::{
    acts::{
        Done, Entity,
        actions::{Deed, note},
    },
    api::idempotency,
    applications::{
        self,
        actions::{finish as end, told},
    },
    error::{Check, Error, Result},
    events::Change,
    ids::{ApplicationId, TaskId},
    jobs::{self, draft::is_sensible},
    reminders::{self, Kind, actions::Plan},
    seal,
    session::Who,
    state::App,
};
use chrono::{DateTime, Datelike, Days, Timelike, Utc};
use serde_json::json;

/// Longest title and longest notes, in characters.
pub const TITLE: usize = 200;
pub const NOTES: usize = 10_000;

/// A task as a form or a program wants it.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    pub application_id: Option<ApplicationId>,
    pub title: String,
    pub notes: String,
    pub due_at: Option<DateTime<Utc>>,
    pub repeat: Repeat,
    pub remind: Remind,
}

impl Wanted {
    /// In order, with a time that both databases can keep; what is wrong is named by field.
    pub fn checked(self) -> Result<Self> {
        let title = self.title.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
        let notes = self.notes.replace('\0', "").trim().to_owned();
        let mut check = Check::default();
        check
            .that(!title.is_empty(), "title", "Please say what is to be done.")
            .that(title.chars().count() <= TITLE, "title", "Please use at most 200 characters.")
            .that(notes.chars().count() <= NOTES, "notes", "Please use at most 10,000 characters.")
            .that(
                self.due_at.is_none_or(|at| is_sensible(at.date_naive())),
                "due_at",
                "Please enter a time from the years 1900 to 2999.",
            )
            .that(
                self.repeat == Repeat::None || self.due_at.is_some(),
                "repeat",
                "Please say when it is due first: the others are counted from that.",
            )
            .that(
                self.remind == Remind::None || self.due_at.is_some(),
                "remind",
                "Please say when it is due, or choose no reminder.",
            );
        check.done()?;
        let due_at = self.due_at.and_then(|at| DateTime::from_timestamp_micros(at.timestamp_micros()));
        Ok(Wanted { title, notes, due_at, ..self })
    }

    fn state(self, change: &Change) -> State {
        let first = self.due_at.filter(|_| self.repeat != Repeat::None);
        let anchor = first.and_then(|at| clock::local(change.zone(), at).with_nanosecond(0));
        State {
            application_id: self.application_id,
            title: self.title,
            notes: self.notes,
            due_at: self.due_at,
            repeat: self.repeat,
            anchor,
            nth: 0,
            remind: self.remind,
            done_at: None,
            deleted_at: None,
        }
    }
}

/// Adds a task. `key` is the request's idempotency key.
pub async fn create(app: &App, who: &Who, wanted: Wanted, key: Option<(String, String)>) -> Result<Kept> {
    let wanted = wanted.checked()?;
    let mut change = app.change(who.user).await?;
    if let Some(id) = idempotency::claim(&mut change.tx, who.user, key.as_ref()).await? {
        return store::get_in(app, &mut change.tx, who.user, TaskId(id)).await;
    }
    let kept = add(&mut change, wanted).await?;
    idempotency::keep(&mut change.tx, who.user, key, kept.id.0).await?;
    change.commit().await?;
    Ok(kept)
}

/// Adds a task inside a change.
pub async fn add(change: &mut Change, wanted: Wanted) -> Result<Kept> {
    let state = wanted.checked()?.state(change);
    write(change, None, state, "created").await
}

/// Replaces everything of a task but whether it is done. With the version that was seen, another one now is a conflict.
pub async fn update(app: &App, who: &Who, id: TaskId, wanted: Wanted, seen: Option<i64>) -> Result<Kept> {
    let wanted = wanted.checked()?;
    let mut change = app.change(who.user).await?;
    let before = seen_in(&mut change, id, seen).await?;
    let after = change_to(&mut change, before, wanted).await?;
    change.commit().await?;
    Ok(after)
}

/// The task, if it is the one that was seen.
pub async fn seen_in(change: &mut Change, id: TaskId, seen: Option<i64>) -> Result<Kept> {
    let before = store::get_in(&change.app(), &mut change.tx, change.who, id).await?;
    if seen.is_some_and(|seen| seen != before.version) { Err(Error::changed(&Task::from(before))) } else { Ok(before) }
}

/// Replaces everything inside a change. The days of a repeated task are counted anew when it is due at another time or repeated
/// in another way.
pub async fn change_to(change: &mut Change, before: Kept, wanted: Wanted) -> Result<Kept> {
    let same_times = (before.state.due_at, before.state.repeat) == (wanted.due_at, wanted.repeat);
    let mut after = State { done_at: before.state.done_at, ..wanted.state(change) };
    if same_times {
        (after.anchor, after.nth) = (before.state.anchor, before.state.nth);
    }
    if after == before.state { Ok(before) } else { write(change, Some(&before), after, "changed").await }
}

/// What came of marking a task done.
pub struct Finished {
    pub done: Done,
    pub task: Kept,
    /// The next time of a repeated one.
    pub next: Option<Kept>,
}

/// Marks a task done, and makes the next of a repeated one: the first after now and after it was due. One that is done already
/// stays as it is.
pub async fn finish(app: &App, who: &Who, id: TaskId, seen: Option<i64>) -> Result<Finished> {
    let mut change = app.change(who.user).await?;
    let before = seen_in(&mut change, id, seen).await?;
    if before.state.done_at.is_some() {
        return Ok(Finished { done: end(change, 0).await?, task: before, next: None });
    }
    let (task, next) = finish_in(&mut change, &before).await?;
    Ok(Finished { done: end(change, 1).await?, task, next })
}

/// Marks a task done inside a change, and makes the next of a repeated one.
pub async fn finish_in(change: &mut Change, before: &Kept) -> Result<(Kept, Option<Kept>)> {
    let done = State { done_at: Some(change.at), ..before.state.clone() };
    let task = write(change, Some(before), done, "done").await?;
    let next = match next_of(change, &before.state) {
        Some(next) => Some(write(change, None, next, "created").await?),
        None => None,
    };
    Ok((task, next))
}

fn next_of(change: &Change, state: &State) -> Option<State> {
    let (zone, due) = (change.zone(), state.due_at?);
    let after = clock::local(zone, due.max(change.at));
    let (nth, time) = repeat::next(state.anchor?, state.repeat, state.nth, after)?;
    Some(State { due_at: Some(clock::moment(zone, time)?), nth, done_at: None, ..state.clone() })
}

/// Marks a task not done again; the next of a repeated one was made already, so it is repeated no more.
pub async fn reopen(app: &App, who: &Who, id: TaskId, seen: Option<i64>) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let before = seen_in(&mut change, id, seen).await?;
    if before.state.done_at.is_none() {
        return end(change, 0).await;
    }
    let after = State { done_at: None, repeat: Repeat::None, anchor: None, nth: 0, ..before.state.clone() };
    write(&mut change, Some(&before), after, "reopened").await?;
    end(change, 1).await
}

/// Puts a task off to `tomorrow` or the next `monday` at 9:00, or to the time `at`. When the others of a repeated one are due
/// stays as it is.
pub async fn put_off(app: &App, who: &Who, id: TaskId, to: &str, at: &str, seen: Option<i64>) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let before = seen_in(&mut change, id, seen).await?;
    if before.state.done_at.is_some() {
        return Err(Error::Conflict("This task is done already.".into()));
    }
    let today = change.today();
    let morning = |days: u32| {
        let day = today.checked_add_days(Days::new(days.into()))?;
        clock::moment(change.zone(), day.and_time(clock::MORNING))
    };
    let due = match to {
        "tomorrow" => morning(1),
        "monday" => morning(7 - today.weekday().num_days_from_monday()),
        "at" => change.local(at).filter(|at| is_sensible(at.date_naive())),
        _ => return Err(Error::invalid("to", "Please choose one of the list.")),
    };
    let due = due.ok_or_else(|| Error::invalid("at", "Please enter a date and a time, such as 2026-11-27 14:30."))?;
    if due <= change.at {
        return Err(Error::invalid("at", "This has passed. Please enter a time that is still to come."));
    }
    write(&mut change, Some(&before), State { due_at: Some(due), ..before.state.clone() }, "put_off").await?;
    end(change, 1).await
}

/// Puts a task into the bin.
pub async fn remove(app: &App, who: &Who, id: TaskId) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let before = seen_in(&mut change, id, None).await?;
    let after = State { deleted_at: Some(change.at), ..before.state.clone() };
    write(&mut change, Some(&before), after, "removed").await?;
    end(change, 1).await
}

/// Writes a task, notes it so that it can be taken back, plans its reminder and tells of it.
async fn write(change: &mut Change, before: Option<&Kept>, after: State, verb: &str) -> Result<Kept> {
    let kept = put(change, before, after).await?;
    let deed = Deed { application: kept.state.application_id, entity: Entity::Task, id: kept.id.0, verb };
    note(change, deed, before.map(|kept| &kept.state), &kept.state).await?;
    tell(change, &kept, &format!("task.{verb}")).await?;
    Ok(kept)
}

/// Writes a task and plans its reminder.
pub async fn put(change: &mut Change, before: Option<&Kept>, after: State) -> Result<Kept> {
    let (app, who, at) = (change.app(), change.who, change.at);
    let key = seal::key_in(&app, &mut change.tx, who).await?;
    let kept = match before {
        Some(before) => Kept { state: after, version: before.version + 1, updated_at: at, ..before.clone() },
        None => {
            Kept { id: TaskId::fresh(), state: after, version: 1, created_at: at, updated_at: at, about: String::new() }
        }
    };
    let before_id = before.and_then(|before| before.state.application_id);
    if let Some(id) = kept.state.application_id.filter(|id| Some(*id) != before_id) {
        // Only to the person's own, and not to one in the bin.
        applications::store::get_in(&app, &mut change.tx, who, id).await?;
    }
    match before {
        Some(_) => store::update(&mut change.tx, &key, who, &kept).await?,
        None => store::insert(&mut change.tx, &key, who, &kept).await?,
    }
    remind(change, &kept).await?;
    Ok(kept)
}

/// Plans the reminder of a task as it is now, or that there is none.
pub async fn remind(change: &mut Change, kept: &Kept) -> Result<()> {
    let state = &kept.state;
    let open = state.done_at.is_none() && state.deleted_at.is_none();
    match state.due_at.zip(state.remind.minutes()).filter(|_| open) {
        Some((due, minutes)) => {
            let plan = Plan {
                kind: Kind::Task,
                entity: kept.id.0,
                application: state.application_id,
                due,
                minutes_before: minutes,
            };
            reminders::actions::plan(change, &plan).await
        }
        None => reminders::actions::forget(change, Kind::Task, kept.id.0).await,
    }
}

/// Tells of a task. Its title is sealed, so the activity list names the job it is for.
pub async fn tell(change: &mut Change, kept: &Kept, kind: &str) -> Result<()> {
    let mut detail = json!({});
    if let Some(id) = kept.state.application_id
        && let Ok(application) = applications::store::get_in(&change.app(), &mut change.tx, change.who, id).await
        && let Ok(brief) = jobs::store::brief(&mut change.tx, change.who, application.job_id).await
    {
        detail = told(&brief);
        detail["application"] = json!(id);
    }
    change.record(kind, Some(kept.id.0), detail);
    Ok(())
}
