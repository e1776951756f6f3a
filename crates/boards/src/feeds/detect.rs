//! Telling feeds apart by the names of their fields, and finding the rows in an answer.

use super::{hackernews, jobposting};
use crate::row::Row;
use crate::{Format, Unreadable};
use serde_json::Value;

/// Where answers have their rows.
const ROWS: [&str; 9] = ["jobs", "data", "results", "items", "content", "result", "hits", "children", "elements"];

/// The format of an answer, told from the fields of the answer and of its first rows.
pub fn format_of(answer: &Value) -> Result<Format, Unreadable> {
    let has = |field: &str| answer.get(field).is_some();
    if has("jobPostings") || has("jobPostingInfo") {
        return Ok(Format::Workday);
    }
    if has("SearchResult") || has("MatchedObjectDescriptor") {
        return Ok(Format::UsaJobs);
    }
    if has("totalFound") {
        return Ok(Format::SmartRecruiters);
    }
    if has("response") && has("success") {
        return Ok(Format::Glassdoor);
    }
    if Row(answer).at("jobs.values").is_some() {
        return Ok(Format::LinkedIn);
    }
    if has("offers") || has("offer") {
        return Ok(Format::Recruitee);
    }
    if !jobposting::postings(answer).is_empty() {
        return Ok(Format::WebPage);
    }
    // By itself it may hold lists of other things, such as the replies to it.
    if let Some(format) = format_of_career_page(Row(answer)) {
        return Ok(format);
    }
    let rows: Vec<&Value> = match answer {
        Value::Array(rows) => rows.iter().take(5).collect(),
        Value::Object(_) => match ROWS.iter().find_map(|key| answer.get(key)?.as_array()) {
            Some(rows) => rows.iter().take(5).collect(),
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
    if let Some(format) = format_of_career_page(row).or_else(|| format_of_partner(row)) {
        Some(format)
    } else if has("absolute_url") {
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

fn format_of_career_page(row: Row<'_>) -> Option<Format> {
    let has = |field: &str| row.0.get(field).is_some();
    if has("releasedDate") || has("jobAd") {
        Some(Format::SmartRecruiters)
    } else if has("careers_url") || has("careers_apply_url") {
        Some(Format::Recruitee)
    } else if has("shortcode") {
        Some(Format::Workable)
    } else if has("jobOpeningName") || has("jobOpening") || row.at("result.jobOpening").is_some() {
        Some(Format::BambooHr)
    } else if has("refs") && has("contents") {
        Some(Format::TheMuse)
    } else if has("comment_text") || (has("type") && has("text") && (has("author") || has("by"))) {
        Some(Format::HackerNews)
    } else {
        None
    }
}

fn format_of_partner(row: Row<'_>) -> Option<Format> {
    let has = |field: &str| row.0.get(field).is_some();
    if has("jobkey") {
        Some(Format::Indeed)
    } else if has("jobListingId") {
        Some(Format::Glassdoor)
    } else if has("locationDescription") || has("formattedLocation") || has("listedAt") {
        Some(Format::LinkedIn)
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
        Format::SmartRecruiters => &["content"],
        Format::Recruitee => &["offers", "offer"],
        Format::Workable => &["jobs"],
        Format::BambooHr => &["result"],
        Format::TheMuse => &["results"],
        Format::HackerNews => return hackernews::rows(answer),
        Format::WebPage => return page_rows(answer),
        Format::Personio | Format::WeWorkRemotely | Format::Feed => return Err(not_xml(format)),
        Format::UsaJobs => &["SearchResult.SearchResultItems", "SearchResultItems"],
        Format::Lever => &["data", "postings"],
        Format::LinkedIn => &["jobs.values", "elements"],
        Format::Indeed => &["results"],
        Format::Glassdoor => &["response.jobListings", "response.jobs"],
        Format::RemoteOk => &["jobs"],
        Format::Auto | Format::Csv | Format::Json => &["items", "jobs", "data"],
    };
    if let Some(words) = refusal(format, answer) {
        return Err(words);
    }
    let rows = match answer {
        Value::Array(rows) => rows.iter().collect(),
        // The partner boards leave the list out where it would be empty.
        _ if is_empty_day(format, answer) => Vec::new(),
        _ => match keys.iter().find_map(|key| Row(answer).at(key)) {
            Some(Value::Array(rows)) => rows.iter().collect(),
            Some(one @ Value::Object(_)) if matches!(format, Format::Recruitee | Format::BambooHr) => vec![one],
            Some(_) => return Err(not_this(format, keys)),
            None if is_row(format, answer) => vec![answer],
            None => return Err(not_this(format, keys)),
        },
    };
    Ok(rows.into_iter().filter(|row| !is_notice(format, row)).collect())
}

fn page_rows(answer: &Value) -> Result<Vec<&Value>, Unreadable> {
    let rows = jobposting::postings(answer);
    if rows.is_empty() {
        return Err(Unreadable(
            "There is no “JobPosting” in it. Choose another format, or paste the text of the posting as a new job."
                .into(),
        ));
    }
    Ok(rows)
}

fn not_xml(format: Format) -> Unreadable {
    Unreadable(format!(
        "This is JSON, and {} answers in XML. Choose another format, or let it find out by itself.",
        format.label()
    ))
}

/// Boards with keys say in an answer like any other that they do not answer, and why.
pub fn refusal(format: Format, answer: &Value) -> Option<Unreadable> {
    let said = match format {
        Format::Indeed => Row(answer).hint("error"),
        Format::Glassdoor if Row(answer).flag("success") == Some(false) => {
            Some(Row(answer).hint("status").unwrap_or("no reason given"))
        }
        _ => None,
    }?;
    Some(Unreadable(format!("{} refused the question: {}", format.label(), crate::row::tidy_label(said))))
}

fn is_empty_day(format: Format, answer: &Value) -> bool {
    let count = match format {
        Format::LinkedIn => Row(answer).number("jobs._total"),
        Format::Indeed => Row(answer).number("totalResults").filter(|_| answer.get("results").is_none()),
        Format::Glassdoor => Row(answer).number("response.totalRecordCount"),
        _ => None,
    };
    count == Some(0.0)
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
