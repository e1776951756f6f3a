//! Greenhouse's public job board (`boards-api.greenhouse.io/v1/boards/{board}/jobs?content=true`): HTML that is escaped
//! once more inside the JSON, places as one text.

use super::{Context, Draft};
use crate::address;
use crate::row::{Reason, Row, pay};
use crate::workplace;
use posting::{Period, Posting, Salary};
use serde_json::Value;

pub fn read(row: Row<'_>, context: &Context<'_>) -> Result<Draft, Reason> {
    let title = row.title("title")?;
    let url = row.link(&["absolute_url"]);
    let company = match row.label("company_name")? {
        Some(company) => company,
        None => match &context.company {
            Some(company) => company.clone(),
            None => url.as_deref().and_then(address::company_of_link).unwrap_or_default(),
        },
    };
    let location = row.label("location.name")?.or_else(|| offices(row)).unwrap_or_default();
    let stated = row.list("metadata").iter().find_map(|item| {
        let name = Row(item).hint("name")?.to_lowercase();
        let about_place = ["location type", "workplace", "work type", "remote", "work model", "work arrangement"];
        about_place.iter().any(|words| name.contains(words)).then(|| workplace::parse(Row(item).hint("value")?))?
    });
    let remote = workplace::combine(stated, workplace::of_location(&location));
    let posting = Posting {
        company,
        title,
        location,
        remote,
        description: row.prose("content")?,
        salary: pay_range(row),
        url,
        date_posted: row.date(&["first_published", "updated_at"]),
        closes_on: row.date(&["application_deadline"]),
        ..Posting::default()
    };
    Ok(Draft { posting, ..Draft::default() })
}

/// Boards without a place text still name the offices.
fn offices(row: Row<'_>) -> Option<String> {
    let names: Vec<&str> = row
        .list("offices")
        .iter()
        .filter_map(|office| Row(office).hint("location").or(Row(office).hint("name")))
        .collect();
    (!names.is_empty()).then(|| crate::row::tidy_label(&names.join("; ")))
}

/// Present when the board was asked with `pay_transparency=true`; amounts are in cents. The widest over all ranges.
fn pay_range(row: Row<'_>) -> Option<Salary> {
    let ranges: &[Value] = row.list("pay_input_ranges");
    let currency = Row(ranges.first()?).hint("currency_type")?;
    let same = || ranges.iter().map(Row).filter(|range| range.hint("currency_type") == Some(currency));
    let min = same().filter_map(|range| range.number("min_cents")).reduce(f64::min);
    let max = same().filter_map(|range| range.number("max_cents")).reduce(f64::max);
    let hourly = max.or(min)? < 100_000.0;
    let period = if hourly { Period::Hour } else { Period::Year };
    pay(min.map(|cents| cents / 100.0), max.map(|cents| cents / 100.0), currency, period)
}
