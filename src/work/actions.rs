//! What administrators do about the queue.

use super::{Kind, Queue, Run, Standing, looking, worker};
use crate::{
    admin::actions::only_admin,
    db,
    error::{Error, Result},
    ids::WorkId,
    schedule::{self, Schedule},
    session::Who,
    state::App,
};

/// Rows of each list on the page.
const SHOWN: i64 = 20;

/// How the queue and the schedule are.
pub async fn standing(app: &App, who: &Who) -> Result<Standing> {
    only_admin(who)?;
    let (running, _) = looking::list(&app.db, "running", SHOWN, 0).await?;
    let (waiting, _) = looking::list(&app.db, "waiting", SHOWN, 0).await?;
    let (dead, _) = looking::list(&app.db, "dead", SHOWN, 0).await?;
    let (runs, _) = schedule::store::list(&app.db, SHOWN, 0).await?;
    let runs = runs.into_iter().map(Run::from).collect();
    Ok(Standing { queues: queues(app).await?, running, waiting, dead, runs, scheduler: app.config.scheduler })
}

/// How much there is of each kind: those of this version, then what others put in.
async fn queues(app: &App) -> Result<Vec<Queue>> {
    let mut found = looking::queues(&app.db, db::now()).await?;
    let own: Vec<Kind> = worker::kinds(&app.config).collect();
    let mut all = Vec::new();
    for kind in Kind::ALL {
        let word = kind.as_str();
        let queue = found.remove(word).unwrap_or_else(|| looking::empty(word.into()));
        let at_once = if own.contains(&kind) { i64::try_from(kind.at_once()).unwrap_or(i64::MAX) } else { 0 };
        all.push(Queue { at_once, ..queue });
    }
    all.extend(found.into_values());
    Ok(all)
}

impl From<schedule::store::Run> for Run {
    fn from(run: schedule::store::Run) -> Self {
        let result = match (run.ended_at, run.trouble.is_empty()) {
            (_, false) => "failed",
            (None, true) => "running",
            (Some(_), true) => "done",
        };
        Run {
            schedule: run.schedule.as_str().into(),
            zone: run.zone,
            day: run.day.to_string(),
            planned_at: run.planned_at,
            started_at: run.started_at,
            ended_at: run.ended_at,
            result: result.into(),
            trouble: run.trouble,
            pages: run.pages,
        }
    }
}

/// Brings something of the schedule forward to now; answers in how many time zones.
pub async fn begin(app: &App, who: &Who, schedule: &str) -> Result<u64> {
    only_admin(who)?;
    let wanted = Schedule::ALL.into_iter().find(|known| known.as_str() == schedule);
    let wanted = wanted.ok_or_else(|| Error::invalid("schedule", "Please choose what to begin."))?;
    if wanted.scrapes() && !app.config.scraping {
        return Err(Error::Conflict("This server does not read sources (ENABLE_JOB_SCRAPING).".into()));
    }
    match schedule::planner::begin_now(app, wanted, db::now()).await? {
        0 => Err(Error::Conflict("It was begun today already, in every time zone that people are in.".into())),
        zones => Ok(zones),
    }
}

/// Tries something once more that was given up.
pub async fn retry(app: &App, who: &Who, id: WorkId) -> Result<()> {
    only_admin(who)?;
    let found = looking::retry(&app.db, id, db::now()).await?;
    app.working.notify_one();
    if found { Ok(()) } else { Err(Error::NotFound) }
}

/// Tries everything once more that was given up; answers how many that is.
pub async fn retry_all(app: &App, who: &Who) -> Result<u64> {
    only_admin(who)?;
    let many = looking::retry_all(&app.db, db::now()).await?;
    app.working.notify_one();
    Ok(many)
}

/// Lets something not be done, or end that is under way.
pub async fn cancel(app: &App, who: &Who, id: WorkId) -> Result<()> {
    only_admin(who)?;
    if looking::cancel(&app.db, id, db::now()).await? { Ok(()) } else { Err(Error::NotFound) }
}
