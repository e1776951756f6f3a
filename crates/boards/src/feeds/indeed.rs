//! Indeed's job search for publishers (`api.indeed.com/ads/apisearch?v=2&format=json`): excerpts, places in parts, and a link that counts
//! the visit for the publisher.

use super::{Context, Draft};
use crate::row::{Reason, Row, link};
use crate::workplace;
use posting::Posting;

pub fn read(row: Row<'_>, _: &Context<'_>) -> Result<Draft, Reason> {
    let title = row.title("jobtitle")?;
    if row.flag("expired") == Some(true) {
        return Err("It is not open any more (field “expired”).".into());
    }
    let named = row.joined(&["city", "state"]);
    let location = if named.is_empty() { row.label("formattedLocation")?.unwrap_or_default() } else { named };
    let description = row.prose("snippet")?;
    let remote = workplace::of_location(&location)
        .or_else(|| workplace::of_title(&title))
        .or_else(|| workplace::of_text(&description));
    let posting = Posting {
        company: row.label("company")?.unwrap_or_default(),
        title,
        location,
        remote,
        description,
        url: row.link(&["url"]).or_else(|| own_page(row)),
        date_posted: row.date(&["date"]),
        ..Posting::default()
    };
    Ok(Draft { posting, country: row.hint("country").map(str::to_uppercase), ..Draft::default() })
}

fn own_page(row: Row<'_>) -> Option<String> {
    let key = row.hint("jobkey").filter(|key| key.len() <= 40 && key.bytes().all(|b| b.is_ascii_alphanumeric()))?;
    link(&format!("https://www.indeed.com/viewjob?jk={key}"))
}
