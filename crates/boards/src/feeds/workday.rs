//! Workday's own pages (`/wday/cxs/{tenant}/{site}/…`): a search answer with titles and places only, or one posting in
//! full. Places read `USA DC Washington` or `US, CA, Santa Clara`: the country goes first.

use super::{Context, Draft};
use crate::row::{Reason, Row, link};
use crate::{Unreadable, address, dates, location, workplace};
use posting::Posting;
use serde_json::Value;
use url::Url;

/// A search answer names no employer, so someone else must.
pub fn check_company(rows: &[&Value], context: &Context<'_>) -> Result<(), Unreadable> {
    let nameless = rows.iter().any(|row| Row(row).at("externalPath").is_some());
    if nameless && context.company.is_none() {
        return Err(Unreadable(
            "Workday's search answer does not name the company. Write the company's name, or the address of its board, beside the file."
                .into(),
        ));
    }
    Ok(())
}

pub fn read(row: Row<'_>, context: &Context<'_>) -> Result<Draft, Reason> {
    match row.at("jobPostingInfo") {
        Some(info) => detail(row, Row(info), context),
        None => hit(row, context),
    }
}

fn detail(row: Row<'_>, info: Row<'_>, context: &Context<'_>) -> Result<Draft, Reason> {
    let title = info.title("title")?;
    let url = info.link(&["externalUrl"]);
    // The hiring organisation is the legal entity; it often leads with a number of the bookkeeping (`0310 Acme Inc.`).
    let organisation = row.label("hiringOrganization.name")?;
    let organisation = organisation.map(|name| name.trim_start_matches(|c: char| c.is_ascii_digit()).trim().to_owned());
    let company = match organisation.filter(|name| !name.is_empty()).or_else(|| context.company.clone()) {
        Some(name) => name,
        None => url.as_deref().and_then(address::company_of_link).unwrap_or_default(),
    };
    let mut places = vec![location::country_first(info.label("location")?.as_deref().unwrap_or_default())];
    for place in info.texts("additionalLocations") {
        places.push(location::country_first(&place));
    }
    places.retain(|place| !place.is_empty());
    let location = places.join("; ");
    let stated = info.hint("remoteType").and_then(workplace::parse);
    let remote = stated.or_else(|| workplace::of_location(&location)).or_else(|| workplace::of_title(&title));
    let posting = Posting {
        company,
        title,
        location,
        remote,
        description: info.prose("jobDescription")?,
        url,
        date_posted: info
            .date(&["startDate"])
            .or_else(|| dates::relative(info.hint("postedOn")?, context.finder.today())),
        ..Posting::default()
    };
    let code = info.hint("jobRequisitionLocation.country.alpha2Code").or(info.hint("country.descriptor"));
    let country = code.filter(|_| places.len() == 1).map(str::to_owned);
    Ok(Draft { posting, country, ..Draft::default() })
}

/// One line of a search answer.
fn hit(row: Row<'_>, context: &Context<'_>) -> Result<Draft, Reason> {
    let title = row.title("title")?;
    let path = row.text("externalPath")?;
    let named = row.label("locationsText")?.unwrap_or_default();
    // `3 Locations` names none of them; the path holds the first.
    let place = if names_no_place(&named) { path.and_then(place_of_path).unwrap_or_default() } else { named };
    let location = location::country_first(&place);
    let stated = row.hint("remoteType").and_then(workplace::parse);
    let remote = stated.or_else(|| workplace::of_location(&location)).or_else(|| workplace::of_title(&title));
    let posting = Posting {
        company: context.company.clone().unwrap_or_default(),
        title,
        location,
        remote,
        url: path.and_then(|path| full_link(path, context.board.as_ref())),
        date_posted: row.hint("postedOn").and_then(|text| dates::relative(text, context.finder.today())),
        ..Posting::default()
    };
    Ok(Draft { posting, ..Draft::default() })
}

fn names_no_place(text: &str) -> bool {
    text.is_empty()
        || text.split_once(' ').is_some_and(|(count, word)| count.parse::<u32>().is_ok() && word == "Locations")
}

/// `/job/USA-DC-Washington/Data-Engineer_R1` → `USA DC Washington`.
fn place_of_path(path: &str) -> Option<String> {
    let segment = path.strip_prefix("/job/")?.split_once('/')?.0;
    let parts: Vec<String> = segment.split("---").map(|part| part.replace('-', " ")).collect();
    Some(parts.join(" - "))
}

/// Links of a search answer are relative to the board, which only the caller may know.
fn full_link(path: &str, board: Option<&Url>) -> Option<String> {
    if path.starts_with("http") {
        return link(path);
    }
    let board = board?;
    let base = board.as_str().trim_end_matches('/');
    let base = base.split_once("/job/").map_or(base, |(base, _)| base);
    link(&format!("{base}/{}", path.trim_start_matches('/')))
}
