//! What happened: numbered per person, written in the transaction that made the change, told to open pages after it is durable.
//!
//! A person's changes happen one after the other, and the numbers come from the person's own row: no gaps, never backwards.

use crate::{
    audit::{self, Act},
    db::{self, Db, Tx, push_list},
    error::{Error, Result},
    ids::{BundleId, UserId},
    live::Event,
    offline::once,
    on, on_tx,
    session::Who,
    state::App,
    write_tx,
};
use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// A transaction on one person's data, together with what it will tell.
pub struct Change {
    pub tx: Tx,
    pub who: UserId,
    /// What is done in it can be taken back under this id.
    pub bundle: BundleId,
    /// When it happens: every row and event of the change bears this moment.
    pub at: DateTime<Utc>,
    /// The version of the person's profile when the change began.
    pub profile: DateTime<Utc>,
    /// Where the person is.
    zone: chrono_tz::Tz,
    /// Number of the person's newest event when the change began.
    seq: i64,
    app: App,
    recorded: Vec<Recorded>,
    /// What goes into the log of accounts at the end.
    acts: Vec<Act>,
}

/// An event that gets its number at the end of the change.
struct Recorded {
    kind: String,
    id: Option<Uuid>,
    detail: Value,
    at: DateTime<Utc>,
}

/// Event rows per INSERT; six values each, under both engines' limits.
const ROWS_AT_ONCE: usize = 1_000;

impl App {
    /// Begins a change to a person's data and keeps their other changes waiting until it ends; counts as one write against
    /// their limit.
    pub async fn change(&self, who: UserId) -> Result<Change> {
        self.limits.write(who)?;
        self.change_in(self.db.begin().await?, who).await
    }

    /// The same in a transaction that has begun already.
    pub async fn change_in(&self, mut tx: Tx, who: UserId) -> Result<Change> {
        let lock = tx.lock();
        let found: Option<(i64, DateTime<Utc>, String)> = on_tx!(&mut tx, |c| {
            let mut query = sqlx::QueryBuilder::new(
                "SELECT u.seq, p.updated_at, p.time_zone FROM users u JOIN profiles p ON p.user_id = u.id WHERE u.id = ",
            );
            query.push_bind(who).push(lock);
            query.build_query_as().fetch_optional(c).await
        })?;
        let (seq, profile, zone) = found.ok_or(Error::NotFound)?;
        let zone = zone.parse().unwrap_or(chrono_tz::UTC);
        once::claim(&mut tx, who).await?;
        Ok(Change {
            tx,
            who,
            bundle: BundleId::fresh(),
            at: db::now(),
            profile,
            zone,
            seq,
            app: self.clone(),
            recorded: Vec::new(),
            acts: Vec::new(),
        })
    }
}

impl Change {
    /// The app it happens in.
    pub fn app(&self) -> App {
        self.app.clone()
    }

    /// Number of the person's newest event when the change began.
    pub fn newest(&self) -> i64 {
        self.seq
    }

    /// The day it is where the person is.
    pub fn today(&self) -> NaiveDate {
        self.day(self.at)
    }

    /// The day a moment belongs to where the person is.
    pub fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The moment that a clock where the person is shows as `2026-11-27T14:30` or `2026-11-27 14:30`; see [`local`].
    pub fn local(&self, text: &str) -> Option<DateTime<Utc>> {
        local(self.zone, text)
    }

    /// Where the person is.
    pub fn zone(&self) -> chrono_tz::Tz {
        self.zone
    }

    /// Notes an event. `kind` is `topic.verb`; `detail` is what the activity list needs to tell it in words.
    pub fn record(&mut self, kind: &str, id: Option<Uuid>, detail: Value) {
        self.recorded.push(Recorded { kind: kind.to_owned(), id, detail, at: self.at });
    }

    /// Notes something for the log of accounts.
    pub fn audit(&mut self, act: Act) {
        self.acts.push(act);
    }

    /// Writes the events and makes the change durable, then tells the person's open pages.
    pub async fn commit(mut self) -> Result<()> {
        let numbered: Vec<(i64, Recorded)> = (self.seq + 1..).zip(std::mem::take(&mut self.recorded)).collect();
        let told = !numbered.is_empty();
        self.write(&numbered).await?;
        audit::chain::append(&mut self.tx, &self.acts).await?;
        self.tx.commit().await?;
        for (seq, event) in numbered {
            self.app.hub.publish(self.who, Event { seq, kind: event.kind, id: event.id, at: event.at });
        }
        if told {
            self.app.relay.tell(self.who);
        }
        Ok(())
    }

    async fn write(&mut self, events: &[(i64, Recorded)]) -> Result<()> {
        let who = self.who;
        let Some((newest, _)) = events.last() else { return Ok(()) };
        write_tx!(&mut self.tx, |query| query
            .push("UPDATE users SET seq = ")
            .push_bind(*newest)
            .push(" WHERE id = ")
            .push_bind(who));
        for chunk in events.chunks(ROWS_AT_ONCE) {
            write_tx!(&mut self.tx, |query| query
                .push("INSERT INTO events (user_id, seq, kind, entity_id, detail, at) ")
                .push_values(chunk, |mut row, (seq, event)| {
                    row.push_bind(who)
                        .push_bind(*seq)
                        .push_bind(&event.kind)
                        .push_bind(event.id)
                        .push_bind(sqlx::types::Json(&event.detail))
                        .push_bind(event.at);
                }));
        }
        Ok(())
    }
}

/// The moment that a clock of a zone shows as `2026-11-27T14:30` or `2026-11-27 14:30`; None when this is no time. Of two (the
/// hour that comes twice) the first; an hour that is left out counts on from before it.
pub fn local(zone: chrono_tz::Tz, text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim().replace('T', " ");
    let time = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(&text, format).ok())?;
    moment_in(zone, time)
}

/// The moment that a clock of a zone shows so. Of two the first; an hour that is left out counts on from before it.
pub fn moment_in(zone: chrono_tz::Tz, time: NaiveDateTime) -> Option<DateTime<Utc>> {
    let found = time.and_local_timezone(zone).earliest();
    let later = || time.checked_add_signed(Duration::hours(1))?.and_local_timezone(zone).earliest();
    Some(found.or_else(later)?.with_timezone(&Utc))
}

/// One line of a person's activity.
#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
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
            let mut query = sqlx::QueryBuilder::new("SELECT id, seq FROM users WHERE id IN ");
            push_list(&mut query, chunk);
            query.build_query_as().fetch_all(c).await
        })?;
        all.extend(rows);
    }
    Ok(all)
}

/// How many events the person has.
pub async fn count(db: &Db, who: UserId) -> Result<i64> {
    Ok(on!(db.read, |c| sqlx::query_scalar("SELECT count(*) FROM events WHERE user_id = $1")
        .bind(who)
        .fetch_one(c)
        .await)?)
}

/// The person's events after `after` with everything that is told of them, oldest first, at most `limit`.
pub async fn told_after(db: &Db, who: UserId, after: i64, limit: i64) -> Result<Vec<Activity>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT seq, kind, entity_id, detail, at FROM events WHERE user_id = $1 AND seq > $2 ORDER BY seq LIMIT $3"
    )
    .bind(who)
    .bind(after)
    .bind(limit)
    .fetch_all(c)
    .await)?)
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
