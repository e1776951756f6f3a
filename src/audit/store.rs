//! SQL of a person's own log.

use super::{Kind, Line, words};
use crate::{
    db::{self, Db},
    error::Result,
    ids::UserId,
    jobs::Page,
    on,
    retention::AUDIT_DETAIL_DAYS,
};
use chrono::{DateTime, Duration, Utc};
use serde_json::{Map, Value};

#[derive(sqlx::FromRow)]
struct Row {
    at: DateTime<Utc>,
    kind: String,
    detail: Option<String>,
}

impl From<Row> for Line {
    fn from(row: Row) -> Self {
        let detail: Map<String, Value> =
            row.detail.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let text = |name: &str| detail.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (words, notable) = words::tell(Kind::parse(&row.kind), &detail);
        Line { at: row.at, text: words, device: text("device"), address: text("address"), notable, kind: row.kind }
    }
}

/// A page of what concerns the person, newest first.
pub async fn list(db: &Db, who: UserId, page: u32, per_page: u32) -> Result<Page<Line>> {
    let total: i64 = on!(db.read, |c| sqlx::query_scalar("SELECT count(*) FROM audit WHERE user_id = $1")
        .bind(who)
        .fetch_one(c)
        .await)?;
    let rows: Vec<Row> = on!(db.read, |c| sqlx::query_as(
        "SELECT a.at, a.kind, d.detail FROM audit a LEFT JOIN audit_details d ON d.seq = a.seq \
         WHERE a.user_id = $1 ORDER BY a.seq DESC LIMIT $2 OFFSET $3"
    )
    .bind(who)
    .bind(i64::from(per_page))
    .bind(i64::from(page - 1) * i64::from(per_page))
    .fetch_all(c)
    .await)?;
    Ok(Page { items: rows.into_iter().map(Line::from).collect(), total, page, per_page })
}

/// Everything that concerns the person, newest first.
pub async fn all(db: &Db, who: UserId) -> Result<Vec<Line>> {
    const AT_ONCE: u32 = 1_000;
    let mut lines = Vec::new();
    for page in 1.. {
        let read = list(db, who, page, AT_ONCE).await?.items;
        let last = read.len() < AT_ONCE as usize;
        lines.extend(read);
        if last {
            break;
        }
    }
    Ok(lines)
}

/// Removes addresses and devices past their time; the chain stays.
pub async fn purge(db: &Db) -> Result<()> {
    on!(db.write, |c| sqlx::query("DELETE FROM audit_details WHERE at < $1")
        .bind(db::now() - Duration::days(AUDIT_DETAIL_DAYS))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
