//! Arbeitnow (`arbeitnow.com/api/job-board-api`): mostly German postings, times as Unix seconds.

use super::{Context, Draft};
use crate::row::{Reason, Row};
use crate::workplace;
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
        description: row.prose("description")?,
        url: row.link(&["url"]),
        date_posted: row.date(&["created_at"]),
        ..Posting::default()
    };
    Ok(Draft { posting, tags: row.texts("tags"), ..Draft::default() })
}
