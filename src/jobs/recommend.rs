//! The best jobs not yet applied to, with the reasons.

use super::{Fit, Job, listing, scoring};
use crate::{
    error::Result,
    feedback::{Moved, actions::traits, taste},
    session::Who,
    state::App,
};
use std::sync::Arc;

/// A recommended job with its parts.
#[derive(Clone, Debug)]
pub struct Recommendation {
    pub job: Job,
    pub fit: Fit,
    /// Where what was said about jobs puts it among others.
    pub moved: Option<Moved>,
}

/// At most `limit` (1 to 100), best first: by the score, moved by what the person said about jobs, without what they turned down and
/// hidden companies. Kept for an hour, dropped when anything of the person changes. Empty while the profile says nothing to compare.
pub async fn recommendations(app: &App, who: &Who, limit: u32) -> Result<Arc<Vec<Recommendation>>> {
    let limit = limit.clamp(1, 100);
    app.cache
        .get(who, &format!("recommendations/{limit}"), async {
            let Some(fitter) = scoring::fitter(app, who.user).await? else { return Ok(Vec::new()) };
            let taste = taste::of_who(app, who).await?;
            let (rows, _) = listing::best(app, who, &taste, limit as usize).await?;
            Ok(rows
                .into_iter()
                .map(|row| {
                    let asks = row.asks.0.clone();
                    let job = Job::from(row);
                    let facts = scoring::Facts {
                        location: &job.location,
                        remote: job.remote,
                        level: job.experience_level,
                        asks: &asks,
                    };
                    let fit = fitter.fit(&facts);
                    let moved = taste.moved(job.id, &traits(&job, &asks));
                    Recommendation { job, fit, moved }
                })
                .collect())
        })
        .await
}
