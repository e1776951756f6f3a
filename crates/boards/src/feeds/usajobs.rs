//! USAJOBS (`data.usajobs.gov/api/search`): federal announcements; pay as text with a code for its interval.

use super::{Context, Draft};
use crate::row::{Reason, Row, pay, tidy_label};
use crate::{html, limits, text, workplace};
use posting::{Period, Posting, Remote, Salary};
use serde_json::Value;

pub fn read(row: Row<'_>, _: &Context<'_>) -> Result<Draft, Reason> {
    let job = row.at("MatchedObjectDescriptor").map_or(row, Row);
    let location = place(job)?;
    let details = job.at("UserArea.Details").map_or(Row(&Value::Null), Row);
    let remote = if details.flag("RemoteIndicator") == Some(true) {
        Some(Remote::Remote)
    } else {
        workplace::of_location(&location)
    };
    let posting = Posting {
        title: job.title("PositionTitle")?,
        company: job.label("OrganizationName")?.or(job.label("DepartmentName")?).unwrap_or_default(),
        location,
        remote,
        description: description(job, details)?,
        salary: salary(job),
        url: job.link(&["PositionURI"]),
        date_posted: job.date(&["PublicationStartDate", "PositionStartDate"]),
        closes_on: job.date(&["ApplicationCloseDate"]),
        ..Posting::default()
    };
    Ok(Draft { posting, ..Draft::default() })
}

/// `Multiple Locations` names none of them; the list beside it does.
fn place(job: Row<'_>) -> Result<String, Reason> {
    let shown = job.label("PositionLocationDisplay")?.unwrap_or_default();
    let listed: Vec<String> = job
        .list("PositionLocation")
        .iter()
        .filter_map(|place| Row(place).hint("LocationName"))
        .map(tidy_label)
        .take(8)
        .collect();
    let vague = shown.is_empty() || shown.eq_ignore_ascii_case("multiple locations");
    Ok(if vague && !listed.is_empty() { tidy_label(&listed.join("; ")) } else { shown })
}

fn description(job: Row<'_>, details: Row<'_>) -> Result<String, Reason> {
    let summary = details.prose("JobSummary")?;
    let mut parts =
        vec![if summary.is_empty() { html::to_text(job.hint("JobSummary").unwrap_or_default()) } else { summary }];
    let duties: Vec<String> = details
        .list("MajorDuties")
        .iter()
        .filter_map(Value::as_str)
        .take(limits::ITEMS)
        .map(|duty| text::line(&html::to_text(duty), limits::ITEM_CHARS))
        .filter(|duty| !duty.is_empty())
        .collect();
    if !duties.is_empty() {
        parts.push(format!("Duties\n\n- {}", duties.join("\n- ")));
    }
    for (heading, words) in [
        ("Qualifications", job.hint("QualificationSummary")),
        ("Requirements", details.hint("Requirements")),
        ("Education", details.hint("Education")),
        ("Benefits", details.hint("Benefits")),
    ] {
        if let Some(words) = words {
            parts.push(format!("{heading}\n\n{}", html::to_text(words)));
        }
    }
    parts.retain(|part| !part.is_empty());
    Ok(text::block(&parts.join("\n\n"), limits::DESCRIPTION_BYTES))
}

/// The interval codes of the announcement schema; piece work, fees and unpaid posts name no rate.
fn salary(job: Row<'_>) -> Option<Salary> {
    job.list("PositionRemuneration").iter().map(Row).find_map(|rate| {
        let (min, max) = (rate.number("MinimumRange"), rate.number("MaximumRange"));
        let (period, share) = match rate.hint("RateIntervalCode")? {
            "PA" | "Per Year" | "SY" | "School Year" => (Period::Year, 1.0),
            "PM" | "Per Month" => (Period::Month, 1.0),
            "BW" | "Bi-weekly" => (Period::Week, 0.5),
            "PD" | "Per Day" => (Period::Day, 1.0),
            "PH" | "Per Hour" => (Period::Hour, 1.0),
            _ => return None,
        };
        pay(min.map(|amount| amount * share), max.map(|amount| amount * share), "USD", period)
    })
}
