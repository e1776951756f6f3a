//! SQL of applications as a whole: everything there is, for an export, and taking it back in.

use super::{Application, store};
use crate::{
    db::{Db, Tx},
    error::Result,
    ids::{ApplicationId, UserId},
    on,
    privacy::export::format::{ExportedApplication, ExportedStep},
    state::App,
};
use chrono::{DateTime, Utc};

/// The person's applications after this one with their steps, those to deleted jobs included.
pub async fn after(
    app: &App,
    who: UserId,
    after: Option<ApplicationId>,
    limit: i64,
) -> Result<Vec<ExportedApplication>> {
    let rows: Vec<store::Stored<Application>> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT ");
        query.push(store::COLUMNS).push(" FROM applications a WHERE a.user_id = ").push_bind(who);
        if let Some(after) = after {
            query.push(" AND a.id > ").push_bind(after);
        }
        query.push(" ORDER BY a.id LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(c).await
    })?;
    let rows = store::opened(app, who, rows).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let steps = store::steps(&app.db, who, row.id).await?;
        all.push(ExportedApplication {
            id: row.id,
            job_id: row.job_id,
            status: row.status,
            notes: row.notes,
            applied_at: row.applied_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
            steps: steps.into_iter().map(|step| ExportedStep { status: step.status, at: step.at }).collect(),
        });
    }
    Ok(all)
}

/// How many there are, those to deleted jobs included.
pub async fn count(db: &Db, who: UserId) -> Result<i64> {
    Ok(on!(db.read, |c| sqlx::query_scalar("SELECT count(*) FROM applications WHERE user_id = $1")
        .bind(who)
        .fetch_one(c)
        .await)?)
}

/// Adds an application with the steps it had.
pub async fn insert(
    app: &App,
    tx: &mut Tx,
    who: UserId,
    new: &Application,
    steps: impl IntoIterator<Item = (super::ApplicationStatus, DateTime<Utc>)>,
) -> Result<()> {
    store::insert_row(app, tx, who, new).await?;
    for (status, at) in steps {
        store::step(tx, who, new.id, status, at).await?;
    }
    Ok(())
}
