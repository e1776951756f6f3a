//! A visit to a source: asked politely, read, and taken in. However it ends, the source says how; nothing here fails for a source's fault.

use super::{
    breaker::{self, Failure},
    facts, reading, store,
};
use crate::{
    db,
    error::Result,
    ids::SourceId,
    postings::{Numbers, ingest},
    state::App,
    work::{self, Order, Priority, Task, Trouble, Working},
};
use boards::about::about;
use chrono::{DateTime, TimeDelta, Utc};

/// How a visit ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visit {
    /// It was not time, or it is left alone: nothing was asked.
    NotDue,
    /// Nothing changed since last time.
    Unchanged,
    Read(Numbers),
    Failed(Failure),
}

/// Carries out [`Task::FetchSource`].
pub async fn fetch(app: &App, working: &Working, source: SourceId) -> Result<(), Trouble> {
    let go_on = || !working.cancelled();
    let visit = visit(app, source, &go_on).await?;
    if let Visit::Read(numbers) = &visit {
        working.progress(numbers.found.into(), numbers.found.into()).await?;
    }
    Ok(())
}

/// Visits a source, unless it is not time. `go_on` is asked between questions; a visit that was cut short takes in what it has.
///
/// # Errors
/// Only when our own database fails.
pub async fn visit(app: &App, id: SourceId, go_on: &(dyn Fn() -> bool + Sync)) -> Result<Visit> {
    let Some(source) = store::get(&app.db, id).await? else { return Ok(Visit::NotDue) };
    let now = db::now();
    let paused = source.paused_until.is_some_and(|until| until > now);
    if source.held || paused || source.next_at > now {
        return Ok(Visit::NotDue);
    }
    let format = source.format()?;
    let read = reading::read(app, &source, go_on).await?;
    let numbers = match &read.outcome {
        Ok(_) if read.unchanged => Numbers::default(),
        // What was read before something went wrong counts all the same; but it is not the whole.
        _ if read.rows.is_empty() => Numbers::default(),
        _ => ingest::take_in(app, id, read.rows, read.whole && read.outcome.is_ok()).await?,
    };
    let at = db::now();
    let mut tx = app.db.begin().await?;
    let visit = match read.outcome {
        Ok(validators) => {
            let rest =
                about(format).map_or(TimeDelta::hours(6), |about| TimeDelta::from_std(about.rest).unwrap_or_default());
            let done = store::Done {
                note: read.note,
                next_at: at + rest,
                etag: validators.etag,
                last_modified: validators.last_modified,
            };
            store::succeeded(&mut tx, id, &done, at).await?;
            store::count(&mut tx, id, at.date_naive(), false, numbers).await?;
            if read.unchanged { Visit::Unchanged } else { Visit::Read(numbers) }
        }
        Err(failure) => {
            tracing::info!(source = %source.label, why = failure.why(), "a source could not be read");
            let next = breaker::after(&failure, source.failures + 1, at);
            store::failed(&mut tx, id, &failure, next, at).await?;
            store::count(&mut tx, id, at.date_naive(), true, numbers).await?;
            // The schedule comes by once a day, which is late for a fault of a minute.
            work::put(&mut tx, &order(id, next.at, Priority::Later, "again")).await?;
            Visit::Failed(failure)
        }
    };
    tx.commit().await?;
    app.working.notify_one();
    if matches!(visit, Visit::Read(_)) {
        facts::gather(app, &source, go_on).await?;
    }
    Ok(visit)
}

/// Puts visits to the sources into the queue that people in this time zone want and that are due; which servers carry them out is the
/// queue's business (`ENABLE_JOB_SCRAPING`).
pub async fn ingest_for(app: &App, zone: &str) -> Result<usize> {
    super::actions::seed(app).await?;
    let now = db::now();
    let due = store::due(&app.db, zone, now).await?;
    let mut tx = app.db.begin().await?;
    for source in &due {
        work::put(&mut tx, &order(*source, now, Priority::Usual, "fetch")).await?;
    }
    tx.commit().await?;
    app.working.notify_one();
    Ok(due.len())
}

/// The work of one visit. A repeated one has other words than the one under way that asks for it.
pub fn order(source: SourceId, run_at: DateTime<Utc>, priority: Priority, words: &str) -> Order {
    Order { task: Task::FetchSource { source }, priority, run_at, once: Some(format!("{words}:{source}")), user: None }
}
