//! Taking an exported file in: what is in it is added to what is here, and nothing here is changed by it.

use self::{
    dealings::Dealings,
    reading::{bad, read},
};
use super::export::format::{self, ExportedAlert, ExportedApplication, ExportedJob, ExportedStep};
use crate::{
    alerts,
    applications::{
        self, Application,
        stages::{self, Stage},
    },
    audit::{Act, Kind},
    db::{self, Db},
    error::{Error, Result},
    events::Change,
    ids::{ApplicationId, ContactId, JobId, UserId},
    jobs::{
        self,
        scoring::{self, Fitter},
        store::NewJob,
    },
    on,
    privacy::LastRestore,
    profile::{self, Profile},
    retention::BIN_DAYS,
    session::Who,
    state::App,
};
use chrono::{DateTime, Duration, Utc};
use serde::Serialize;
use serde_json::json;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

mod belongings;
mod dealings;
mod opinions;
mod reading;

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Restored {
    /// Jobs that were added, and those that were here already.
    pub jobs: u32,
    pub jobs_known: u32,
    /// Applications that were added, and those whose job has one here.
    pub applications: u32,
    pub applications_known: u32,
    /// Whether the profile was taken over: only where there was nothing in it.
    pub profile: bool,
    /// What could not be taken in, with the reason; at most 100 are named.
    pub rejected: Vec<String>,
}

/// A job of the file, ready to be written, or what is here instead of it.
enum Fate {
    New(Box<(NewJob, ExportedJob)>),
    Known { was: JobId, is: JobId },
}

/// Everything worked out before anything is written.
struct Plan {
    jobs: Vec<Fate>,
    rejected: Vec<String>,
}

/// Takes in a file that has a name: a zip called otherwise is not what its owner takes it for.
pub async fn upload(app: &App, who: &Who, name: &str, bytes: Vec<u8>) -> Result<Restored> {
    if bytes.starts_with(b"PK") {
        boards::ending::agrees(name, &bytes).map_err(|error| bad(error.to_string()))?;
    }
    take_in(app, who, bytes).await
}

/// Takes a file in.
pub async fn take_in(app: &App, who: &Who, bytes: Vec<u8>) -> Result<Restored> {
    if who.is_demo() {
        return Err(Error::Denied("The demo person takes no files in.".into()));
    }
    app.limits.heavy(who.user)?;
    let file = tokio::task::spawn_blocking(move || read(bytes)).await.map_err(Error::internal)??;
    let version = profile::store::version(&app.db, who.user).await?;
    let before = profile::store::get(app, who.user).await?;
    let wanted = match file.profile {
        Some(profile) if is_empty(&before) => {
            // The name and the zone are those of the account here.
            let profile = Profile { name: before.name.clone(), ..profile };
            Some(profile::actions::checked(app, profile).map_err(|error| in_file(format::PROFILE, &error))?)
        }
        _ => None,
    };
    let fitter = match &wanted {
        Some((profile, _)) => Fitter::new(app.taxonomy(), profile).map(Arc::new),
        None => scoring::fitter(app, who.user).await?,
    };
    let keys = jobs::copy::keys(&app.db, who.user).await?;
    let plan = {
        let app = app.clone();
        tokio::task::spawn_blocking(move || plan(&app, fitter.as_deref(), keys, file.jobs))
            .await
            .map_err(Error::internal)?
    };

    let mut restored = Restored { profile: wanted.is_some(), rejected: plan.rejected, ..Restored::default() };
    let mut change = app.change(who.user).await?;
    if let Some((profile, keys)) = &wanted {
        profile::store::put(app, &mut change.tx, who.user, profile, keys).await?;
        profile::store::set_guided(&mut change.tx, who.user).await?;
        jobs::actions::rescore(app, &mut change.tx, who.user, profile).await?;
        change.record("profile.changed", None, json!({ "skills": profile.skills.len() }));
    }
    if let Some(picture) = &file.picture {
        profile::picture::store::insert(app, &mut change.tx, who.user, picture).await?;
    }
    let ids = take_jobs(&mut change, plan.jobs, &mut restored).await?;
    opinions::take_in(&mut change, file.feedback, file.hidden, &ids, &mut restored).await?;
    if wanted.is_none() && change.profile != version {
        // The profile was saved meanwhile: the scores are of the one before.
        let now = profile::store::get_in(app, &mut change.tx, who.user).await?;
        jobs::actions::rescore(app, &mut change.tx, who.user, &now).await?;
    }
    let known = applications::copy::take_stages(&mut change, file.stages).await?;
    let people = belongings::take_contacts(&mut change, file.contacts, &mut restored).await?;
    let added = take_applications(&mut change, file.applications, &ids, &known, &people, &mut restored).await?;
    let dealings = Dealings {
        tasks: file.tasks,
        offers: file.offers,
        talk: file.talk,
        letters: file.letters,
        views: file.views,
        searches: file.searches,
    };
    dealings::take_in(&mut change, dealings, &added, &mut restored).await?;
    for alert in &file.alerts {
        if let Some((id, true)) = ids.get(&alert.job_id)
            && alert.score <= 100
            && sensible(&[alert.created_at])
        {
            let alert = ExportedAlert {
                job_id: alert.job_id,
                score: alert.score,
                created_at: cut(alert.created_at),
                read_at: alert.read_at.map(cut),
            };
            alerts::store::take_in(&mut change.tx, who.user, *id, &alert).await?;
        }
    }
    let detail = json!({
        "created": restored.jobs, "duplicates": restored.jobs_known, "rejected": restored.rejected.len(), "source": "an exported file",
    });
    change.record("job.imported", None, detail);
    change.record("application.restored", None, json!({ "applications": restored.applications }));
    change.audit(Act::own(Kind::Restored, who).with("jobs", restored.jobs));
    change.commit().await?;
    restored.rejected.truncate(100);
    Ok(restored)
}

