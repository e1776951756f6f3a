//! The chain: every row holds a hash over its values and the hash of the row before, so that a row changed, taken out or put in
//! between is found. Only the hash of a row's detail is part of it: the detail itself can be erased with its person.

use super::Act;
use crate::{
    db::{self, Db, Tx},
    error::{Error, Result},
    ids::UserId,
    on, on_tx,
    session::{random_token, sha256},
    write_tx,
};
use chrono::{DateTime, Utc};

/// Rows read at a time to check them.
const AT_ONCE: i64 = 1_000;

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    at: DateTime<Utc>,
    user_id: Option<UserId>,
    actor_id: Option<UserId>,
    kind: String,
    detail_hash: String,
    hash: String,
    salt: Option<String>,
    detail: Option<String>,
}

impl Row {
    /// SHA-256 over the row before and the row's own values, as a JSON list: no two lists of values read the same.
    fn hash_after(&self, previous: &str) -> String {
        let values = serde_json::json!([
            previous,
            self.seq,
            self.at.timestamp_micros(),
            self.user_id,
            self.actor_id,
            self.kind,
            self.detail_hash
        ]);
        sha256(&values.to_string())
    }
}

fn detail_hash(salt: &str, detail: &str) -> String {
    sha256(&[salt, "\n", detail].concat())
}

/// Adds to the log inside a transaction, as its last step: until it ends, nobody else adds.
pub async fn append(tx: &mut Tx, acts: &[Act]) -> Result<()> {
    if acts.is_empty() {
        return Ok(());
    }
    let lock = tx.lock();
    let (mut newest, mut previous): (i64, String) = on_tx!(&mut *tx, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT seq, hash FROM audit_head WHERE id = 1");
        query.push(lock);
        query.build_query_as().fetch_one(c).await
    })?;
    let at = db::now();
    for act in acts {
        newest += 1;
        let (salt, detail) = (random_token(), serde_json::to_string(&act.detail)?);
        let mut row = Row {
            seq: newest,
            at,
            user_id: act.about,
            actor_id: act.by,
            kind: act.kind.as_str().to_owned(),
            detail_hash: detail_hash(&salt, &detail),
            hash: String::new(),
            salt: Some(salt),
            detail: Some(detail),
        };
        row.hash = row.hash_after(&previous);
        previous.clone_from(&row.hash);
        write(tx, row).await?;
    }
    write_tx!(tx, |query| query
        .push("UPDATE audit_head SET seq = ")
        .push_bind(newest)
        .push(", hash = ")
        .push_bind(previous.clone())
        .push(" WHERE id = 1"));
    Ok(())
}

async fn write(tx: &mut Tx, row: Row) -> Result<()> {
    write_tx!(&mut *tx, |query| query
        .push("INSERT INTO audit (seq, at, user_id, actor_id, kind, detail_hash, hash) VALUES (")
        .push_bind(row.seq)
        .push(", ")
        .push_bind(row.at)
        .push(", ")
        .push_bind(row.user_id)
        .push(", ")
        .push_bind(row.actor_id)
        .push(", ")
        .push_bind(row.kind.clone())
        .push(", ")
        .push_bind(row.detail_hash.clone())
        .push(", ")
        .push_bind(row.hash.clone())
        .push(")"));
    write_tx!(tx, |query| query
        .push("INSERT INTO audit_details (seq, user_id, at, salt, detail) VALUES (")
        .push_bind(row.seq)
        .push(", ")
        .push_bind(row.user_id)
        .push(", ")
        .push_bind(row.at)
        .push(", ")
        .push_bind(row.salt.clone())
        .push(", ")
        .push_bind(row.detail.clone())
        .push(")"));
    Ok(())
}

/// Adds one thing to the log that is no part of a change.
pub async fn note(db: &Db, act: Act) -> Result<()> {
    let mut tx = db.begin().await?;
    append(&mut tx, &[act]).await?;
    tx.commit().await
}

/// What checking the chain came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every row is as it was written. `head` names the newest; kept elsewhere, it shows later that nothing before it was replaced.
    Whole { rows: i64, erased: i64, head: String },
    /// The first row that is not, and what is wrong with it.
    Broken { seq: i64, why: &'static str },
}

/// Reads the whole log and checks every link. `known` is a number and a hash written down earlier.
pub async fn verify(db: &Db, known: Option<(i64, &str)>) -> Result<Verdict> {
    let (last, head): (i64, String) =
        on!(db.read, |c| sqlx::query_as("SELECT seq, hash FROM audit_head WHERE id = 1").fetch_one(c).await)?;
    let broken = |seq, why| Ok(Verdict::Broken { seq, why });
    let (mut seq, mut previous, mut erased) = (0, String::new(), 0);
    while seq < last {
        let rows: Vec<Row> = on!(db.read, |c| sqlx::query_as(
            "SELECT a.seq, a.at, a.user_id, a.actor_id, a.kind, a.detail_hash, a.hash, d.salt, d.detail \
             FROM audit a LEFT JOIN audit_details d ON d.seq = a.seq WHERE a.seq > $1 ORDER BY a.seq LIMIT $2"
        )
        .bind(seq)
        .bind(AT_ONCE)
        .fetch_all(c)
        .await)?;
        if rows.is_empty() {
            return broken(seq + 1, "it is missing, and so is everything after it");
        }
        for row in rows {
            seq += 1;
            if row.seq != seq {
                return broken(seq, "it is missing");
            }
            if row.hash != row.hash_after(&previous) {
                return broken(seq, "it, or the row before it, was changed");
            }
            match (&row.salt, &row.detail) {
                (Some(salt), Some(detail)) if row.detail_hash != detail_hash(salt, detail) => {
                    return broken(seq, "its detail was changed");
                }
                (Some(_), Some(_)) => {}
                _ => erased += 1,
            }
            if known.is_some_and(|(number, hash)| number == seq && hash != row.hash) {
                return broken(seq, "it is not the row that was written down");
            }
            previous = row.hash;
            if seq == last {
                break;
            }
        }
    }
    if previous != head {
        return broken(seq, "it is not the newest row that was written");
    }
    match known {
        Some((number, _)) if number > last => broken(last + 1, "rows after it were written down, and are gone"),
        _ => Ok(Verdict::Whole { rows: last, erased, head: format!("{last}:{head}") }),
    }
}

/// `NUMBER:HASH`, as [`Verdict::Whole`] names the newest row.
pub fn parse_head(text: &str) -> Result<(i64, &str)> {
    text.split_once(':')
        .and_then(|(number, hash)| Some((number.parse().ok().filter(|n| *n > 0)?, hash)))
        .filter(|(_, hash)| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
        .ok_or_else(|| {
            Error::invalid("head", "Give it as it was printed: a number, a colon, and 64 hexadecimal digits.")
        })
}
