//! BambooHR's career pages (`{company}.bamboohr.com/careers/list`): titles and places only; one posting in full is at
//! `…/careers/{id}/detail`. The employer is named nowhere but in the address.

use super::{Context, Draft};
use crate::row::{Reason, Row};
use crate::{address, level, workplace};
use posting::{Posting, Remote};

pub fn read(row: Row<'_>, context: &Context<'_>) -> Result<Draft, Reason> {
    let row = row.at("jobOpening").map_or(row, Row);
    let title = row.title("jobOpeningName")?;
    if row.hint("jobOpeningStatus").is_some_and(|status| status != "Open") {
        return Err("It is not open (field “jobOpeningStatus”): its employer has taken it down.".into());
    }
    let url = row.link(&["jobOpeningShareUrl"]).or_else(|| own_page(row, context));
    let company = match &context.company {
        Some(company) => company.clone(),
        None => url.as_deref().and_then(address::company_of_link).unwrap_or_default(),
    };
    let location = place(row);
    let remote = match row.hint("locationType") {
        Some("1") => Some(Remote::Remote),
        Some("2") => Some(Remote::Hybrid),
        // Nought is also what is sent when nobody said anything.
        _ if row.flag("isRemote") == Some(true) => Some(Remote::Remote),
        _ => workplace::of_location(&location).or_else(|| workplace::of_title(&title)),
    };
    let posting = Posting {
        company,
        title,
        location,
        remote,
        description: row.prose("description")?,
        experience_level: row.hint("minimumExperience").and_then(level::stated),
        url,
        date_posted: row.date(&["datePosted"]),
        ..Posting::default()
    };
    Ok(Draft { posting, pay_text: row.hint("compensation").map(str::to_owned), ..Draft::default() })
}

/// The place is in either of two fields; remote work has it only in the second.
fn place(row: Row<'_>) -> String {
    let named = row.joined(&["location.city", "location.state", "location.addressCountry"]);
    if named.is_empty() {
        return row.joined(&["atsLocation.city", "atsLocation.state", "atsLocation.province", "atsLocation.country"]);
    }
    match row.hint("atsLocation.country") {
        Some(country) if row.hint("location.addressCountry").is_none() => format!("{named}, {country}"),
        _ => named,
    }
}

/// The list links to nothing; a posting's page is at the board's, by its number.
fn own_page(row: Row<'_>, context: &Context<'_>) -> Option<String> {
    let id = row.hint("id").filter(|id| id.len() <= 20 && id.bytes().all(|b| b.is_ascii_digit()))?;
    let host = context.board.as_ref()?.host_str().filter(|host| host.ends_with(".bamboohr.com"))?;
    Some(format!("https://{host}/careers/{id}"))
}
