//! What was said about jobs, taken in again.

use super::{Restored, cut, sensible};
use crate::{
    error::Result,
    events::Change,
    feedback,
    ids::JobId,
    privacy::export::format::{ExportedFeedback, ExportedHidden},
};
use std::collections::HashMap;

/// Adds what was said, of jobs that are here (`ids`, by the file's) and of others, and hides the companies that were hidden.
pub async fn take_in(
    change: &mut Change,
    said: Vec<ExportedFeedback>,
    hidden: Vec<ExportedHidden>,
    ids: &HashMap<JobId, (JobId, bool)>,
    restored: &mut Restored,
) -> Result<()> {
    let (said, odd): (Vec<_>, Vec<_>) = said
        .into_iter()
        .map(|said| ExportedFeedback { given_at: cut(said.given_at), ..said })
        .partition(|said| sensible(&[said.given_at]));
    let (hidden, odd_too): (Vec<_>, Vec<_>) = hidden
        .into_iter()
        .map(|one| ExportedHidden { created_at: cut(one.created_at), ..one })
        .partition(|one| sensible(&[one.created_at]));
    let left_out = feedback::copy::take_in(change, said, hidden, ids).await?;
    let left_out = u32::try_from(odd.len() + odd_too.len()).unwrap_or(u32::MAX).saturating_add(left_out);
    if left_out > 0 {
        restored.rejected.push(format!("{left_out} words about jobs or hidden companies are not in order."));
    }
    Ok(())
}
