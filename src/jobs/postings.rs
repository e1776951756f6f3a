//! SQL between a person's jobs and the postings they came from.

use crate::{
    db::{Tx, push_list},
    error::Result,
    ids::{JobId, PostingId, UserId},
    on_tx,
};

/// What tells a job from others, also of one in the bin: whoever threw it away does not want it again.
#[derive(Debug, sqlx::FromRow)]
pub struct Known {
    pub id: JobId,
    pub posting_id: Option<PostingId>,
    pub link_key: Option<String>,
    pub same_key: String,
}

/// Keys of one statement.
const AT_ONCE: usize = 400;

/// The person's jobs that are one of these postings, by posting, link or content.
pub async fn known(tx: &mut Tx, who: UserId, wanted: &[(PostingId, Option<&str>, &str)]) -> Result<Vec<Known>> {
    let mut all = Vec::new();
    for chunk in wanted.chunks(AT_ONCE) {
        let found: Vec<Known> = on_tx!(&mut *tx, |c| {
            let mut query =
                sqlx::QueryBuilder::new("SELECT id, posting_id, link_key, same_key FROM jobs WHERE user_id = ");
            query.push_bind(who).push(" AND (posting_id IN ");
            push_list(&mut query, chunk.iter().map(|(posting, ..)| *posting)).push(" OR same_key IN ");
            push_list(&mut query, chunk.iter().map(|(.., same)| *same));
            if chunk.iter().any(|(_, link, _)| link.is_some()) {
                query.push(" OR link_key IN ");
                push_list(&mut query, chunk.iter().filter_map(|(_, link, _)| *link));
            }
            query.push(")");
            query.build_query_as().fetch_all(c).await
        })?;
        all.extend(found);
    }
    Ok(all)
}

/// Notes which postings jobs came from; one that has one keeps it.
pub async fn link(tx: &mut Tx, who: UserId, jobs: &[(JobId, PostingId)]) -> Result<()> {
    for chunk in jobs.chunks(AT_ONCE) {
        on_tx!(&mut *tx, |c| {
            let mut query = sqlx::QueryBuilder::new("UPDATE jobs SET posting_id = v.column2 FROM (");
            query.push_values(chunk, |mut row, (job, posting)| {
                row.push_bind(*job).push_bind(*posting);
            });
            query
                .push(") AS v WHERE jobs.id = v.column1 AND jobs.posting_id IS NULL AND jobs.user_id = ")
                .push_bind(who);
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}
