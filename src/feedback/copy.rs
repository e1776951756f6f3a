//! What was said about jobs as a whole: everything there is, for an export, and taking it back in.

use super::{Feedback, HiddenCompany, Reason, Shown, store};
use crate::{
    error::Result,
    events::Change,
    ids::{FeedbackId, HiddenCompanyId, JobId, UserId},
    privacy::export::format::{ExportedFeedback, ExportedHidden},
    state::App,
};
use std::collections::HashMap;

/// Longest text, and most skills, of what was judged; most hidden companies.
const TEXT: usize = 500;
const MOST: usize = 400;
const MOST_HIDDEN: usize = 1_000;

/// Everything the person said, oldest first.
pub async fn said(app: &App, who: UserId) -> Result<Vec<ExportedFeedback>> {
    let mut all = store::list(app, who, i64::MAX, 0).await?;
    all.reverse();
    Ok(all
        .into_iter()
        .map(|said| ExportedFeedback {
            job_id: said.job_id,
            verdict: said.verdict,
            reason: said.reason,
            note: said.note,
            about: said.about,
            shown: said.shown,
            given_at: said.given_at,
        })
        .collect())
}

/// The companies the person hid, oldest first.
pub async fn hidden(app: &App, who: UserId) -> Result<Vec<ExportedHidden>> {
    let mut all = store::hidden(&app.db, who).await?;
    all.reverse();
    Ok(all.into_iter().map(|one| ExportedHidden { company: one.company, created_at: one.created_at }).collect())
}

/// Adds what a file has; `ids` are the ids here of the file's jobs. What is said here already stays. What is not in order is left out;
/// answers with how many.
pub async fn take_in(
    change: &mut Change,
    said: Vec<ExportedFeedback>,
    hidden: Vec<ExportedHidden>,
    ids: &HashMap<JobId, (JobId, bool)>,
) -> Result<u32> {
    let (app, who) = (change.app(), change.who);
    let mut left_out = 0;
    for from in said {
        let about = &from.about;
        let texts = [&about.company, &about.title, &about.location];
        let in_order = texts.into_iter().chain(&about.skills).chain(&about.missing).all(|text| fits(text))
            && fits(&from.shown.algorithm)
            && fits(&from.note)
            && about.skills.len().max(about.missing.len()) <= MOST
            && from.shown.match_score.is_none_or(|score| score <= 100)
            && from.reason.is_none_or(|reason| Reason::of(from.verdict).contains(&reason));
        if !in_order {
            left_out += 1;
            continue;
        }
        // What was said of a job that is gone is learned from all the same.
        let job_id = ids.get(&from.job_id).map_or(from.job_id, |(id, _)| *id);
        let said = Feedback {
            id: FeedbackId::fresh(),
            job_id,
            posting_id: store::posting_of(&mut change.tx, who, job_id).await?,
            verdict: from.verdict,
            reason: from.reason,
            note: from.note,
            about: from.about,
            shown: Shown { moved: from.shown.moved.clamp(-super::taste::MOST, super::taste::MOST), ..from.shown },
            given_at: from.given_at,
        };
        store::take_in(&app, &mut change.tx, who, &said).await?;
    }
    for from in hidden.into_iter().take(MOST_HIDDEN) {
        let key = super::taste::company_key(&from.company);
        if key.is_empty() || !fits(&from.company) {
            left_out += 1;
            continue;
        }
        let new = HiddenCompany { id: HiddenCompanyId::fresh(), company: from.company, created_at: from.created_at };
        store::hide(&mut change.tx, who, &new, &key).await?;
    }
    Ok(left_out)
}

fn fits(text: &str) -> bool {
    !text.contains('\0') && text.chars().count() <= TEXT
}
