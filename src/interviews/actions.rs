//! What can be done with interviews.

use super::{Agenda, Day, Entry, Interview, InterviewResult, InterviewView, draft::InterviewDraft, store, words};
use crate::{
    acts::{
        Done, Entity,
        actions::{Deed, note},
    },
    applications::{
        Application, ApplicationStatus,
        actions::{finish, told},
        history::Actor,
        moves::{self, To},
        stages, store as applications,
    },
    db,
    error::{Error, Result},
    events::Change,
    ids::{ApplicationId, InterviewId},
    jobs::{self, Job},
    markdown, profile,
    reminders::{self, Kind, actions::Plan},
    session::Who,
    state::App,
};
use chrono_tz::Tz;
use serde_json::{Value, json};

/// The most interviews of one application.
const MOST: usize = 200;
/// How many of each kind the page of all interviews shows.
const SHOWN: i64 = 200;

/// One interview as its page shows it.
pub async fn view(app: &App, who: &Who, id: InterviewId) -> Result<InterviewView> {
    let interview = store::get(app, who.user, id).await?;
    let application = applications::get(app, who.user, interview.application_id).await?;
    let job = Job::from(jobs::store::get(&app.db, who.user, application.job_id).await?);
    Ok(shown(interview, &job))
}

/// An application's interviews as its page shows them.
pub async fn of_application(app: &App, who: &Who, id: ApplicationId, job: &Job) -> Result<Vec<InterviewView>> {
    Ok(store::list(app, who.user, id).await?.into_iter().map(|interview| shown(interview, job)).collect())
}

fn shown(interview: Interview, job: &Job) -> InterviewView {
    let zone = words::zone(&interview);
    InterviewView {
        company: job.company.clone(),
        job: job.title.clone(),
        ahead: interview.ends_at > db::now(),
        when: words::when(&interview),
        starts: words::typed(interview.starts_at, zone),
        ends: words::typed(interview.ends_at, zone),
        thanked: interview.thanked_at.map(|at| words::typed(at, zone)).unwrap_or_default(),
        preparation_html: markdown::html(&interview.preparation),
        notes_html: markdown::html(&interview.notes),
        interview,
    }
}

/// All interviews by day where the person is.
pub async fn agenda(app: &App, who: &Who) -> Result<Agenda> {
    let time_zone = profile::store::get(app, who.user).await?.time_zone;
    let zone: Tz = time_zone.parse().unwrap_or(Tz::UTC);
    let now = db::now();
    Ok(Agenda {
        time_zone,
        upcoming: by_day(store::around(app, who.user, now, true, SHOWN).await?, zone),
        past: by_day(store::around(app, who.user, now, false, SHOWN).await?, zone),
    })
}

/// Groups what is in order by the day it begins on.
fn by_day(all: Vec<(Interview, String, String)>, zone: Tz) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for (interview, company, job) in all {
        let name = words::day(interview.starts_at, zone);
        let (times, own) = (words::times(&interview, zone), words::times(&interview, words::zone(&interview)));
        let there = if own == times { String::new() } else { format!("{own} {}", interview.time_zone) };
        let entry = Entry { interview, company, job, times, there };
        match days.last_mut() {
            Some(day) if day.name == name => day.entries.push(entry),
            _ => days.push(Day { name, entries: vec![entry] }),
        }
    }
    days
}

/// Makes an interview for a program. `key` is the request's idempotency key.
pub async fn create(
    app: &App,
    who: &Who,
    id: ApplicationId,
    draft: InterviewDraft,
    key: Option<(String, String)>,
) -> Result<Interview> {
    let mut change = app.change(who.user).await?;
    if let Some(made) = crate::api::idempotency::claim(&mut change.tx, who.user, key.as_ref()).await? {
        return store::get_in(app, &mut change.tx, who.user, InterviewId(made)).await;
    }
    let made = make(&mut change, id, draft, Actor::Program).await?;
    crate::api::idempotency::keep(&mut change.tx, who.user, key, made.id.0).await?;
    change.commit().await?;
    Ok(made)
}

/// Adds an interview to an application, for the person.
pub async fn add(app: &App, who: &Who, id: ApplicationId, draft: InterviewDraft) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    make(&mut change, id, draft, Actor::Person).await?;
    finish(change, 1).await
}

