//! Recruitee (`{company}.recruitee.com/api/offers/`, or one at `…/api/offers/{slug}`): what is asked for stands beside
//! the description; where the work is done are three flags; amounts are text.

use super::{Context, Draft, parts};
use crate::row::{Reason, Row, pay, period, tidy_label};
use crate::{level, workplace};
use posting::{Period, Posting, Remote, Salary};

pub fn read(row: Row<'_>, context: &Context<'_>) -> Result<Draft, Reason> {
    let title = row.title("title")?;
    if row.hint("status").is_some_and(|status| status != "published") {
        return Err("It is not published (field “status”): its employer has taken it down.".into());
    }
    let location = place(row)?;
    let says = |name| row.flag(name) == Some(true);
    let remote = match (says("hybrid"), says("remote"), says("on_site")) {
        (true, ..) | (_, true, true) => Some(Remote::Hybrid),
        (_, true, _) => Some(Remote::Remote),
        (_, _, true) => Some(Remote::Onsite),
        _ => workplace::of_location(&location),
    };
    let texts = [(String::new(), row.prose("description")?), ("Requirements".into(), row.prose("requirements")?)];
    let posting = Posting {
        company: row.label("company_name")?.or_else(|| context.company.clone()).unwrap_or_default(),
        title,
        location,
        remote,
        description: parts::join(texts),
        // `mid_level`, `entry_level`
        experience_level: row.hint("experience_code").and_then(|code| level::stated(&code.replace('_', " "))),
        salary: salary(row),
        url: row.link(&["careers_url", "careers_apply_url"]),
        date_posted: row.date(&["published_at", "created_at"]),
        closes_on: row.date(&["close_at"]),
        ..Posting::default()
    };
    Ok(Draft { posting, country: row.hint("country_code").map(str::to_uppercase), ..Draft::default() })
}

/// Offers in several places list them; `location` may read `Remote job` where nothing else is named.
fn place(row: Row<'_>) -> Result<String, Reason> {
    let listed: Vec<String> = row
        .list("locations")
        .iter()
        .map(|place| match Row(place).joined(&["city", "state", "country"]) {
            named if named.is_empty() => Row(place).hint("name").map(tidy_label).unwrap_or_default(),
            named => named,
        })
        .filter(|place| !place.is_empty())
        .take(8)
        .collect();
    if listed.len() > 1 {
        return Ok(tidy_label(&listed.join("; ")));
    }
    let parts = row.joined(&["city", "state_name", "country"]);
    let shown = row.label("location")?.unwrap_or_default();
    Ok(if parts.is_empty() { listed.into_iter().next().unwrap_or(shown) } else { parts })
}

fn salary(row: Row<'_>) -> Option<Salary> {
    let unit = row.hint("salary.period").and_then(period).unwrap_or(Period::Year);
    pay(row.number("salary.min"), row.number("salary.max"), row.hint("salary.currency")?, unit)
}
