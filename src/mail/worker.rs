//! What empties the outbox: woken when something was put in, and when something is due again.

use super::{
    smtp::{self, Failure},
    store::{self, Outcome, Taken},
};
use crate::{db, error::Result, state::App};
use chrono::TimeDelta;
use lettre::transport::smtp::extension::ClientId;
use std::time::Duration;

/// What one message may take, from the first byte to the server's word.
const LIMIT: Duration = Duration::from_secs(20);
/// An attempt that has not ended by then is taken over: its process is gone.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// What an attempt under way gets to end by itself when the app stops.
const LAST_WORDS: Duration = Duration::from_secs(3);
/// Other processes may put something in without waking this one.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// The shortest pause between two looks.
const BREATH: Duration = Duration::from_millis(200);
/// Pauses after each failed attempt, in seconds; after the last one the message is given up.
const PAUSES: [i64; 7] = [30, 120, 600, 1_800, 7_200, 21_600, 43_200];
/// Messages are given up when they are this old.
const OLDEST: TimeDelta = TimeDelta::hours(24);

/// Sends what is in the outbox until the app stops.
pub async fn run(app: App) {
    let hello = smtp::hello(&app.config.public_url);
    loop {
        let pause = work(&app, &hello).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the outbox cannot be read");
            LOOK_EVERY
        });
        tokio::select! {
            biased;
            () = app.stopping.cancelled() => return,
            () = app.outbox.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Works off everything that is due; answers how long there is nothing to do.
async fn work(app: &App, hello: &ClientId) -> Result<Duration> {
    while !app.stopping.is_cancelled() {
        let now = db::now();
        let Some(due) = store::next_due(&app.db).await? else { return Ok(LOOK_EVERY) };
        if due > now {
            return Ok((due - now).to_std().unwrap_or_default().clamp(BREATH, LOOK_EVERY));
        }
        let Some(mail) = store::claim(&app.db, now, now + LEASE).await? else { return Ok(BREATH) };
        let outcome = attempt(app, hello, &mail).await;
        store::settle(&app.db, &mail, &outcome).await?;
    }
    Ok(LOOK_EVERY)
}

async fn attempt(app: &App, hello: &ClientId, mail: &Taken) -> Outcome {
    let Some(smtp) = &app.config.smtp else {
        let words = kept_words(mail, app.config.listen.ip().is_loopback());
        tracing::info!(id = %mail.id, kind = mail.kind, "no mail server is set, so this is kept for the administrator to read{words}");
        return Outcome::Kept;
    };
    tokio::select! {
        sent = smtp::send(smtp, hello, mail, LIMIT) => match sent {
            Ok(()) => {
                tracing::info!(id = %mail.id, kind = mail.kind, "mail sent");
                Outcome::Sent
            }
            Err(failure) => {
                let outcome = after(mail, failure, db::now());
                tracing::warn!(id = %mail.id, kind = mail.kind, ?outcome, "mail not sent");
                outcome
            }
        },
        () = stopped(app) => Outcome::Later(db::now(), "The app was stopped.".into()),
    }
}

/// What the log says of a message that goes nowhere. With its text it has the message's link, which opens accounts: only where
/// nobody but the person at this machine is served.
fn kept_words(mail: &Taken, alone: bool) -> String {
    if alone {
        format!(".\nTo: {}\nSubject: {}\n\n{}", mail.to_address, mail.subject, mail.text)
    } else {
        String::new()
    }
}

/// What a failure leads to.
fn after(mail: &Taken, failure: Failure, now: chrono::DateTime<chrono::Utc>) -> Outcome {
    let why = match failure {
        Failure::Final(why) => return Outcome::Failed(why),
        Failure::Passing(why) => why,
    };
    let made = usize::try_from(mail.attempts).unwrap_or(usize::MAX);
    let Some(pause) = PAUSES.get(made.saturating_sub(1)) else { return Outcome::Failed(why) };
    let next = now + TimeDelta::seconds(*pause);
    let oldest = mail.created_at + OLDEST;
    if next > mail.link_until.unwrap_or(oldest).min(oldest) { Outcome::Failed(why) } else { Outcome::Later(next, why) }
}

/// Resolves some time after the app began to stop.
async fn stopped(app: &App) {
    app.stopping.cancelled().await;
    tokio::time::sleep(LAST_WORDS).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};

    fn mail(attempts: i64, link_until: Option<DateTime<Utc>>) -> Taken {
        Taken {
            id: uuid::Uuid::nil(),
            to_address: "ann@example.org".into(),
            kind: "reset".into(),
            subject: String::new(),
            text: String::new(),
            html: String::new(),
            link_until,
            unsubscribe: None,
            attempts,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn links_are_logged_on_a_laptop_only() {
        let mail = Taken { text: "https://jobs.example.org/reset?token=x".into(), ..mail(1, None) };
        assert!(kept_words(&mail, true).contains("token=x") && kept_words(&mail, true).contains("ann@example.org"));
        assert_eq!(kept_words(&mail, false), "");
    }

    #[test]
    fn pauses_grow_and_end_within_a_day() {
        let mut now = DateTime::UNIX_EPOCH;
        let mut last = TimeDelta::zero();
        for attempts in 1..=7 {
            let outcome = after(&mail(attempts, None), Failure::Passing("busy".into()), now);
            let Outcome::Later(next, why) = outcome else { panic!("attempt {attempts} is not the last: {outcome:?}") };
            assert_eq!(why, "busy");
            assert!(next - now > last, "attempt {attempts}");
            (last, now) = (next - now, next);
        }
        assert!(now < DateTime::UNIX_EPOCH + OLDEST, "the last attempt comes within a day");
        assert_eq!(after(&mail(8, None), Failure::Passing("busy".into()), now), Outcome::Failed("busy".into()));
    }

    #[test]
    fn nothing_is_tried_again_in_vain() {
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(after(&mail(1, None), Failure::Final("no".into()), now), Outcome::Failed("no".into()));
        // The link will not work any more by the time of the next attempt.
        let soon = Some(now + TimeDelta::minutes(30));
        assert!(matches!(after(&mail(3, soon), Failure::Passing("busy".into()), now), Outcome::Later(..)));
        let late = now + TimeDelta::minutes(25);
        assert_eq!(after(&mail(3, soon), Failure::Passing("busy".into()), late), Outcome::Failed("busy".into()));
        // The clock, not only the count, ends it.
        let late = now + TimeDelta::hours(23);
        assert!(matches!(after(&mail(5, None), Failure::Passing("busy".into()), late), Outcome::Failed(_)));
    }
}
