//! What can be done with jobs, the same for forms, REST and imports.

use super::{
    Job, JobLine, JobQuery, JobStatus, JobView, Listing, Page,
    draft::JobDraft,
    employer::Employer,
    listing,
    scoring::{self, Facts, Fitter},
    store::{self, Brief, NewJob, Rankable, Row},
};
use crate::{
    alerts,
    api::idempotency,
    applications,
    db::Tx,
    error::{Error, Result},
    events::Change,
    feedback::{
        self, Said,
        actions::traits,
        taste::{self, Taste},
    },
    ids::{JobId, UserId},
    postings,
    profile::Profile,
    session::Who,
    sources,
    state::App,
};
use chrono::NaiveDate;
use serde_json::json;

/// Rows a page shows unless asked otherwise, and at most.
const PER_PAGE: u32 = 25;
const MOST_PER_PAGE: u32 = 100;

/// Page number and size as asked for, within limits.
pub fn paging(query: &JobQuery) -> (u32, u32) {
    (query.page.unwrap_or(1).clamp(1, 100_000), query.per_page.unwrap_or(PER_PAGE).clamp(1, MOST_PER_PAGE))
}

/// One page of jobs, for programs.
pub async fn list(app: &App, who: &Who, query: &JobQuery) -> Result<Page<Job>> {
    let (page, per_page) = paging(query);
    let offset = i64::from(page - 1) * i64::from(per_page);
    let taste = taste::of_who(app, who).await?;
    let found = listing::find(app, who, query, &taste, (i64::from(per_page), offset)).await?;
    Ok(Page { items: found.rows.into_iter().map(Job::from).collect(), total: found.total, page, per_page })
}

/// One page of jobs with their fits, for the list page.
pub async fn listing(app: &App, who: &Who, query: &JobQuery) -> Result<Listing> {
    let (page, per_page) = paging(query);
    let offset = i64::from(page - 1) * i64::from(per_page);
    let taste = taste::of_who(app, who).await?;
    let found = listing::find(app, who, query, &taste, (i64::from(per_page), offset)).await?;
    let sources = store::sources(&app.db, who.user).await?;
    let fitter = scoring::fitter(app, who.user).await?;
    let items = found.rows.into_iter().map(|row| line(row, fitter.as_deref(), &taste)).collect();
    Ok(Listing {
        page: Page { items, total: found.total, page, per_page },
        hidden: found.hidden,
        any: !sources.is_empty(),
        sources,
        scored: fitter.is_some(),
    })
}

/// A list line of a stored job.
pub fn line(row: Row, fitter: Option<&Fitter>, taste: &Taste) -> JobLine {
    let asks = row.asks.0.clone();
    let job = Job::from(row);
    let fit = fitter.map(|fitter| fitter.fit(&facts(&job, &asks)));
    let said = Said { verdict: taste.verdict(job.id), moved: taste.moved(job.id, &traits(&job, &asks)) };
    JobLine {
        id: job.id,
        company: job.company,
        title: job.title,
        location: job.location,
        remote: job.remote,
        salary: job.salary,
        source: job.source,
        status: job.status,
        date_posted: job.date_posted,
        created_at: job.created_at,
        fit,
        said,
    }
}

fn facts<'a>(job: &'a Job, asks: &'a scoring::Asks) -> Facts<'a> {
    Facts { location: &job.location, remote: job.remote, level: job.experience_level, asks }
}

/// One job with its fit and its application.
pub async fn view(app: &App, who: &Who, id: JobId) -> Result<JobView> {
    let row = store::get(&app.db, who.user, id).await?;
    let application = applications::store::of_job(app, who.user, id).await?;
    let fitter = scoring::fitter(app, who.user).await?;
    let asks = row.asks.0.clone();
    let opening = match row.posting_id {
        Some(opening) => postings::standing::of(app, who.user, opening).await?,
        None => None,
    };
    let job = Job::from(row);
    let fit = fitter.map(|fitter| fitter.fit(&facts(&job, &asks)));
    let said = feedback::actions::of_job(app, who, &job, &asks).await?;
    let known = sources::facts::of(&app.db, &boards::duplicate::company_key(&job.company)).await?;
    let employer = known.map(|known| Employer::of(known, &job.title));
    Ok(JobView { job, fit, application, said, opening, employer })
}

/// Works out what is stored beside a draft: what it asks for, its score, its keys for finding duplicates.
pub fn prepare(app: &App, fitter: Option<&Fitter>, id: JobId, mut draft: JobDraft) -> NewJob {
    let posting = draft.posting();
    let taxonomy = app.taxonomy();
    let asks = scoring::asks(&taxonomy, &posting);
    if draft.tech_stack.is_empty() {
        draft.tech_stack = asks.names();
    }
    let match_score = fitter.map(|fitter| {
        fitter.total(&Facts {
            location: &draft.location,
            remote: draft.remote,
            level: draft.experience_level,
            asks: &asks,
        })
    });
    NewJob {
        id,
        asks,
        match_score,
        link_key: draft.url.as_deref().and_then(boards::duplicate::link_key),
        same_key: boards::duplicate::same_key(&posting),
        posting: None,
        draft,
    }
}

