//! Skills found in any text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use skills::Taxonomy;
use std::sync::LazyLock;

static TAXONOMY: LazyLock<std::sync::Arc<Taxonomy>> = LazyLock::new(Taxonomy::builtin);

fuzz_target!(|text: &str| {
    for mention in TAXONOMY.skills_in(text) {
        assert!(TAXONOMY.skill(mention.skill).name.len() > 0);
    }
});
