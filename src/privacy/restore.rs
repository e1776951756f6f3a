//! Taking an exported file in: what is in it is added to what is here, and nothing here is changed by it.

use super::export::format::{
    self, ExportedAlert, ExportedApplication, ExportedContact, ExportedJob, ExportedOffer, ExportedStage, ExportedStep,
    ExportedTalk, ExportedTask, FORMAT, MANIFEST, Manifest, VERSION,
};
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
    offers, on,
    privacy::LastRestore,
    profile::{
        self, Profile,
        picture::image::{self, Image},
    },
    retention::BIN_DAYS,
    session::Who,
    state::App,
    tasks,
};
use chrono::{DateTime, Duration, Utc};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use std::{
    collections::{HashMap, HashSet},
    io::{Cursor, Read},
    sync::Arc,
};
use zip::ZipArchive;

mod belongings;

/// What a file may hold when it is unpacked, in bytes, all parts that are read together.
const MOST_BYTES: u64 = 200 << 20;
/// Files in a zip, and entries in one list.
const MOST_FILES: usize = 100;
const MOST_ROWS: usize = 100_000;

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

/// A file as it was read.
struct File {
    profile: Option<Profile>,
    picture: Option<Image>,
    jobs: Vec<ExportedJob>,
    stages: Vec<ExportedStage>,
    applications: Vec<ExportedApplication>,
    contacts: Vec<ExportedContact>,
    alerts: Vec<ExportedAlert>,
    tasks: Vec<ExportedTask>,
    offers: Vec<ExportedOffer>,
    talk: Vec<ExportedTalk>,
}

fn bad(why: impl Into<String>) -> Error {
    Error::invalid("file", why)
}

/// Reads the bytes somebody gave: bounded in size, number and depth, whatever they are.
fn read(bytes: Vec<u8>) -> Result<File> {
    let mut zip = ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| bad("This is not a zip file. Please choose the file that was exported."))?;
    if zip.len() > MOST_FILES {
        return Err(bad("This zip holds more files than any export."));
    }
    let mut left = MOST_BYTES;
    let manifest: Manifest = part(&mut zip, MANIFEST, &mut left)?
        .ok_or_else(|| bad("This zip has no manifest.json: it is not an export of Career Co-Pilot."))?;
    if manifest.format != FORMAT {
        return Err(bad("This zip is not an export of Career Co-Pilot."));
    }
    if manifest.version > VERSION {
        return Err(bad("This file was made by a newer version. Please update first."));
    }
    let file = File {
        profile: part(&mut zip, format::PROFILE, &mut left)?,
        picture: picture(&mut zip)?,
        jobs: part(&mut zip, format::JOBS, &mut left)?.unwrap_or_default(),
        stages: part(&mut zip, format::STAGES, &mut left)?.unwrap_or_default(),
        applications: part(&mut zip, format::APPLICATIONS, &mut left)?.unwrap_or_default(),
        contacts: part(&mut zip, format::CONTACTS, &mut left)?.unwrap_or_default(),
        alerts: part(&mut zip, format::ALERTS, &mut left)?.unwrap_or_default(),
        tasks: part(&mut zip, format::TASKS, &mut left)?.unwrap_or_default(),
        offers: part(&mut zip, format::OFFERS, &mut left)?.unwrap_or_default(),
        talk: part(&mut zip, format::TALK, &mut left)?.unwrap_or_default(),
    };
    for (name, rows) in [
        (format::JOBS, file.jobs.len()),
        (format::STAGES, file.stages.len()),
        (format::APPLICATIONS, file.applications.len()),
        (format::CONTACTS, file.contacts.len()),
        (format::ALERTS, file.alerts.len()),
        (format::TASKS, file.tasks.len()),
        (format::OFFERS, file.offers.len()),
        (format::TALK, file.talk.len()),
    ] {
        if rows > MOST_ROWS {
            return Err(bad(format!("{name} has more than {MOST_ROWS} entries.")));
        }
    }
    Ok(file)
}

/// One JSON file of the zip; None when it is not in it. Takes what it unpacks to from `left`.
fn part<T: DeserializeOwned>(zip: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str, left: &mut u64) -> Result<Option<T>> {
    let Ok(packed) = zip.by_name(name) else { return Ok(None) };
    let mut text = Vec::new();
    // What the zip says of its own size is not believed.
    packed.take(*left + 1).read_to_end(&mut text).map_err(|_| bad(format!("{name} is damaged.")))?;
    *left = left.checked_sub(text.len() as u64).ok_or_else(|| bad("This zip unpacks to more than 200 MB."))?;
    serde_json::from_slice(&text).map(Some).map_err(|error| bad(format!("{name} cannot be read: {error}")))
}

