//! What a source itself calls a row: the number that stays the same however often it is read.

use crate::Format;
use crate::row::Row;
use serde_json::Value;

/// Longer ones are no numbers that a board gave.
const MOST: usize = 300;

/// The source's own number for the row; `None` where it has none, and for files, whose numbers are anybody's.
pub fn of(format: Format, row: Row<'_>) -> Option<String> {
    let fields: &[&str] = match format {
        Format::Auto | Format::Csv | Format::Json | Format::WebPage => &[],
        Format::Arbeitnow => &["slug"],
        Format::Workday => &["externalPath"],
        Format::Himalayas => &["guid"],
        Format::UsaJobs => &["MatchedObjectId"],
        Format::Workable => &["shortcode"],
        Format::BambooHr => &["id", "jobOpening.id"],
        Format::Feed | Format::WeWorkRemotely => &["guid", "id"],
        Format::Indeed => &["jobkey"],
        Format::Glassdoor => &["jobListingId"],
        Format::HackerNews => return hackernews(row),
        _ => &["id"],
    };
    fields.iter().find_map(|field| number(row.at(field)?))
}

/// Several roles of one comment are several postings.
fn hackernews(row: Row<'_>) -> Option<String> {
    let id = number(row.at("objectID").or(row.at("id"))?)?;
    Some(match row.hint(super::hackernews::ROLE) {
        Some(role) => format!("{id}/{}", crate::duplicate::title_key(role)),
        None => id,
    })
}

fn number(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty() && text.len() <= MOST),
        _ => None,
    }
}
