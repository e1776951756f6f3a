//! Finding a person's things by name.

use super::{Hit, Kind, ranking::Wanted};
use crate::{
    applications::{stages, tracker},
    error::Result,
    jobs,
    session::Who,
    state::App,
};

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
