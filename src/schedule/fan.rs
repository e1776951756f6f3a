//! What is due is done for all people of a time zone, a page of them at a time. Each page is a piece of work that puts in the next, in
//! the transaction in which it ends: a server that dies in the middle costs the page it was at, which is gone through again.

use super::{Schedule, store};
use crate::{
    briefings, db,
    ids::UserId,
    sources,
    state::App,
    work::{self, Order, Priority, Task, Trouble, Working},
};
use chrono::{DateTime, Utc};

/// Goes through one page of people: those after `after`.
pub async fn page(
    app: &App,
    working: &Working,
    schedule: Schedule,
    zone: &str,
    planned: DateTime<Utc>,
    after: Option<UserId>,
) -> Result<(), Trouble> {
    let next = carry_out(app, schedule, zone, planned, after).await?;
    let mut tx = app.db.begin().await?;
    working.finish(&mut tx).await?;
    if let Some(next) = next {
        work::put(&mut tx, &order(schedule, zone, planned, Some(next))).await?;
    }
    store::passed(&mut tx, schedule, zone, planned, next.is_none().then(db::now)).await?;
    tx.commit().await?;
    app.working.notify_one();
    Ok(())
}

/// Puts in what one page's people are due; answers after whom the next page begins, None when this was the last.
async fn carry_out(
    app: &App,
    schedule: Schedule,
    zone: &str,
    planned: DateTime<Utc>,
    after: Option<UserId>,
) -> Result<Option<UserId>, Trouble> {
    let briefing = match schedule {
        Schedule::Ingest => {
            sources::visits::ingest_for(app, zone).await?;
            return Ok(None);
        }
        Schedule::Openings => {
            sources::checking::look_after(app).await?;
            return Ok(None);
        }
        Schedule::Morning => briefings::Kind::Morning,
        Schedule::Evening => briefings::Kind::Evening,
        Schedule::Weekly => briefings::Kind::Weekly,
    };
    Ok(briefings::making::fan_out(app, briefing, zone, planned, after).await?)
}

/// The work for one page of people.
pub fn order(schedule: Schedule, zone: &str, planned: DateTime<Utc>, after: Option<UserId>) -> Order {
    let from = after.map_or_else(String::new, |after| after.to_string());
    Order {
        once: Some(format!("{}:{zone}:{}:{from}", schedule.as_str(), planned.timestamp())),
        task: Task::FanOut { schedule, zone: zone.to_owned(), planned, after },
        priority: Priority::Usual,
        run_at: planned,
        user: None,
    }
}
