//! What people do about applications, taken in again.

use super::{Restored, cut, sensible};
use crate::{
    applications::views,
    db,
    error::Result,
    events::Change,
    ids::ApplicationId,
    jobs,
    letters::{self, copy::ExportedLetter},
    offers,
    privacy::export::format::{ExportedOffer, ExportedSearch, ExportedTalk, ExportedTask, ExportedView},
    retention::BIN_DAYS,
    searches, tasks,
};
use chrono::{DateTime, Duration, Utc};
use std::collections::HashMap;

/// What the lists of a file say of it.
pub struct Dealings {
    pub tasks: Vec<ExportedTask>,
    pub offers: Vec<ExportedOffer>,
    pub talk: Vec<ExportedTalk>,
    pub letters: Vec<ExportedLetter>,
    pub views: Vec<ExportedView>,
    pub searches: Vec<ExportedSearch>,
}

/// Tasks, offers, talk about pay and mail of the applications that were added (`ids`, by the file's), tasks of none, views and searches.
pub async fn take_in(
    change: &mut Change,
    Dealings { mut tasks, mut offers, mut talk, letters, views, searches }: Dealings,
    ids: &HashMap<ApplicationId, ApplicationId>,
    restored: &mut Restored,
) -> Result<()> {
    let bin_begins = db::now() - Duration::days(BIN_DAYS);
    let kept = |at: &Option<DateTime<Utc>>| at.is_none_or(|at| at >= bin_begins);
    tasks.retain(|task| kept(&task.deleted_at));
    offers.retain(|offer| kept(&offer.deleted_at));
    talk.retain(|said| kept(&said.deleted_at));
    let all = tasks.len() + offers.len() + talk.len();
    tasks.retain(|task| {
        let moments = [Some(task.created_at), Some(task.updated_at), task.done_at, task.deleted_at];
        let anchor = task.anchor.is_none_or(|at| jobs::draft::is_sensible(at.date()));
        anchor && sensible(&moments.into_iter().flatten().collect::<Vec<_>>())
    });
    offers.retain(|offer| sensible(&[offer.created_at, offer.updated_at]));
    talk.retain(|said| sensible(&[said.created_at]));
    let mut left_out = u32::try_from(all - tasks.len() - offers.len() - talk.len()).unwrap_or(u32::MAX);
    for task in &mut tasks {
        (task.created_at, task.updated_at) = (cut(task.created_at), cut(task.updated_at));
        (task.done_at, task.deleted_at) = (task.done_at.map(cut), task.deleted_at.map(cut));
    }
    for offer in &mut offers {
        (offer.created_at, offer.updated_at) = (cut(offer.created_at), cut(offer.updated_at));
        offer.deleted_at = offer.deleted_at.map(cut);
    }
    for said in &mut talk {
        (said.created_at, said.deleted_at) = (cut(said.created_at), said.deleted_at.map(cut));
    }
    left_out += tasks::copy::take_in(change, tasks, ids).await?;
    left_out += offers::copy::take_in(change, offers, talk, ids).await?;
    let (sent, letters): (Vec<_>, Vec<_>) = letters
        .into_iter()
        .map(|letter| ExportedLetter { sent_at: letter.sent_at.map(cut), ..letter })
        .partition(|letter| sensible(&letter.sent_at.into_iter().collect::<Vec<_>>()));
    left_out += u32::try_from(letters.len()).unwrap_or(u32::MAX);
    left_out += letters::copy::take_in(change, sent, ids).await?;
    left_out += views::store::take_in(change, views).await?;
    left_out += searches::copy::take_in(change, searches).await?;
    if left_out > 0 {
        restored
            .rejected
            .push(format!("{left_out} tasks, offers, lines about pay, messages, views or searches are not in order."));
    }
    Ok(())
}
