//! Remotive (`remotive.com/api/remote-jobs`): every posting is remote; the place is where one may live.

use super::{Context, Draft};
use crate::row::{Reason, Row};
use posting::{Posting, Remote};

pub fn read(row: Row<'_>, _: &Context<'_>) -> Result<Draft, Reason> {
    let posting = Posting {
        title: row.title("title")?,
        company: row.label("company_name")?.unwrap_or_default(),
        location: row.label("candidate_required_location")?.unwrap_or_default(),
        remote: Some(Remote::Remote),
        description: row.prose("description")?,
        url: row.link(&["url"]),
        date_posted: row.date(&["publication_date"]),
        ..Posting::default()
    };
    Ok(Draft { posting, tags: row.texts("tags"), pay_text: row.hint("salary").map(str::to_owned), country: None })
}
