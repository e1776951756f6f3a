//! Ashby's public job board (`api.ashbyhq.com/posting-api/job-board/{name}?includeCompensation=true`): HTML and plain
//! text, places with postal addresses, pay in tiers. The employer is named only in the links.

use super::{Context, Draft};
use crate::row::{Reason, Row, pay, period};
use crate::{address, workplace};
use posting::{Posting, Remote, Salary};
use serde_json::Value;

pub fn read(row: Row<'_>, context: &Context<'_>) -> Result<Draft, Reason> {
    let title = row.title("title")?;
    if row.flag("isListed") == Some(false) {
        return Err("It is not listed (field “isListed”): its employer has taken it down.".into());
    }
    let url = row.link(&["jobUrl", "applyUrl"]);
    let company = match &context.company {
        Some(company) => company.clone(),
        None => url.as_deref().and_then(address::company_of_link).unwrap_or_default(),
    };
    let first = row.label("location")?.or_else(|| postal(row));
    let others = row.list("secondaryLocations").iter().filter_map(|place| match place {
        Value::String(name) => Some(crate::row::tidy_label(name)),
        place => Row(place).label("location").ok().flatten().or_else(|| postal(Row(place))),
    });
    let mut places: Vec<String> = Vec::new();
    for place in first.into_iter().chain(others) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let location = places.join("; ");
    // `isRemote` is also true of hybrid jobs, so the named workplace goes first.
    let remote = row
        .hint("workplaceType")
        .and_then(workplace::parse)
        .or_else(|| (row.flag("isRemote") == Some(true)).then_some(Remote::Remote))
        .or_else(|| workplace::of_location(&location));
    let html = row.prose("descriptionHtml")?;
    let description = if html.is_empty() { row.prose("descriptionPlain")? } else { html };
    let posting = Posting {
        company,
        title,
        location,
        remote,
        description,
        salary: salary(row),
        url,
        date_posted: row.date(&["publishedAt", "updatedAt"]),
        ..Posting::default()
    };
    let summary = ["compensation.scrapeableCompensationSalarySummary", "compensation.compensationTierSummary"];
    let pay_text = summary.iter().find_map(|path| row.hint(path)).map(str::to_owned);
    let country = (places.len() == 1).then(|| row.hint("address.postalAddress.addressCountry")).flatten();
    Ok(Draft { posting, country: country.map(str::to_owned), pay_text, ..Draft::default() })
}

/// The place of a postal address, for boards that leave the name out.
fn postal(row: Row<'_>) -> Option<String> {
    let parts = ["addressLocality", "addressRegion", "addressCountry"];
    let named: Vec<&str> = parts.iter().filter_map(|part| row.hint(&format!("address.postalAddress.{part}"))).collect();
    (!named.is_empty()).then(|| named.join(", "))
}

/// The range over all tiers, as the board shows it; equity and bonus are not pay.
fn salary(row: Row<'_>) -> Option<Salary> {
    let part = row.list("compensation.summaryComponents").iter().map(Row).find(|part| {
        part.hint("compensationType") == Some("Salary")
            && (part.at("minValue").is_some() || part.at("maxValue").is_some())
    })?;
    let unit = part.hint("interval").and_then(period)?;
    pay(part.number("minValue"), part.number("maxValue"), part.hint("currencyCode")?, unit)
}
