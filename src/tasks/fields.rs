//! Forms about tasks, their texts turned into what is wanted. A field that cannot be read is named, and nothing else is lost.

use super::{
    Added, Remind, Repeat,
    actions::{self, Wanted},
    clock, quick,
};
use crate::{
    acts::Done,
    applications::actions::finish,
    db,
    error::{Check, Error, Result},
    ids::{ApplicationId, TaskId},
    session::Who,
    state::App,
};

/// As typed.
pub struct TaskFields {
    pub application: String,
    pub title: String,
    pub notes: String,
    pub due: String,
    pub repeat: String,
    pub remind: String,
}

impl TaskFields {
    /// Saves the form.
    pub async fn save(self, app: &App, who: &Who, id: TaskId, seen: Option<i64>) -> Result<Done> {
        let mut change = app.change(who.user).await?;
        let before = actions::seen_in(&mut change, id, seen).await?;
        let due = change.local(&self.due);
        // A form knows minutes: a time that was not touched stays what it was to the second.
        let same = |due: &chrono::DateTime<chrono::Utc>| {
            before.state.due_at.is_some_and(|old| old.timestamp().div_euclid(60) == due.timestamp().div_euclid(60))
        };
        let due_at = if due.as_ref().is_some_and(same) { before.state.due_at } else { due };
        let mut check = Check::default();
        check.that(
            self.due.trim().is_empty() || due_at.is_some(),
            "due",
            "Please enter a date and a time, such as 2026-11-27 14:30.",
        );
        let repeat = self.repeat.parse::<Repeat>();
        check.that(self.repeat.is_empty() || repeat.is_ok(), "repeat", "Please choose one of the list.");
        let remind = self.remind.parse::<Remind>();
        check.that(self.remind.is_empty() || remind.is_ok(), "remind", "Please choose one of the list.");
        let application = application(&self.application);
        check.that(application.is_ok(), "application", "Please choose one of the list.");
        check.done()?;
        let wanted = Wanted {
            application_id: application?,
            title: self.title,
            notes: self.notes,
            due_at,
            repeat: repeat.unwrap_or_default(),
            remind: remind.unwrap_or_default(),
        };
        let wanted = wanted.checked().map_err(as_in_form)?;
        let version = before.version;
        let after = actions::change_to(&mut change, before, wanted).await?;
        finish(change, u32::from(after.version != version)).await
    }
}

/// The form calls the time it is due `due`.
fn as_in_form(error: Error) -> Error {
    match error {
        Error::Invalid(mut fields) => {
            if let Some(words) = fields.remove("due_at") {
                fields.insert("due".into(), words);
            }
            Error::Invalid(fields)
        }
        other => other,
    }
}

fn application(text: &str) -> Result<Option<ApplicationId>> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| Error::NotFound) }
}

/// Adds what a line says. With a time of day, its person is reminded then.
pub async fn quick(app: &App, who: &Who, line: &str, about: &str) -> Result<Added> {
    let zone = clock::zone(&app.db, who.user).await?;
    let line: String = line.chars().take(1_000).collect();
    let read = quick::read(&line.replace('\0', ""), clock::local(zone, db::now()));
    let due_at = read.due.and_then(|time| clock::moment(zone, time));
    let wanted = Wanted {
        application_id: application(about)?,
        title: read.title,
        notes: String::new(),
        due_at,
        repeat: Repeat::None,
        remind: if read.timed && due_at.is_some() { Remind::AtTime } else { Remind::None },
    };
    let wanted = wanted.checked().map_err(|error| match error.fields().into_values().next() {
        Some(words) => Error::invalid("line", words),
        None => error,
    })?;
    let mut change = app.change(who.user).await?;
    let kept = actions::add(&mut change, wanted).await?;
    let due =
        kept.state.due_at.map_or_else(|| "without a date".to_owned(), |at| format!("due {}", clock::said(zone, at)));
    let said = format!("{}, {due}", kept.state.title);
    Ok(Added { done: finish(change, 1).await?, said })
}
