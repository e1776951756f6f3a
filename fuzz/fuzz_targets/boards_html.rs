//! HTML of postings to text.
#![no_main]

use boards::{html, limits, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let source = text::decode(data);
    let read = html::to_text(&source);
    assert!(read.len() <= limits::DESCRIPTION_BYTES);
    assert!(html::to_line(&source, 80).chars().count() <= 80);
});
