//! We Work Remotely (`weworkremotely.com/remote-jobs.rss`, and a feed for each category): RSS whose titles read
//! `Company: Title`; every posting is remote, its region is where one may live.

use super::{Context, Draft, feed};
use crate::row::{Reason, Row};
use crate::text;
use posting::{Posting, Remote};

pub fn read(row: Row<'_>, _: &Context<'_>) -> Result<Draft, Reason> {
    let whole = row.title("title")?;
    let Some((company, title)) = whole.split_once(": ") else {
        return Err("The field “title” does not read “Company: Title”.".into());
    };
    let mut description = feed::text(row)?;
    // How to apply is a link back to the board.
    if let Some(at) = description.rfind("To apply:") {
        text::cut(&mut description, at);
    }
    let posting = Posting {
        company: company.trim().to_owned(),
        title: title.trim().to_owned(),
        location: row.label("region")?.or(row.label("country")?).unwrap_or_default(),
        remote: Some(Remote::Remote),
        description,
        url: feed::link_of(row.0),
        date_posted: row.date(&["pubDate"]),
        closes_on: row.date(&["expires_at"]),
        ..Posting::default()
    };
    let skills = row.hint("skills").unwrap_or_default();
    let tags = skills.split(',').map(|skill| skill.trim().to_owned()).take(crate::limits::ITEMS).collect();
    Ok(Draft { posting, tags, ..Draft::default() })
}
