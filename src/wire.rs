//! How what travels to the browser is read there, with as little code as possible: a first page loads all of it.
//!
//! Answers of server functions come as bytes and resources in the page as text; both are read as bytes here, so that the reader of
//! each type exists once. Moments and days are written as `chrono` writes them and read by what the browser has.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::{
    prelude::Resource,
    server::codee::{Decoder, Encoder},
};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned, de::Error};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// What a page shows: loaded on the server for its first picture, then by the browser.
pub type Loaded<T> = Resource<crate::error::Result<T>, Json>;

/// JSON for resources.
pub struct Json;

impl<T: Serialize> Encoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, serde_json::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, serde_json::Error> {
        serde_json::from_slice(text.as_bytes())
    }
}

/// Loads now, and again whenever the source changes. What cannot be loaded again for lack of a network stays as it was, and is tried
/// again: a page that is read on a train does not turn into an error.
pub fn load<S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> F + Send + Sync + 'static,
) -> Loaded<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = crate::error::Result<T>> + Send + 'static,
{
    let (fetch, before) = (Arc::new(fetch), Arc::new(AtomicBool::new(false)));
    let again = move |source: S| {
        let (fetch, before) = (fetch.clone(), before.clone());
        async move {
            loop {
                let answer = fetch(source.clone()).await;
                if !(matches!(answer, Err(crate::error::Error::Unavailable(_))) && before.load(Ordering::Relaxed)) {
                    before.store(true, Ordering::Relaxed);
                    return answer;
                }
                crate::browser::pause().await;
            }
        }
    };
    Resource::new_with_options(source, again, false)
}

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

/// A day, `2026-11-21`.
pub fn known_day<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    day(&String::deserialize(from)?).ok_or_else(|| D::Error::custom("not a day"))
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
