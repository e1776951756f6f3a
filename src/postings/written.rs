//! SQL that writes postings.

use super::ingest::Ready;
use crate::{
    db::{Lists, Tx, push_list},
    error::Result,
    ids::{PostingId, SourceId},
    write_tx,
};
use chrono::{DateTime, NaiveDate, Utc};
use duplicates::{Kind, Verdict};
use openings::Why;
use posting::{Level, Remote};
use sqlx::types::Json;
use uuid::Uuid;

/// Rows per INSERT; 37 values each, under both engines' limits.
const ROWS_AT_ONCE: usize = 200;
/// Keys of texts per INSERT.
const KEYS_AT_ONCE: usize = 4_000;
/// Values of a list in one statement.
const LISTED: usize = 2_000;

/// A posting with the opening it belongs to.
pub struct Placed {
    pub ready: Ready,
    pub opening: PostingId,
    /// What it is to the opening; None where it came first.
    pub verdict: Option<Verdict>,
}

impl Placed {
    /// Whether people's searches are to be asked about it: it is an opening nobody knew, or one that is there again.
    fn is_news(&self) -> bool {
        let again = self.verdict.as_ref().is_some_and(|verdict| verdict.kind == Kind::Repost);
        again || self.opening == self.ready.id
    }
}

/// Writes new postings of a source and the ways to find them.
pub async fn insert(tx: &mut Tx, source: SourceId, all: &[Placed], at: DateTime<Utc>) -> Result<()> {
    for chunk in all.chunks(ROWS_AT_ONCE) {
        write_tx!(&mut *tx, |query| {
            query.push(
                "INSERT INTO postings (id, source_id, source_key, opening_id, kind, reason, evidence, company, title, location, \
                 remote, experience_level, salary_min, salary_max, salary_currency, salary_period, source, url, date_posted, \
                 closes_on, link_key, role_key, company_key, digest, first_seen, missed, returns, closed_at, \
                 closed_why, closed_reason, looked_at, tech_stack, asks, responsibilities, requirements, description) ",
            );
            query.push_values(chunk, |mut row, placed| {
                let Ready { draft, closed, .. } = &placed.ready;
                let salary = draft.salary.as_ref();
                let verdict = placed.verdict.as_ref();
                row.push_bind(placed.ready.id)
                    .push_bind(source)
                    .push_bind(&placed.ready.key)
                    .push_bind(placed.opening)
                    .push_bind(verdict.map(|verdict| verdict.kind.as_str()))
                    .push_bind(verdict.map(|verdict| verdict.reason.as_str()))
                    .push_bind(verdict.map(|verdict| Json(&verdict.evidence)))
                    .push_bind(&draft.company)
                    .push_bind(&draft.title)
                    .push_bind(&draft.location)
                    .push_bind(draft.remote.map(Remote::as_str))
                    .push_bind(draft.experience_level.map(Level::as_str))
                    .push_bind(salary.and_then(|salary| salary.min))
                    .push_bind(salary.and_then(|salary| salary.max))
                    .push_bind(salary.map(|salary| salary.currency.as_str()))
                    .push_bind(salary.map(|salary| salary.period.as_str()))
                    .push_bind(&draft.source)
                    .push_bind(draft.url.as_deref())
                    .push_bind(draft.date_posted)
                    .push_bind(draft.closes_on)
                    .push_bind(placed.ready.link_key.as_deref())
                    .push_bind(&placed.ready.role_key)
                    .push_bind(&placed.ready.company_key)
                    .push_bind(&placed.ready.digest[..])
                    .push_bind(at)
                    .push_bind(0_i64)
                    .push_bind(0_i64)
                    .push_bind(closed.as_ref().map(|_| at))
                    .push_bind(closed.as_ref().map(|(why, _)| why.as_str()))
                    .push_bind(closed.as_ref().map(|(_, reason)| reason.as_str()))
                    .push_bind((closed.is_some() || !placed.is_news()).then_some(at))
                    .push_bind(Json(&draft.tech_stack))
                    .push_bind(Json(&placed.ready.asks))
                    .push_bind(Json(&draft.responsibilities))
                    .push_bind(Json(&draft.requirements))
                    .push_bind(&draft.description);
            })
        });
    }
    write_keys(tx, &all.iter().flat_map(|placed| placed.ready.keys()).collect::<Vec<_>>()).await
}

/// Writes by which keys of their texts postings are found.
async fn write_keys(tx: &mut Tx, keys: &[(i64, PostingId)]) -> Result<()> {
    for chunk in keys.chunks(KEYS_AT_ONCE) {
        let (keys, ids): (Vec<i64>, Vec<Uuid>) = chunk.iter().map(|(key, id)| (*key, id.0)).unzip();
        write_tx!(&mut *tx, |query| {
            query.push("INSERT INTO posting_keys (text_key, posting_id) ");
            Lists::push_pairs(query, &keys, &ids);
            query.push(" ON CONFLICT DO NOTHING")
        });
    }
    Ok(())
}

/// Notes that a posting is an agency's copy of one that came after it.
pub async fn is_copy(tx: &mut Tx, id: PostingId, verdict: &Verdict) -> Result<()> {
    write_tx!(tx, |query| query
        .push("UPDATE postings SET kind = 'agency_copy', reason = ")
        .push_bind(&verdict.reason)
        .push(", evidence = ")
        .push_bind(Json(&verdict.evidence))
        .push(" WHERE id = ")
        .push_bind(id));
    Ok(())
}

