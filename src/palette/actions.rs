//! Finding a person's things by name.

use super::{Hit, Kind, ranking::Wanted};
use crate::{
    applications::{stages, tracker},
    error::Result,
    ids::JobId,
    jobs,
    session::Who,
    state::App,
};
use uuid::Uuid;

/// How many places are recalled at a time.
const MOST_RECALLED: usize = 20;

/// What fits what was typed, by kind.
pub async fn find(app: &App, who: &Who, typed: &str) -> Result<Vec<Hit>> {
    let wanted = Wanted::of(typed);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let (applications, jobs) = tokio::try_join!(
        tracker::store::find(&app.db, who.user, &wanted),
        jobs::names::find(&app.db, who.user, &wanted)
    )?;
    hits(app, who, applications, jobs).await
}

/// What these addresses lead to, in their order; what is not there any more, or is no job and no application, is left out.
pub async fn recall(app: &App, who: &Who, places: &[String]) -> Result<Vec<Hit>> {
    let known = places.get(..MOST_RECALLED).unwrap_or(places);
    let ids = |start: &str| -> Vec<Uuid> {
        known.iter().filter_map(|place| place.strip_prefix(start)?.parse().ok()).collect()
    };
    let applications = ids("/applications/");
    let jobs: Vec<JobId> = ids("/jobs/").into_iter().map(JobId).collect();
    let (applications, jobs) = tokio::try_join!(
        tracker::store::some(&app.db, who.user, "a.id", &applications),
        jobs::names::some(&app.db, who.user, &jobs)
    )?;
    let mut hits = hits(app, who, applications, jobs).await?;
    hits.sort_by_key(|hit| known.iter().position(|place| *place == hit.to));
    Ok(hits)
}

async fn hits(
    app: &App,
    who: &Who,
    applications: Vec<tracker::Line>,
    jobs: Vec<jobs::names::Named>,
) -> Result<Vec<Hit>> {
    let mut hits = Vec::new();
    if !applications.is_empty() {
        let stages = stages::store::names(&app.db, who.user).await?;
        hits.extend(applications.into_iter().map(|line| Hit {
            kind: Kind::Application,
            to: format!("/applications/{}", line.id),
            note: note(&line.location, stages.get(&line.stage).map_or("", String::as_str)),
            title: line.title,
            company: line.company,
        }));
    }
    hits.extend(jobs.into_iter().map(|job| Hit {
        kind: Kind::Job,
        to: format!("/jobs/{}", job.id),
        note: note(&job.location, job.status().label()),
        title: job.title,
        company: job.company,
    }));
    Ok(hits)
}

fn note(place: &str, stands: &str) -> String {
    [place, stands].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}
