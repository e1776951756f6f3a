//! The log of accounts, told to the request log line by line, so that it leaves the machine with it: who can rewrite the database
//! cannot rewrite what was collected elsewhere. Details stay inside, where they can be erased with their person.

use crate::{db::Db, error::Result, ids::UserId, on, on_tx, state::App, write_tx};
use chrono::{DateTime, SecondsFormat, Utc};
use std::time::Duration;

/// How long a row waits at most.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Rows told in one transaction.
const AT_ONCE: i64 = 500;

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    at: DateTime<Utc>,
    user_id: Option<UserId>,
    actor_id: Option<UserId>,
    kind: String,
    hash: String,
}

/// Tells what is new until the app stops, and what is left then.
pub async fn run(app: App) {
    loop {
        let stopping = app.stopping.is_cancelled();
        if let Err(error) = tell(&app.db).await {
            tracing::warn!(%error, "the log of accounts could not be told to the logs outside");
        }
        if stopping {
            return;
        }
        tokio::select! {
            () = app.stopping.cancelled() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Tells every row that was not told yet, in their order. Another server that wants to tell the same waits, and finds it told; one that
/// dies meanwhile leaves it to be told again.
pub async fn tell(db: &Db) -> Result<()> {
    while anything_new(db).await? {
        let mut tx = db.begin().await?;
        let lock = tx.lock();
        let told: i64 = on_tx!(&mut tx, |c| {
            let mut query = sqlx::QueryBuilder::new("SELECT seq FROM audit_told WHERE id = 1");
            query.push(lock);
            query.build_query_scalar().fetch_one(c).await
        })?;
        let rows: Vec<Row> = on_tx!(&mut tx, |c| sqlx::query_as(
            "SELECT seq, at, user_id, actor_id, kind, hash FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2"
        )
        .bind(told)
        .bind(AT_ONCE)
        .fetch_all(c)
        .await)?;
        let Some(newest) = rows.last().map(|row| row.seq) else { return Ok(()) };
        for row in &rows {
            row.tell();
        }
        write_tx!(&mut tx, |query| query.push("UPDATE audit_told SET seq = ").push_bind(newest).push(" WHERE id = 1"));
        tx.commit().await?;
    }
    Ok(())
}

async fn anything_new(db: &Db) -> Result<bool> {
    Ok(on!(db.read, |c| sqlx::query_scalar(
        "SELECT h.seq > t.seq FROM audit_head h JOIN audit_told t ON t.id = h.id WHERE h.id = 1"
    )
    .fetch_one(c)
    .await)?)
}

impl Row {
    fn tell(&self) {
        let id = |who: Option<UserId>| who.map(|who| who.to_string());
        tracing::info!(
            seq = self.seq,
            at = self.at.to_rfc3339_opts(SecondsFormat::Micros, true),
            kind = self.kind,
            about = id(self.user_id),
            by = id(self.actor_id),
            hash = self.hash,
            "account"
        );
    }
}
