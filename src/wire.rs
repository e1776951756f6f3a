//! How moments and days that travel to the browser are read there: by what it has already, because the reader that comes with
//! `chrono` would be a tenth of what a first page loads beyond the framework. They are written as `chrono` writes them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, de::Error};

/// A moment, RFC 3339; to the millisecond in the browser.
pub fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<Utc>, D::Error> {
    read(&String::deserialize(from)?).ok_or_else(|| D::Error::custom("not a moment"))
}

/// A moment, or none.
pub fn maybe_moment<'de, D: Deserializer<'de>>(from: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    let text: Option<String> = Deserialize::deserialize(from)?;
    text.map(|text| read(&text).ok_or_else(|| D::Error::custom("not a moment"))).transpose()
}

/// A day, `2026-11-21`, or none.
pub fn maybe_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    let text: Option<String> = Deserialize::deserialize(from)?;
    text.map(|text| day(&text).ok_or_else(|| D::Error::custom("not a day"))).transpose()
}

#[cfg(feature = "hydrate")]
fn read(text: &str) -> Option<DateTime<Utc>> {
    let millis = js_sys::Date::parse(text);
    if millis.is_nan() { None } else { DateTime::from_timestamp_millis(millis as i64) }
}

#[cfg(not(feature = "hydrate"))]
fn read(text: &str) -> Option<DateTime<Utc>> {
    text.parse().ok()
}

fn day(text: &str) -> Option<NaiveDate> {
    let mut numbers = text.splitn(3, '-');
    let mut next = || numbers.next()?.parse::<u32>().ok();
    NaiveDate::from_ymd_opt(next()?.try_into().ok()?, next()?, next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Row {
        #[serde(deserialize_with = "moment")]
        at: DateTime<Utc>,
        #[serde(deserialize_with = "maybe_moment")]
        read: Option<DateTime<Utc>>,
        #[serde(deserialize_with = "maybe_day")]
        day: Option<NaiveDate>,
    }

    #[test]
    fn what_chrono_writes_is_read() {
        let at: DateTime<Utc> = "2026-11-21T12:00:00.123456Z".parse().expect("a moment");
        let date = NaiveDate::from_ymd_opt(2026, 2, 28).expect("a day");
        let text = serde_json::json!({ "at": at, "read": null, "day": date }).to_string();
        let row: Row = serde_json::from_str(&text).expect("a row");
        assert_eq!((row.at, row.read, row.day), (at, None, Some(date)));
    }

    #[test]
    fn nonsense_is_refused() {
        for day in ["2026-02-30", "2026-02", "-1-2-3", "tomorrow", "99999999999-1-1"] {
            let text = format!(r#"{{"at": "2026-11-21T12:00:00Z", "read": null, "day": "{day}"}}"#);
            assert!(serde_json::from_str::<Row>(&text).is_err(), "{day}");
        }
        assert!(serde_json::from_str::<Row>(r#"{"at": "now", "read": null, "day": null}"#).is_err());
    }
}
