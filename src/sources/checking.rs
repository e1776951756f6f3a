//! Whether postings are still open, asked of their own pages: those that somebody may still apply to and whose source does not show by
//! itself that they are gone. As polite as visits, and a page that does not answer says nothing.

use super::{breaker::Failure, hosts};
use crate::{
    db,
    error::Result,
    fetch::{Ask, Hosts},
    ids::SourceId,
    postings::{
        store::{self, ToCheck},
        written,
    },
    state::App,
    work::{self, Order, Priority, Task, Trouble, Working},
};
use boards::html;
use chrono::TimeDelta;
use openings::{Facts, Standing};
use std::time::Duration;
use url::Url;

/// A page is asked at most so often.
const EVERY: TimeDelta = TimeDelta::days(3);
/// Pages of one source that are asked in one go.
const AT_ONCE: i64 = 50;
/// Bytes of a page.
const MOST: usize = 2_000_000;
/// Between two questions to one host.
const PAUSE: Duration = Duration::from_secs(2);
/// The longest a page may take.
const WITHIN: Duration = Duration::from_secs(10);

/// Closes what can no longer be applied to, and has the pages asked of what may be gone.
pub async fn look_after(app: &App) -> Result<()> {
    let now = db::now();
    let mut tx = app.db.begin().await?;
    // A day is over where the last clock of the world says so.
    let over = written::expire(&mut tx, (now - TimeDelta::hours(12)).date_naive(), now).await?;
    if app.config.scraping {
        for source in store::sources_to_check(&app.db, now - EVERY).await? {
            let once = Some(format!("check {source}"));
            let order = Order {
                task: Task::CheckOpenings { source },
                priority: Priority::Later,
                run_at: now,
                once,
                user: None,
            };
            work::put(&mut tx, &order).await?;
        }
    }
    tx.commit().await?;
    app.working.notify_one();
    if over > 0 {
        tracing::info!(over, "postings whose last day has passed are closed");
    }
    Ok(())
}

/// Carries out [`Task::CheckOpenings`].
pub async fn check(app: &App, working: &Working, source: SourceId) -> Result<(), Trouble> {
    let all = store::to_check(&app.db, source, db::now() - EVERY, AT_ONCE).await?;
    let total = u64::try_from(all.len()).unwrap_or_default();
    for (done, posting) in (1..).zip(&all) {
        if working.cancelled() {
            break;
        }
        one(app, posting).await?;
        working.progress(done, total).await?;
    }
    Ok(())
}

/// Asks one page, and closes the posting if it shows that it is over.
async fn one(app: &App, posting: &ToCheck) -> Result<()> {
    let answer = match ask(app, &posting.url).await? {
        Ok(answer) => answer,
        Err(failure) => {
            tracing::debug!(posting = %posting.id, why = failure.why(), "a posting's page says nothing");
            None
        }
    };
    let at = db::now();
    let today = at.date_naive();
    let mut tx = app.db.begin().await?;
    written::checked(&mut tx, posting.id, at).await?;
    if let Some((status, text)) = answer {
        let facts = Facts {
            today,
            posted: None,
            first_seen: today,
            last_seen: today,
            missing_for: 0,
            status: Some(status),
            closes_on: None,
            text: &text,
        };
        if let Standing::Closed { why, reason } = openings::standing(&facts) {
            written::close(&mut tx, &[posting.id], why, &reason, at).await?;
        }
    }
    tx.commit().await
}

/// The status and the readable text of a page; None where its answer says nothing about the posting.
async fn ask(app: &App, address: &str) -> Result<std::result::Result<Option<(u16, String)>, Failure>> {
    let Ok(url) = Url::parse(address) else { return Ok(Ok(None)) };
    let Some(host) = url.host_str() else { return Ok(Ok(None)) };
    let robots = match hosts::robots(app, &url, Hosts::Public).await? {
        Ok(robots) => robots,
        Err(failure) => return Ok(Err(failure)),
    };
    if !robots.allows(&url[url::Position::BeforePath..url::Position::AfterQuery]) {
        return Ok(Ok(None));
    }
    if let Err(failure) = hosts::turn(app, host).await? {
        return Ok(Err(failure));
    }
    let ask = Ask { within: WITHIN, ..Ask::get(address, "text/html, text/*;q=0.8", Hosts::Public, MOST) };
    let answer = app.fetcher.get(ask).await;
    hosts::done(app, host, PAUSE).await?;
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return Ok(Err(Failure::Passing(error.to_string()))),
    };
    // A page that leads elsewhere shows that place, not the posting.
    let elsewhere = answer.url.host_str() != Some(host) || (url.path().len() > 1 && answer.url.path().len() <= 1);
    Ok(Ok(match answer.status {
        404 | 410 => Some((answer.status, String::new())),
        200..=299 if !elsewhere => Some((200, html::to_text(&String::from_utf8_lossy(&answer.body)))),
        _ => None,
    }))
}
