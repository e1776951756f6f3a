//! Everyday words that products and skills are also called by.

use std::collections::HashSet;
use std::sync::LazyLock;

static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("common.txt").split_ascii_whitespace().collect());

/// Whether a folded word is one that running text uses for other things.
pub(crate) fn is_common(word: &str) -> bool {
    COMMON.contains(word)
}

#[cfg(test)]
mod tests {
    use super::is_common;

    #[test]
    fn knows_everyday_words() {
        assert!(is_common("access") && is_common("word") && !is_common("kubernetes"));
    }
}
