//! Telling feeds apart by the names of their fields, and finding the rows in an answer.

use crate::row::Row;
use crate::{Format, Unreadable};
use serde_json::Value;

/// The format of an answer, told from the fields of the answer and of its first rows.
pub fn format_of(answer: &Value) -> Result<Format, Unreadable> {
    let has = |field: &str| answer.get(field).is_some();
    if has("jobPostings") || has("jobPostingInfo") {
        return Ok(Format::Workday);
    }
    if has("SearchResult") || has("MatchedObjectDescriptor") {
        return Ok(Format::UsaJobs);
    }
    let rows: Vec<&Value> = match answer {
        Value::Array(rows) => rows.iter().take(5).collect(),
        Value::Object(_) => match ["jobs", "data", "results", "items"].iter().find_map(|key| answer.get(key)) {
            Some(Value::Array(rows)) => rows.iter().take(5).collect(),
            _ => vec![answer],
        },
        _ => Vec::new(),
    };
    if rows.is_empty() {
        // An empty list of any feed: nothing to read, and nothing wrong.
        return Ok(Format::Json);
    }
    rows.iter().find_map(|row| format_of_row(Row(row))).ok_or_else(|| {
        Unreadable(
            "The JSON is none of the known job feeds, and its rows have no title and company. Choose the feed by hand, or bring it as a CSV with named columns."
                .into(),
        )
    })
}

fn format_of_row(row: Row<'_>) -> Option<Format> {
    let has = |field: &str| row.0.get(field).is_some();
    if has("absolute_url") {
        Some(Format::Greenhouse)
    } else if has("hostedUrl") || (has("text") && has("categories")) {
        Some(Format::Lever)
    } else if has("descriptionHtml") || has("isListed") || has("jobUrl") {
        Some(Format::Ashby)
    } else if has("jobTitle") {
        Some(Format::Jobicy)
    } else if has("candidate_required_location") {
        Some(Format::Remotive)
    } else if has("companySlug") || has("locationRestrictions") {
        Some(Format::Himalayas)
    } else if has("redirect_url") {
        Some(Format::Adzuna)
    } else if has("MatchedObjectDescriptor") {
        Some(Format::UsaJobs)
    } else if has("externalPath") {
        Some(Format::Workday)
    } else if has("position") && (has("epoch") || has("slug")) {
        Some(Format::RemoteOk)
    } else if has("job_types") || (has("slug") && has("company_name") && has("created_at")) {
        Some(Format::Arbeitnow)
    } else if has("title") && (has("company") || has("url") || has("description") || has("location")) {
        Some(Format::Json)
    } else {
        None
    }
}

/// The rows of an answer of this format: its list, the answer itself when it is a list, or the one posting that it is.
pub fn rows(format: Format, answer: &Value) -> Result<Vec<&Value>, Unreadable> {
    let keys: &[&str] = match format {
        Format::Greenhouse | Format::Ashby | Format::Remotive | Format::Jobicy | Format::Himalayas => &["jobs"],
        Format::Arbeitnow => &["data"],
        Format::Workday => &["jobPostings"],
        Format::Adzuna => &["results"],
        Format::UsaJobs => &["SearchResult.SearchResultItems", "SearchResultItems"],
        Format::Lever => &["data", "postings"],
        Format::RemoteOk => &["jobs"],
        Format::Auto | Format::Csv | Format::Json => &["items", "jobs", "data"],
    };
    let rows = match answer {
        Value::Array(rows) => rows.iter().collect(),
        _ => match keys.iter().find_map(|key| Row(answer).at(key)) {
            Some(Value::Array(rows)) => rows.iter().collect(),
            Some(_) => return Err(not_this(format, keys)),
            None if is_row(format, answer) => vec![answer],
            None => return Err(not_this(format, keys)),
        },
    };
    Ok(rows.into_iter().filter(|row| !is_notice(format, row)).collect())
}

/// One posting by itself, as the feeds answer for a single address.
fn is_row(format: Format, answer: &Value) -> bool {
    let told = format_of_row(Row(answer));
    match format {
        Format::Workday => answer.get("jobPostingInfo").is_some() || told == Some(format),
        Format::Json | Format::Auto => answer.get("title").is_some() || answer.get("company").is_some(),
        _ => told == Some(format),
    }
}

/// RemoteOK's list opens with its terms.
fn is_notice(format: Format, row: &Value) -> bool {
    format == Format::RemoteOk && row.get("legal").is_some() && row.get("position").is_none()
}

fn not_this(format: Format, keys: &[&str]) -> Unreadable {
    Unreadable(format!(
        "This does not look like an answer of {}: there is no list “{}” in it. Choose another format, or let it find out by itself.",
        format.label(),
        keys.first().copied().unwrap_or_default()
    ))
}
