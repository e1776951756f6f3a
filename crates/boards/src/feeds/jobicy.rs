//! Jobicy (`jobicy.com/api/v2/remote-jobs`): every posting is remote; names come with HTML entities.

use super::{Context, Draft};
use crate::level;
use crate::row::{Reason, Row, pay, period};
use posting::{Period, Posting, Remote};

pub fn read(row: Row<'_>, _: &Context<'_>) -> Result<Draft, Reason> {
    let description = row.prose("jobDescription")?;
    let unit = row.hint("salaryPeriod").and_then(period).unwrap_or(Period::Year);
    let min = row.number("salaryMin").or(row.number("annualSalaryMin"));
    let max = row.number("salaryMax").or(row.number("annualSalaryMax"));
    let posting = Posting {
        title: row.title("jobTitle")?,
        company: row.label("companyName")?.unwrap_or_default(),
        location: row.label("jobGeo")?.unwrap_or_default(),
        remote: Some(Remote::Remote),
        description: if description.is_empty() { row.prose("jobExcerpt")? } else { description },
        // `Any` and the like name no level.
        experience_level: row.hint("jobLevel").and_then(level::stated),
        salary: row.hint("salaryCurrency").and_then(|currency| pay(min, max, currency, unit)),
        url: row.link(&["url"]),
        date_posted: row.date(&["pubDate"]),
        ..Posting::default()
    };
    Ok(Draft { posting, ..Draft::default() })
}
