//! What happened: numbered per person, written in the transaction that made the change, told to open pages after it is durable.
//!
//! The number comes from the person's own row, whose lock serialises their changes, so it has no gaps and never runs backwards.

use crate::{
    db::{self, Db, Tx},
    error::Result,
    ids::UserId,
    live::Event,
    on, on_tx,
    session::Who,
    state::App,
};
use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

/// A transaction on one person's data, together with what it will tell.
pub struct Change {
    pub tx: Tx,
    pub who: UserId,
    /// When it happens: every row and event of the change bears this moment.
    pub at: DateTime<Utc>,
    app: App,
    told: Vec<Event>,
}

impl App {
    /// Begins a change to a person's data; counts as one write against their limit.
    pub async fn change(&self, who: UserId) -> Result<Change> {
        self.limits.write(who)?;
        Ok(self.change_in(self.db.begin().await?, who))
    }

    /// The same in a transaction that has begun already.
    pub fn change_in(&self, tx: Tx, who: UserId) -> Change {
        Change { tx, who, at: db::now(), app: self.clone(), told: Vec::new() }
    }
}

impl Change {
    /// Writes an event row. `kind` is `topic.verb`; `detail` is what the activity list needs to tell it in words.
    pub async fn record(&mut self, kind: &str, id: Option<Uuid>, detail: Value) -> Result<()> {
        let at = self.at;
        let (seq,): (i64,) =
            on_tx!(&mut self.tx, |c| sqlx::query_as("UPDATE users SET seq = seq + 1 WHERE id = $1 RETURNING seq")
                .bind(self.who)
                .fetch_one(c)
                .await)?;
        on_tx!(&mut self.tx, |c| sqlx::query(
            "INSERT INTO events (user_id, seq, kind, entity_id, detail, at) VALUES ($1, $2, $3, $4, $5, $6)"
        )
        .bind(self.who)
        .bind(seq)
        .bind(kind)
        .bind(id)
        .bind(sqlx::types::Json(detail))
        .bind(at)
        .execute(c)
        .await
        .map(|_| ()))?;
        self.told.push(Event { seq, kind: kind.to_owned(), id, at });
        Ok(())
    }

    /// Makes the change durable, then tells the person's open pages.
    pub async fn commit(self) -> Result<()> {
        self.tx.commit().await?;
        for event in self.told {
            self.app.hub.publish(self.who, event);
        }
        Ok(())
    }
}

/// One line of a person's activity.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Activity {
    pub seq: i64,
    pub kind: String,
    pub entity_id: Option<Uuid>,
    pub detail: sqlx::types::Json<Value>,
    pub at: DateTime<Utc>,
}

/// The person's events after `after`, oldest first, at most `limit`.
pub async fn after(db: &Db, who: UserId, after: i64, limit: i64) -> Result<Vec<Event>> {
    let rows: Vec<(i64, String, Option<Uuid>, DateTime<Utc>)> = on!(db.read, |c| sqlx::query_as(
        "SELECT seq, kind, entity_id, at FROM events WHERE user_id = $1 AND seq > $2 ORDER BY seq LIMIT $3"
    )
    .bind(who)
    .bind(after)
    .bind(limit)
    .fetch_all(c)
    .await)?;
    Ok(rows.into_iter().map(|(seq, kind, id, at)| Event { seq, kind, id, at }).collect())
}

/// The person's newest events, newest first.
pub async fn recent(db: &Db, who: &Who, limit: i64) -> Result<Vec<Activity>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT seq, kind, entity_id, detail, at FROM events WHERE user_id = $1 ORDER BY seq DESC LIMIT $2"
    )
    .bind(who.user)
    .bind(limit)
    .fetch_all(c)
    .await)?)
}

/// The newest event number of each of these people.
pub async fn newest(db: &Db, people: &[UserId]) -> Result<Vec<(UserId, i64)>> {
    let mut all = Vec::with_capacity(people.len());
    for chunk in people.chunks(500) {
        let rows: Vec<(UserId, i64)> = on!(db.read, |c| {
            let mut query = sqlx::QueryBuilder::new("SELECT id, seq FROM users WHERE id IN (");
            let mut ids = query.separated(", ");
            for id in chunk {
                ids.push_bind(*id);
            }
            query.push(")");
            query.build_query_as().fetch_all(c).await
        })?;
        all.extend(rows);
    }
    Ok(all)
}

/// One event of the person.
pub async fn one(db: &Db, who: UserId, seq: i64) -> Result<Option<Activity>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT seq, kind, entity_id, detail, at FROM events WHERE user_id = $1 AND seq = $2"
    )
    .bind(who)
    .bind(seq)
    .fetch_optional(c)
    .await)?)
}
