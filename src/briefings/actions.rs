//! What can be done with briefings.

use super::{BriefingView, Briefings, Kind, Settings, making, store, words};
use crate::{
    accounts, db,
    error::{Error, Result},
    ids::BriefingId,
    schedule::{Schedule, times},
    session::Who,
    state::App,
    tasks::clock,
};
use serde_json::json;

/// Briefings on a page of the list.
const PER_PAGE: u32 = 30;

/// The list's page. An empty word stands for all kinds.
pub async fn list(app: &App, who: &Who, kind: &str, page: u32) -> Result<Briefings> {
    let kind: Option<Kind> = kind.parse().ok();
    let page = page.clamp(1, 100_000);
    let offset = i64::from(page - 1) * i64::from(PER_PAGE);
    let (lines, total) = store::list(&app.db, who.user, kind, i64::from(PER_PAGE), offset).await?;
    let any = total > 0 || (kind.is_some() && store::list(&app.db, who.user, None, 1, 0).await?.1 > 0);
    Ok(Briefings {
        lines,
        page,
        per_page: PER_PAGE,
        total,
        any,
        settings: store::settings(&app.db, who.user).await?,
        confirmed: accounts::store::email_verified_at(&app.db, who.user).await?.is_some(),
        mails: app.config.smtp.is_some(),
        zone: clock::zone(&app.db, who.user).await?.name().to_owned(),
    })
}

/// A briefing's page.
pub async fn view(app: &App, who: &Who, id: BriefingId) -> Result<BriefingView> {
    let whole = store::get(app, who.user, id).await?;
    Ok(BriefingView { sheet: words::sheet(&whole.content, whole.line.day), line: whole.line })
}

/// Makes the newest briefing of a kind whose time has come, if there is none yet; answers which it is. The next one comes at its time
/// all the same.
pub async fn make(app: &App, who: &Who, kind: Kind) -> Result<BriefingId> {
    let schedule = match kind {
        Kind::Morning => Schedule::Morning,
        Kind::Evening => Schedule::Evening,
        Kind::Weekly => Schedule::Weekly,
    };
    let zone = clock::zone(&app.db, who.user).await?;
    let (day, _) = times::newest(schedule, zone, db::now()).ok_or(Error::NotFound)?;
    app.limits.write(who.user)?;
    making::make(app, who.user, kind, day).await?;
    store::of_day(&app.db, who.user, kind, day).await?.ok_or(Error::NotFound)
}

/// Marks a briefing read or unread.
pub async fn mark(app: &App, who: &Who, id: BriefingId, read: bool) -> Result<()> {
    let mut change = app.change(who.user).await?;
    let read_at = read.then_some(change.at);
    if !store::mark(&mut change.tx, who.user, id, read_at).await? {
        return Err(Error::NotFound);
    }
    change.record("briefing.read", Some(id.0), json!({ "read": read }));
    change.commit().await
}

/// Says which kinds are wanted by mail.
pub async fn save(app: &App, who: &Who, settings: Settings) -> Result<()> {
    let mut change = app.change(who.user).await?;
    store::set(&mut change.tx, who.user, settings).await?;
    change.record("briefing.settings", None, json!({}));
    change.commit().await
}
