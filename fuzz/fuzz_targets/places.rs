//! Places out of words: reading what was read gives the same.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let places = places::parse(text);
    places.same_key();
    for one in &places.places {
        for two in &places.places {
            assert_eq!(one.closeness(two), two.closeness(one));
        }
        one.label();
    }
    places.label();
});
