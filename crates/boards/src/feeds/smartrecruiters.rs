//! SmartRecruiters' public postings (`api.smartrecruiters.com/v1/companies/{company}/postings?limit=100&offset=0`): a
//! list without texts, a hundred at a time; the text comes with a single posting (`…/postings/{id}`), in headed sections.

use super::{Context, Draft, parts};
use crate::row::{Reason, Row, tidy_label};
use crate::{html, level, workplace};
use posting::{Posting, Remote};

pub fn read(row: Row<'_>, context: &Context<'_>) -> Result<Draft, Reason> {
    let title = row.title("name")?;
    let company = row.label("company.name")?.or_else(|| context.company.clone()).unwrap_or_default();
    let location = match row.hint("location.fullLocation") {
        Some(location) => tidy_label(location),
        None => place(row),
    };
    let remote = match (row.flag("location.hybrid"), row.flag("location.remote")) {
        (Some(true), _) => Some(Remote::Hybrid),
        (_, Some(true)) => Some(Remote::Remote),
        // `false` is also what is sent when nobody said anything.
        _ => workplace::of_location(&location).or_else(|| workplace::of_title(&title)),
    };
    let posting = Posting {
        company,
        title,
        location,
        remote,
        description: description(row),
        experience_level: row.hint("experienceLevel.label").and_then(level::stated),
        url: row.link(&["postingUrl", "applyUrl"]).or_else(|| own_page(row)),
        date_posted: row.date(&["releasedDate"]),
        ..Posting::default()
    };
    Ok(Draft { posting, country: row.hint("location.country").map(str::to_uppercase), ..Draft::default() })
}

/// Regions come as codes (`BY` for Bavaria), which mean something to others in a few countries only.
fn place(row: Row<'_>) -> String {
    let of_states = matches!(row.hint("location.country"), Some("us" | "ca" | "au"));
    let is_name = row.hint("location.region").is_some_and(|region| region.len() > 3);
    if of_states || is_name {
        row.joined(&["location.city", "location.region"])
    } else {
        row.joined(&["location.city"])
    }
}

fn description(row: Row<'_>) -> String {
    let sections = ["companyDescription", "jobDescription", "qualifications", "additionalInformation"];
    parts::join(sections.into_iter().filter_map(|name| {
        let section = Row(row.at("jobAd.sections")?.get(name)?);
        Some((section.hint("title").map(tidy_label).unwrap_or_default(), html::to_text(section.hint("text")?)))
    }))
}

/// The list links only to the API; the page of a posting is at its company's name and its number.
fn own_page(row: Row<'_>) -> Option<String> {
    let part = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    let (company, id) = row.hint("company.identifier").zip(row.hint("id"))?;
    (part(company) && part(id)).then(|| format!("https://jobs.smartrecruiters.com/{company}/{id}"))
}
