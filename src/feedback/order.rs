//! What a person's taste does to each of their jobs.

use super::{
    Verdict,
    taste::{MOST, Taste, Traits, company_key},
};
use crate::{
    error::{Error, Result},
    ids::JobId,
    jobs::store::{self, Rankable},
    session::Who,
    state::App,
};
use posting::Level;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// Where jobs are moved to; those that stay where they are have no entry.
#[derive(Debug, Default)]
pub struct Order {
    points: HashMap<JobId, i8>,
    hidden: HashSet<JobId>,
}

impl Order {
    /// By how many points a job stands higher or lower, -15 to 15.
    pub fn points(&self, job: JobId) -> i8 {
        self.points.get(&job).copied().unwrap_or_default()
    }

    /// Whether its company is hidden.
    pub fn hides(&self, job: JobId) -> bool {
        self.hidden.contains(&job)
    }

    fn new(taste: &Taste, jobs: &[Rankable]) -> Self {
        let mut order = Order::default();
        for job in jobs {
            if taste.hides_some() && taste.hides(&company_key(&job.company)).is_some() {
                order.hidden.insert(job.id);
            }
            let level = job.experience_level.as_deref().and_then(Level::parse);
            let points = match taste.verdict(job.id) {
                Some(Verdict::Down) => -MOST,
                _ => taste.points(&Traits::new(&job.company, &job.title, &job.location, level, &job.asks)),
            };
            if points != 0 {
                order.points.insert(job.id, points);
            }
        }
        order
    }
}

/// The order of the person's jobs as of now; kept until anything of theirs changes.
pub async fn of(app: &App, who: &Who, taste: &Arc<Taste>) -> Result<Arc<Order>> {
    app.cache
        .get(who, "order", async {
            let jobs = store::everything(&app.db, who.user).await?;
            let taste = taste.clone();
            tokio::task::spawn_blocking(move || Order::new(&taste, &jobs)).await.map_err(Error::internal)
        })
        .await
}