/// Writes what a source says differently now of a posting it had before; one that was closed is open again.
pub async fn rewrite(tx: &mut Tx, new: &Ready, returned: bool, at: DateTime<Utc>) -> Result<()> {
    let Ready { draft, closed, .. } = new;
    let salary = draft.salary.as_ref();
    write_tx!(&mut *tx, |query| {
        query.push("UPDATE postings SET company = ").push_bind(&draft.company);
        query.push(", title = ").push_bind(&draft.title);
        query.push(", location = ").push_bind(&draft.location);
        query.push(", remote = ").push_bind(draft.remote.map(Remote::as_str));
        query.push(", experience_level = ").push_bind(draft.experience_level.map(Level::as_str));
        query.push(", salary_min = ").push_bind(salary.and_then(|salary| salary.min));
        query.push(", salary_max = ").push_bind(salary.and_then(|salary| salary.max));
        query.push(", salary_currency = ").push_bind(salary.map(|salary| salary.currency.as_str()));
        query.push(", salary_period = ").push_bind(salary.map(|salary| salary.period.as_str()));
        query.push(", url = ").push_bind(draft.url.as_deref());
        query.push(", date_posted = ").push_bind(draft.date_posted);
        query.push(", closes_on = ").push_bind(draft.closes_on);
        query.push(", link_key = ").push_bind(new.link_key.as_deref());
        query.push(", role_key = ").push_bind(&new.role_key);
        query.push(", company_key = ").push_bind(&new.company_key);
        query.push(", digest = ").push_bind(&new.digest[..]);
        query.push(", tech_stack = ").push_bind(Json(&draft.tech_stack));
        query.push(", asks = ").push_bind(Json(&new.asks));
        query.push(", responsibilities = ").push_bind(Json(&draft.responsibilities));
        query.push(", requirements = ").push_bind(Json(&draft.requirements));
        query.push(", description = ").push_bind(&draft.description);
        query.push(", closed_at = ").push_bind(closed.as_ref().map(|_| at));
        query.push(", closed_why = ").push_bind(closed.as_ref().map(|(why, _)| why.as_str()));
        query.push(", closed_reason = ").push_bind(closed.as_ref().map(|(_, reason)| reason.as_str()));
        if returned && closed.is_none() {
            query.push(", returns = returns + 1, looked_at = NULL");
        }
        query.push(" WHERE id = ").push_bind(new.id)
    });
    write_tx!(&mut *tx, |query| query.push("DELETE FROM posting_keys WHERE posting_id = ").push_bind(new.id));
    write_keys(tx, &new.keys().collect::<Vec<_>>()).await
}

/// Notes that these were there again: those that were missed once are not any more, and those that were closed are open.
pub async fn seen(tx: &mut Tx, ids: &[PostingId]) -> Result<()> {
    for chunk in ids.chunks(LISTED) {
        write_tx!(&mut *tx, |query| {
            query.push(
                "UPDATE postings SET missed = 0, missed_since = NULL, \
                 returns = returns + CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END, \
                 looked_at = CASE WHEN closed_at IS NULL THEN looked_at END, \
                 closed_at = NULL, closed_why = NULL, closed_reason = NULL WHERE id IN ",
            );
            push_list(query, chunk)
        });
    }
    Ok(())
}

/// Notes that a whole reading did not have these.
pub async fn missed(tx: &mut Tx, ids: &[PostingId], at: DateTime<Utc>) -> Result<()> {
    for chunk in ids.chunks(LISTED) {
        write_tx!(&mut *tx, |query| {
            query.push("UPDATE postings SET missed = missed + 1, missed_since = COALESCE(missed_since, ");
            query.push_bind(at).push(") WHERE closed_at IS NULL AND id IN ");
            push_list(query, chunk)
        });
    }
    Ok(())
}

/// Closes those of these that are open.
pub async fn close(tx: &mut Tx, ids: &[PostingId], why: Why, reason: &str, at: DateTime<Utc>) -> Result<()> {
    for chunk in ids.chunks(LISTED) {
        write_tx!(&mut *tx, |query| {
            query.push("UPDATE postings SET closed_at = ").push_bind(at);
            query.push(", closed_why = ").push_bind(why.as_str());
            query.push(", closed_reason = ").push_bind(reason);
            query.push(" WHERE closed_at IS NULL AND id IN ");
            push_list(query, chunk)
        });
    }
    Ok(())
}

/// Closes what can no longer be applied to; how many.
pub async fn expire(tx: &mut Tx, today: NaiveDate, at: DateTime<Utc>) -> Result<u64> {
    Ok(crate::on_tx!(tx, |c| {
        sqlx::query(
        "UPDATE postings SET closed_at = $2, closed_why = 'day_over', closed_reason = 'Its last day to apply has passed.' \
         WHERE closed_at IS NULL AND closes_on < $1"
    )
    .bind(today)
    .bind(at)
    .execute(c)
    .await
    .map(|done| done.rows_affected())
    })?)
}

/// Notes that a posting's own page was asked.
pub async fn checked(tx: &mut Tx, id: PostingId, at: DateTime<Utc>) -> Result<()> {
    write_tx!(tx, |query| query
        .push("UPDATE postings SET checked_at = ")
        .push_bind(at)
        .push(" WHERE id = ")
        .push_bind(id));
    Ok(())
}
