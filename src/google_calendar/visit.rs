//! One visit: what is here is brought to Google, as much of it as one visit may.

use super::{
    actions::TOKENS,
    api::{Halt, Session},
    entry::Entry,
    plan::{Plan, plan},
    store::{self, Outcome, Row, Sent},
};
use crate::{db, error::Result, events, feed, seal, state::App, tasks::clock};
use chrono::Duration;
use rand::Rng;
use serde_json::json;

/// Everything is compared entry by entry so often, and looked after at the latest.
const DAILY: Duration = Duration::hours(24);
/// What is about to leave the part of the calendar that is kept is left as it is, wherever a day begins.
const MARGIN: Duration = Duration::days(2);
/// Entries sent in one visit at most; each may take more than one call.
const AT_ONCE: usize = 100;

/// What a visit has done so far.
#[derive(Default)]
struct Done {
    sent: Vec<Sent>,
    gone: Vec<String>,
    compared: bool,
}

/// Brings one calendar up to date and notes what came of it.
pub async fn visit(app: &App, mut row: Row) -> Result<()> {
    let who = row.user_id;
    // Before anything is read: what happens from here on is for the next visit.
    let seq = events::newest(&app.db, &[who]).await?.first().map_or(0, |(_, seq)| *seq);
    let tokens = serde_json::from_str(&seal::open(app, who, TOKENS, &row.tokens_sealed).await?)?;
    let mut session = Session::new(app, tokens);
    let mut done = Done::default();
    let mut ended = bring(&mut session, app, &mut row, &mut done).await;
    if ended == Err(Halt::Gone) {
        // Once more, into another calendar.
        done = Done::default();
        row.calendar_id = None;
        if !store::made(&app.db, &row, None).await? {
            return Ok(());
        }
        ended = bring(&mut session, app, &mut row, &mut done).await;
    }
    finish(app, &row, session, done, ended, seq).await
}

/// Does what there is to do.
async fn bring(session: &mut Session<'_>, app: &App, row: &mut Row, done: &mut Done) -> Result<(), Halt> {
    let who = row.user_id;
    let since = db::now() - feed::entries::BACK + MARGIN;
    let entries = feed::entries::calendar(app, who).await?.events.iter().filter_map(Entry::of).collect();
    let calendar = match row.calendar_id.clone() {
        Some(calendar) => calendar,
        None => make(session, app, row).await?,
    };
    let compare = row.compared_at.is_none_or(|at| at <= db::now() - DAILY + Duration::hours(1));
    let theirs = if compare { session.list(&calendar, since).await? } else { None };
    let mut plan = plan(entries, &store::known(&app.db, who).await?, theirs.as_ref(), since);
    let all = plan.send.len() <= AT_ONCE;
    plan.send.truncate(AT_ONCE);
    let fresh: Vec<_> =
        plan.send.iter().filter(|(_, known)| !known).map(|(entry, _)| (entry.id.clone(), entry.ends_at)).collect();
    store::announce(&app.db, who, &fresh).await?;
    carry_out(session, &calendar, plan, done).await?;
    done.compared = compare && all;
    if all { Ok(()) } else { Err(Halt::Enough) }
}

/// Makes the calendar, and notes it before anything is put in: only an answer that is lost on the way can leave an empty one.
async fn make(session: &mut Session<'_>, app: &App, row: &mut Row) -> Result<String, Halt> {
    let zone = clock::zone(&app.db, row.user_id).await?;
    let calendar = session.make_calendar(zone.name()).await?;
    if !store::made(&app.db, row, Some(&calendar)).await? {
        // Nobody wants it any more.
        session.remove_calendar(&calendar).await?;
        return Err(Halt::Enough);
    }
    row.calendar_id = Some(calendar.clone());
    Ok(calendar)
}

async fn carry_out(session: &mut Session<'_>, calendar: &str, plan: Plan, done: &mut Done) -> Result<(), Halt> {
    done.gone.extend(plan.forget);
    for id in plan.remove {
        session.remove(calendar, &id).await?;
        done.gone.push(id);
    }
    for (entry, known) in plan.send {
        let refused = !session.send(calendar, &entry, known).await?;
        done.sent.push(Sent { entry_id: entry.id, digest: entry.digest, ends_at: entry.ends_at, refused });
    }
    Ok(())
}

/// Notes what was done and when the next visit is; tells open pages where that is news.
async fn finish(
    app: &App,
    row: &Row,
    session: Session<'_>,
    done: Done,
    ended: Result<(), Halt>,
    seq: i64,
) -> Result<()> {
    let mut change = app.change_in(app.db.begin().await?, row.user_id).await?;
    let at = change.at;
    let scatter = Duration::minutes(rand::rng().random_range(0..60));
    let whole = ended.is_ok();
    let (trouble, failures, next_at) = match ended {
        Err(Halt::Broken(error)) => return Err(error),
        Ok(()) => (None, 0, Some(at + DAILY - scatter)),
        Err(Halt::Enough) if !done.sent.is_empty() => (None, 0, Some(at)),
        // Nothing was done, as when the server stops; or it went twice in a row: somebody removes it while it is made.
        Err(Halt::Enough | Halt::Gone) => (row.trouble, row.failures, Some(at + Duration::minutes(1))),
        Err(Halt::Trouble(trouble, asked)) => {
            tracing::info!(?trouble, who = %row.user_id, "a calendar at Google was not brought up to date");
            let pause = trouble.pause(row.failures, asked);
            (Some(trouble), row.failures.saturating_add(1), pause.map(|pause| at + pause))
        }
    };
    let news = trouble != row.trouble
        || !done.sent.is_empty()
        || !done.gone.is_empty()
        || row.synced_at.is_none()
        || row.compared_at.is_none();
    // What is told about this visit is nothing to be brought to Google.
    let newest = change.newest();
    let seen = if newest == seq && news { seq + 1 } else { seq };
    let tokens = match session.renewed {
        true => {
            let written = serde_json::to_string(&session.tokens)?;
            Some(seal::close(app, &mut change.tx, row.user_id, TOKENS, &written).await?)
        }
        false => None,
    };
    let outcome = Outcome {
        sent: done.sent,
        gone: done.gone,
        trouble,
        failures,
        next_at,
        seen_seq: whole.then_some(seen),
        compared: done.compared,
        address: session.address,
        tokens,
    };
    if !store::finish(&mut change.tx, row, &outcome, at).await? {
        // Connected anew or disconnected meanwhile.
        return Ok(());
    }
    if news {
        change.record("application.google_calendar", None, json!({}));
    }
    change.commit().await
}
