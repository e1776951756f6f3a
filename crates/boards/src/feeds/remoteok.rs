//! RemoteOK (`remoteok.com/api`): a list whose first item is a legal notice. Its tags are guesses (a shop assistant is
//! tagged `python`), so they are not taken; each text ends with a sentence that is there to catch robots.

use super::{Context, Draft};
use crate::row::{Reason, Row, pay};
use crate::{html, text, workplace};
use posting::{Period, Posting, Remote};

pub fn read(row: Row<'_>, _: &Context<'_>) -> Result<Draft, Reason> {
    let location = row.label("location")?.unwrap_or_default();
    let description = html::to_text(&text::without_mojibake(row.text("description")?.unwrap_or_default()));
    let description = without_robot_trap(&description);
    // The board takes in shop and factory work too; a town beside a text that does not say "remote" is no remote job.
    let in_a_town = places::parse(&location).places.iter().any(|place| place.city.is_some());
    let remote = workplace::of_text(description).or((!in_a_town).then_some(Remote::Remote));
    let posting = Posting {
        title: row.title("position")?,
        company: row.label("company")?.unwrap_or_default(),
        location,
        remote,
        description: description.to_owned(),
        salary: pay(row.number("salary_min"), row.number("salary_max"), "USD", Period::Year),
        url: row.link(&["url", "apply_url"]),
        date_posted: row.date(&["date", "epoch"]),
        ..Posting::default()
    };
    Ok(Draft { posting, ..Draft::default() })
}

/// `Please mention the word … when applying`: not the employer's words.
fn without_robot_trap(description: &str) -> &str {
    match description.rfind("Please mention the word") {
        Some(at) => description[..at].trim_end(),
        None => description,
    }
}
