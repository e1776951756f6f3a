//! Lever's public postings (`api.lever.co/v0/postings/{site}?mode=json`): a list; the text is split over an opening, a
//! body, headed lists and an ending. The employer is named only in the links.

use super::{Context, Draft};
use crate::row::{Reason, Row, pay, period};
use crate::{address, html, limits, text, workplace};
use posting::{Period, Posting, Salary};

pub fn read(row: Row<'_>, context: &Context<'_>) -> Result<Draft, Reason> {
    let title = row.title("text")?;
    let url = row.link(&["hostedUrl", "applyUrl"]);
    let company = match &context.company {
        Some(company) => company.clone(),
        None => url.as_deref().and_then(address::company_of_link).unwrap_or_default(),
    };
    let mut places = row.texts("categories.allLocations");
    if let Some(first) = row.label("categories.location")?
        && !places.contains(&first)
    {
        places.insert(0, first);
    }
    let location = places.join("; ");
    let stated = row.hint("workplaceType").and_then(workplace::parse);
    let remote = stated.or_else(|| workplace::of_location(&location));
    let posting = Posting {
        company,
        title,
        location,
        remote,
        description: description(row)?,
        salary: salary(row),
        url,
        date_posted: row.date(&["createdAt"]),
        ..Posting::default()
    };
    let pay_text = row.hint("salaryDescriptionPlain").or(row.hint("salaryDescription")).map(str::to_owned);
    Ok(Draft { posting, country: row.hint("country").map(str::to_owned), pay_text, ..Draft::default() })
}

fn description(row: Row<'_>) -> Result<String, Reason> {
    // Older answers have no parts, only the whole; the whole repeats the parts in the newer ones.
    let mut parts = vec![row.prose("description")?];
    if parts[0].is_empty() {
        parts = vec![row.prose("opening")?, row.prose("descriptionBody")?];
    }
    if parts.iter().all(String::is_empty) {
        parts.push(row.prose("descriptionPlain")?);
    }
    for list in row.list("lists") {
        let heading = Row(list).label("text")?.unwrap_or_default();
        let items = html::to_text(Row(list).text("content")?.unwrap_or_default());
        parts.push(format!("{heading}\n\n{items}"));
    }
    let ending = row.prose("additional")?;
    parts.push(if ending.is_empty() { row.prose("additionalPlain")? } else { ending });
    parts.retain(|part| !part.trim().is_empty());
    Ok(text::block(&parts.join("\n\n"), limits::DESCRIPTION_BYTES))
}

fn salary(row: Row<'_>) -> Option<Salary> {
    let unit = row.hint("salaryRange.interval").and_then(period).unwrap_or(Period::Year);
    pay(row.number("salaryRange.min"), row.number("salaryRange.max"), row.hint("salaryRange.currency")?, unit)
}