/// Makes an interview inside a change; the application moves along where that is wanted.
pub async fn make(change: &mut Change, id: ApplicationId, draft: InterviewDraft, actor: Actor) -> Result<Interview> {
    let (app, who) = (change.app(), change.who);
    let application = applications::get_in(&app, &mut change.tx, who, id).await?;
    let move_along = draft.move_along;
    let new = draft.checked(change.zone().name())?.made(id, change.at);
    if store::ids_in(&mut change.tx, who, id).await?.len() >= MOST {
        return Err(Error::Conflict("An application can have 200 interviews. Please remove one first.".into()));
    }
    store::insert(&app, &mut change.tx, who, &new).await?;
    remind(change, &new, true).await?;
    remember(change, &new, "created", None).await?;
    tell(change, &new, "created").await?;
    if move_along {
        go_along(change, &application, actor).await?;
    }
    Ok(new)
}

/// Moves an application that stands before an interview stage to the first of them.
async fn go_along(change: &mut Change, application: &Application, actor: Actor) -> Result<()> {
    if !matches!(application.status, ApplicationStatus::Interested | ApplicationStatus::Applied) {
        return Ok(());
    }
    let all = stages::store::list_in(&mut change.tx, change.who).await?;
    let stage = stages::actions::for_status(&all, ApplicationStatus::Interview, "")?;
    moves::enter(change, application, To { actor, ..To::now(&stage) }).await.map(|_| ())
}

/// Changes an interview for a program.
pub async fn update(app: &App, who: &Who, id: InterviewId, draft: InterviewDraft) -> Result<Interview> {
    let mut change = app.change(who.user).await?;
    let after = write(&mut change, id, draft).await?;
    change.commit().await?;
    Ok(after)
}

/// Changes an interview, for the person.
pub async fn rewrite(app: &App, who: &Who, id: InterviewId, draft: InterviewDraft) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let version = store::get_in(app, &mut change.tx, who.user, id).await?.version;
    let after = write(&mut change, id, draft).await?;
    finish(change, u32::from(after.version != version)).await
}

/// Writes an interview inside a change. With the version that was seen, another one now is a conflict.
pub async fn write(change: &mut Change, id: InterviewId, draft: InterviewDraft) -> Result<Interview> {
    let (app, who, at) = (change.app(), change.who, change.at);
    let before = store::get_in(&app, &mut change.tx, who, id).await?;
    let seen = draft.version;
    let wanted = draft.checked(&before.time_zone)?.made(before.application_id, at);
    let after = before.changed_to(wanted, at);
    if after.says_the_same(&before) {
        return Ok(before);
    }
    if seen.is_some_and(|seen| seen != before.version) {
        return Err(Error::changed(&before));
    }
    store::update(&app, &mut change.tx, who, &after).await?;
    remind(change, &after, true).await?;
    remember(change, &after, "changed", Some(&before)).await?;
    tell(change, &after, "changed").await?;
    Ok(after)
}

/// Puts an interview into the bin.
pub async fn remove(app: &App, who: &Who, id: InterviewId) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let before = store::get_in(app, &mut change.tx, who.user, id).await?;
    let at = change.at;
    store::set_deleted(&mut change.tx, who.user, id, Some(at), at).await?;
    remind(&mut change, &before, false).await?;
    remember(&mut change, &before, "removed", Some(&before)).await?;
    tell(&mut change, &before, "removed").await?;
    finish(change, 1).await
}

/// Reminds the person an hour before an interview that is here and takes place, and of no other.
pub async fn remind(change: &mut Change, interview: &Interview, here: bool) -> Result<()> {
    if !here || interview.result != InterviewResult::Planned {
        return reminders::actions::forget(change, Kind::Interview, interview.id.0).await;
    }
    let plan = Plan {
        kind: Kind::Interview,
        entity: interview.id.0,
        application: Some(interview.application_id),
        due: interview.starts_at,
        minutes_before: 60,
    };
    reminders::actions::plan(change, &plan).await
}

/// Notes what is done, so that it can be taken back.
async fn remember(change: &mut Change, after: &Interview, verb: &str, before: Option<&Interview>) -> Result<()> {
    let deed = Deed { application: Some(after.application_id), entity: Entity::Interview, id: after.id.0, verb };
    note(change, deed, before, after).await
}

/// Records what was done for the activity list and open pages.
pub async fn tell(change: &mut Change, interview: &Interview, verb: &str) -> Result<()> {
    let detail = about(change, interview.application_id).await?;
    change.record(&format!("interview.{verb}"), Some(interview.id.0), detail);
    Ok(())
}

/// What the activity list needs to tell of something of an application.
pub async fn about(change: &mut Change, id: ApplicationId) -> Result<Value> {
    let application = applications::get_in(&change.app(), &mut change.tx, change.who, id).await?;
    let brief = jobs::store::brief(&mut change.tx, change.who, application.job_id).await?;
    let mut detail = told(&brief);
    detail["application"] = json!(id);
    Ok(detail)
}
