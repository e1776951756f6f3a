//! Calendar files, and when what they tell is.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(events) = calendar::read(data) {
        assert!(!events.is_empty());
        for event in &events {
            event.is_cancelled();
        }
    }
});
