//! Making briefings: for one person, and for everybody of a time zone.

use super::{
    Kind,
    content::Content,
    days,
    gather::{self, For},
    letter::{self, Frame},
    store::{self, New},
    unsubscribe, words,
};
use crate::{
    accounts, db,
    error::Result,
    events::Change,
    ids::{BriefingId, UserId},
    mail, reminders, session,
    state::App,
    work::{self, Order, Priority, Task},
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use serde_json::json;

/// People looked up at a time.
const PEOPLE: i64 = 500;
/// Who was not here for longer gets a briefing by mail only, if they asked for that.
const HERE: Duration = Duration::days(30);

/// Makes the briefing of a day, unless there is one: the row, the event and the message in one transaction. Nothing happens for
/// somebody who is gone. Safe to call again, and on several servers at once.
pub async fn make(app: &App, user: UserId, kind: Kind, day: NaiveDate) -> Result<()> {
    let Some(who) = session::person(&app.db, user).await? else { return Ok(()) };
    if accounts::store::closing_at(&app.db, user).await?.is_some()
        || store::of_day(&app.db, user, kind, day).await?.is_some()
    {
        return Ok(());
    }
    let about = For::new(app, &who, kind, day).await?;
    let mut content = about.content(kind).await?;
    let mut change = app.change_in(app.db.begin().await?, user).await?;
    if let Content::Morning(morning) = &mut content {
        morning.alerts = gather::alerts(&mut change, about.since).await?;
    }
    let subject = words::subject(&content);
    let new = New { id: BriefingId::fresh(), kind, day, subject: &subject, content: &content };
    let at = change.at;
    if !store::insert(app, &mut change.tx, user, &new, at).await? {
        return Ok(());
    }
    by_mail(app, &mut change, &new).await?;
    change.record("briefing.made", Some(new.id.0), json!({ "kind": kind }));
    change.commit().await?;
    app.outbox.notify_one();
    Ok(())
}

/// The message, for those who want it; in quiet hours it waits until they end. One that comes days late is of no use any more.
async fn by_mail(app: &App, change: &mut Change, new: &New<'_>) -> Result<()> {
    let settings = store::settings_in(&mut change.tx, change.who).await?;
    let holds = if new.kind == Kind::Weekly { 7 } else { 2 };
    let late = change.at >= days::start(change.zone(), days::after(new.day, holds));
    if late || !settings.wants(new.kind) || (settings.only_news && !new.content.is_news()) {
        return Ok(());
    }
    let Some(to) = reminders::store::confirmed_address(&mut change.tx, change.who).await? else { return Ok(()) };
    let quiet = reminders::store::settings_in(&mut change.tx, change.who).await?;
    let at = reminders::ways::awake(&quiet, change.zone(), change.at);
    let token = unsubscribe::token(app, change.who, new.kind)?;
    let frame = Frame { site: app.config.public_url.trim_end_matches('/'), kind: new.kind, token: &token };
    let message = letter::message(new.subject, &words::sheet(new.content, new.day), &frame);
    mail::enqueue(&mut change.tx, Some(change.who), &to, &message, at).await
}

/// Puts the briefings of the next people of a zone, planned for this moment, into the queue; answers after whom to go on, None when
/// these were the last.
pub async fn fan_out(
    app: &App,
    kind: Kind,
    zone: &str,
    planned: DateTime<Utc>,
    after: Option<UserId>,
) -> Result<Option<UserId>> {
    let day = planned.with_timezone(&zone.parse().unwrap_or(Tz::UTC)).date_naive();
    let people = store::people(&app.db, zone, kind, db::now() - HERE, after, PEOPLE).await?;
    let mut tx = app.db.begin().await?;
    for user in &people {
        let order = Order {
            task: Task::Brief { user: *user, kind, day },
            priority: Priority::Usual,
            run_at: planned,
            once: Some(format!("briefing:{}:{day}:{user}", kind.as_str())),
            user: Some(*user),
        };
        work::put(&mut tx, &order).await?;
    }
    tx.commit().await?;
    app.working.notify_one();
    let full = i64::try_from(people.len()).is_ok_and(|length| length == PEOPLE);
    Ok(people.last().copied().filter(|_| full))
}
