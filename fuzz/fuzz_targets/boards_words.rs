//! What is read out of a posting's words: pay, level, dates, sections, place, address.
#![no_main]

use boards::{address, dates, duplicate, level, salary, sections, workplace};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    salary::parse(text);
    salary::parse_with(text, Some("EUR"));
    salary::parse_long(text, None);
    level::guess(text, text);
    level::stated(text);
    dates::parse(text);
    dates::relative(text, chrono::NaiveDate::default());
    let lines = sections::split(text);
    sections::responsibilities(&lines);
    sections::requirements(&lines);
    workplace::of_location(text);
    workplace::of_title(text);
    workplace::of_text(text);
    duplicate::link_key(text);
    duplicate::title_key(text);
    duplicate::company_key(text);
    let _ = address::resolve(text);
});
