//! SQL of consents: one row for each word of a person, never changed.

use super::{Consent, Purpose};
use crate::{
    audit::{Act, Kind},
    db::{Db, Tx},
    error::{Error, Result},
    ids::UserId,
    on, on_tx,
    session::Who,
    state::App,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

/// Notes what a person says about the present text.
pub async fn insert(tx: &mut Tx, who: UserId, purpose: Purpose, given: bool, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO consents (id, user_id, purpose, version, given, at) VALUES ($1, $2, $3, $4, $5, $6)"
    )
    .bind(Uuid::now_v7())
    .bind(who)
    .bind(purpose.as_str())
    .bind(purpose.version())
    .bind(given)
    .bind(at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Everything the person ever said, oldest first: purpose, version, whether given, when.
pub async fn history(db: &Db, who: UserId) -> Result<Vec<(String, String, bool, DateTime<Utc>)>> {
    Ok(on!(db.read, |c| sqlx::query_as(
        "SELECT purpose, version, given, at FROM consents WHERE user_id = $1 ORDER BY at, id"
    )
    .bind(who)
    .fetch_all(c)
    .await)?)
}

/// Where the person stands on every purpose.
pub async fn list(db: &Db, who: UserId) -> Result<Vec<Consent>> {
    let said = history(db, who).await?;
    let standing = Purpose::ALL.into_iter().map(|purpose| {
        let last = said.iter().rev().find(|(own, ..)| own == purpose.as_str());
        Consent {
            purpose,
            given: last.is_some_and(|(_, version, given, _)| *given && version == purpose.version()),
            version: purpose.version().into(),
            answered_version: last.map(|(_, version, ..)| version.clone()),
            answered_at: last.map(|(.., at)| *at),
        }
    });
    Ok(standing.collect())
}

/// Agrees to something or takes it back. The terms are not taken back: that is closing the account.
pub async fn set(app: &App, who: &Who, purpose: &str, given: bool) -> Result<()> {
    let purpose = Purpose::parse(purpose)
        .ok_or_else(|| Error::invalid("purpose", "Use terms, ai, benchmarks or product_mail."))?;
    if purpose == Purpose::Terms && !given {
        return Err(Error::invalid("given", "Without the terms there is no account. You can close it instead."));
    }
    let mut change = app.change(who.user).await?;
    insert(&mut change.tx, who.user, purpose, given, change.at).await?;
    change.record("account.consent", None, json!({ "purpose": purpose, "given": given }));
    let kind = if given { Kind::ConsentGiven } else { Kind::ConsentTaken };
    change.audit(Act::own(kind, who).with("purpose", purpose.words().0).with("version", purpose.version()));
    change.commit().await
}
