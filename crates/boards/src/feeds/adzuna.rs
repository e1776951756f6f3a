//! Adzuna (`api.adzuna.com/v1/api/jobs/{country}/search/{page}`): excerpts of texts, places from large to small, pay
//! that is often Adzuna's own estimate.

use super::{Context, Draft};
use crate::row::{Reason, Row, pay, tidy_label};
use crate::workplace;
use posting::{Period, Posting, Salary};

pub fn read(row: Row<'_>, _: &Context<'_>) -> Result<Draft, Reason> {
    let title = row.title("title")?;
    let description = row.prose("description")?;
    let area = row.texts("location.area");
    let location = match area.as_slice() {
        [country, region, .., city] => format!("{city}, {region}, {country}"),
        [country, region] => format!("{region}, {country}"),
        _ => row.label("location.display_name")?.or_else(|| area.first().cloned()).unwrap_or_default(),
    };
    let remote = workplace::of_title(&title).or_else(|| workplace::of_text(&description));
    let posting = Posting {
        company: row.label("company.display_name")?.unwrap_or_default(),
        title,
        salary: salary(row, area.first().map(String::as_str)),
        location: tidy_label(&location),
        remote,
        description,
        url: row.link(&["redirect_url"]),
        date_posted: row.date(&["created"]),
        ..Posting::default()
    };
    Ok(Draft { posting, ..Draft::default() })
}

/// What the employer names; an estimate of the board is not the employer's word. The currency is the country's.
fn salary(row: Row<'_>, country: Option<&str>) -> Option<Salary> {
    let predicted = row.number("salary_is_predicted").is_some_and(|flag| flag != 0.0);
    if predicted || row.flag("salary_is_predicted") == Some(true) {
        return None;
    }
    let (min, max) = (row.number("salary_min"), row.number("salary_max"));
    pay(min, max, currency(country?)?, Period::Year)
}

/// The currencies of the countries that Adzuna covers, by its name for them.
fn currency(country: &str) -> Option<&'static str> {
    Some(match country {
        "US" => "USD",
        "UK" => "GBP",
        "Deutschland" | "Österreich" | "France" | "España" | "Italia" | "Nederland" | "België" | "Belgique"
        | "België / Belgique" | "Germany" | "Austria" | "Spain" | "Italy" | "Netherlands" | "Belgium" => "EUR",
        "Canada" => "CAD",
        "Australia" => "AUD",
        "New Zealand" => "NZD",
        "Schweiz" | "Switzerland" | "Suisse" => "CHF",
        "Polska" | "Poland" => "PLN",
        "Brasil" | "Brazil" => "BRL",
        "India" => "INR",
        "México" | "Mexico" => "MXN",
        "Singapore" => "SGD",
        "South Africa" => "ZAR",
        _ => return None,
    })
}
