//! Whether a posting is open, by any text.
#![no_main]

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use openings::{Facts, Signals, closing_day, closing_words, doubts, standing};

fuzz_target!(|text: &str| {
    let day = NaiveDate::default();
    if let Some(words) = closing_words(text) {
        assert!(!words.is_empty() && text.contains(words));
    }
    closing_day(text, NaiveDate::MIN);
    closing_day(text, NaiveDate::MAX);
    standing(&Facts {
        today: day,
        posted: None,
        first_seen: day,
        last_seen: day,
        missing_for: 0,
        status: None,
        closes_on: None,
        text,
    });
    let (title, place) = text.split_once('\n').unwrap_or((text, ""));
    doubts(&Signals { title, text, place, ..Signals::default() });
});
