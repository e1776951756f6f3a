//! What a search would find among the postings that are here, while somebody writes it.

use super::{
    Criteria, Preview, Previewed,
    backfill::{self, Seeker, Sought},
};
use crate::{
    error::{Error, Result},
    ids::SearchId,
    postings::recent,
    session::Who,
    state::App,
};
use std::{cmp::Reverse, sync::Arc};
use uuid::Uuid;

/// Postings read at a time, and at most: the newest.
const AT_ONCE: i64 = 2_000;
const MOST: u64 = 20_000;
/// How many are shown.
const SHOWN: usize = 5;

/// How many postings of the last thirty days fit, and the best five.
pub async fn preview(app: &App, who: &Who, criteria: &Criteria) -> Result<Preview> {
    let since = backfill::since();
    let nobodys = SearchId(Uuid::nil());
    let seeker = Arc::new(Seeker::of(app, (who.user, nobodys), criteria).await?);
    // Few searches look at texts, and texts are most of what there is to read.
    let texts = !criteria.without_words.is_empty() || !criteria.languages.is_empty();
    let (mut preview, mut best, mut after) = (Preview::default(), Vec::new(), None);
    while preview.of < MOST {
        let page = recent::page(&app.db, since, after, texts, AT_ONCE).await?;
        let Some(last) = page.last() else { break };
        after = Some((last.first_seen, last.id));
        preview.of += page.len() as u64;
        let seeker = seeker.clone();
        let found: Vec<(Previewed, u16)> = tokio::task::spawn_blocking(move || {
            let shown = |Sought { new, scored: (at, score, hit) }: Sought| {
                let posting = page.get(at)?;
                let previewed = Previewed {
                    company: posting.company.clone(),
                    title: posting.title.clone(),
                    location: posting.location.clone(),
                    remote: posting.remote,
                    score,
                    why: new.why,
                };
                Some((previewed, hit.why.skills))
            };
            seeker.seek(&page).into_iter().filter_map(shown).collect()
        })
        .await
        .map_err(Error::internal)?;
        preview.found += found.len() as u64;
        best.extend(found);
        best.sort_by_key(|(one, skills)| (Reverse(one.score), Reverse(*skills)));
        best.truncate(SHOWN);
    }
    preview.first = best.into_iter().map(|(one, _)| one).collect();
    Ok(preview)
}
