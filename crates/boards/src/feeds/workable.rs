//! Workable's widget (`apply.workable.com/api/v1/widget/accounts/{account}?details=true`), which names the company once
//! for all; and one posting in full (`apply.workable.com/api/v2/accounts/{account}/jobs/{shortcode}`), its text in parts.

use super::{Context, Draft, parts};
use crate::Format;
use crate::row::{Reason, Row, tidy_label};
use crate::{address, level, workplace};
use posting::{Posting, Remote};
use serde_json::Value;

/// The company of all postings of an answer.
pub fn company(format: Format, answer: &Value) -> Option<String> {
    let name = (format == Format::Workable && answer.get("jobs").is_some()).then(|| Row(answer).hint("name"))??;
    Some(tidy_label(name)).filter(|name| !name.is_empty())
}

pub fn read(row: Row<'_>, context: &Context<'_>) -> Result<Draft, Reason> {
    let title = row.title("title")?;
    if row.hint("state").is_some_and(|state| state != "published") && row.at("published").is_some() {
        return Err("It is not published (field “state”): its employer has taken it down.".into());
    }
    let url = row.link(&["url", "shortlink", "application_url"]).or_else(|| own_page(row, context));
    let company = match &context.company {
        Some(company) => company.clone(),
        None => url.as_deref().and_then(address::company_of_link).unwrap_or_default(),
    };
    let location = place(row);
    // The full posting names the workplace; the widget only says whether it is remote.
    let remote = row
        .hint("workplace")
        .and_then(workplace::parse)
        .or_else(|| [row.flag("telecommuting"), row.flag("remote")].contains(&Some(true)).then_some(Remote::Remote))
        .or_else(|| workplace::of_location(&location));
    let texts = [
        (String::new(), row.prose("description")?),
        ("Requirements".into(), row.prose("requirements")?),
        ("Benefits".into(), row.prose("benefits")?),
    ];
    let posting = Posting {
        company,
        title,
        location,
        remote,
        description: parts::join(texts),
        experience_level: row.hint("experience").and_then(level::stated),
        url,
        date_posted: row.date(&["published_on", "published", "created_at"]),
        ..Posting::default()
    };
    Ok(Draft { posting, ..Draft::default() })
}

/// The places that are shown; the widget repeats the first beside the list, in fields of the row.
fn place(row: Row<'_>) -> String {
    let mut places: Vec<String> = Vec::new();
    for place in row.list("locations").iter().map(Row).filter(|place| place.flag("hidden") != Some(true)).take(8) {
        let named = place.joined(&["city", "region", "country"]);
        if !named.is_empty() && !places.contains(&named) {
            places.push(named);
        }
    }
    if places.is_empty() {
        let one = row.joined(&["location.city", "location.region", "location.country"]);
        return if one.is_empty() { row.joined(&["city", "state", "country"]) } else { one };
    }
    places.join("; ")
}

/// The full posting does not link to itself; its page is at the board's.
fn own_page(row: Row<'_>, context: &Context<'_>) -> Option<String> {
    let code = row.hint("shortcode").filter(|code| code.bytes().all(|b| b.is_ascii_alphanumeric()))?;
    let account = context.board.as_ref().and_then(address::workable_account)?;
    Some(format!("https://apply.workable.com/{account}/j/{code}"))
}
