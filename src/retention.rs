//! How long things are kept, on one page: the chores that clear them away and the privacy page both read it here.

/// Days until a session ends that is not used.
pub const SESSION_IDLE_DAYS: i64 = 30;
/// Days until every session ends.
pub const SESSION_DAYS: i64 = 90;
/// Days during which deleted jobs, applications and what belongs to them can be brought back, and what was done to them taken back.
pub const BIN_DAYS: i64 = 30;
/// Days until postings and applications that were read and not taken in are dropped.
pub const IMPORT_DAYS: i64 = 1;
/// Days during which a repeated request of a program is recognised.
pub const IDEMPOTENCY_DAYS: i64 = 7;
/// Days until a message that was sent is forgotten.
pub const MAIL_DAYS: i64 = 30;
/// Days until a link of a message is forgotten that does not work any more.
pub const LINK_DAYS: i64 = 7;
/// Days until network address and device are taken out of the account log; what happened stays.
pub const AUDIT_DETAIL_DAYS: i64 = 400;
/// Days during which an export can be fetched.
pub const EXPORT_DAYS: i64 = 7;
/// Days until it is forgotten what a search found; what became a job stays.
pub const MATCH_DAYS: i64 = 180;
/// Days until it is forgotten how many matches there were on a day.
pub const MATCH_DAY_DAYS: i64 = 30;
/// Days for which it is known how a day went with a source of postings.
pub const SOURCE_DAYS: i64 = 400;
/// Days between closing an account and its erasure.
pub const CLOSING_DAYS: i64 = 14;
/// Days until work that was done is forgotten, and until what was given up is.
pub const WORK_DAYS: i64 = 7;
pub const DEAD_WORK_DAYS: i64 = 90;
/// Days until a run of the schedule is forgotten.
pub const RUN_DAYS: i64 = 90;

/// Days until a briefing is forgotten.
pub const BRIEFING_DAYS: i64 = 400;

/// Clears away whatever is past its time.
#[cfg(feature = "ssr")]
pub async fn sweep(app: &crate::state::App) -> crate::error::Result<()> {
    use crate::{
        accounts, acts, api, applications, audit, briefings, contacts, interviews, jobs, letters, mail, offers,
        privacy, push, reminders, schedule, searches, sent, session, sources, tasks, work,
    };
    session::purge(&app.db).await?;
    audit::store::purge(&app.db).await?;
    api::idempotency::purge(&app.db).await?;
    jobs::import::store::purge(&app.db).await?;
    accounts::email::store::purge(&app.db).await?;
    accounts::passkeys::store::purge(&app.db).await?;
    applications::transfer::store::purge(&app.db).await?;
    letters::store::purge(&app.db).await?;
    mail::store::purge(&app.db).await?;
    briefings::store::purge(&app.db).await?;
    acts::store::purge(&app.db).await?;
    interviews::store::purge(&app.db).await?;
    contacts::store::purge(&app.db).await?;
    sent::store::purge(&app.db).await?;
    tasks::store::purge(&app.db).await?;
    reminders::store::purge(&app.db).await?;
    push::store::purge(&app.db).await?;
    work::looking::purge(&app.db).await?;
    schedule::store::purge(&app.db).await?;
    offers::store::purge(&app.db).await?;
    offers::talk::store::purge(&app.db).await?;
    applications::store::purge(&app.db).await?;
    jobs::store::purge(&app.db).await?;
    searches::matches::purge(&app.db).await?;
    searches::store::purge(&app.db).await?;
    searches::matching::catch_up(app).await?;
    searches::delivery::remind(app).await?;
    sources::store::purge(&app.db).await?;
    privacy::export::store::purge(&app.db).await?;
    privacy::closing::erase_due(app).await
}
