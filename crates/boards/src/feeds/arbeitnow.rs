//! Arbeitnow (`arbeitnow.com/api/job-board-api`): mostly German postings, times as Unix seconds.

use super::{Context, Draft};
use crate::row::{Reason, Row};
use crate::{text, workplace};
use posting::{Posting, Remote};

pub fn read(row: Row<'_>, _: &Context<'_>) -> Result<Draft, Reason> {
    let title = row.title("title")?;
    let location = row.label("location")?.unwrap_or_default();
    // `false` is also what is sent when nobody said anything, so it does not count as on site.
    let remote = match row.flag("remote") {
        Some(true) => Some(Remote::Remote),
        _ => workplace::of_location(&location),
    };
    let posting = Posting {
        title,
        company: row.label("company_name")?.unwrap_or_default(),
        location,
        remote,
        description: without_advert(row.prose("description")?),
        url: row.link(&["url"]),
        date_posted: row.date(&["created_at"]),
        ..Posting::default()
    };
    Ok(Draft { posting, tags: row.texts("tags"), ..Draft::default() })
}

/// The board signs every text with a line for itself.
fn without_advert(mut description: String) -> String {
    if let Some(at) = description
        .rfind("Find Jobs in Germany on Arbeitnow")
        .or_else(|| description.rfind("Find more English Speaking Jobs"))
    {
        text::cut(&mut description, at);
    }
    description
}
