//! Answers that begin with `<`: feeds in XML, and web pages with postings in them.

use super::{feed, jobposting, xml};
use crate::{Format, Unreadable};
use serde_json::Value;

/// The rows of an answer and what it is; `None` when it is not of the format asked for.
pub fn rows(format: Format, text: &str) -> Result<Option<(Format, Vec<Value>)>, Unreadable> {
    let root = xml::root(text).unwrap_or_default();
    Ok(match (root.as_str(), format) {
        ("rss" | "feed" | "RDF", Format::Auto | Format::Feed | Format::WeWorkRemotely) => {
            let tree = xml::tree(text)?;
            let told = if format == Format::Auto { feed::format_of(&tree) } else { format };
            Some((told, feed::rows(tree)))
        }
        ("workzag-jobs", Format::Auto | Format::Personio) => {
            Some((Format::Personio, list(xml::tree(text)?, &["position"])))
        }
        (_, Format::Auto | Format::WebPage) => {
            let rows = jobposting::of_page(text);
            if rows.is_empty() {
                return Err(Unreadable(
                    "This is a web page, not a feed. Paste the address of the board instead, or the text of one posting as a new job."
                        .into(),
                ));
            }
            Some((Format::WebPage, rows))
        }
        _ => None,
    })
}

/// What stands under a path of names: one element or several.
pub fn list(mut tree: Value, path: &[&str]) -> Vec<Value> {
    for name in path {
        tree = tree.get_mut(*name).map(Value::take).unwrap_or_default();
    }
    match tree {
        Value::Array(rows) => rows,
        Value::Null => Vec::new(),
        one => vec![one],
    }
}
