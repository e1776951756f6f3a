//! What looks into mailboxes at their time: a few at once, each by one server only.

use super::{
    actions::{LOGIN, stops},
    imap::{self, Login, Visit},
    store::{self, Outcome, Row},
};
use crate::{
    backoff::Backoff,
    db,
    error::Result,
    letters::actions::{self, Report, Source},
    seal,
    state::App,
};
use chrono::Duration as Span;
use serde_json::json;
use std::time::Duration;

/// Between two visits.
const EVERY: Span = Span::minutes(10);
/// After visits that failed.
const BACKOFF: Backoff = Backoff { first: EVERY, longest: Span::hours(12) };
/// The first visit looks so far back.
const BACK: Span = Span::days(90);
/// Other servers may plan one without waking this one.
const LOOK_EVERY: Duration = Duration::from_secs(20);
const BREATH: Duration = Duration::from_millis(200);
/// Mailboxes that are read at the same time.
const AT_ONCE: usize = 4;

/// Reads what is due until the app stops.
pub async fn run(app: App) {
    loop {
        let pause = work(&app).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "mailboxes cannot be looked for");
            LOOK_EVERY
        });
        tokio::select! {
            biased;
            () = app.stopping.cancelled() => return,
            () = app.mailboxes.notified() => tokio::time::sleep(BREATH).await,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Reads everything that is due; answers how long there is nothing to do.
async fn work(app: &App) -> Result<Duration> {
    loop {
        let Some(due) = store::next_due(&app.db).await? else { return Ok(LOOK_EVERY) };
        let now = db::now();
        if due > now {
            return Ok((due - now).to_std().unwrap_or_default().clamp(BREATH, LOOK_EVERY));
        }
        let mut visits = tokio::task::JoinSet::new();
        while visits.len() < AT_ONCE
            && let Some(row) = store::claim(&app.db).await?
        {
            let app = app.clone();
            visits.spawn(async move {
                tokio::select! {
                    () = app.stopping.cancelled() => {}
                    done = visit(&app, &row) => if let Err(error) = done {
                        tracing::warn!(%error, who = %row.user_id, "a mailbox could not be read");
                    }
                }
            });
        }
        if visits.is_empty() {
            return Ok(BREATH);
        }
        visits.join_all().await;
        if app.stopping.is_cancelled() {
            return Ok(BREATH);
        }
    }
}

/// Looks into one mailbox and notes what came of it.
pub async fn visit(app: &App, row: &Row) -> Result<()> {
    let who = row.user_id;
    let login: Login = serde_json::from_str(&seal::open(app, who, LOGIN, &row.login_sealed).await?)?;
    let since = (db::now() - BACK).date_naive();
    let outcome = match imap::visit(app, &row.place(), &login, row.mark(), since).await {
        Ok(Visit { messages, mark, more }) => {
            let own = vec![login.user];
            let report = match messages.is_empty() {
                true => Report::default(),
                false => actions::settle(app, who, &own, Source::Messages(messages)).await?,
            };
            let next_at = db::now() + if more { Span::zero() } else { EVERY };
            let Report { messages: seen, done, asked, .. } = report;
            Outcome { mark: Some(mark), trouble: None, next_at: Some(next_at), seen, done, asked }
        }
        Err(trouble) => {
            tracing::info!(?trouble, %who, "a mailbox was not read");
            let next_at = (!stops(trouble)).then(|| db::now() + BACKOFF.pause(row.failures.into()));
            Outcome { mark: None, trouble: Some(trouble), next_at, seen: 0, done: 0, asked: 0 }
        }
    };
    note(app, row, &outcome).await
}

async fn note(app: &App, row: &Row, outcome: &Outcome) -> Result<()> {
    let mut change = app.change_in(app.db.begin().await?, row.user_id).await?;
    let at = change.at;
    if !store::finish(&mut change.tx, row, outcome, at).await? {
        // Changed or taken away meanwhile.
        return Ok(());
    }
    let told = outcome.trouble != row.trouble || outcome.seen > 0 || row.read_at.is_none();
    if told {
        change.record("application.mailbox", None, json!({}));
    }
    change.commit().await
}
