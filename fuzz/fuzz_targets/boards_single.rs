//! One posting out of whatever a link answers with, or somebody pasted; the first byte chooses how it is taken.
#![no_main]

use boards::{Finder, single};
use libfuzzer_sys::fuzz_target;
use skills::Taxonomy;
use std::sync::LazyLock;

static FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::new(Taxonomy::builtin()).on(chrono::NaiveDate::default()));
/// Addresses of boards whose answers are read as theirs.
const ADDRESSES: [&str; 4] = [
    "https://boards.greenhouse.io/acme/jobs/4000001",
    "https://jobs.lever.co/acme/00000000-0000-4000-8000-000000000001",
    "https://jobs.ashbyhq.com/acme/00000000-0000-4000-8000-000000000001",
    "https://jobs.smartrecruiters.com/Acme/744000000000001",
];

fuzz_target!(|data: &[u8]| {
    let Some((how, rest)) = data.split_first() else { return };
    let found = match how % 4 {
        0 => single::of_text(&String::from_utf8_lossy(rest), &FINDER).ok(),
        1 => single::of_answer(rest, Some("text/html"), "https://jobs.example.org/1", &FINDER).ok(),
        2 => single::of_answer(rest, None, "https://jobs.example.org/1", &FINDER).ok(),
        _ => {
            let address = ADDRESSES[usize::from(how / 4) % ADDRESSES.len()];
            single::board(address).and_then(|request| single::of_board(&request, address, rest, &FINDER))
        }
    };
    // What is said of a field is said of one that there is.
    if let Some(found) = found {
        assert!(found.from.keys().all(|field| single::FIELDS.contains(field)));
    }
});
