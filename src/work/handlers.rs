//! Who carries out what.

use super::{Task, Trouble, Working};
use crate::{briefings, db, error::Result, schedule, searches, sources, state::App};

/// Carries something out. It may have been begun before, by a server that died over it: features look at what is there already.
pub async fn handle(app: &App, working: &Working, task: Task) -> Result<(), Trouble> {
    match task {
        Task::FanOut { schedule, zone, planned, after } => {
            schedule::fan::page(app, working, schedule, &zone, planned, after).await
        }
        Task::FetchSource { source } => sources::visits::fetch(app, working, source).await,
        Task::CheckOpenings { source } => sources::checking::check(app, working, source).await,
        Task::Look => Ok(searches::matching::catch_up(app).await.map(drop)?),
        Task::Brief { user, kind, day } => Ok(briefings::making::make(app, user, kind, day).await?),
        Task::Deliver { user } => Ok(searches::delivery::deliver(app, user).await.map(drop)?),
        Task::Backfill { user, search } => Ok(searches::backfill::backfill(app, working, user, search).await?),
    }
}

/// What is to be known elsewhere when something is given up.
pub async fn given_up(app: &App, task: &Task, why: &str) -> Result<()> {
    match task {
        Task::FanOut { schedule, zone, planned, .. } => {
            schedule::store::given_up(&app.db, *schedule, zone, *planned, why, db::now()).await
        }
        _ => Ok(()),
    }
}
