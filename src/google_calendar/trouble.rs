//! Why Google did not do what it was asked, and when it is asked again.

use crate::{
    accounts::providers::{self, consent::Lapse},
    backoff::{Backoff, scattered},
};
use chrono::Duration;
use serde_json::Value;

/// After a failure: five seconds, doubled each time, at most this.
const FIRST: Duration = Duration::seconds(5);
const LONGEST: Duration = Duration::hours(6);
/// What somebody else has to set right first is tried seldom.
const SELDOM: Duration = Duration::minutes(30);
/// Whoever asks to be left alone for longer is asked once a day.
const PATIENCE: Duration = Duration::hours(24);

/// Why it did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Trouble {
    /// The person took their consent back, or it has run out.
    Ended,
    /// Google does not serve this installation: its client or its project is not set up for it.
    Unknown,
    /// Too much was asked for in too short a time.
    Busy,
    /// No answer in time, or that Google itself has a problem.
    Away,
    /// An answer that is none of those described.
    Odd,
}

impl Trouble {
    /// What it means that there was no whole answer.
    pub fn of(error: &providers::Trouble) -> Self {
        match error {
            providers::Trouble::TooLarge => Trouble::Odd,
            providers::Trouble::Http(_) | providers::Trouble::Other(_) => Trouble::Away,
        }
    }

    /// A sentence, with what to do.
    pub fn words(self) -> &'static str {
        match self {
            Trouble::Ended => "Google does not let us in any more. Please connect it again.",
            Trouble::Unknown => {
                "Google does not let this site use calendars. Whoever runs it has to switch the Calendar API on at Google."
            }
            Trouble::Busy => "Google asks to be left alone for a while.",
            Trouble::Away => "Google does not answer.",
            Trouble::Odd => "Google answered something that is not understood here.",
        }
    }

    /// How long to wait after so many failures in a row, or None where only the person can help. `asked` is what Google said.
    pub fn pause(self, failures: i32, asked: Option<Duration>) -> Option<Duration> {
        let shortest = match self {
            Trouble::Ended => return None,
            Trouble::Unknown => SELDOM,
            Trouble::Busy | Trouble::Away | Trouble::Odd => FIRST,
        };
        let pause = Backoff { first: shortest, longest: LONGEST }.pause(failures.into());
        Some(scattered(pause.max(asked.unwrap_or_default().min(PATIENCE))))
    }
}

impl From<Lapse> for Trouble {
    fn from(lapse: Lapse) -> Self {
        match lapse {
            Lapse::Ended => Trouble::Ended,
            Lapse::Unknown => Trouble::Unknown,
            Lapse::Away => Trouble::Away,
        }
    }
}

/// What an answer of the API means.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    Done(Value),
    /// The token does not open it.
    Locked,
    /// There is no such thing, or not any more (404, 410).
    Missing,
    /// There is one with this id already (409).
    There,
    /// What was sent will never be taken (400).
    Unfit,
    Failed(Trouble),
}

/// Reads an answer as Google documents it (<https://developers.google.com/workspace/calendar/api/guides/errors>).
pub fn judge(status: u16, body: &[u8]) -> Verdict {
    match status {
        200..=299 if body.is_empty() => Verdict::Done(Value::Null),
        200..=299 => serde_json::from_slice(body).map_or(Verdict::Failed(Trouble::Odd), Verdict::Done),
        400 => Verdict::Unfit,
        401 => Verdict::Locked,
        403 => Verdict::Failed(forbidden(body)),
        404 | 410 => Verdict::Missing,
        409 => Verdict::There,
        429 => Verdict::Failed(Trouble::Busy),
        500..=599 => Verdict::Failed(Trouble::Away),
        _ => Verdict::Failed(Trouble::Odd),
    }
}

/// 403 is many things; its first reason says which.
fn forbidden(body: &[u8]) -> Trouble {
    let said: Value = serde_json::from_slice(body).unwrap_or_default();
    let first = &said["error"]["errors"][0];
    match first["reason"].as_str().unwrap_or_default() {
        "insufficientPermissions" => Trouble::Ended,
        "accessNotConfigured" => Trouble::Unknown,
        _ if first["domain"] == "usageLimits" => Trouble::Busy,
        "rateLimitExceeded" | "userRateLimitExceeded" | "quotaExceeded" => Trouble::Busy,
        _ => Trouble::Odd,
    }
}

/// What an error calls itself: a word, for the log.
pub fn reason(body: &[u8]) -> String {
    let said: Value = serde_json::from_slice(body).unwrap_or_default();
    let word = said["error"]["errors"][0]["reason"].as_str().unwrap_or_default();
    word.chars().filter(char::is_ascii_alphanumeric).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn error(status: u16, domain: &str, reason: &str) -> Verdict {
        let body = json!({ "error": { "code": status, "message": "No", "errors": [{ "domain": domain, "reason": reason, "message": "No" }] } });
        judge(status, body.to_string().as_bytes())
    }

    #[test]
    fn documented_answers_are_told_apart() {
        assert_eq!(judge(204, b""), Verdict::Done(Value::Null));
        assert_eq!(judge(200, b"{\"id\":\"a\"}"), Verdict::Done(json!({ "id": "a" })));
        assert_eq!(judge(200, b"<html>"), Verdict::Failed(Trouble::Odd));
        assert_eq!(error(400, "calendar", "timeRangeEmpty"), Verdict::Unfit);
        assert_eq!(error(401, "global", "authError"), Verdict::Locked);
        for reason in ["rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"] {
            assert_eq!(error(403, "usageLimits", reason), Verdict::Failed(Trouble::Busy), "{reason}");
        }
        assert_eq!(error(403, "global", "insufficientPermissions"), Verdict::Failed(Trouble::Ended));
        assert_eq!(error(403, "usageLimits", "accessNotConfigured"), Verdict::Failed(Trouble::Unknown));
        assert_eq!(error(403, "calendar", "forbidden"), Verdict::Failed(Trouble::Odd));
        assert_eq!(judge(403, b"no JSON"), Verdict::Failed(Trouble::Odd));
        assert_eq!(error(404, "global", "notFound"), Verdict::Missing);
        assert_eq!(error(409, "global", "duplicate"), Verdict::There);
        assert_eq!(error(410, "global", "deleted"), Verdict::Missing);
        assert_eq!(error(429, "usageLimits", "rateLimitExceeded"), Verdict::Failed(Trouble::Busy));
        assert_eq!(error(503, "global", "backendError"), Verdict::Failed(Trouble::Away));
        assert_eq!(judge(302, b""), Verdict::Failed(Trouble::Odd));
    }

    #[test]
    fn what_fails_is_tried_again_later_and_later() {
        let within = |pause: Option<Duration>, from: Duration| {
            let pause = pause.expect("it is tried again");
            assert!(pause >= from && pause <= from + from / 4, "{pause}, not about {from}");
        };
        within(Trouble::Away.pause(0, None), FIRST);
        within(Trouble::Busy.pause(3, None), Duration::seconds(40));
        within(Trouble::Odd.pause(99, None), LONGEST);
        within(Trouble::Unknown.pause(0, None), SELDOM);
        within(Trouble::Busy.pause(0, Some(Duration::minutes(2))), Duration::minutes(2));
        within(Trouble::Busy.pause(0, Some(Duration::days(400))), PATIENCE);
        assert_eq!(Trouble::Ended.pause(0, None), None);
    }
}
