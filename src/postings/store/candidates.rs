//! Which stored postings are worth comparing with new ones.

use super::LISTED;
use crate::{
    db::{Lists, Tx},
    error::Result,
    ids::PostingId,
    on_tx,
};
use serde::Serialize;
use sqlx::{Encode, Postgres, Type};

/// Stored postings that may be the same as new ones: of those that share a link, a role or a sentence the newest `most`. A company says
/// some sentences in all of its postings.
pub async fn candidates(
    tx: &mut Tx,
    links: &[&str],
    roles: &[&str],
    text_keys: &[i64],
    most: usize,
) -> Result<Vec<Candidate>> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut all = sharing(tx, &Shared::OF_LINK, links, most).await?;
    all.extend(sharing(tx, &Shared::OF_ROLE, roles, most).await?);
    for chunk in text_keys.chunks(LISTED) {
        all.extend(sharing(tx, &Shared::OF_TEXT, chunk, most).await?);
    }
    Ok(all)
}

/// Where a way to find postings is stored.
struct Shared {
    table: &'static str,
    id: &'static str,
    column: &'static str,
    /// The value that is shared, as a [`Candidate`] has it.
    told: &'static str,
}

impl Shared {
    const OF_LINK: Self = Shared {
        table: "postings",
        id: "id",
        column: "link_key",
        told: "given.value AS key, CAST(NULL AS BIGINT) AS text_key",
    };
    const OF_ROLE: Self = Shared { column: "role_key", ..Self::OF_LINK };
    const OF_TEXT: Self = Shared {
        table: "posting_keys",
        id: "posting_id",
        column: "text_key",
        told: "CAST(NULL AS TEXT) AS key, given.value AS text_key",
    };
}

/// Looks each value up by itself, and reads no more of those that share it than are wanted. SQLite joins in the order of a `CROSS JOIN`;
/// left to choose, it may go through the whole index instead.
async fn sharing<'t, T>(tx: &mut Tx, shared: &Shared, values: &'t [T], most: i64) -> Result<Vec<Candidate>>
where
    T: Serialize,
    &'t [T]: Encode<'t, Postgres> + Type<Postgres>,
{
    let Shared { table, id, column, told } = shared;
    Ok(on_tx!(tx, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(format_args!("stored.{id} AS id, {told} FROM "));
        Lists::push_given(&mut query, values);
        query.push(format_args!(
            " CROSS JOIN {table} stored WHERE stored.{column} = given.value AND stored.{id} >= COALESCE((SELECT newer.{id} \
             FROM {table} newer WHERE newer.{column} = given.value ORDER BY newer.{id} DESC LIMIT 1 OFFSET "
        ));
        query.push_bind(most.saturating_sub(1)).push("), ").push_bind(PostingId(uuid::Uuid::nil())).push(")");
        query.build_query_as().fetch_all(c).await
    })?)
}

/// A stored posting and the way it was found by.
#[derive(sqlx::FromRow)]
pub struct Candidate {
    pub id: PostingId,
    /// The link or role it shares.
    pub key: Option<String>,
    /// The key of its text that it shares.
    pub text_key: Option<i64>,
}