/// Creates a job. `key` is the request's idempotency key: a repeated request gets the job it made before.
pub async fn create(app: &App, who: &Who, draft: JobDraft, key: Option<(String, String)>) -> Result<Job> {
    let mut draft = draft.checked()?;
    let mut change = app.change(who.user).await?;
    if let Some(id) = idempotency::claim(&mut change.tx, who.user, key.as_ref()).await? {
        drop(change);
        return Ok(store::get(&app.db, who.user, JobId(id)).await?.into());
    }
    date_it(&mut draft, None, change.today());
    let fitter = scoring::fitter_in(app, &mut change).await?;
    let new = prepare(app, fitter.as_deref(), JobId::fresh(), draft);
    store::insert(&mut change.tx, who.user, std::slice::from_ref(&new), change.at).await?;
    let detail = json!({ "job": new.id, "company": new.draft.company, "title": new.draft.title });
    change.record("job.created", Some(new.id.0), detail);
    if new.draft.status != JobStatus::NotApplied {
        let brief = brief_of(&new);
        applications::actions::follow_job(&mut change, &brief, new.draft.status).await?;
    }
    let threshold = fitter.as_ref().map(|fitter| fitter.threshold);
    alerts::actions::raise(&mut change, threshold, std::slice::from_ref(&new)).await?;
    idempotency::keep(&mut change.tx, who.user, key, new.id.0).await?;
    let at = change.at;
    change.commit().await?;
    Ok(new.written(at))
}

fn brief_of(job: &NewJob) -> Brief {
    Brief {
        id: job.id,
        company: job.draft.company.clone(),
        title: job.draft.title.clone(),
        status: job.draft.status.to_string(),
        date_applied: job.draft.date_applied,
    }
}

/// A job that was applied to has a date for it.
fn date_it(draft: &mut JobDraft, before: Option<NaiveDate>, today: NaiveDate) {
    let sent = !matches!(draft.status, JobStatus::NotApplied | JobStatus::Archived);
    if sent && draft.date_applied.is_none() {
        draft.date_applied = before.or(Some(today));
    }
}

/// Replaces a job's fields; its application follows its status.
pub async fn update(app: &App, who: &Who, id: JobId, draft: JobDraft) -> Result<Job> {
    let mut change = app.change(who.user).await?;
    let before: Job = store::get(&app.db, who.user, id).await?.into();
    let mut draft = draft;
    if draft.source.trim().is_empty() {
        draft.source = before.source;
    }
    let mut draft = draft.checked()?;
    date_it(&mut draft, before.date_applied, change.today());
    let fitter = scoring::fitter_in(app, &mut change).await?;
    let new = prepare(app, fitter.as_deref(), id, draft);
    store::update(&mut change.tx, who.user, &new).await?;
    if new.draft.status != before.status {
        applications::actions::follow_job(&mut change, &brief_of(&new), new.draft.status).await?;
    }
    let detail = json!({ "job": id, "company": new.draft.company, "title": new.draft.title });
    change.record("job.updated", Some(id.0), detail);
    change.commit().await?;
    Ok(store::get(&app.db, who.user, id).await?.into())
}

/// Sets where a job stands; its application follows.
pub async fn set_status(app: &App, who: &Who, id: JobId, status: JobStatus) -> Result<()> {
    let mut change = app.change(who.user).await?;
    move_to(&mut change, id, status).await?;
    change.commit().await
}

/// The same inside a change; nothing happens to a job that stands there already.
pub async fn move_to(change: &mut Change, id: JobId, status: JobStatus) -> Result<()> {
    let mut brief = store::brief(&mut change.tx, change.who, id).await?;
    if brief.status == status.as_str() {
        return Ok(());
    }
    let sent = !matches!(status, JobStatus::NotApplied | JobStatus::Archived);
    brief.date_applied = brief.date_applied.or(sent.then(|| change.today()));
    store::set_status(&mut change.tx, change.who, id, status, brief.date_applied, change.at).await?;
    applications::actions::follow_job(change, &brief, status).await?;
    let detail =
        json!({ "job": id, "company": brief.company, "title": brief.title, "from": brief.status, "to": status });
    change.record("job.moved", Some(id.0), detail);
    Ok(())
}

/// Puts a job into the bin; its application and alerts rest with it.
pub async fn delete(app: &App, who: &Who, id: JobId) -> Result<()> {
    let mut change = app.change(who.user).await?;
    let brief = store::brief(&mut change.tx, who.user, id).await?;
    store::set_deleted(&mut change.tx, who.user, id, true).await?;
    change.record("job.deleted", Some(id.0), json!({ "job": id, "company": brief.company, "title": brief.title }));
    change.commit().await
}

/// Takes a job out of the bin.
pub async fn restore(app: &App, who: &Who, id: JobId) -> Result<()> {
    let mut change = app.change(who.user).await?;
    if !store::set_deleted(&mut change.tx, who.user, id, false).await? {
        return Err(Error::NotFound);
    }
    let brief = store::brief(&mut change.tx, who.user, id).await?;
    change.record("job.restored", Some(id.0), json!({ "job": id, "company": brief.company, "title": brief.title }));
    change.commit().await
}

/// Scores every job of a person against a new profile, inside the change that saves it.
pub async fn rescore(app: &App, tx: &mut Tx, who: UserId, profile: &Profile) -> Result<()> {
    let fitter = Fitter::new(app.taxonomy(), profile);
    let jobs = store::rankable(tx, who).await?;
    let scores = tokio::task::spawn_blocking(move || scores(fitter.as_ref(), &jobs)).await.map_err(Error::internal)?;
    store::set_scores(tx, who, &scores).await
}

fn scores(fitter: Option<&Fitter>, jobs: &[Rankable]) -> Vec<(JobId, Option<u8>)> {
    let ids = jobs.iter().map(|job| job.id);
    match fitter {
        Some(fitter) => ids.zip(fitter.totals(jobs.iter().map(Rankable::facts)).into_iter().map(Some)).collect(),
        None => ids.map(|id| (id, None)).collect(),
    }
}
