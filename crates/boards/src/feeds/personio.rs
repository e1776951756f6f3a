//! Personio's feed (`{company}.jobs.personio.de/xml`): XML, the text in headed parts; offices as somebody typed them. It
//! links to nothing, and names an employer only where a company has several.

use super::{Context, Draft, parts};
use crate::row::{Reason, Row, tidy_label};
use crate::{html, level, workplace};
use posting::Posting;
use serde_json::Value;

pub fn read(row: Row<'_>, context: &Context<'_>) -> Result<Draft, Reason> {
    let title = row.title("name")?;
    let company = row.label("subcompany")?.or_else(|| context.company.clone()).unwrap_or_default();
    let mut places: Vec<String> = row.hint("office").map(tidy_label).into_iter().collect();
    for place in row.texts("additionalOffices.office") {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let location = places.join("; ");
    let remote = workplace::of_location(&location).or_else(|| workplace::of_title(&title));
    let posting = Posting {
        company,
        title,
        location,
        remote,
        description: description(row),
        // `entry-level`, `experienced`, `executive`, `student`
        experience_level: row.hint("seniority").and_then(level::stated),
        url: own_page(row, context),
        date_posted: row.date(&["createdAt"]),
        ..Posting::default()
    };
    let pay_text = row.hint("salaryInformation").map(str::to_owned);
    Ok(Draft { posting, pay_text, ..Draft::default() })
}

fn description(row: Row<'_>) -> String {
    let sections = match row.at("jobDescriptions.jobDescription") {
        Some(Value::Array(sections)) => sections.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    parts::join(sections.iter().map(Row).map(|section| {
        let heading = section.hint("name").map(tidy_label).unwrap_or_default();
        (heading, section.hint("value").map(html::to_text).unwrap_or_default())
    }))
}

/// A posting's page is at the board's, by its number.
fn own_page(row: Row<'_>, context: &Context<'_>) -> Option<String> {
    let id = row.hint("id").filter(|id| id.len() <= 20 && id.bytes().all(|b| b.is_ascii_digit()))?;
    let host = context.board.as_ref()?.host_str().filter(|host| host.contains(".jobs.personio."))?;
    Some(format!("https://{host}/job/{id}"))
}
