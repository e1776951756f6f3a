use crate::{Job, Scorer};

/// The best `limit` jobs as (index, score), best first; among equals the earlier one in `jobs`.
pub fn rank(scorer: &Scorer, jobs: &[Job], limit: usize) -> Vec<(usize, u8)> {
    let totals: Vec<u8> = jobs.iter().map(|job| scorer.total(job)).collect();
    // There are only 101 scores: counting them tells where each begins, and keeps the order among equals.
    let mut starts = [0_usize; 256];
    for total in &totals {
        starts[usize::from(*total)] += 1;
    }
    let mut begin = 0;
    for count in starts.iter_mut().rev() {
        begin += std::mem::replace(count, begin);
    }
    let mut best = vec![(0, 0); limit.min(jobs.len())];
    for (index, total) in totals.into_iter().enumerate() {
        let at = &mut starts[usize::from(total)];
        if let Some(slot) = best.get_mut(*at) {
            *slot = (index, total);
        }
        *at += 1;
    }
    best
}
