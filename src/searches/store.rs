//! SQL of searches. Those in the bin are invisible except where it says so.

use super::{Criteria, Search, SearchLine};
use crate::{
    db::{self, Db, Tx},
    error::{Error, Result},
    ids::{SearchId, UserId},
    on, on_tx,
    retention::BIN_DAYS,
    seal::{self, PersonKey},
    state::App,
};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;

/// Where the least pay is sealed.
const PAY: &str = "searches.pay";

/// Everything of a search that can change, as its acts keep it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    pub name: String,
    pub active: bool,
    pub criteria: Criteria,
    pub deleted_at: Option<DateTime<Utc>>,
}

/// A search as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub id: SearchId,
    pub state: State,
    pub version: i64,
    pub looked_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<Kept> for Search {
    fn from(kept: Kept) -> Self {
        Search {
            id: kept.id,
            name: kept.state.name,
            active: kept.state.active,
            criteria: kept.state.criteria,
            version: kept.version,
            created_at: kept.created_at,
            updated_at: kept.updated_at,
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: SearchId,
    name: String,
    criteria: Json<Criteria>,
    pay_sealed: Option<String>,
    active: bool,
    version: i64,
    looked_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    deleted_at: Option<DateTime<Utc>>,
}

impl Row {
    fn open(self, key: Option<&PersonKey>) -> Result<Kept> {
        let mut criteria = self.criteria.0;
        if let (Some(sealed), Some(key)) = (&self.pay_sealed, key) {
            criteria.least_pay = Some(serde_json::from_str(&key.open_text(PAY, sealed)?)?);
        }
        Ok(Kept {
            id: self.id,
            state: State { name: self.name, active: self.active, criteria, deleted_at: self.deleted_at },
            version: self.version,
            looked_at: self.looked_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

const COLUMNS: &str =
    "id, name, criteria, pay_sealed, active, version, looked_at, created_at, updated_at, deleted_at FROM searches";

async fn opened(app: &App, who: UserId, rows: Vec<Row>) -> Result<Vec<Kept>> {
    let sealed = rows.iter().any(|row| row.pay_sealed.is_some());
    let key = if sealed { Some(seal::key(app, who).await?) } else { None };
    rows.into_iter().map(|row| row.open(key.as_ref())).collect()
}

/// The person's searches, by name.
pub async fn of(app: &App, who: UserId) -> Result<Vec<Search>> {
    Ok(all(app, who, false).await?.into_iter().map(Search::from).collect())
}

/// The same as they are kept; on demand with those in the bin.
pub async fn all(app: &App, who: UserId, binned: bool) -> Result<Vec<Kept>> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" WHERE user_id = ").push_bind(who);
        if !binned {
            query.push(" AND deleted_at IS NULL");
        }
        query.push(" ORDER BY lower(name), id");
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await
}

/// One search.
pub async fn get(app: &App, who: UserId, id: SearchId) -> Result<Kept> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" WHERE deleted_at IS NULL AND user_id = ").push_bind(who);
        query.push(" AND id = ").push_bind(id);
        query.build_query_as().fetch_all(c).await
    })?;
    opened(app, who, rows).await?.pop().ok_or(Error::NotFound)
}

/// One search inside a change, also of those in the bin.
pub async fn any_in(app: &App, tx: &mut Tx, who: UserId, id: SearchId) -> Result<Kept> {
    let row: Option<Row> = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" WHERE user_id = ").push_bind(who).push(" AND id = ").push_bind(id);
        query.build_query_as().fetch_optional(c).await
    })?;
    row.ok_or(Error::NotFound)?.open(Some(&seal::key_in(app, tx, who).await?))
}

/// One search inside a change.
pub async fn get_in(app: &App, tx: &mut Tx, who: UserId, id: SearchId) -> Result<Kept> {
    any_in(app, tx, who, id).await.and_then(|kept| match kept.state.deleted_at {
        None => Ok(kept),
        Some(_) => Err(Error::NotFound),
    })
}

/// How many the person has.
pub async fn count_in(tx: &mut Tx, who: UserId) -> Result<i64> {
    Ok(on_tx!(tx, |c| sqlx::query_scalar("SELECT count(*) FROM searches WHERE user_id = $1 AND deleted_at IS NULL")
        .bind(who)
        .fetch_one(c)
        .await)?)
}

/// The next turn; held until the transaction ends, so that whoever sees a turn has seen all before it.
async fn turn(tx: &mut Tx) -> Result<i64> {
    Ok(on_tx!(tx, |c| sqlx::query_scalar("UPDATE search_turn SET turn = turn + 1 WHERE id = 1 RETURNING turn")
        .fetch_one(c)
        .await)?)
}

