//! Answers of every format; the first byte chooses it (`a` is the first of `Format::ALL`).
#![no_main]

use boards::{Finder, Format, enrich, limits, read};
use libfuzzer_sys::fuzz_target;
use skills::Taxonomy;
use std::sync::LazyLock;

static FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::new(Taxonomy::builtin()).on(chrono::NaiveDate::default()));

fuzz_target!(|data: &[u8]| {
    let Some((&choice, data)) = data.split_first() else { return };
    let formats = Format::ALL;
    let format = formats[usize::from(choice.wrapping_sub(b'a')) % formats.len()];
    let Ok(reading) = read(format, data, Some("Acme"), &FINDER) else { return };
    for posting in reading.postings() {
        assert!(!posting.title.is_empty() && !posting.company.is_empty());
        assert!(posting.description.len() <= limits::DESCRIPTION_BYTES);
        boards::duplicate::same_key(posting);
        let mut posting = posting.clone();
        enrich(&mut posting, &FINDER);
    }
    assert!(reading.rejected().all(|bad| !bad.reason.is_empty()));
});
