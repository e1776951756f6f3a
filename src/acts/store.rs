//! SQL of acts. States are sealed: they hold notes and pay.

use super::Entity;
use crate::{
    db::{self, Db, Tx},
    error::{Error, Result},
    ids::{ActId, ApplicationId, BundleId, UserId},
    on, on_tx,
    retention::BIN_DAYS,
    seal::PersonKey,
    write_tx,
};
use chrono::{DateTime, Duration, Utc};
use serde_json::Value;
use uuid::Uuid;

/// Where sealed states stand.
const STATE: &str = "acts.state";

/// Something that was done, as it is kept.
#[derive(Debug)]
pub struct Act {
    pub id: ActId,
    pub bundle: BundleId,
    pub application_id: Option<ApplicationId>,
    pub entity: Entity,
    pub entity_id: Uuid,
    pub verb: String,
    /// The state before; null when there was nothing.
    pub before: Value,
    /// The state after.
    pub after: Value,
    pub at: DateTime<Utc>,
    pub undone_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: ActId,
    bundle: BundleId,
    application_id: Option<ApplicationId>,
    entity: Entity,
    entity_id: Uuid,
    verb: String,
    state_sealed: String,
    at: DateTime<Utc>,
    undone_at: Option<DateTime<Utc>>,
}

impl Row {
    fn open(self, key: &PersonKey) -> Result<Act> {
        let text = key.open_text(STATE, &self.state_sealed)?;
        let (before, after) = serde_json::from_str(&text).map_err(Error::internal)?;
        Ok(Act {
            id: self.id,
            bundle: self.bundle,
            application_id: self.application_id,
            entity: self.entity,
            entity_id: self.entity_id,
            verb: self.verb,
            before,
            after,
            at: self.at,
            undone_at: self.undone_at,
        })
    }
}

const COLUMNS: &str = "id, bundle, application_id, entity, entity_id, verb, state_sealed, at, undone_at";

/// Acts per INSERT; nine values each, under both engines' limits.
const ROWS_AT_ONCE: usize = 500;

/// Writes acts down.
pub async fn insert(tx: &mut Tx, key: &PersonKey, who: UserId, acts: &[Act]) -> Result<()> {
    for chunk in acts.chunks(ROWS_AT_ONCE) {
        let mut sealed = Vec::with_capacity(chunk.len());
        for act in chunk {
            let state = serde_json::to_string(&(&act.before, &act.after)).map_err(Error::internal)?;
            sealed.push(key.close_text(STATE, &state)?);
        }
        write_tx!(&mut *tx, |query| query
            .push("INSERT INTO acts (id, user_id, bundle, application_id, entity, entity_id, verb, state_sealed, at) ")
            .push_values(chunk.iter().zip(sealed), |mut row, (act, sealed)| {
                row.push_bind(act.id)
                    .push_bind(who)
                    .push_bind(act.bundle)
                    .push_bind(act.application_id)
                    .push_bind(act.entity)
                    .push_bind(act.entity_id)
                    .push_bind(act.verb.as_str())
                    .push_bind(sealed)
                    .push_bind(act.at);
            }));
    }
    Ok(())
}

/// What was done as one and was not taken back yet, the newest first.
pub async fn of_bundle(tx: &mut Tx, key: &PersonKey, who: UserId, bundle: BundleId) -> Result<Vec<Act>> {
    let rows: Vec<Row> = on_tx!(tx, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM acts WHERE undone_at IS NULL AND user_id = ").push_bind(who);
        query.push(" AND bundle = ").push_bind(bundle).push(" ORDER BY id DESC");
        query.build_query_as().fetch_all(c).await
    })?;
    rows.into_iter().map(|row| row.open(key)).collect()
}

/// Notes that an act was taken back.
pub async fn undone(tx: &mut Tx, who: UserId, id: ActId, at: DateTime<Utc>) -> Result<()> {
    write_tx!(tx, |query| query
        .push("UPDATE acts SET undone_at = ")
        .push_bind(at)
        .push(" WHERE user_id = ")
        .push_bind(who)
        .push(" AND id = ")
        .push_bind(id));
    Ok(())
}

/// What was done to an application and can be taken back, the newest first: moment, verb, entity and bundle.
pub async fn of_application(
    db: &Db,
    who: UserId,
    application: ApplicationId,
) -> Result<Vec<(BundleId, Entity, Uuid, String, DateTime<Utc>)>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT bundle, entity, entity_id, verb, at FROM acts \
         WHERE undone_at IS NULL AND user_id = $1 AND application_id = $2 ORDER BY id DESC LIMIT 200"
    )
    .bind(who)
    .bind(application)
    .fetch_all(c)
    .await)?)
}

/// Forgets what can no longer be taken back, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM acts WHERE at < $1")
        .bind(db::now() - Duration::days(BIN_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
