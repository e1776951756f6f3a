//! Himalayas (`himalayas.app/jobs/api`): every posting is remote; places are the countries one may live in.

use super::{Context, Draft};
use crate::row::{Reason, Row, name_from_slug, pay, period};
use crate::{level, text};
use posting::{Period, Posting, Remote};

pub fn read(row: Row<'_>, _: &Context<'_>) -> Result<Draft, Reason> {
    let mut description = row.prose("description")?;
    if let Some(at) = description.rfind("Originally posted on Himalayas") {
        text::cut(&mut description, at);
    }
    let unit = row.hint("salaryPeriod").and_then(period).unwrap_or(Period::Year);
    let places = row.texts("locationRestrictions");
    let location = if places.is_empty() { "Worldwide".to_owned() } else { places.join("; ") };
    let seniority = row.texts("seniority");
    let posting = Posting {
        title: row.title("title")?,
        company: company(row)?,
        location,
        remote: Some(Remote::Remote),
        description: if description.is_empty() { row.prose("excerpt")? } else { description },
        // Several levels mean that any of them will do, so the lowest opens the door.
        experience_level: seniority.iter().filter_map(|name| level::stated(name)).min(),
        salary: row
            .hint("currency")
            .and_then(|currency| pay(row.number("minSalary"), row.number("maxSalary"), currency, unit)),
        url: row.link(&["applicationLink", "guid"]),
        date_posted: row.date(&["pubDate"]),
        ..Posting::default()
    };
    Ok(Draft { posting, ..Draft::default() })
}

/// The feed has been seen to send the word `name` for every company; the description's first link and the slug know
/// better.
fn company(row: Row<'_>) -> Result<String, Reason> {
    let named = row.label("companyName")?.filter(|name| name != "name");
    if let Some(name) = named {
        return Ok(name);
    }
    let slug = row.hint("companySlug").unwrap_or_default();
    Ok(linked_name(row, slug).or_else(|| name_from_slug(slug)).unwrap_or_default())
}

/// The text of the link to the company's own page on the board.
fn linked_name(row: Row<'_>, slug: &str) -> Option<String> {
    if slug.is_empty() {
        return None;
    }
    let html = row.hint("description")?;
    let (_, rest) = html.split_once(&format!("/companies/{slug}\">"))?;
    let (name, _) = rest.split_once("</a>")?;
    Some(crate::row::tidy_label(name)).filter(|name| !name.is_empty() && name.len() <= 80)
}
