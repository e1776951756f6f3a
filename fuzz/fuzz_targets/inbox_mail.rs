//! One message, and what it means.
#![no_main]

use inbox::{Applications, Known, recognise};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static APPLICATIONS: LazyLock<Applications> = LazyLock::new(|| {
    let known = Known { id: "1".into(), company: "Acme Mills".into(), title: "Baker".into(), ..Known::default() };
    Applications::new(vec![known], &["sam@mailbox.example"])
});

fuzz_target!(|data: &[u8]| {
    if let Ok(message) = inbox::read(data) {
        assert!(recognise(&message).evidence.iter().all(|evidence| !evidence.said.is_empty()));
        assert!(inbox::understand(&message, &APPLICATIONS).confidence <= 100);
    }
});
