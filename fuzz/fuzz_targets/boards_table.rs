//! Tables of postings.
#![no_main]

use boards::{Finder, Format, read};
use libfuzzer_sys::fuzz_target;
use skills::Taxonomy;
use std::sync::LazyLock;

static FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::new(Taxonomy::builtin()).on(chrono::NaiveDate::default()));

fuzz_target!(|data: &[u8]| {
    if let Ok(reading) = read(Format::Csv, data, Some("https://jobs.example.org/acme"), &FINDER) {
        assert!(reading.postings().all(|posting| !posting.title.is_empty()));
    }
});