/// The picture of the zip; none when it is not one that is kept here.
fn picture(zip: &mut ZipArchive<Cursor<Vec<u8>>>) -> Result<Option<Image>> {
    for name in Image::names() {
        if let Ok(packed) = zip.by_name(&name) {
            let mut bytes = Vec::new();
            packed
                .take(image::MOST as u64 + 1)
                .read_to_end(&mut bytes)
                .map_err(|_| bad(format!("{name} is damaged.")))?;
            return Ok(Image::read(bytes));
        }
    }
    Ok(None)
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
    if wanted.is_none() && change.profile != version {
        // The profile was saved meanwhile: the scores are of the one before.
        let now = profile::store::get_in(app, &mut change.tx, who.user).await?;
        jobs::actions::rescore(app, &mut change.tx, who.user, &now).await?;
    }
    let known = applications::copy::take_stages(&mut change, file.stages).await?;
    let people = belongings::take_contacts(&mut change, file.contacts, &mut restored).await?;
    let added = take_applications(&mut change, file.applications, &ids, &known, &people, &mut restored).await?;
    take_dealings(&mut change, file.tasks, file.offers, file.talk, &added, &mut restored).await?;
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

/// Tasks, offers and talk about pay of the applications that were added (`ids`, by the file's), and tasks of none.
async fn take_dealings(
    change: &mut Change,
    mut tasks: Vec<ExportedTask>,
    mut offers: Vec<ExportedOffer>,
    mut talk: Vec<ExportedTalk>,
    ids: &HashMap<ApplicationId, ApplicationId>,
    restored: &mut Restored,
) -> Result<()> {
    let bin_begins = db::now() - Duration::days(BIN_DAYS);
    let kept = |at: &Option<DateTime<Utc>>| at.is_none_or(|at| at >= bin_begins);
    tasks.retain(|task| kept(&task.deleted_at));
    offers.retain(|offer| kept(&offer.deleted_at));
    talk.retain(|said| kept(&said.deleted_at));
    let all = tasks.len() + offers.len() + talk.len();
    tasks.retain(|task| {
        let moments = [Some(task.created_at), Some(task.updated_at), task.done_at, task.deleted_at];
        let anchor = task.anchor.is_none_or(|at| jobs::draft::is_sensible(at.date()));
        anchor && sensible(&moments.into_iter().flatten().collect::<Vec<_>>())
    });
    offers.retain(|offer| sensible(&[offer.created_at, offer.updated_at]));
    talk.retain(|said| sensible(&[said.created_at]));
    let mut left_out = u32::try_from(all - tasks.len() - offers.len() - talk.len()).unwrap_or(u32::MAX);
    for task in &mut tasks {
        (task.created_at, task.updated_at) = (cut(task.created_at), cut(task.updated_at));
        (task.done_at, task.deleted_at) = (task.done_at.map(cut), task.deleted_at.map(cut));
    }
    for offer in &mut offers {
        (offer.created_at, offer.updated_at) = (cut(offer.created_at), cut(offer.updated_at));
        offer.deleted_at = offer.deleted_at.map(cut);
    }
    for said in &mut talk {
        (said.created_at, said.deleted_at) = (cut(said.created_at), said.deleted_at.map(cut));
    }
    left_out += tasks::copy::take_in(change, tasks, ids).await?;
    left_out += offers::copy::take_in(change, offers, talk, ids).await?;
    if left_out > 0 {
        restored.rejected.push(format!("{left_out} tasks, offers or lines about pay are not in order."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::{ZipWriter, write::SimpleFileOptions};

    fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            zip.start_file(*name, SimpleFileOptions::default()).expect("a file");
            zip.write_all(text.as_bytes()).expect("its text");
        }
        zip.finish().expect("a zip").into_inner()
    }

    const GOOD: &str =
        r#"{"format": "career-copilot-export", "version": 1, "made_at": "2026-11-21T10:00:00Z", "made_by": ""}"#;

    fn refused(bytes: Vec<u8>) -> String {
        match read(bytes) {
            Err(error) => error.fields().remove("file").expect("the field is named"),
            Ok(_) => panic!("it was taken"),
        }
    }

    #[test]
    fn what_is_no_export_is_told_apart() {
        assert!(refused(b"PK\x03\x04 nonsense".to_vec()).starts_with("This is not a zip file."));
        assert!(refused(Vec::new()).starts_with("This is not a zip file."));
        assert!(refused(zipped(&[("a.txt", "b")])).contains("no manifest.json"));
        assert!(refused(zipped(&[(MANIFEST, &GOOD.replace("copilot", "pilot"))])).contains("is not an export"));
        assert!(refused(zipped(&[(MANIFEST, &GOOD.replace(": 1", ": 2"))])).contains("newer version"));
        assert!(refused(zipped(&[(MANIFEST, "{")])).contains("manifest.json cannot be read"));
        assert!(refused(zipped(&[(MANIFEST, GOOD), (format::JOBS, "[{}]")])).contains("jobs.json cannot be read"));
        let deep = ["[".repeat(100_000), "]".repeat(100_000)].concat();
        assert!(refused(zipped(&[(MANIFEST, GOOD), (format::JOBS, &deep)])).contains("jobs.json cannot be read"));
        assert!(read(zipped(&[(MANIFEST, GOOD)])).is_ok());
        let many: Vec<(String, &str)> = (0..=MOST_FILES).map(|n| (n.to_string(), "")).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        assert!(refused(zipped(&many)).contains("more files"));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        // Two hundred megabytes of blanks are two hundred kilobytes when packed.
        let blanks = " ".repeat(usize::try_from(MOST_BYTES).expect("a size") + 1);
        assert!(refused(zipped(&[(MANIFEST, GOOD), (format::JOBS, &blanks)])).contains("unpacks to more than"));
    }
}
