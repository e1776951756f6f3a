//! A mailbox file.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let read = inbox::mbox::messages(data).count();
    assert!(read <= data.len() + 1);
});
