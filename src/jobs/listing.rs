//! Lists as they are shown: in the order of the database, moved by what the person said about jobs, without hidden companies.

use super::{
    JobQuery,
    store::{self, Ranked, Row},
};
use crate::{
    error::Result,
    feedback::{
        LeftOut, Verdict,
        order::{self, Order},
        taste::Taste,
    },
    session::Who,
    state::App,
};
use std::sync::Arc;

/// One page of a list.
pub struct Found {
    pub rows: Vec<Row>,
    /// How many the list has.
    pub total: i64,
    /// Jobs of hidden companies that it has not.
    pub hidden: u32,
}

/// `limit` jobs after the first `offset` that pass the filters.
pub async fn find(
    app: &App,
    who: &Who,
    query: &JobQuery,
    taste: &Arc<Taste>,
    (limit, offset): (i64, i64),
) -> Result<Found> {
    if taste.is_empty() {
        let (rows, total) = store::list(&app.db, who.user, query, limit, offset).await?;
        return Ok(Found { rows, total, hidden: 0 });
    }
    let order = order::of(app, who, taste).await?;
    let mut all = store::ranked(&app.db, who.user, query).await?;
    let before = all.len();
    if query.hidden != "show" {
        all.retain(|job| !(job.open && order.hides(job.id)));
    }
    let hidden = number(before - all.len());
    if matches!(query.sort.as_str(), "" | "score") {
        by_fit(&mut all, &order);
    }
    let page = all.iter().skip(usize::try_from(offset).unwrap_or(usize::MAX)).take(usize::try_from(limit).unwrap_or(0));
    let ids: Vec<_> = page.map(|job| job.id).collect();
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    Ok(Found { rows: store::some(&app.db, who.user, &ids).await?, total, hidden })
}

/// The best jobs not yet applied to, and what is not among them for what the person said.
pub async fn best(app: &App, who: &Who, taste: &Arc<Taste>, limit: usize) -> Result<(Vec<Row>, LeftOut)> {
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    if taste.is_empty() {
        return Ok((store::best(&app.db, who.user, most).await?, LeftOut::default()));
    }
    let order = order::of(app, who, taste).await?;
    let open = JobQuery { status: "not_applied".into(), ..JobQuery::default() };
    let mut all = store::ranked(&app.db, who.user, &open).await?;
    let every = all.len();
    all.retain(|job| !order.hides(job.id));
    let shown = all.len();
    all.retain(|job| taste.verdict(job.id) != Some(Verdict::Down));
    let left_out = LeftOut { hidden: number(every - shown), turned_down: number(shown - all.len()) };
    by_fit(&mut all, &order);
    let ids: Vec<_> = all.iter().take(limit).map(|job| job.id).collect();
    Ok((store::some(&app.db, who.user, &ids).await?, left_out))
}

/// By the score and what it is moved by; what is equal stays in its order, and what has no score last.
fn by_fit(all: &mut [Ranked], order: &Order) {
    all.sort_by_key(|job| std::cmp::Reverse(job.match_score.map(|score| score + i64::from(order.points(job.id)))));
}

fn number(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
