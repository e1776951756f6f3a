//! Glassdoor's service for partners (`api.glassdoor.com/api/api.htm?v=1&format=json`): postings (`action=jobs`), and what people say about
//! employers and what they are paid there (`action=employers`, `action=jobs-prog`), which is no posting but [`CompanyFacts`].

use super::{Context, Draft};
use crate::row::{Reason, Row, pay, period, tidy_label};
use crate::{Format, Unreadable, limits, workplace};
use posting::{Period, Posting, Salary};
use serde_json::Value;

pub fn read(row: Row<'_>, _: &Context<'_>) -> Result<Draft, Reason> {
    let title = row.title("jobTitle")?;
    let location = row.label("location")?.unwrap_or_default();
    let description = row.prose("descriptionFragment")?;
    let remote = workplace::of_location(&location).or_else(|| workplace::of_title(&title));
    let unit = row.hint("payPeriod").and_then(period).unwrap_or(Period::Year);
    let currency = row.hint("payCurrencyCode").unwrap_or_default();
    // Pay that the board estimated is not the employer's word.
    let named = row.hint("salarySource").is_some_and(|source| source.eq_ignore_ascii_case("employer_provided"));
    let posting = Posting {
        company: row.label("employer.name")?.unwrap_or_default(),
        title,
        location,
        remote,
        description,
        salary: pay(row.number("payLow"), row.number("payHigh"), currency, unit).filter(|_| named),
        url: row.link(&["jobViewUrl", "partnerJobUrl"]),
        date_posted: row.date(&["date", "discoverDate"]),
        ..Posting::default()
    };
    Ok(Draft { posting, ..Draft::default() })
}

/// What an employer is like, as people who work there say; kept apart from postings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompanyFacts {
    pub company: String,
    /// 0 to 5.
    pub rating: Option<f64>,
    /// How many people the rating is of.
    pub reviews: u32,
    /// Percent who would recommend it to a friend.
    pub recommended: Option<u8>,
    pub salaries: Vec<RolePay>,
    /// Where it is read in full; the terms ask for this link beside the numbers.
    pub url: Option<String>,
}

/// What people in a role are paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RolePay {
    pub role: String,
    pub salary: Salary,
}

/// Reads what is said about employers. One that is named by nothing, or whose numbers are of a wrong kind, says nothing.
///
/// # Errors
/// [`Unreadable`] when this is no such answer, breaks off, or is a refusal.
pub fn facts(answer: &[u8]) -> Result<Vec<CompanyFacts>, Unreadable> {
    let damaged = |error: serde_json::Error| {
        Unreadable(format!("The JSON breaks off or is damaged at line {}, column {}.", error.line(), error.column()))
    };
    let answer: Value = serde_json::from_slice(answer).map_err(damaged)?;
    if let Some(refusal) = super::detect::refusal(Format::Glassdoor, &answer) {
        return Err(refusal);
    }
    let response = Row(&answer).at("response").map(Row).ok_or_else(|| {
        Unreadable("This does not look like an answer of Glassdoor: there is no “response” in it.".into())
    })?;
    if response.at("payLow").is_some() || response.at("payMedian").is_some() {
        return Ok(vec![CompanyFacts {
            salaries: role_pay(response).into_iter().collect(),
            ..CompanyFacts::default()
        }]);
    }
    match response.at("employers") {
        Some(Value::Array(employers)) => {
            Ok(employers.iter().take(limits::ITEMS).filter_map(|one| employer(Row(one))).collect())
        }
        _ => Err(Unreadable(
            "This does not look like an answer of Glassdoor: there is no list “employers” in it.".into(),
        )),
    }
}

fn employer(row: Row<'_>) -> Option<CompanyFacts> {
    let reviews = row.number("numberOfRatings").filter(|number| (0.0..1e9).contains(number)).unwrap_or(0.0);
    // Nought stands for "nobody said anything".
    let rating = row.number("overallRating").filter(|rating| reviews >= 1.0 && (0.1..=5.0).contains(rating));
    Some(CompanyFacts {
        company: row.hint("name").map(tidy_label).filter(|name| !name.is_empty())?,
        rating,
        reviews: reviews as u32,
        recommended: row
            .number("recommendToFriendRating")
            .filter(|share| (0.0..=100.0).contains(share))
            // A share of one in the older answers, percent in the newer.
            .map(|share| if share <= 1.0 { (share * 100.0).round() as u8 } else { share.round() as u8 }),
        salaries: row.list("salaries").iter().take(limits::ITEMS).filter_map(|one| role_pay(Row(one))).collect(),
        url: row.link(&["overviewUrl", "attributionURL"]),
    })
}

fn role_pay(row: Row<'_>) -> Option<RolePay> {
    let unit = row.hint("payPeriod").and_then(period).unwrap_or(Period::Year);
    let median = row.number("payMedian");
    let (low, high) = (row.number("payLow").or(median), row.number("payHigh").or(median));
    Some(RolePay {
        role: row.hint("jobTitle").map(tidy_label).filter(|role| !role.is_empty())?,
        salary: pay(low, high, row.hint("payCurrencyCode")?, unit)?,
    })
}
