//! What can be done with stages. Each status always has a stage, because programs and the job list move applications by status.

use super::{Colour, MOST, Stage, StageCount, store};
use crate::{
    applications::{ApplicationStatus, moves, store as applications},
    error::{Check, Error, Result},
    events::Change,
    session::Who,
    state::App,
};
use serde_json::json;
use uuid::Uuid;

/// Longest name, in characters.
const NAME: usize = 40;

/// All stages with how many applications are in each.
pub async fn counted(app: &App, who: &Who) -> Result<Vec<StageCount>> {
    let counts = applications::counts_by_stage(&app.db, who.user).await?;
    let count = |key: &str| counts.iter().find(|(own, _)| own == key).map_or(0, |(_, n)| *n);
    let stages = store::list(&app.db, who.user).await?;
    Ok(stages.into_iter().map(|stage| StageCount { count: count(&stage.key), stage }).collect())
}

/// The stage an application goes to that is set to a status: the one it is in where that fits, else the one everybody begins with
/// under that name, else the first that fits.
pub fn for_status(stages: &[Stage], status: ApplicationStatus, now: &str) -> Result<Stage> {
    let fits = |stage: &&Stage| stage.status == status;
    let of_key = |key: &str| stages.iter().filter(fits).find(|stage| stage.key == key);
    // `save` and `remove` keep one for each status.
    of_key(now)
        .or_else(|| of_key(status.as_str()))
        .or_else(|| stages.iter().find(fits))
        .cloned()
        .ok_or_else(|| Error::internal(format!("no stage for {status}")))
}

/// The stage with this key.
pub fn named(stages: &[Stage], key: &str) -> Result<Stage> {
    stages.iter().find(|stage| stage.key == key).cloned().ok_or_else(|| {
        Error::invalid("stage", "There is no such stage in your pipeline any more. Please choose one of the list.")
    })
}

/// Adds a stage, or changes one. Applications in it follow its status.
pub async fn save(app: &App, who: &Who, key: &str, name: &str, status: &str, colour: &str) -> Result<()> {
    let name = name.replace('\0', "").trim().to_owned();
    let (status, colour) = (status.parse::<ApplicationStatus>().ok(), colour.parse::<Colour>().ok());
    let mut check = Check::default();
    check
        .that(!name.is_empty(), "name", "Please give the stage a name.")
        .that(name.chars().count() <= NAME, "name", "Please keep the name under 40 characters.")
        .that(status.is_some(), "status", "Please choose what the stage stands for.")
        .that(colour.is_some(), "colour", "Please choose a colour of the list.");
    check.done()?;
    let (Some(status), Some(colour)) = (status, colour) else { return Err(Error::Malformed(String::new())) };
    let mut change = app.change(who.user).await?;
    let stages = store::list_in(&mut change.tx, who.user).await?;
    if stages.iter().any(|other| other.key != key && other.name.to_lowercase() == name.to_lowercase()) {
        return Err(Error::invalid("name", "There is a stage with this name already."));
    }
    if key.is_empty() {
        if stages.len() >= MOST {
            return Err(Error::invalid("name", format!("A pipeline can have {MOST} stages. Please remove one first.")));
        }
        let position = stages.last().map_or(1, |last| last.position + 1);
        let stage = Stage { key: Uuid::now_v7().simple().to_string(), name, status, colour, position };
        store::insert(&mut change.tx, who.user, &stage).await?;
    } else {
        let before = stages.iter().find(|stage| stage.key == key).ok_or(Error::NotFound)?;
        if before.status != status {
            keeps(&stages, before, "status")?;
        }
        let stage = Stage { name, status, colour, ..before.clone() };
        store::update(&mut change.tx, who.user, &stage).await?;
        if before.status != status {
            moves::realign(&mut change, &stage).await?;
        }
    }
    finish(change).await
}

/// Moves a stage one place.
pub async fn shift(app: &App, who: &Who, key: &str, later: bool) -> Result<()> {
    let mut change = app.change(who.user).await?;
    let mut stages = store::list_in(&mut change.tx, who.user).await?;
    let at = stages.iter().position(|stage| stage.key == key).ok_or(Error::NotFound)?;
    let to = if later { at + 1 } else { at.wrapping_sub(1) };
    if to >= stages.len() {
        return Ok(());
    }
    stages.swap(at, to);
    for (position, stage) in (1i64..).zip(&mut stages) {
        if stage.position != position {
            stage.position = position;
            store::update(&mut change.tx, who.user, stage).await?;
        }
    }
    finish(change).await
}

/// Removes a stage; its applications move to `into`.
pub async fn remove(app: &App, who: &Who, key: &str, into: &str) -> Result<()> {
    let mut change = app.change(who.user).await?;
    let stages = store::list_in(&mut change.tx, who.user).await?;
    let stage = stages.iter().find(|stage| stage.key == key).ok_or(Error::NotFound)?;
    keeps(&stages, stage, "key")?;
    let others: Vec<_> = applications::in_stage(&mut change, key).await?;
    if !others.is_empty() {
        if into == key {
            return Err(Error::invalid("into", "Please choose another stage for the applications in this one."));
        }
        let into = named(&stages, into)
            .map_err(|_| Error::invalid("into", "Please choose where the applications in this stage go."))?;
        for before in others {
            moves::enter(&mut change, &before, moves::To::now(&into)).await?;
        }
    }
    let at = change.at;
    store::remove(&mut change.tx, who.user, key, at).await?;
    finish(change).await
}

/// Refuses what would leave a status without a stage.
fn keeps(stages: &[Stage], stage: &Stage, field: &str) -> Result<()> {
    if stages.iter().any(|other| other.key != stage.key && other.status == stage.status) {
        return Ok(());
    }
    let words = format!(
        "This is the only stage that stands for “{}”, which the job list and programs use. Let another stage stand for it first.",
        stage.status.label()
    );
    Err(Error::invalid(field, words))
}

async fn finish(mut change: Change) -> Result<()> {
    change.record("application.stages", None, json!({}));
    change.commit().await
}
