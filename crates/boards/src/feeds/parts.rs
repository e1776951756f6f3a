//! Descriptions that feeds send in headed parts.

use crate::{limits, text};

/// One text of its parts, each under its heading; parts without words are left out.
pub fn join(parts: impl IntoIterator<Item = (String, String)>) -> String {
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(_, words)| !words.trim().is_empty())
        .map(|(heading, words)| if heading.is_empty() { words } else { format!("{heading}\n\n{words}") })
        .collect();
    text::block(&parts.join("\n\n"), limits::DESCRIPTION_BYTES)
}
