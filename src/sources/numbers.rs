//! What came of each source, counted.

use super::Tally;
use crate::{
    db::{self, Db},
    error::Result,
    ids::{SourceId, UserId},
    on,
};
use chrono::Days;
use std::collections::HashMap;

/// Days that what a source had is counted for.
const DAYS: u64 = 30;

/// The numbers of all sources, for a person. A job that several sources have counts for each; one that no source brought counts for those
/// of its kind and company.
pub async fn of(db: &Db, who: UserId) -> Result<HashMap<SourceId, Tally>> {
    let since = db::now().date_naive().checked_sub_days(Days::new(DAYS)).unwrap_or_default();
    let had: Vec<(SourceId, i64, i64)> = on!(db.read, |c| {
        sqlx::query_as(
        "SELECT source_id, CAST(SUM(new) AS BIGINT), CAST(SUM(duplicate) AS BIGINT) FROM source_days WHERE day > $1 GROUP BY source_id"
    )
    .bind(since)
    .fetch_all(c)
    .await
    })?;
    let became: Vec<(SourceId, i64, i64, i64)> = on!(db.read, |c| {
        sqlx::query_as(
        "SELECT had.source_id, COUNT(*), \
         CAST(SUM(CASE WHEN a.status <> 'interested' THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN a.status IN ('interview', 'offer', 'accepted', 'rejected') THEN 1 ELSE 0 END) AS BIGINT) \
         FROM (SELECT p.source_id AS source_id, j.id AS job_id FROM jobs j JOIN postings p ON p.opening_id = j.posting_id \
           WHERE j.user_id = $1 AND j.deleted_at IS NULL \
         UNION SELECT s.id, j.id FROM jobs j JOIN sources s ON s.kind = j.source AND (s.company = '' OR lower(s.company) = lower(j.company)) \
           WHERE j.user_id = $1 AND j.deleted_at IS NULL AND j.posting_id IS NULL) had \
         LEFT JOIN applications a ON a.user_id = $1 AND a.job_id = had.job_id AND a.deleted_at IS NULL GROUP BY had.source_id"
    )
    .bind(who)
    .fetch_all(c)
    .await
    })?;
    let mut all: HashMap<SourceId, Tally> = HashMap::new();
    for (id, new, duplicate) in had {
        let tally = all.entry(id).or_default();
        (tally.found, tally.new, tally.duplicate) = (new + duplicate, new, duplicate);
    }
    for (id, matched, applied, answered) in became {
        let tally = all.entry(id).or_default();
        (tally.matched, tally.applied, tally.answered) = (matched, applied, answered);
    }
    Ok(all)
}
