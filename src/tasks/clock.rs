//! Moments, and what a clock where a person is shows then.

use crate::{db::Db, error::Result, ids::UserId, on};
use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

/// When days begin, for what is due on a day without a time.
pub const MORNING: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).expect("a time of day");

pub use crate::events::moment_in as moment;

/// What a clock there shows at a moment.
pub fn local(zone: Tz, at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&zone).naive_local()
}

/// For a field of a form: `2026-12-01T14:00`.
pub fn input(zone: Tz, at: DateTime<Utc>) -> String {
    local(zone, at).format("%Y-%m-%dT%H:%M").to_string()
}

/// For people: "Tue 1 Dec 2026, 14:00".
pub fn said(zone: Tz, at: DateTime<Utc>) -> String {
    local(zone, at).format("%a %-d %b %Y, %H:%M").to_string()
}

/// Where the person is.
pub async fn zone(db: &Db, who: UserId) -> Result<Tz> {
    let name: String = on!(db.read, |c| sqlx::query_scalar("SELECT time_zone FROM profiles WHERE user_id = $1")
        .bind(who)
        .fetch_one(c)
        .await)?;
    Ok(name.parse().unwrap_or(Tz::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> NaiveDateTime {
        text.parse().expect("a time")
    }

    #[test]
    fn hours_that_come_twice_or_never_have_a_moment() {
        let berlin = Tz::Europe__Berlin;
        let at = |text: &str| moment(berlin, time(text)).expect("a moment").to_rfc3339();
        assert_eq!(at("2026-07-01T09:00:00"), "2026-07-01T07:00:00+00:00");
        assert_eq!(at("2026-12-01T09:00:00"), "2026-12-01T08:00:00+00:00");
        // On 29 March 2:00 to 3:00 is left out; on 25 October it comes twice.
        assert_eq!(at("2026-03-29T02:30:00"), "2026-03-29T01:30:00+00:00");
        assert_eq!(at("2026-10-25T02:30:00"), "2026-10-25T00:30:00+00:00");
        assert_eq!(said(berlin, "2026-12-01T13:00:00Z".parse().expect("a moment")), "Tue 1 Dec 2026, 14:00");
    }
}
