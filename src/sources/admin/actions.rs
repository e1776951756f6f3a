//! What administrators do with sources: look at all of them, have one visited, leave one alone.

use super::store::{self, Asked};
use crate::{
    admin::actions::only_admin,
    db,
    error::{Error, Result},
    ids::SourceId,
    jobs::Page,
    session::Who,
    sources::{AllSources, Health, PER_PAGE, actions, visits},
    state::App,
    work::{self, Priority},
};
use boards::Format;

/// A page of the sources whose name or address contains `q` and that do so, those in trouble first; and how all of them do.
pub async fn all(app: &App, who: &Who, q: &str, health: Option<Health>, page: u32) -> Result<AllSources> {
    only_admin(who)?;
    actions::seed(app).await?;
    let now = db::now();
    let closed: Vec<&str> =
        Format::ALL.into_iter().filter(|format| !app.config.source_keys.open(*format)).map(Format::as_str).collect();
    let q: String = q.trim().chars().filter(|c| *c != '\0').take(200).collect();
    let asked = Asked { q: &q, health, closed: &closed, now };
    let total = store::count(&app.db, &asked).await?;
    // What was done to the only one of the last page takes that page away.
    let last = u32::try_from(total).unwrap_or(u32::MAX).div_ceil(PER_PAGE).max(1);
    let page = page.clamp(1, last);
    let rows = store::list(&app.db, &asked, page, PER_PAGE).await?;
    let items = rows.into_iter().map(|row| actions::shown(app, row, now)).collect();
    Ok(AllSources {
        healths: store::healths(&app.db, &closed, now).await?,
        page: Page { items, total, page, per_page: PER_PAGE },
    })
}

/// Has a source visited now, whatever its pause.
pub async fn retry(app: &App, who: &Who, id: SourceId) -> Result<()> {
    only_admin(who)?;
    let now = db::now();
    let mut tx = app.db.begin().await?;
    if !store::retry(&mut tx, id, now).await? {
        return Err(Error::NotFound);
    }
    work::put(&mut tx, &visits::order(id, now, Priority::Now, "fetch")).await?;
    tx.commit().await?;
    app.working.notify_one();
    Ok(())
}

/// Leaves a source alone, or lets it go.
pub async fn hold(app: &App, who: &Who, id: SourceId, held: bool) -> Result<()> {
    only_admin(who)?;
    let mut tx = app.db.begin().await?;
    if !store::hold(&mut tx, id, held).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await
}