/// Keeps for the page what became of a file.
pub async fn remember(db: &Db, who: UserId, good: bool, said: &str) -> Result<()> {
    let said: String = said.replace('\0', "").chars().take(600).collect();
    on!(db.write, |c| sqlx::query(
        "INSERT INTO restores (user_id, good, said, at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (user_id) DO UPDATE SET good = excluded.good, said = excluded.said, at = excluded.at"
    )
    .bind(who)
    .bind(good)
    .bind(said)
    .bind(db::now())
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// What became of the last one.
pub async fn last(db: &Db, who: UserId) -> Result<Option<LastRestore>> {
    Ok(on!(db.read, |c| sqlx::query_as("SELECT good, said, at FROM restores WHERE user_id = $1")
        .bind(who)
        .fetch_optional(c)
        .await)?)
}

/// What is wrong with one part of the file, in one line.
fn in_file(name: &str, error: &Error) -> Error {
    let fields = error.fields();
    let words: Vec<String> = fields.iter().map(|(field, message)| format!("{field}: {message}")).collect();
    bad(format!("{name}: {}", if words.is_empty() { error.to_string() } else { words.join(" ") }))
}

/// A profile nobody has filled in.
fn is_empty(profile: &Profile) -> bool {
    profile.skills.is_empty()
        && profile.headline.is_empty()
        && profile.target_roles.is_empty()
        && profile.preferred_locations.is_empty()
        && profile.salary_target.is_none()
}

/// A moment as both databases keep it.
fn cut(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at)
}

fn sensible(moments: &[DateTime<Utc>]) -> bool {
    moments.iter().all(|at| jobs::draft::is_sensible(at.date_naive()))
}

/// Decides about every job of the file against the jobs that are here: the file may repeat itself, as its person wanted.
fn plan(app: &App, fitter: Option<&Fitter>, keys: Vec<(JobId, Option<String>, String)>, all: Vec<ExportedJob>) -> Plan {
    let links: HashMap<&str, JobId> =
        keys.iter().filter_map(|(id, link, _)| link.as_deref().map(|link| (link, *id))).collect();
    let same: HashMap<&str, JobId> = keys.iter().map(|(id, _, same)| (same.as_str(), *id)).collect();
    let bin_begins = db::now() - Duration::days(BIN_DAYS);
    let mut plan = Plan { jobs: Vec::with_capacity(all.len()), rejected: Vec::new() };
    let mut seen = HashSet::new();
    for (n, mut from) in all.into_iter().enumerate() {
        if from.deleted_at.is_some_and(|at| at < bin_begins) {
            continue;
        }
        let name = format!("{} entry {}", format::JOBS, n + 1);
        if !seen.insert(from.id) {
            plan.rejected.push(format!("{name}: the same id as an entry before."));
            continue;
        }
        if !sensible(&[from.created_at, from.updated_at]) {
            plan.rejected.push(format!("{name}: a time out of the years 1900 to 2999."));
            continue;
        }
        let draft = match std::mem::take(&mut from.job).checked() {
            Ok(draft) => draft,
            Err(error) => {
                plan.rejected.extend(in_file(&name, &error).fields().into_values());
                continue;
            }
        };
        (from.created_at, from.updated_at) = (cut(from.created_at), cut(from.updated_at));
        from.deleted_at = from.deleted_at.map(cut);
        let new = jobs::actions::prepare(app, fitter, JobId::fresh(), draft);
        let known =
            new.link_key.as_deref().and_then(|link| links.get(link)).or_else(|| same.get(new.same_key.as_str()));
        plan.jobs.push(match known {
            Some(is) => Fate::Known { was: from.id, is: *is },
            None => Fate::New(Box::new((new, from))),
        });
    }
    plan
}

/// Writes the new jobs. Answers with the id here of every id in the file, and whether it was added now.
async fn take_jobs(
    change: &mut Change,
    fates: Vec<Fate>,
    restored: &mut Restored,
) -> Result<HashMap<JobId, (JobId, bool)>> {
    let mut ids = HashMap::new();
    let (mut new, mut times) = (Vec::new(), Vec::new());
    for fate in fates {
        match fate {
            Fate::Known { was, is } => {
                restored.jobs_known += 1;
                ids.insert(was, (is, false));
            }
            Fate::New(both) => {
                let (job, from) = *both;
                restored.jobs += 1;
                ids.insert(from.id, (job.id, true));
                times.push((job.id, from));
                new.push(job);
            }
        }
    }
    jobs::store::insert(&mut change.tx, change.who, &new, change.at).await?;
    for (id, from) in &times {
        jobs::copy::set_times(&mut change.tx, change.who, *id, from).await?;
    }
    Ok(ids)
}

async fn take_applications(
    change: &mut Change,
    all: Vec<ExportedApplication>,
    ids: &HashMap<JobId, (JobId, bool)>,
    known: &[(String, Stage)],
    people: &HashMap<ContactId, ContactId>,
    restored: &mut Restored,
) -> Result<HashMap<ApplicationId, ApplicationId>> {
    let mut added_ids = HashMap::new();
    let here = stages::store::list_in(&mut change.tx, change.who).await?;
    let bin_begins = db::now() - Duration::days(BIN_DAYS);
    for (n, from) in all.into_iter().enumerate() {
        let name = format!("{} entry {}", format::APPLICATIONS, n + 1);
        if from.deleted_at.is_some_and(|at| at < bin_begins) {
            continue;
        }
        // Its job rested in the bin for too long, or was rejected and named above.
        let Some((job, added)) = ids.get(&from.job_id).copied() else { continue };
        // One that was removed here, with its job or by itself, does not come back: what is here stays as it is.
        let app = change.app();
        let is_known = applications::store::any_of_job_in(&app, &mut change.tx, change.who, job).await?.is_some()
            || (!added && !jobs::copy::is_here(&mut change.tx, change.who, job).await?);
        if is_known {
            restored.applications_known += 1;
            continue;
        }
        let moments: Vec<_> = from
            .steps
            .iter()
            .flat_map(|step| [Some(step.at), step.recorded_at])
            .chain([Some(from.created_at), Some(from.updated_at), from.applied_at, from.deleted_at])
            .flatten()
            .collect();
        if !sensible(&moments) || from.steps.len() > 1_000 {
            restored.rejected.push(format!("{name}: a time out of the years 1900 to 2999, or too many steps."));
            continue;
        }
        let notes = match applications::actions::checked_notes(from.notes) {
            Ok(notes) => notes,
            Err(error) => {
                restored.rejected.extend(in_file(&name, &error).fields().into_values());
                continue;
            }
        };
        let stage = |key: &str, status| match known.iter().find(|(own, _)| own == key) {
            Some((_, stage)) => Ok(stage.clone()),
            None => stages::actions::for_status(&here, status, key),
        };
        let mut steps = Vec::with_capacity(from.steps.len());
        for step in from.steps {
            let stage = stage(&step.stage, step.status)?;
            let note = step.note.replace('\0', "");
            let note = note.chars().take(applications::moves::LONGEST_NOTE / 4).collect();
            let (at, recorded_at) = (cut(step.at), step.recorded_at.map(cut));
            steps.push((ExportedStep { at, recorded_at, note, status: stage.status, ..step }, stage));
        }
        steps.sort_by_key(|(step, _)| step.at);
        let own = stage(&from.stage, from.status)?;
        if steps.last().is_none_or(|(_, last)| last.key != own.key) {
            // Older files have no steps: then it has stood there since it was made.
            let at = steps.last().map_or(cut(from.created_at), |(step, _)| step.at.max(cut(from.created_at)));
            let step = ExportedStep {
                status: own.status,
                stage: own.key.clone(),
                at,
                recorded_at: None,
                actor: None,
                note: String::new(),
            };
            steps.push((step, own.clone()));
        }
        let new = Application {
            id: ApplicationId::fresh(),
            job_id: job,
            status: own.status,
            stage: own.key,
            stage_since: steps.last().map_or(from.created_at, |(step, _)| step.at),
            notes,
            applied_at: from.applied_at.map(cut),
            version: 1,
            created_at: cut(from.created_at),
            updated_at: cut(from.updated_at),
        };
        let deleted_at = from.deleted_at.map(cut);
        let posting = from.posting.as_ref();
        applications::copy::insert(&app, &mut change.tx, change.who, &new, posting, deleted_at, steps).await?;
        if !added && deleted_at.is_none() {
            // The job was here without an application: it follows, as it would for any other.
            let brief = jobs::store::brief(&mut change.tx, change.who, job).await?;
            applications::actions::align(change, &brief, &new).await?;
        }
        belongings::take_in(change, new.id, from.interviews, from.documents, (from.contacts, people), &name, restored)
            .await?;
        restored.applications += 1;
        added_ids.insert(from.id, new.id);
    }
    Ok(added_ids)
}
