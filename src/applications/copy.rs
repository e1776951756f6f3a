//! Applications as a whole: everything there is, for an export, and taking it back in.

use super::{
    Application, SavedPosting,
    history::store as steps,
    moves::NOTE,
    stages::{self, Stage},
    store,
};
use crate::{
    contacts,
    db::{Db, Tx},
    error::Result,
    events::Change,
    ids::{ApplicationId, StepId, UserId},
    interviews, on,
    privacy::export::format::{ExportedApplication, ExportedStage, ExportedStep},
    seal, sent,
    state::App,
};
use chrono::{DateTime, Utc};

/// The person's applications after this one with their steps, those in the bin and those to deleted jobs included.
pub async fn after(
    app: &App,
    who: UserId,
    after: Option<ApplicationId>,
    limit: i64,
) -> Result<Vec<ExportedApplication>> {
    let rows: Vec<store::Stored> = on!(app.db.read, |c| {
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
        all.push(ExportedApplication {
            steps: exported_steps(app, who, row.id).await?,
            posting: store::posting(&app.db, who, row.id).await?,
            interviews: interviews::copy::of(app, who, row.id).await?,
            contacts: contacts::copy::of(app, who, row.id).await?,
            documents: sent::copy::of(app, who, row.id).await?,
            deleted_at: store::deleted_at(&app.db, who, row.id).await?,
            id: row.id,
            job_id: row.job_id,
            status: row.status,
            stage: row.stage,
            notes: row.notes,
            applied_at: row.applied_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
        });
    }
    Ok(all)
}

async fn exported_steps(app: &App, who: UserId, id: ApplicationId) -> Result<Vec<ExportedStep>> {
    let rows = steps::all(&app.db, who, id).await?;
    let sealed = rows.iter().any(|row| row.note_sealed.is_some());
    let key = if sealed { Some(seal::key(app, who).await?) } else { None };
    rows.into_iter()
        .map(|row| {
            let note = match row.note_sealed.as_deref().zip(key.as_ref()) {
                Some((sealed, key)) => key.open_text(NOTE, sealed)?,
                None => String::new(),
            };
            Ok(ExportedStep {
                status: row.status,
                stage: row.stage,
                at: row.at,
                recorded_at: row.recorded_at,
                actor: Some(row.actor),
                note,
            })
        })
        .collect()
}

/// The person's stages from left to right.
pub async fn stages(db: &Db, who: UserId) -> Result<Vec<ExportedStage>> {
    let all = stages::store::list(db, who).await?;
    Ok(all
        .into_iter()
        .map(|stage| ExportedStage { key: stage.key, name: stage.name, status: stage.status, colour: stage.colour })
        .collect())
}

/// How many there are, those in the bin and those to deleted jobs included.
pub async fn count(db: &Db, who: UserId) -> Result<i64> {
    Ok(on!(db.read, |c| sqlx::query_scalar("SELECT count(*) FROM applications WHERE user_id = $1")
        .bind(who)
        .fetch_one(c)
        .await)?)
}

/// Adds the stages of a file that are not here: neither under their key nor under their name. Answers with those here by the
/// file's keys.
pub async fn take_stages(change: &mut Change, all: Vec<ExportedStage>) -> Result<Vec<(String, Stage)>> {
    let mut here = stages::store::list_in(&mut change.tx, change.who).await?;
    let mut known = Vec::new();
    for from in all {
        let name: String = from.name.replace('\0', "").trim().chars().take(40).collect();
        let same = here.iter().find(|stage| stage.key == from.key || stage.name.to_lowercase() == name.to_lowercase());
        if let Some(stage) = same {
            known.push((from.key, stage.clone()));
        } else if !name.is_empty() && here.len() < stages::MOST {
            let position = here.last().map_or(1, |last| last.position + 1);
            let key = uuid::Uuid::now_v7().simple().to_string();
            let stage = Stage { key, name, status: from.status, colour: from.colour, position };
            stages::store::insert(&mut change.tx, change.who, &stage).await?;
            here.push(stage.clone());
            known.push((from.key, stage));
        }
    }
    Ok(known)
}

/// Adds an application with the steps it had.
pub async fn insert(
    app: &App,
    tx: &mut Tx,
    who: UserId,
    new: &Application,
    posting: Option<&SavedPosting>,
    deleted_at: Option<DateTime<Utc>>,
    history: Vec<(ExportedStep, Stage)>,
) -> Result<()> {
    store::insert(app, tx, who, new, posting).await?;
    for (from, stage) in history {
        let note_sealed =
            if from.note.is_empty() { None } else { Some(seal::close(app, tx, who, NOTE, &from.note).await?) };
        let row = steps::Row {
            id: StepId::fresh(),
            application_id: new.id,
            stage: stage.key,
            status: from.status,
            at: from.at,
            recorded_at: Some(from.recorded_at.unwrap_or(from.at)),
            actor: from.actor.unwrap_or(super::history::Actor::Person),
            note_sealed,
            undone_at: None,
        };
        steps::insert(tx, who, &row).await?;
    }
    if deleted_at.is_some() {
        store::set_deleted(tx, who, new.id, deleted_at).await?;
    }
    Ok(())
}
