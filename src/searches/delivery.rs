//! What was found for a person becomes jobs of theirs, in one change: with one event, and one alert for all that reach the threshold.

use super::{
    matches::{self, Waiting},
    matching, store,
};
use crate::{
    alerts,
    background::{self, Turn},
    db,
    error::{Error, Result},
    events::Change,
    ids::{JobId, PostingId, UserId},
    jobs::{
        self, JobStatus,
        draft::JobDraft,
        postings::Known,
        scoring::{self, Fitter},
        store::NewJob,
    },
    postings::{self, Stored},
    state::App,
    work,
};
use boards::duplicate;
use chrono::Duration;
use posting::Posting;
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// Matches delivered in one change: as many as can have come in a day.
const AT_ONCE: i64 = matching::MOST_A_DAY as i64;
/// What nobody delivered for so long was forgotten: its order was lost with something else.
const FORGOTTEN_MINUTES: i64 = 10;

/// Delivers everything that waits for a person; answers with how many jobs are new. Delivered again it finds nothing that waits.
pub async fn deliver(app: &App, user: UserId) -> Result<u32> {
    let mut delivered = 0;
    loop {
        let turn = background::turn().await?;
        let change = match app.change_in(app.db.begin().await?, user).await {
            // The account was erased meanwhile, and everything with it.
            Err(Error::NotFound) => return Ok(delivered),
            change => change?,
        };
        match some(app, change, &turn).await? {
            Some(new) => delivered += new,
            None => return Ok(delivered),
        }
    }
}

/// Delivers what fits into one change; None when nothing waits.
async fn some(app: &App, mut change: Change, turn: &Turn) -> Result<Option<u32>> {
    let who = change.who;
    let waiting = matches::waiting(&mut change.tx, who, AT_ONCE).await?;
    if waiting.is_empty() {
        return Ok(None);
    }
    let ids: Vec<PostingId> = waiting.iter().map(|waiting| waiting.posting_id).collect();
    let openings = postings::store::by_ids(&app.db, &ids).await?;
    let fitter = scoring::fitter_in(app, &mut change).await?;
    let ready = {
        let fitter = fitter.clone();
        turn.done(move || ready(fitter.as_deref(), openings)).await?
    };
    let keys: Vec<_> =
        ready.iter().map(|(posting, job)| (*posting, job.link_key.as_deref(), job.same_key.as_str())).collect();
    let here = Here::of(jobs::postings::known(&mut change.tx, who, &keys).await?);
    let Sorted { new, links, told } = sort(&waiting, ready, here);
    jobs::store::insert(&mut change.tx, who, &new, change.at).await?;
    jobs::postings::link(&mut change.tx, who, &links).await?;
    matches::delivered(&mut change.tx, who, &told, change.at).await?;
    if let (Some(best), Some(first)) = (new.first(), waiting.first()) {
        let search = store::any_in(app, &mut change.tx, who, first.search_id).await?;
        let detail = json!({
            "count": new.len(), "job": best.id, "company": best.draft.company, "title": best.draft.title,
            "search": search.state.name,
        });
        change.record("job.arrived", Some(best.id.0), detail);
    }
    let threshold = fitter.as_ref().map(|fitter| fitter.threshold);
    alerts::actions::raise(&mut change, threshold, &new).await?;
    change.commit().await?;
    Ok(Some(u32::try_from(new.len()).unwrap_or(u32::MAX)))
}

/// Openings as jobs, scored; what cannot be kept as a job is left out.
fn ready(fitter: Option<&Fitter>, openings: Vec<Stored>) -> HashMap<PostingId, NewJob> {
    openings.into_iter().filter_map(|opening| Some((opening.id, job(fitter, opening)?))).collect()
}

fn job(fitter: Option<&Fitter>, opening: Stored) -> Option<NewJob> {
    let match_score = fitter.map(|fitter| fitter.total(&opening.facts()));
    let tech_stack = if opening.tech_stack.is_empty() { opening.asks.names() } else { opening.tech_stack };
    let posting = Posting {
        company: opening.company,
        title: opening.title,
        location: opening.location,
        remote: opening.remote,
        description: opening.description,
        tech_stack,
        responsibilities: opening.responsibilities,
        requirements: opening.requirements,
        experience_level: opening.level,
        salary: opening.salary,
        source: opening.source,
        url: opening.url,
        date_posted: opening.date_posted,
        closes_on: opening.closes_on,
    };
    let id = opening.id;
    let (link_key, same_key) = (posting.url.as_deref().and_then(duplicate::link_key), duplicate::same_key(&posting));
    let draft = match (JobDraft { status: JobStatus::NotApplied, ..JobDraft::from(posting) }).checked() {
        Ok(draft) => draft,
        Err(error) => {
            tracing::warn!(%error, posting = %id, "a posting cannot be kept as a job");
            return None;
        }
    };
    Some(NewJob { id: JobId::fresh(), draft, asks: opening.asks, match_score, link_key, same_key, posting: Some(id) })
}

/// The jobs that are here already, by what tells them.
struct Here {
    postings: HashMap<PostingId, JobId>,
    links: HashMap<String, JobId>,
    same: HashMap<String, JobId>,
}

impl Here {
    fn of(known: Vec<Known>) -> Self {
        let mut here = Here { postings: HashMap::new(), links: HashMap::new(), same: HashMap::new() };
        for job in known {
            here.add(job.id, job.posting_id, job.link_key, job.same_key);
        }
        here
    }

    fn add(&mut self, id: JobId, posting: Option<PostingId>, link: Option<String>, same: String) {
        self.postings.extend(posting.map(|posting| (posting, id)));
        self.links.extend(link.map(|link| (link, id)));
        self.same.insert(same, id);
    }

    fn job(&self, posting: PostingId, job: &NewJob) -> Option<JobId> {
        let by_link = || job.link_key.as_ref().and_then(|link| self.links.get(link));
        self.postings.get(&posting).or_else(by_link).or_else(|| self.same.get(&job.same_key)).copied()
    }
}

/// What is to be done with what waits.
#[derive(Default)]
struct Sorted {
    /// Jobs to be written, the best match first.
    new: Vec<NewJob>,
    /// Which postings jobs that were here already come from, too.
    links: Vec<(JobId, PostingId)>,
    /// What each match became.
    told: Vec<(PostingId, Option<JobId>)>,
}

fn sort(waiting: &[Waiting], mut ready: HashMap<PostingId, NewJob>, mut here: Here) -> Sorted {
    let mut sorted = Sorted::default();
    let mut linked = HashSet::new();
    for Waiting { posting_id, .. } in waiting {
        let Some(job) = ready.remove(posting_id) else {
            sorted.told.push((*posting_id, None));
            continue;
        };
        let id = match here.job(*posting_id, &job) {
            Some(id) => {
                if linked.insert(id) {
                    sorted.links.push((id, *posting_id));
                }
                id
            }
            None => {
                here.add(job.id, Some(*posting_id), job.link_key.clone(), job.same_key.clone());
                let id = job.id;
                sorted.new.push(job);
                id
            }
        };
        sorted.told.push((*posting_id, Some(id)));
    }
    sorted
}

/// Asks the queue once more for what was found a while ago and never delivered.
pub async fn remind(app: &App) -> Result<()> {
    let people = matches::forgotten(&app.db, db::now() - Duration::minutes(FORGOTTEN_MINUTES)).await?;
    if people.is_empty() {
        return Ok(());
    }
    let mut tx = app.db.begin().await?;
    for user in people {
        work::put(&mut tx, &matching::delivering(user)).await?;
    }
    tx.commit().await?;
    app.working.notify_one();
    Ok(())
}