/// Writes a search, new or changed.
pub async fn put(tx: &mut Tx, key: &PersonKey, who: UserId, kept: &Kept) -> Result<()> {
    let State { name, active, criteria, deleted_at } = &kept.state;
    let pay = criteria.least_pay.as_ref().map(serde_json::to_string).transpose()?;
    let sealed = pay.map(|text| key.close_text(PAY, &text)).transpose()?;
    let open = Criteria { least_pay: None, ..criteria.clone() };
    let turn = turn(&mut *tx).await?;
    on_tx!(tx, |c| {
        sqlx::query(
        "INSERT INTO searches (id, user_id, name, criteria, pay_sealed, active, version, turn, looked_at, created_at, \
         updated_at, deleted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, criteria = excluded.criteria, pay_sealed = excluded.pay_sealed, \
         active = excluded.active, version = excluded.version, turn = excluded.turn, updated_at = excluded.updated_at, \
         deleted_at = excluded.deleted_at WHERE searches.user_id = excluded.user_id"
    )
    .bind(kept.id)
    .bind(who)
    .bind(name)
    .bind(Json(open))
    .bind(sealed)
    .bind(active)
    .bind(kept.version)
    .bind(turn)
    .bind(kept.looked_at)
    .bind(kept.created_at)
    .bind(kept.updated_at)
    .bind(deleted_at)
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(())
}

/// Notes when the person looked at what a search found; false when it is not theirs.
pub async fn looked(tx: &mut Tx, who: UserId, id: SearchId, at: DateTime<Utc>) -> Result<bool> {
    let changed = on_tx!(tx, |c| sqlx::query(
        "UPDATE searches SET looked_at = $3 WHERE user_id = $1 AND id = $2 AND deleted_at IS NULL"
    )
    .bind(who)
    .bind(id)
    .bind(at)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(changed > 0)
}

/// What each search of the person found: since they looked, in all, and when last.
#[derive(sqlx::FromRow)]
struct Counts {
    id: SearchId,
    new: i64,
    found: i64,
    last_found: Option<DateTime<Utc>>,
}

/// The person's searches with what they found, by name.
pub async fn lines(app: &App, who: UserId) -> Result<Vec<SearchLine>> {
    let kept = all(app, who, false).await?;
    let counts: Vec<Counts> = on!(app.db.read, |c| {
        sqlx::query_as(
        "SELECT s.id, CAST(sum(CASE WHEN m.found_at > s.looked_at THEN 1 ELSE 0 END) AS BIGINT) AS new, count(*) AS found, \
         max(m.found_at) AS last_found FROM searches s JOIN matches m ON m.user_id = s.user_id AND m.search_id = s.id \
         WHERE s.user_id = $1 AND s.deleted_at IS NULL GROUP BY s.id"
    )
    .bind(who)
    .fetch_all(c)
    .await
    })?;
    let line = |kept: Kept| {
        let of = counts.iter().find(|counts| counts.id == kept.id);
        SearchLine {
            words: kept.state.criteria.in_words(),
            new: of.map_or(0, |of| of.new),
            found: of.map_or(0, |of| of.found),
            last_found: of.and_then(|of| of.last_found),
            looked_at: kept.looked_at,
            search: kept.into(),
        }
    };
    Ok(kept.into_iter().map(line).collect())
}

/// A search of somebody's, as the index takes it up.
#[derive(sqlx::FromRow)]
struct Everybodys {
    id: SearchId,
    user_id: UserId,
    criteria: Json<Criteria>,
    pay_sealed: Option<String>,
    key: Option<String>,
    active: bool,
    turn: i64,
    deleted_at: Option<DateTime<Utc>>,
}

/// A search that was changed, and what it looks for now; None when it looks for nothing any more.
pub struct Changed {
    pub user: UserId,
    pub id: SearchId,
    pub turn: i64,
    pub criteria: Option<Criteria>,
}

/// The newest turn, and how many searches of everybody are on.
pub async fn newest(db: &Db) -> Result<(i64, i64)> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT turn, (SELECT count(*) FROM searches WHERE active AND deleted_at IS NULL) FROM search_turn WHERE id = 1"
    )
    .fetch_one(c)
    .await)?)
}

/// Searches of everybody that were changed after this one, in the order of their turns.
pub async fn changed_after(app: &App, after: (i64, SearchId), limit: i64) -> Result<Vec<Changed>> {
    let rows: Vec<Everybodys> = on!(app.db.read, |c| {
        sqlx::query_as(
        "SELECT s.id, s.user_id, s.criteria, s.pay_sealed, k.sealed AS key, s.active, s.turn, s.deleted_at FROM searches s \
         LEFT JOIN person_keys k ON k.user_id = s.user_id AND s.pay_sealed IS NOT NULL \
         WHERE s.turn > $1 OR (s.turn = $1 AND s.id > $2) ORDER BY s.turn, s.id LIMIT $3"
    )
    .bind(after.0)
    .bind(after.1)
    .bind(limit)
    .fetch_all(c)
    .await
    })?;
    let open = |row: Everybodys| {
        let mut criteria = row.criteria.0;
        if let (Some(sealed), Some(key)) = (&row.pay_sealed, &row.key) {
            let text = seal::kept_key(app, row.user_id, key)?.open_text(PAY, sealed)?;
            criteria.least_pay = Some(serde_json::from_str(&text)?);
        }
        let on = row.active && row.deleted_at.is_none();
        Ok(Changed { user: row.user_id, id: row.id, turn: row.turn, criteria: on.then_some(criteria) })
    };
    rows.into_iter().map(open).collect()
}

/// Removes what has rested in the bin long enough, for everybody.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM searches WHERE deleted_at < $1")
        .bind(db::now() - Duration::days(BIN_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
