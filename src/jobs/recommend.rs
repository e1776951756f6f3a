//! The best jobs not yet applied to, with the reasons.

use super::{Fit, Job, scoring, store};
use crate::{error::Result, session::Who, state::App};
use std::sync::Arc;

/// A recommended job with its parts.
#[derive(Clone, Debug)]
pub struct Recommendation {
    pub job: Job,
    pub fit: Fit,
}

/// At most `limit` (1 to 100), best first. Kept for an hour, dropped when anything of the person changes. Empty while the
/// profile says nothing to compare.
pub async fn recommendations(app: &App, who: &Who, limit: u32) -> Result<Arc<Vec<Recommendation>>> {
    let limit = limit.clamp(1, 100);
    app.cache
        .get(who, &format!("recommendations/{limit}"), async {
            let Some(fitter) = scoring::fitter(app, who.user).await? else { return Ok(Vec::new()) };
            let rows = store::best(&app.db, who.user, i64::from(limit)).await?;
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
                    Recommendation { job, fit }
                })
                .collect())
        })
        .await
}
