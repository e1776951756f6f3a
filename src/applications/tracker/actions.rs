//! Gathers the tracker, and what can be done with several applications at once.

use super::{Tracker, TrackerQuery, store};
use crate::{
    acts::Done,
    applications::{
        actions::{self, Going},
        stages::{self, StageCount},
        views,
    },
    error::{Error, Result},
    ids::ApplicationId,
    session::Who,
    state::App,
};

/// Cards in each column of the board unless asked for more, and at most.
const CARDS: u32 = 30;
const MOST_CARDS: u32 = 1_000;
/// Rows of a page of the table.
const PER_PAGE: u32 = 50;

/// Everything the page shows.
pub async fn load(app: &App, who: &Who, query: &TrackerQuery) -> Result<Tracker> {
    let db = &app.db;
    let query = &clean(query);
    let counts = store::counts(db, who.user, query).await?;
    let count = |key: &str| counts.iter().find(|(own, _)| own == key).map_or(0, |(_, n)| *n);
    let stages: Vec<StageCount> = stages::store::list(db, who.user)
        .await?
        .into_iter()
        .map(|stage| StageCount { count: count(&stage.key), stage })
        .collect();
    let in_stage = |counted: &&StageCount| query.stage.is_empty() || counted.stage.key == query.stage;
    let total = stages.iter().filter(in_stage).map(|counted| counted.count).sum();
    let lines = if query.is_table() {
        let page = query.page.unwrap_or(1).clamp(1, 100_000);
        store::page(db, who.user, query, i64::from(PER_PAGE), i64::from(page - 1) * i64::from(PER_PAGE)).await?
    } else {
        let show = query.show.unwrap_or(CARDS).clamp(1, MOST_CARDS);
        store::board(db, who.user, query, i64::from(show)).await?
    };
    let sources = store::sources(db, who.user).await?;
    let views = views::store::list(db, who.user).await?;
    Ok(Tracker { stages, lines, total, any: !sources.is_empty(), sources, views, per_page: PER_PAGE })
}

/// Postgres refuses NUL in text, and no stored text has one.
pub fn clean(query: &TrackerQuery) -> TrackerQuery {
    let [q, stage, status, source] =
        [&query.q, &query.stage, &query.status, &query.source].map(|text| text.replace('\0', ""));
    TrackerQuery { q, stage, status, source, ..query.clone() }
}

/// Ids, a line each.
fn ids(chosen: &str) -> Result<Vec<ApplicationId>> {
    let mut ids: Vec<ApplicationId> = Vec::new();
    for line in chosen.split_whitespace() {
        ids.push(line.parse().map_err(|_| Error::NotFound)?);
    }
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Err(Error::invalid("chosen", "Please choose at least one application."));
    }
    Ok(ids)
}

/// Moves them all to a stage.
pub async fn move_chosen(app: &App, who: &Who, chosen: &str, stage: &str) -> Result<Done> {
    actions::move_all(app, who, &ids(chosen)?, Going { stage, at: "", note: "", version: None }).await
}

/// Puts them all into the bin.
pub async fn remove_chosen(app: &App, who: &Who, chosen: &str) -> Result<Done> {
    actions::remove(app, who, &ids(chosen)?).await
}
