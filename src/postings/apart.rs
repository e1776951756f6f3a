//! "Not the same": a person's word that a posting is another opening. It counts for them alone, and stays.

use super::{
    Stored,
    store::{self, Apart},
};
use crate::{
    error::{Error, Result},
    events::Change,
    ids::{JobId, PostingId},
    jobs::{self, draft::JobDraft, scoring},
    session::{self, Who},
    state::App,
};
use serde_json::json;

/// Keeps a posting apart from the opening the job was made from, and makes a job of its own of it; answers with that job's page. Said
/// again, nothing changes.
pub async fn keep(app: &App, who: &Who, id: JobId, posting: PostingId) -> Result<String> {
    let mut change = app.change(who.user).await?;
    let row = belonging(&mut change, id, posting).await?;
    store::keep_apart(&mut change.tx, &Apart { who: who.user, posting, at: change.at }).await?;
    let new = match jobs::store::made_from(&mut change.tx, who.user, posting).await? {
        Some(there) => there,
        None => make(app, &mut change, row.into(), posting).await?,
    };
    change.commit().await?;
    Ok(session::forward(format!("/jobs/{new}")))
}

/// Lets the posting count as the same opening again.
pub async fn undo(app: &App, who: &Who, id: JobId, posting: PostingId) -> Result<()> {
    let mut change = app.change(who.user).await?;
    let row = belonging(&mut change, id, posting).await?;
    if !store::put_together(&mut change.tx, who.user, posting).await? {
        return Ok(());
    }
    let posting = Stored::from(row);
    let detail = json!({ "job": id, "company": posting.company, "title": posting.title });
    change.record("job.updated", Some(id.0), detail);
    change.commit().await
}

/// The posting, if it is one of the opening that the job was made from, and not the one that was found first.
async fn belonging(change: &mut Change, id: JobId, posting: PostingId) -> Result<store::Row> {
    let job = jobs::store::get_in(&mut change.tx, change.who, id).await?;
    let by_hand = || Error::Conflict("This job was not found by a source: there is nothing to be the same.".into());
    let opening = job.posting_id.ok_or_else(by_hand)?;
    let row = store::rows(&mut change.tx, &[posting]).await?.pop().ok_or(Error::NotFound)?;
    if row.opening_id == opening && row.id != opening { Ok(row) } else { Err(Error::NotFound) }
}

/// Makes a job of one posting alone.
async fn make(app: &App, change: &mut Change, posting: Stored, id: PostingId) -> Result<JobId> {
    let draft = JobDraft::from(posting).checked()?;
    let fitter = scoring::fitter_in(app, change).await?;
    let mut new = jobs::actions::prepare(app, fitter.as_deref(), JobId::fresh(), draft);
    new.posting = Some(id);
    jobs::store::insert(&mut change.tx, change.who, std::slice::from_ref(&new), change.at).await?;
    let detail = json!({ "job": new.id, "company": new.draft.company, "title": new.draft.title });
    change.record("job.created", Some(new.id.0), detail);
    Ok(new.id)
}
