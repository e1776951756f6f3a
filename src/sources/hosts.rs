//! Being polite to hosts: one question at a time, a pause between, and what their robots.txt asks for. All servers share this, by the
//! database.

use super::breaker::Failure;
use crate::{
    db::{self, Db},
    error::Result,
    fetch::{Ask, Hosts},
    on,
    state::App,
};
use boards::robots::Robots;
use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;
use url::Url;

/// The name by which robots.txt speaks of us.
const AGENT: &str = "CareerCoPilot";
/// A question may take so long; a server that died over one keeps others waiting no longer.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// Longer one does not wait for a turn: other sources are visited meanwhile.
const PATIENCE: TimeDelta = TimeDelta::seconds(90);
/// No pause between two questions is longer, whatever a site asks for; what asks for more is visited less often anyway.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How long a robots.txt is kept (RFC 9309, 2.4).
const KEPT: TimeDelta = TimeDelta::hours(24);
/// Bytes of a robots.txt.
const MOST: usize = 512_000;

/// Takes the turn to ask a host; answers when the turn comes where somebody else has it.
pub async fn take(db: &Db, host: &str, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let mine: Option<i64> = on!(db.write, |c| {
        sqlx::query_scalar(
        "INSERT INTO source_hosts (host, ready_at) VALUES ($1, $2) ON CONFLICT (host) DO UPDATE SET ready_at = excluded.ready_at \
         WHERE source_hosts.ready_at <= $3 RETURNING CAST(1 AS BIGINT)"
    )
    .bind(host)
    .bind(now + LEASE)
    .bind(now)
    .fetch_optional(c)
    .await
    })?;
    if mine.is_some() {
        return Ok(None);
    }
    let ready: Option<DateTime<Utc>> =
        on!(db.write, |c| sqlx::query_scalar("SELECT ready_at FROM source_hosts WHERE host = $1")
            .bind(host)
            .fetch_optional(c)
            .await)?;
    Ok(Some(ready.unwrap_or(now)))
}

/// Gives the turn back: the next question may come after a pause.
pub async fn give(db: &Db, host: &str, ready_at: DateTime<Utc>) -> Result<()> {
    on!(db.write, |c| sqlx::query("UPDATE source_hosts SET ready_at = $2 WHERE host = $1")
        .bind(host)
        .bind(ready_at)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// Waits for the turn to ask a host. A turn that is too far off is an error that passes.
pub async fn turn(app: &App, host: &str) -> Result<std::result::Result<(), Failure>> {
    let until = db::now() + PATIENCE;
    loop {
        let now = db::now();
        let Some(ready) = take(&app.db, host, now).await? else { return Ok(Ok(())) };
        if ready > until || app.stopping.is_cancelled() {
            let why = format!("{host} is asked by others at this moment; this comes after them.");
            return Ok(Err(Failure::Busy(why, Some(60))));
        }
        let wait = (ready - now).to_std().unwrap_or_default().max(Duration::from_millis(20));
        tokio::time::sleep(wait).await;
    }
}

/// Gives the turn back after a question. What is asked of a mirror reaches no host, so there it is not paused for.
pub async fn done(app: &App, host: &str, pause: Duration) -> Result<()> {
    let pause = if app.config.fetch_mirror.is_some() { Duration::ZERO } else { pause.min(LONGEST_PAUSE) };
    give(&app.db, host, db::now() + TimeDelta::from_std(pause).unwrap_or_default()).await
}

/// A robots.txt as it was read.
#[derive(sqlx::FromRow)]
struct Kept {
    robots: Option<Vec<u8>>,
    robots_at: Option<DateTime<Utc>>,
}

/// What a site asks of programs, read at most once a day. One that cannot be read for a fault of the site's forbids everything until it can
/// (RFC 9309, 2.3.1.4); one that is not there forbids nothing.
pub async fn robots(app: &App, url: &Url, hosts: Hosts) -> Result<std::result::Result<Robots, Failure>> {
    let Some(host) = url.host_str() else { return Ok(Ok(Robots::default())) };
    let kept: Option<Kept> =
        on!(app.db.read, |c| sqlx::query_as("SELECT robots, robots_at FROM source_hosts WHERE host = $1")
            .bind(host)
            .fetch_optional(c)
            .await)?;
    let now = db::now();
    if let Some(Kept { robots: Some(text), robots_at: Some(at) }) = kept
        && at > now - KEPT
    {
        return Ok(Ok(Robots::read(&text, AGENT)));
    }
    if let Err(failure) = turn(app, host).await? {
        return Ok(Err(failure));
    }
    let address = format!("https://{host}/robots.txt");
    let answer = app.fetcher.get(Ask::get(&address, "text/plain, text/*;q=0.8", hosts, MOST)).await;
    done(app, host, Duration::from_secs(1)).await?;
    let text = match answer {
        Ok(answer) if answer.status < 300 => answer.body,
        // A file that is no text, or too large, says nothing; nor does one that is not there.
        Ok(answer) if answer.status < 500 && answer.status != 429 => Vec::new(),
        Ok(answer) => {
            let why = format!(
                "{host} does not say at present what programs may read (its robots.txt answered {}).",
                answer.status
            );
            return Ok(Err(Failure::Busy(why, answer.retry_after)));
        }
        Err(error) => {
            tracing::debug!(%error, host, "robots.txt cannot be read");
            let why =
                format!("{host} does not say at present what programs may read (its robots.txt could not be reached).");
            return Ok(Err(Failure::Passing(why)));
        }
    };
    on!(app.db.write, |c| sqlx::query("UPDATE source_hosts SET robots = $2, robots_at = $3 WHERE host = $1")
        .bind(host)
        .bind(&text)
        .bind(now)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(Ok(Robots::read(&text, AGENT)))
}
