//! The Muse (`themuse.com/api/public/jobs?page=1`): twenty postings a page; remote work is `Flexible / Remote` among the
//! places.

use super::{Context, Draft};
use crate::row::{Reason, Row, tidy_label};
use crate::{level, workplace};
use posting::{Posting, Remote};

pub fn read(row: Row<'_>, _: &Context<'_>) -> Result<Draft, Reason> {
    let names = |list: &str| row.list(list).iter().filter_map(|item| Row(item).hint("name")).collect::<Vec<_>>();
    let (remote, places): (Vec<&str>, Vec<&str>) =
        names("locations").into_iter().partition(|name| name.eq_ignore_ascii_case("flexible / remote"));
    let location = tidy_label(&places.join("; "));
    // One can come to the office or not: in between.
    let stated = match (remote.is_empty(), places.is_empty()) {
        (true, _) => None,
        (false, true) => Some(Remote::Remote),
        (false, false) => Some(Remote::Hybrid),
    };
    let posting = Posting {
        title: row.title("name")?,
        company: row.label("company.name")?.unwrap_or_default(),
        remote: stated.or_else(|| workplace::of_location(&location)),
        location,
        description: row.prose("contents")?,
        // Several levels mean that any of them will do, so the lowest opens the door.
        experience_level: names("levels").into_iter().filter_map(level::stated).min(),
        url: row.link(&["refs.landing_page"]),
        date_posted: row.date(&["publication_date"]),
        ..Posting::default()
    };
    Ok(Draft { posting, ..Draft::default() })
}
