//! SQL of marks and preferences.

use crate::{
    db::{Db, Tx},
    error::Result,
    ids::{ApplicationId, UserId},
    on, on_tx,
};
use chrono::{DateTime, Utc};
use priority::{Doing, Factor, Weights};
use sqlx::types::Json;
use std::collections::{BTreeMap, BTreeSet};

/// What was said about an action.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Mark {
    pub application_id: ApplicationId,
    pub doing: String,
    pub stage_since: DateTime<Utc>,
    pub until: Option<DateTime<Utc>>,
}

/// How actions are chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub quiet_days: i64,
    /// Factor to percent of its usual weight.
    pub weights: BTreeMap<String, u32>,
    /// Words of the kinds that are switched off.
    pub off: BTreeSet<String>,
}

impl Default for Kept {
    fn default() -> Self {
        Kept { quiet_days: 10, weights: BTreeMap::new(), off: BTreeSet::new() }
    }
}

impl Kept {
    /// The weights that follow.
    pub fn scaled(&self) -> Weights {
        let fine = Weights::default().fine();
        Factor::ALL.into_iter().fold(fine, |weights, factor| weights.scaled(factor, self.percent(factor)))
    }

    /// A factor's percent of its usual weight.
    pub fn percent(&self, factor: Factor) -> u32 {
        self.weights.get(factor.as_str()).copied().unwrap_or(100)
    }

    pub fn suggests(&self, doing: Doing) -> bool {
        !self.off.contains(doing.as_str())
    }
}

/// The person's marks.
pub async fn marks(db: &Db, who: UserId) -> Result<Vec<Mark>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT application_id, doing, stage_since, until FROM action_marks WHERE user_id = $1"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}

/// Keeps a mark in the place of the one before.
pub async fn put_mark(tx: &mut Tx, who: UserId, mark: &Mark, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| {
        sqlx::query(
        "INSERT INTO action_marks (user_id, application_id, doing, stage_since, until, at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (user_id, application_id, doing) \
         DO UPDATE SET stage_since = excluded.stage_since, until = excluded.until, at = excluded.at"
    )
    .bind(who)
    .bind(mark.application_id)
    .bind(&mark.doing)
    .bind(mark.stage_since)
    .bind(mark.until)
    .bind(at)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// Forgets a mark.
pub async fn remove_mark(tx: &mut Tx, who: UserId, application: ApplicationId, doing: &str) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("DELETE FROM action_marks WHERE user_id = $1 AND application_id = $2 AND doing = $3")
        .bind(who)
        .bind(application)
        .bind(doing)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// Days, weights and what is switched off, as they are kept.
type Chosen = (i64, Json<BTreeMap<String, u32>>, Json<BTreeSet<String>>);

/// How the person wants actions to be chosen.
pub async fn preferences(db: &Db, who: UserId) -> Result<Kept> {
    let row: Option<Chosen> =
        on!(db.read, |c| sqlx::query_as("SELECT quiet_days, weights, off FROM action_preferences WHERE user_id = $1")
            .bind(who)
            .fetch_optional(c)
            .await)?;
    Ok(row.map(|(quiet_days, weights, off)| Kept { quiet_days, weights: weights.0, off: off.0 }).unwrap_or_default())
}

/// Keeps them.
pub async fn put_preferences(tx: &mut Tx, who: UserId, kept: &Kept, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO action_preferences (user_id, quiet_days, weights, off, updated_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (user_id) DO UPDATE SET quiet_days = excluded.quiet_days, weights = excluded.weights, \
         off = excluded.off, updated_at = excluded.updated_at"
    )
    .bind(who)
    .bind(kept.quiet_days)
    .bind(Json(&kept.weights))
    .bind(Json(&kept.off))
    .bind(at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
