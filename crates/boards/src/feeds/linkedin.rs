//! LinkedIn's job search for partners (`api.linkedin.com/v1/job-search`: `jobs.values` with an excerpt and the day in three numbers), and
//! the same in the shape of its newer services (`elements`, times in milliseconds).

use super::{Context, Draft};
use crate::row::{Reason, Row, link};
use crate::{dates, level, workplace};
use chrono::NaiveDate;
use posting::Posting;

pub fn read(row: Row<'_>, _: &Context<'_>) -> Result<Draft, Reason> {
    let title = match row.label("position.title")? {
        Some(title) => title,
        None => row.title("title")?,
    };
    let company = row.label("company.name")?.or(row.label("companyName")?).unwrap_or_default();
    let location = match row.label("locationDescription")? {
        Some(location) => location,
        None => row.label("formattedLocation")?.unwrap_or_default(),
    };
    let mut description = String::new();
    for field in ["descriptionSnippet", "description", "description.text"] {
        if row.at(field).is_some_and(serde_json::Value::is_string) {
            description = row.prose(field)?;
            break;
        }
    }
    let stated = row.hint("workplaceType").or(row.hint("workRemoteAllowed")).and_then(workplace::parse);
    let remote = stated.or_else(|| workplace::of_location(&location)).or_else(|| workplace::of_title(&title));
    let posting = Posting {
        title,
        company,
        location,
        remote,
        description,
        experience_level: row
            .hint("position.experienceLevel.name")
            .or(row.hint("formattedExperienceLevel"))
            .and_then(level::stated),
        url: row.link(&["siteJobUrl", "jobPostingUrl"]).or_else(|| own_page(row)),
        date_posted: posted(row),
        ..Posting::default()
    };
    Ok(Draft { posting, country: row.hint("location.country.code").map(str::to_uppercase), ..Draft::default() })
}

fn posted(row: Row<'_>) -> Option<NaiveDate> {
    let part = |name: &str| row.at(&format!("postingDate.{name}"))?.as_i64();
    if let (Some(year), Some(month), Some(day)) = (part("year"), part("month"), part("day")) {
        return NaiveDate::from_ymd_opt(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
    }
    dates::from_unix(row.at("listedAt").or(row.at("postingTimestamp"))?.as_i64()?)
}

/// A posting's page is at its number.
fn own_page(row: Row<'_>) -> Option<String> {
    let id = super::id::of(crate::Format::LinkedIn, row)?;
    (id.len() <= 20 && id.bytes().all(|b| b.is_ascii_digit()))
        .then(|| link(&format!("https://www.linkedin.com/jobs/view/{id}")))?
}
