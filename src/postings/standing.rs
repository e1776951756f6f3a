//! What is known of an opening, for people who have a job made from it.

use super::store;
use crate::{
    db,
    error::Result,
    ids::{PostingId, UserId},
    jobs::opening::{Doubtful, Opening, Seen, Standing},
    state::App,
};
use boards::Format;
use openings::{Signals, doubts, worth_a_note};

/// The opening with this id as the person sees it; None when its postings are no longer known.
pub async fn of(app: &App, who: UserId, opening: PostingId) -> Result<Option<Opening>> {
    let mut postings = store::shown(&app.db, who, opening).await?;
    postings.sort_by_key(|shown| (shown.id != opening, shown.first_seen));
    let Some(first) = postings.first() else { return Ok(None) };
    let first_seen = first.first_seen;
    let counted = || postings.iter().filter(|shown| !shown.apart);
    Ok(Some(Opening {
        standing: standing(counted()),
        first_seen,
        doubts: doubtful(app, counted()).await?,
        seen_on: postings.iter().map(seen).collect(),
    }))
}

/// It is open while any of its postings is.
fn standing<'a>(postings: impl Iterator<Item = &'a store::Shown> + Clone) -> Standing {
    let today = db::now().date_naive();
    let mut open = postings.clone().filter(|shown| shown.closed_at.is_none()).peekable();
    if open.peek().is_none() {
        let last = postings.filter_map(|shown| Some((shown.closed_at?, shown))).max_by_key(|(at, _)| *at);
        let reason = |shown: &store::Shown| shown.closed_reason.clone().unwrap_or_default();
        return last.map_or(Standing::Open, |(since, shown)| Standing::Closed { since, reason: reason(shown) });
    }
    let mut stale = None;
    for shown in open {
        let stands = openings::standing(&openings::Facts {
            today,
            posted: shown.date_posted,
            first_seen: shown.first_seen.date_naive(),
            last_seen: today,
            missing_for: 0,
            status: None,
            closes_on: shown.closes_on,
            text: "",
        });
        match stands {
            openings::Standing::Stale { reason, .. } => stale = Some(reason),
            openings::Standing::Open | openings::Standing::Closed { .. } => return Standing::Open,
        }
    }
    stale.map_or(Standing::Open, |reason| Standing::Stale { reason })
}

/// What speaks against a real opening, where it is enough for a note.
async fn doubtful<'a>(app: &App, postings: impl Iterator<Item = &'a store::Shown> + Clone) -> Result<Vec<Doubtful>> {
    let newest = postings.clone().filter(|shown| shown.closed_at.is_none()).max_by_key(|shown| shown.first_seen);
    let Some(newest) = newest else { return Ok(Vec::new()) };
    let again = postings.clone().filter(|shown| shown.kind.as_deref() == Some("repost")).count();
    let returns: i64 = postings.clone().map(|shown| shown.returns).sum();
    let first = postings.clone().map(|shown| shown.first_seen).min().unwrap_or(newest.first_seen);
    let open = store::open_at(&app.db, &newest.company_key, &newest.title).await?;
    let number = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    let found = doubts(&Signals {
        title: &newest.title,
        text: &newest.description,
        reposts: u32::try_from(again).unwrap_or(u32::MAX).saturating_add(number(returns)),
        days_open: (db::now() - first).num_days(),
        pay_named: postings.clone().any(|shown| shown.salary_currency.is_some()),
        place: &newest.location,
        company_open: Some(number(open.all)),
        same_title_open: number(open.same_title),
    });
    if !worth_a_note(&found) {
        return Ok(Vec::new());
    }
    Ok(found.into_iter().map(|doubt| Doubtful { reason: doubt.reason, evidence: doubt.evidence }).collect())
}

fn seen(shown: &store::Shown) -> Seen {
    Seen {
        posting: shown.id,
        board: Format::parse(&shown.source).map_or(shown.source.clone(), |format| format.label().to_owned()),
        company: shown.company.clone(),
        title: shown.title.clone(),
        url: shown.url.clone(),
        posted: shown.date_posted,
        closed: shown.closed_at.is_some(),
        kind: shown.kind.clone(),
        reason: shown.reason.clone().unwrap_or_default(),
        evidence: shown.evidence.clone().map(|list| list.0).unwrap_or_default(),
        apart: shown.apart,
    }
}
