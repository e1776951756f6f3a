//! Plays the script: every moment of the half-year in order, as one change.

use super::{
    dealings, meetings, person,
    script::{self, Deed},
};
use crate::{
    accounts, alerts,
    applications::{self, ApplicationStatus, actions::Wanted},
    error::{Error, Result},
    events::Change,
    ids::JobId,
    jobs::{self, JobStatus, draft::JobDraft, scoring::Fitter, store::NewJob},
    profile,
    state::App,
};
use boards::Finder;
use chrono::{DateTime, Days, NaiveTime, Utc};
use posting::Posting;
use serde_json::json;
use std::collections::BTreeMap;

/// All that happens on the script's last day happens before this time, so that the day can be today as soon as it has passed.
pub const DAY_ENDS: NaiveTime = NaiveTime::from_hms_opt(10, 0, 0).expect("a time of day");

/// When the profile was worked on, and when the list of alerts was read: days ago, hour and minute.
const PROFILE_CHANGED: [(u64, u32, u32); 4] = [(180, 19, 30), (147, 20, 40), (92, 18, 15), (40, 21, 5)];
const ALERTS_READ: [(u64, u32, u32); 8] =
    [(175, 20, 0), (140, 20, 55), (100, 18, 50), (69, 20, 40), (44, 20, 30), (23, 20, 5), (9, 19, 30), (6, 18, 45)];

/// One thing that happens.
enum Scene {
    ProfileChanged,
    AlertsRead,
    Arrival { import: Option<String>, posting: Box<Posting>, id: JobId },
    Of(JobId, Deed),
}

/// Makes the account and lives through its half-year, which ends shortly before `now`.
pub async fn half_year(app: &App, now: DateTime<Utc>) -> Result<()> {
    let (profile, keys) = profile::actions::checked(app, person::profile())?;
    let fitter = Fitter::new(app.taxonomy(), &profile);
    let scenes = scenes(app, now)?;
    let mut tx = app.db.begin().await?;
    let who = accounts::store::insert(&mut tx, person::EMAIL, &profile.name, None, &["demo"]).await?;
    profile::store::insert_empty(&mut tx, who, &profile.time_zone).await?;
    profile::store::put(app, &mut tx, who, &profile, &keys).await?;
    profile::store::set_guided(&mut tx, who).await?;
    let mut change = app.change_in(tx, who).await?;
    for (at, scenes) in scenes {
        change.at = at;
        let mut arrived = Vec::new();
        let mut from = None;
        for scene in scenes {
            match scene {
                Scene::ProfileChanged => {
                    change.record("profile.changed", None, json!({ "skills": profile.skills.len() }))
                }
                Scene::AlertsRead => alerts::actions::mark_all_in(&mut change).await?,
                Scene::Arrival { import, posting, id } => {
                    let draft = JobDraft::from(*posting).checked()?;
                    arrived.push(jobs::actions::prepare(app, fitter.as_ref(), id, draft));
                    from = from.or(import);
                }
                Scene::Of(job, deed) => act(&mut change, job, deed, now).await?,
            }
        }
        take_in(&mut change, arrived, from, fitter.as_ref().map(|fitter| fitter.threshold)).await?;
    }
    dealings::make(&mut change).await?;
    change.commit().await
}

/// The whole half-year by moment, earliest first.
fn scenes(app: &App, now: DateTime<Utc>) -> Result<BTreeMap<DateTime<Utc>, Vec<Scene>>> {
    let last_day = (now - DAY_ENDS.signed_duration_since(NaiveTime::MIN)).date_naive();
    let at = |days_ago: u64, time: NaiveTime| -> Result<DateTime<Utc>> {
        let day =
            last_day.checked_sub_days(Days::new(days_ago)).ok_or_else(|| Error::internal("a day before all days"))?;
        Ok(day.and_time(time).and_utc())
    };
    let mut scenes: BTreeMap<DateTime<Utc>, Vec<Scene>> = BTreeMap::new();
    for (days, hour, minute) in PROFILE_CHANGED {
        scenes.entry(at(days, time(hour, minute))?).or_default().push(Scene::ProfileChanged);
    }
    for (days, hour, minute) in ALERTS_READ {
        scenes.entry(at(days, time(hour, minute))?).or_default().push(Scene::AlertsRead);
    }
    for (n, story) in script::read(&Finder::new(app.taxonomy()))?.into_iter().enumerate() {
        let id = JobId::fresh();
        for moment in story.moments {
            let at = at(moment.days_ago, moment.time)?;
            let scene = match moment.deed {
                Deed::Found { import } => {
                    // Postings are up to three days old when somebody finds them.
                    let posted = at.date_naive().checked_sub_days(Days::new(n as u64 % 4));
                    let posting = Box::new(Posting { date_posted: posted, ..story.posting.clone() });
                    Scene::Arrival { import, posting, id }
                }
                deed => Scene::Of(id, deed),
            };
            scenes.entry(at).or_default().push(scene);
        }
    }
    Ok(scenes)
}

fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()
}

/// New jobs come in, by an import or one by one, and raise the alerts they deserve.
async fn take_in(
    change: &mut Change,
    arrived: Vec<NewJob>,
    import: Option<String>,
    threshold: Option<u8>,
) -> Result<()> {
    if arrived.is_empty() {
        return Ok(());
    }
    jobs::store::insert(&mut change.tx, change.who, &arrived, change.at).await?;
    match import {
        Some(source) => {
            let detail = json!({ "created": arrived.len(), "duplicates": 0, "rejected": 0, "source": source });
            change.record("job.imported", None, detail);
        }
        None => {
            for job in &arrived {
                let detail = json!({ "job": job.id, "company": job.draft.company, "title": job.draft.title });
                change.record("job.created", Some(job.id.0), detail);
            }
        }
    }
    alerts::actions::raise(change, threshold, &arrived).await?;
    Ok(())
}

/// What the person does about a job they have.
async fn act(change: &mut Change, job: JobId, deed: Deed, now: DateTime<Utc>) -> Result<()> {
    let application = applications::store::of_job_in(&change.app(), &mut change.tx, change.who, job).await?;
    match (deed, application) {
        (Deed::Move(status), Some(before)) => {
            let after = applications::actions::set(change, &before, status).await?;
            if status == ApplicationStatus::Interview {
                let brief = jobs::store::brief(&mut change.tx, change.who, job).await?;
                meetings::plan(change, &after, &brief, now).await?;
            }
            meetings::settle(change, &after).await
        }
        (Deed::Move(status), None) => {
            let brief = jobs::store::brief(&mut change.tx, change.who, job).await?;
            applications::actions::open(change, &brief, Wanted::new(status)).await.map(|_| ())
        }
        (Deed::Note(text), Some(before)) => {
            let entry = format!("{}: {text}", change.at.format("%-d %B"));
            let notes = if before.notes.is_empty() { entry } else { format!("{}\n\n{entry}", before.notes) };
            applications::actions::write_notes(change, &before, notes).await.map(|_| ())
        }
        (Deed::Archive, _) => jobs::actions::move_to(change, job, JobStatus::Archived).await,
        (Deed::Note(_), None) | (Deed::Found { .. }, _) => {
            Err(Error::internal("the demo's script tells of a note before the application"))
        }
    }
}
